// What arrives in the channels of desks: a card for each new question, what was decided on it, and once a week what readers asked.
import type { Installation } from "../memory/address.js";
import type { Db } from "../storage/open.js";
import type { ErrandStore, NewErrand } from "./errands.js";

export interface DeskPosts {
  /** A question is new: each desk gets its card, as long as that is not too many. */
  announce(question: string): Promise<void>;
  /** What was decided shows on the cards that the desks have. */
  updateCards(question: string): Promise<void>;
  /** Once a week, each desk is told what readers asked. */
  weekly(): Promise<void>;
  /** Desks whose channel took nothing when it was written to last, and why. */
  silent(): Promise<readonly SilentDesk[]>;
}

export interface SilentDesk extends Installation {
  readonly channel: string;
  /** A code, and what the platform said. */
  readonly why: string;
}

export interface DeskPostsOptions {
  readonly db: Db;
  readonly errands: ErrandStore;
  readonly desks: () => readonly (Installation & { readonly channel: string })[];
  readonly now: () => number;
}

/** Cards of new questions that a desk gets in an hour; more are on the page and in `/desk queue`. */
const CARDS_AN_HOUR = 30;
const HOUR_MS = 3_600_000;
/** Monday, and hours after midnight UTC. */
const WEEKLY = { day: 1, hour: 8 } as const;

export function createDeskPosts({ db, errands, desks, now }: DeskPostsOptions): DeskPosts {
  return {
    async announce(question) {
      for (const desk of desks()) {
        const { count } = await db
          .selectFrom("errands")
          .select((builder) => builder.fn.countAll<number>().as("count"))
          .where("kind", "=", "card")
          .where("platform", "=", desk.platform)
          .where("place", "=", desk.place)
          .where("rank", ">", now() - HOUR_MS)
          .executeTakeFirstOrThrow();
        if (count < CARDS_AN_HOUR)
          await errands.enlist(db, [{ kind: "card", about: question, ...desk, body: {} }], now());
      }
    },
    async updateCards(question) {
      const cards = await db
        .selectFrom("errands")
        .selectAll()
        .where("kind", "=", "card")
        .where("about", "=", question)
        .where("state", "=", "done")
        .execute();
      const changes = cards.map(({ platform, place, channel, result }): NewErrand => ({
        kind: "update",
        about: `${question} ${now()}`,
        platform,
        place,
        channel,
        message: result ?? "",
        body: { question },
      }));
      await errands.enlist(db, changes, now());
    },
    async silent() {
      const found: SilentDesk[] = [];
      for (const desk of desks()) {
        const last = await db
          .selectFrom("errands")
          .select(["state", "result"])
          .where("kind", "in", ["card", "report"])
          .where("platform", "=", desk.platform)
          .where("place", "=", desk.place)
          .where("channel", "=", desk.channel)
          .where("state", "not in", ["due", "sending"])
          .orderBy("updated_at", "desc")
          .limit(1)
          .executeTakeFirst();
        if (last?.state === "gone" || last?.state === "refused") found.push({ ...desk, why: last.result ?? "" });
      }
      return found;
    },
    async weekly() {
      const today = new Date(now());
      if (today.getUTCDay() !== WEEKLY.day || today.getUTCHours() < WEEKLY.hour) return;
      const about = today.toISOString().slice(0, 10);
      await errands.enlist(
        db,
        desks().map((desk): NewErrand => ({ kind: "report", about, ...desk, body: {} })),
        now(),
      );
    },
  };
}
