// The daily posts as a whole: runs the engine that fits the store once it is there, and gives the desk.
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { createPause } from "../assistant/pause.js";
import type { PostShown } from "../cards/show.js";
import type { Said } from "../memory/said.js";
import { persistWithStore, type StorageKeeper } from "../storage/keeper.js";
import type { Storage } from "../storage/open.js";
import { createDeliver } from "./deliver.js";
import { createDailyDesk, type DailyDesk } from "./desk.js";
import { createSingleEngine, type Engine } from "./engine.js";
import { readKept } from "./post.js";
import type { Poster } from "./poster.js";
import { createSharedEngine } from "./shared-engine.js";
import { createDailyStore, type DailyStore } from "./store.js";

export interface Daily {
  readonly desk: DailyDesk;
  /** Platforms that are ready to be posted to. */
  add(poster: Poster): void;
  status(): {
    readonly store: "opening" | "ready" | "away" | "unusable";
    readonly engine: "one process" | "shared" | undefined;
  };
  /** Resolves once the engine runs, or never will; never rejects. */
  readonly ready: Promise<void>;
  /** A day's post as it was shown; undefined where it is no longer kept. */
  readonly post: PostShown;
  /** Takes nothing new, and finishes or releases what it holds within `patience` milliseconds. */
  stop(patience: number): Promise<void>;
}

export interface DailyOptions {
  readonly storage: StorageKeeper;
  readonly assistant: Assistant;
  readonly said?: Said | undefined;
  readonly windowMs: number;
  readonly log: Logger;
  readonly now?: () => number;
}

export function createDaily({ storage, assistant, said, windowMs, log, now = Date.now }: DailyOptions): Daily {
  const posters: Poster[] = [];
  let store: DailyStore | undefined;
  let engine: Engine | undefined;
  let stopping = false;
  let unusable = false;
  const pause = createPause();

  async function begin(opened: Storage): Promise<void> {
    const kept = createDailyStore(opened.db, windowMs);
    const deliver = createDeliver({ store: kept, assistant, posters: () => posters, said, windowMs, log, now });
    const options = { store: kept, deliver, log, now };
    const next = opened.pool ? createSharedEngine({ ...options, pool: opened.pool }) : createSingleEngine(options);
    await next.start().catch(async (error: unknown) => {
      await next.stop(0).catch(() => undefined);
      throw error;
    });
    [store, engine] = [kept, next];
  }

  /** Tries until the engine runs: the store may go away between its opening and now. */
  async function run(): Promise<void> {
    const opened = await storage.ready;
    if (!opened) return;
    const began = await persistWithStore(() => begin(opened), { log, pause, stopped: () => stopping });
    unusable = began === "unusable";
  }

  const ready = run();
  return {
    desk: createDailyDesk(assistant, () => store, now),
    add: (poster) => void posters.push(poster),
    status: () => {
      const opened = storage.status();
      const state = opened !== "ready" ? opened : !store ? "opening" : engine?.away() === true ? "away" : "ready";
      return {
        store: unusable ? "unusable" : state,
        engine: store && (storage.storage()?.pool ? "shared" : "one process"),
      };
    },
    ready,
    async post(subscription, date, of) {
      const found = await store?.get({ subscription, date });
      const owner = found?.subscription;
      if (owner && of && (owner.platform !== of.platform || owner.place !== of.place)) return undefined;
      const body = found?.delivery.shown == null ? undefined : await store?.content(found.delivery.shown);
      const card = body === undefined ? undefined : readKept(body).card;
      const subject = { kind: "post", subscription, date } as const;
      return card && { ...card, subject: { ...subject, explainer: card.explainer.id } };
    },
    async stop(patience) {
      stopping = true;
      pause.wake();
      // A store that was never there is not waited for.
      if (storage.status() === "ready") await ready;
      await engine?.stop(patience);
    },
  };
}
