// Puts the newsroom's desk together from its parts.
import type { Logger } from "pino";
import { createShow, type ShowOptions } from "./cards/show.js";
import type { Face } from "./chat/face.js";
import type { Config } from "./config.js";
import { createDesk } from "./desk/desk.js";
import type { Desk } from "./desk/port.js";
import type { Teaching } from "./desk/teaching.js";
import { tryBeside } from "./learn-beside.js";
import type { Places } from "./memory/places.js";
import type { OpenedAssistant } from "./open-assistant.js";
import type { StorageKeeper } from "./storage/keeper.js";

export interface OpenDeskOptions {
  readonly config: Config;
  readonly keeper: StorageKeeper;
  readonly places: Places;
  readonly teaching: Teaching;
  readonly opened: OpenedAssistant;
  /** The faces that run, once they do. */
  readonly faces: readonly Face[];
  readonly post: ShowOptions["post"];
  readonly flush: () => Promise<void>;
  readonly log: Logger;
}

/** Reasons that every desk may give, beside those of the explainer's own utterances. */
const REASONS = ["not in the article", "about something else"];
/** Reasons of an explainer that are offered: more fit no menu. */
const MOST_REASONS = 20;

export function openDesk({ config, keeper, places, teaching, opened, faces, post, flush, log }: OpenDeskOptions): Desk {
  const { assistant, live } = opened;
  const { places: named, keep, keepDays, correctDays } = config.desk;
  return createDesk({
    storage: keeper,
    places,
    teaching,
    assistant,
    show: createShow({ assistant, post }),
    explainers: () => live.explainers(),
    reasons(id) {
      const own = live.shelf.look(id, undefined)?.intents.unanswerable.map(({ kind }) => kind) ?? [];
      return Promise.resolve([...new Set([...REASONS, ...own])].slice(0, MOST_REASONS));
    },
    tryOut: tryBeside,
    flush,
    settings: {
      keep,
      keepDays,
      correctDays,
      mayDesk: (of) =>
        named.has(`${of.platform}:${of.place}`) || faces.some((face) => face.platform === of.platform && face.owns(of)),
    },
    log,
  });
}
