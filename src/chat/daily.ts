// `/daily`: who may do what to a place's daily posts, and what is done. The desk keeps them; a face tells who somebody is.
import type { Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import type { Assistant } from "../assistant/assistant.js";
import type { Check, DailyDesk, Wish } from "../daily/desk.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";
import type { Rights } from "./event.js";
import type { Outgoing } from "./face.js";

export interface DailyAsked {
  readonly part: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  /** The channel that is meant. */
  readonly at: Address;
  readonly channelName: string | undefined;
  readonly reader: string;
  readonly rights: Rights;
}

export interface DailyTalk {
  answer(asked: DailyAsked): Promise<{ readonly ok: boolean; readonly card: Card }>;
  /** What is set up, as far as the reader may see it. */
  list(at: Address, reader: string, rights: Pick<Rights, "all">, channelName?: string): Promise<Card>;
}

export function createDailyTalk(
  desk: DailyDesk | undefined,
  out: Outgoing,
  show: Show,
  /** Which explainers are asked somewhere, and by which clock. */
  at: (address: Address) => { readonly assistant: Assistant; readonly zone: string | undefined },
): DailyTalk {
  const away = (): Promise<Card> => show.notice((wording) => wording.dailyAway());
  /** A store that is away is nobody's fault, and is said as what it is. */
  const unlessAway = <T>(kept: DailyDesk, work: Promise<T>, otherwise: () => Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (!kept.isAway(error)) throw error;
      return otherwise();
    });

  const list: DailyTalk["list"] = (at, reader, { all }, channelName) => {
    if (!desk) return away();
    const listed = desk.list(
      at,
      // What stands in other channels may be private.
      (row) => all || row.channel === at.channel || row.created_by === reader,
      (channel) => out.nameOf({ ...at, channel }) ?? (channel === at.channel ? channelName : undefined),
    );
    return unlessAway(desk, listed, away);
  };

  /** Whether somebody may change what is set up in a channel. */
  async function mayChange({ at, reader, rights }: DailyAsked, kept: DailyDesk): Promise<boolean> {
    const rows = await kept.of(at);
    return rows.every((row) => row.created_by === reader) || rights.change();
  }

  async function start(asked: DailyAsked, kept: DailyDesk): Promise<{ ok: boolean; card: Card }> {
    const { at: where, options, reader } = asked;
    const { assistant, zone: usual } = at(where);
    const { time, zone = usual, article, changes } = options;
    const wish: Wish = { at: where, by: reader, time, zone, article, onlyChanges: changes === "true" };
    const check: Check = async () => {
      const { name, obstacle } = await out.probe(where, reader);
      const wording = wordingOf("en");
      const channelName = name ?? asked.channelName ?? wording.unnamedChannel(where.channel);
      return obstacle ? { refusal: wording.mayNotPost({ ...obstacle, channel: channelName }) } : { channelName };
    };
    return kept.start(wish, check, assistant);
  }

  const say = async (notice: Parameters<Show["notice"]>[0]) => ({ ok: false, card: await show.notice(notice) });

  async function done(asked: DailyAsked, kept: DailyDesk): Promise<{ ok: boolean; card: Card }> {
    const { at: where, part, options, reader, rights, channelName } = asked;
    switch (part) {
      case "start":
      case "stop":
        if (!(await mayChange(asked, kept))) return say((wording) => wording.dailyNotYours());
        return part === "start" ? start(asked, kept) : { ok: true, card: await kept.stop(where, options["article"]) };
      case "preview":
        return { ok: true, card: await kept.preview(where, options["article"], at(where).assistant) };
      case "list":
        return { ok: true, card: await list(where, reader, rights, channelName) };
      default:
        return say((wording) => wording.dailyHow());
    }
  }

  return {
    list,
    async answer(asked) {
      if (!asked.rights.set) return say((wording) => wording.dailyManagers());
      if (!desk) return say((wording) => wording.dailyAway());
      return unlessAway(desk, done(asked, desk), () => say((wording) => wording.dailyAway()));
    },
  };
}
