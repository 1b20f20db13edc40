// `/daily`: what a moderator asks for, in words, and what is answered. Every face has its own way to ask and shares this.
import type { Assistant } from "../assistant/assistant.js";
import { explainerNamed } from "../assistant/articles.js";
import { noticeCard, type Card } from "../assistant/card.js";
import { WORDING } from "../assistant/wording.js";
import type { SubscriptionRow } from "../storage/tables.js";
import { lastShown, writePost } from "./post.js";
import { MOST_SUBSCRIPTIONS, type DailyStore } from "./store.js";
import { readTime, readZone } from "./when.js";

export interface Asked {
  readonly platform: "discord" | "slack";
  readonly place: string;
  readonly channel: string;
  readonly channelName: string;
  readonly by: string;
  /** As typed; each may be missing. */
  readonly time: string | undefined;
  readonly zone: string | undefined;
  readonly article: string | undefined;
  readonly onlyChanges: boolean;
}

export interface DailyDesk {
  /** Sets a daily post up. `ok` where it is. */
  start(asked: Asked): Promise<{ readonly ok: boolean; readonly card: Card }>;
  /** The subscriptions of a channel, to check who may end them. */
  of(platform: string, place: string, channel: string): Promise<readonly SubscriptionRow[]>;
  stop(platform: string, place: string, channel: string, article: string | undefined): Promise<Card>;
  /** `visible`: which of them may be shown; all where nothing is said. */
  list(platform: string, place: string, visible?: (row: SubscriptionRow) => boolean): Promise<Card>;
  preview(platform: string, place: string, channel: string, article: string | undefined): Promise<Card>;
}

const USUAL_TIME = "08:00";

export function createDailyDesk(
  assistant: Assistant,
  store: () => DailyStore | undefined,
  now: () => number = Date.now,
): DailyDesk {
  async function frame(): Promise<Card["explainer"]> {
    const { id, title, language } = (await assistant.topics()).explainer;
    return { id, title, language };
  }
  const say = async (notice: string): Promise<Card> => noticeCard(await frame(), notice);
  const lines = async (head: string, list: readonly string[]): Promise<Card> => ({
    ...(await say(head)),
    // A long list has pages, and a name by which the next is asked for.
    subject: { kind: "daily", explainer: (await frame()).id },
    shareable: false,
    blocks: [
      { kind: "strong", lines: [head] },
      { kind: "list", lines: list },
    ],
  });

  function moment(at: number, zone: string, language: string): string {
    const text = new Intl.DateTimeFormat(language, {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      month: "long",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
    return `${text} (${zone})`;
  }

  /** The article that is meant: the named, the only one, or a sentence that asks for one. */
  function articleOf(article: string | undefined): { id: string } | { notice: string } {
    const all = assistant.explainers();
    const [only] = all;
    const titles = all
      .slice(0, 10)
      .map(({ title }) => title)
      .join(" · ");
    if (article === undefined || article.trim() === "")
      return all.length === 1 && only ? { id: only.id } : { notice: `${WORDING.whichArticle} ${titles}` };
    const id = explainerNamed(assistant, article);
    return id === undefined ? { notice: `${WORDING.noArticle} ${titles}` } : { id };
  }

  const describe = (row: SubscriptionRow, language: string): string => {
    const title = assistant.explainers().find(({ id }) => id === row.explainer)?.title ?? row.explainer;
    const changes = row.only_changes === 1 ? `, ${WORDING.dailyOnlyChanges}` : "";
    const next =
      row.state === "active"
        ? `${WORDING.dailyNext}: ${moment(row.next_at, row.zone, language)}`
        : `${WORDING.dailyIsPaused}: ${row.reason ?? ""}`;
    const last = row.last_result === null ? "" : `; ${WORDING.dailyLast} ${row.last_date ?? ""}: ${row.last_result}`;
    return `${row.channel_name}, “${title}”, ${row.time} ${row.zone}${changes}. ${next}${last}`;
  };

  return {
    async start(asked) {
      const kept = store();
      const refuse = async (notice: string): Promise<{ ok: boolean; card: Card }> => ({
        ok: false,
        card: await say(notice),
      });
      if (!kept) return refuse(WORDING.dailyAway);
      const found = articleOf(asked.article);
      if ("notice" in found) return refuse(found.notice);
      const { explainer } = await assistant.topics({ explainer: found.id });
      const time = readTime(asked.time ?? USUAL_TIME);
      if (time === undefined) return refuse(`“${(asked.time ?? "").slice(0, 40)}” ${WORDING.dailyNoTime}`);
      const read =
        asked.zone === undefined || asked.zone.trim() === "" ? { zone: explainer.timeZone } : readZone(asked.zone);
      if (read.zone === undefined)
        return refuse(`“${(asked.zone ?? "").slice(0, 40)}” ${WORDING.dailyNoZone} ${read.nearest.join(", ")}.`);
      const { platform, place, channel, channelName, by, onlyChanges } = asked;
      const row = await kept.start(
        { platform, place, channel, channelName, by, onlyChanges, time, zone: read.zone, explainer: found.id },
        now(),
      );
      if (!row) return refuse(`${WORDING.dailyTooMany} ${MOST_SUBSCRIPTIONS}. ${WORDING.dailyStopOne}`);
      const when = moment(row.next_at, row.zone, explainer.language);
      const sentence = `${WORDING.dailyStarted} ${channelName}, “${explainer.title}”${onlyChanges ? `, ${WORDING.dailyOnlyChanges}` : ""}. ${WORDING.dailyFirst}: ${when}.`;
      return { ok: true, card: await say(sentence) };
    },
    async of(platform, place, channel) {
      const rows = (await store()?.list(platform, place)) ?? [];
      return rows.filter((row) => row.channel === channel);
    },
    async stop(platform, place, channel, article) {
      const kept = store();
      if (!kept) return say(WORDING.dailyAway);
      const id = article === undefined || article.trim() === "" ? undefined : explainerNamed(assistant, article);
      if (article !== undefined && article.trim() !== "" && id === undefined) return say(WORDING.noArticle);
      const ended = (await kept.list(platform, place)).some(
        (row) => row.channel === channel && (id === undefined || row.explainer === id),
      )
        ? await kept.stop(platform, channel, id)
        : [];
      return say(ended.length > 0 ? `${WORDING.dailyStopped} ${ended[0]?.channel_name ?? ""}.` : WORDING.dailyNone);
    },
    async list(platform, place, visible = () => true) {
      const kept = store();
      if (!kept) return say(WORDING.dailyAway);
      const rows = (await kept.list(platform, place)).filter(visible);
      const { language } = await frame();
      return rows.length === 0
        ? say(WORDING.dailyNone)
        : lines(
            WORDING.dailyList,
            rows.map((row) => describe(row, language)),
          );
    },
    async preview(platform, place, channel, article) {
      const found = articleOf(article);
      if ("notice" in found) return say(found.notice);
      const row = ((await store()?.list(platform, place)) ?? []).find(
        (each) => each.channel === channel && each.explainer === found.id,
      );
      const last = row && lastShown(row);
      return writePost(await assistant.figures({ explainer: found.id }), last, now()).card;
    },
  };
}
