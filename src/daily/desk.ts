// `/daily`: what a moderator asks for, in words, and what is answered. Every face has its own way to ask and shares this.
import type { Assistant } from "../assistant/assistant.js";
import { explainerNamed } from "../assistant/articles.js";
import { BARE, list as listBlock, named, noticeCard, strong, type Card } from "../cards/card.js";
import { wordingOf } from "../languages/languages.js";
import type { Wording } from "../languages/wording.js";
import type { Address, Installation } from "../memory/address.js";
import type { SubscriptionRow } from "../storage/tables.js";
import { lastShown } from "./last-shown.js";
import { writePost } from "./post.js";
import { isPassing } from "../storage/open.js";
import { readReason } from "./reason.js";
import { MOST_SUBSCRIPTIONS, type DailyStore } from "./store.js";
import { localTime, readTime, readZone } from "./when.js";

export interface Wish {
  readonly at: Address;
  readonly by: string;
  /** As typed; each may be missing. */
  readonly time: string | undefined;
  readonly zone: string | undefined;
  readonly article: string | undefined;
  readonly onlyChanges: boolean;
}

/** Whether the channel can be posted to; asked once everything else is right. */
export type Check = () => Promise<{ readonly channelName: string } | { readonly refusal: string }>;

/** In each `assistant` has the explainers of that place; all where it is not given. */
export interface DailyDesk {
  /** Sets a daily post up. `ok` where it is. */
  start(wish: Wish, check: Check, assistant?: Assistant): Promise<{ readonly ok: boolean; readonly card: Card }>;
  /** How many there are. */
  count(of: Installation): Promise<number>;
  /** The subscriptions of a channel, to check who may end them. */
  of(at: Address): Promise<readonly SubscriptionRow[]>;
  stop(at: Address, article: string | undefined): Promise<Card>;
  /** `visible`: which of them may be shown; `nameOf`: a channel's name as it is now, where that is known. */
  list(
    of: Installation,
    visible?: (row: SubscriptionRow) => boolean,
    nameOf?: (channel: string) => string | undefined,
  ): Promise<Card>;
  preview(at: Address, article: string | undefined, assistant?: Assistant): Promise<Card>;
  /** Whether it failed because the store is away, which passes. */
  isAway(error: unknown): boolean;
}

/** Characters of what was typed that are said back. */
const SAID_BACK = 40;
/** Titles told in one sentence. */
const TITLES = 10;
const USUAL_TIME = "08:00";

export function createDailyDesk(
  whole: Assistant,
  store: () => DailyStore | undefined,
  now: () => number = Date.now,
): DailyDesk {
  const frame = async (): Promise<Card["explainer"]> => named((await whole.topics()).explainer);
  async function say(sentence: (wording: Wording) => string): Promise<Card> {
    const explainer = await frame();
    return noticeCard(explainer, sentence(wordingOf(explainer.language)));
  }

  function moment(at: number, zone: string, language: string): string {
    const yearOf = (moment: number): string => localTime(moment, zone).date.slice(0, 4);
    const text = new Intl.DateTimeFormat(language, {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      month: "long",
      // Where it is not this one, the year is what matters.
      ...(yearOf(at) === yearOf(now()) ? {} : { year: "numeric" }),
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
    return `${text} (${zone})`;
  }

  /** The article that is meant: the named, the only one, or a sentence that asks for one. */
  function articleOf(
    assistant: Assistant,
    article: string | undefined,
  ): { id: string } | { notice: (wording: Wording) => string } {
    const all = assistant.explainers();
    const [only] = all;
    const titles = all.slice(0, TITLES).map(({ title }) => title);
    if (article === undefined || article.trim() === "")
      return all.length === 1 && only ? { id: only.id } : { notice: (wording) => wording.whichArticle(titles) };
    const id = explainerNamed(assistant, article);
    return id === undefined ? { notice: (wording) => wording.noArticle(titles) } : { id };
  }

  async function lastOf(kept: DailyStore | undefined, at: Address, explainer: string) {
    const rows = (await kept?.list(at)) ?? [];
    const row = rows.find((each) => each.channel === at.channel && each.explainer === explainer);
    return kept && row && lastShown(kept, row);
  }

  const describe = (row: SubscriptionRow, language: string): string =>
    wordingOf(language).dailyEntry({
      channel: row.channel_name,
      title: whole.explainers().find(({ id }) => id === row.explainer)?.title ?? row.explainer,
      time: row.time,
      zone: row.zone,
      onlyChanges: row.only_changes === 1,
      next: row.state === "active" ? moment(row.next_at, row.zone, language) : undefined,
      paused: row.state === "active" ? undefined : readReason(row.reason ?? ""),
      last: row.last_result === null ? undefined : { date: row.last_date ?? "", result: readReason(row.last_result) },
    });

  return {
    async count(of) {
      return ((await store()?.list(of)) ?? []).length;
    },
    async start(wish, check, assistant = whole) {
      const kept = store();
      const refuse = async (sentence: (wording: Wording) => string): Promise<{ ok: boolean; card: Card }> => ({
        ok: false,
        card: await say(sentence),
      });
      if (!kept) return refuse((wording) => wording.dailyAway());
      const found = articleOf(assistant, wish.article);
      if ("notice" in found) return refuse(found.notice);
      const { explainer } = await assistant.topics({ explainer: found.id });
      const { time: typedTime = USUAL_TIME, zone: typedZone = "" } = wish;
      const time = readTime(typedTime);
      if (time === undefined) return refuse((wording) => wording.dailyNoTime(typedTime.slice(0, SAID_BACK)));
      const read = typedZone.trim() === "" ? { zone: explainer.timeZone } : readZone(typedZone);
      if (read.zone === undefined)
        return refuse((wording) => wording.dailyNoZone(typedZone.slice(0, SAID_BACK), read.nearest));
      const checked = await check();
      if ("refusal" in checked) return refuse(() => checked.refusal);
      const { channelName } = checked;
      const { at, by, onlyChanges } = wish;
      const { platform, place, channel } = at;
      const row = await kept.start(
        { platform, place, channel, channelName, by, onlyChanges, time, zone: read.zone, explainer: found.id },
        now(),
      );
      if (!row) return refuse((wording) => wording.dailyTooMany(MOST_SUBSCRIPTIONS));
      const next = moment(row.next_at, row.zone, explainer.language);
      const set = { channel: channelName, title: explainer.title, onlyChanges, next };
      return { ok: true, card: await say((wording) => wording.dailyStarted(set)) };
    },
    isAway: isPassing,
    async of(at) {
      const rows = (await store()?.list(at)) ?? [];
      return rows.filter((row) => row.channel === at.channel);
    },
    async stop(at, article) {
      const kept = store();
      if (!kept) return say((wording) => wording.dailyAway());
      const named = article !== undefined && article.trim() !== "";
      const id = named ? explainerNamed(whole, article) : undefined;
      if (named && id === undefined) return say((wording) => wording.noArticle([]));
      const [ended] = await kept.stop(at, id);
      return say((wording) => (ended ? wording.dailyStopped(ended.channel_name) : wording.dailyNone()));
    },
    async list(of, visible = () => true, nameOf = () => undefined) {
      const kept = store();
      if (!kept) return say((wording) => wording.dailyAway());
      const rows: SubscriptionRow[] = [];
      for (const row of await kept.list(of)) {
        const name = nameOf(row.channel) ?? row.channel_name;
        // A notice of a pause names the channel as well.
        if (name !== row.channel_name) await kept.rename(row.id, name).catch(() => undefined);
        if (visible(row)) rows.push({ ...row, channel_name: name });
      }
      const explainer = await frame();
      if (rows.length === 0) return say((wording) => wording.dailyNone());
      return {
        ...BARE,
        explainer,
        blocks: [
          strong(wordingOf(explainer.language).dailyList()),
          listBlock(rows.map((row) => describe(row, explainer.language))),
        ],
        // A long list has pages, and a name by which the next is asked for.
        subject: { kind: "daily", explainer: explainer.id },
        shareable: false,
      };
    },
    async preview(at, article, assistant = whole) {
      const found = articleOf(assistant, article);
      if ("notice" in found) return say(found.notice);
      const kept = store();
      // Without the store there is a post to look at, and nothing to compare it with.
      const last = await lastOf(kept, at, found.id).catch((error: unknown) => {
        if (!isPassing(error)) throw error;
        return undefined;
      });
      return writePost(await assistant.figures({ explainer: found.id }), last, now(), { channel: at.channel }).card;
    },
  };
}
