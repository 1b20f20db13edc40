// What is to be done on a platform once, in the store: a message to send, or one of ours to edit. Every change is one statement or
// one transaction; nothing here knows of cards or platforms.
import { sql, type Transaction } from "kysely";
import type { Db } from "../storage/open.js";
import type { ErrandRow, Tables } from "../storage/tables.js";
import { newMark } from "./ids.js";

/** `correct` and `update` edit a message of ours; the others send one. */
export type ErrandKind = "correct" | "update" | "note" | "tell" | "card" | "report";

/** Whether doing it twice comes to the same as doing it once. */
export const isEdit = (kind: string): boolean => kind === "correct" || kind === "update";

export interface NewErrand {
  readonly kind: ErrandKind;
  /** What it belongs to: with the kind, the address and the message it is done once. */
  readonly about: string;
  readonly platform: string;
  readonly place: string;
  readonly channel: string;
  readonly thread?: string | undefined;
  readonly message?: string | undefined;
  /** What its card is made from. */
  readonly body: unknown;
  /** Greater comes first. */
  readonly rank?: number;
  /** Milliseconds since 1970. */
  readonly notBefore?: number;
}

/** What ended it, and what to keep of that. */
export interface ErrandEnd {
  readonly state: "done" | "gone" | "refused" | "unknown";
  readonly result: string;
}

export interface Wanting {
  readonly platform: string;
  /** One place's alone. */
  readonly place?: string;
  /** Channels that have enough under way. */
  readonly except: readonly string[];
  readonly limit: number;
}

export interface ErrandStore {
  /** Puts errands in within a transaction of the caller's; those that are there already stay as they are. How many were new. */
  enlist(trx: Db | Transaction<Tables>, errands: readonly NewErrand[], now: number): Promise<number>;
  /** Places of a platform that have some due. */
  placesDue(platform: string, now: number): Promise<string[]>;
  due(of: Wanting, now: number): Promise<ErrandRow[]>;
  /** Notes that its request is about to leave; the number of the attempt, undefined where it is another's. */
  sending(id: string, now: number): Promise<number | undefined>;
  /** Nothing was done: it is due again at a moment. */
  again(id: string, attempt: number, reason: string, at: number, now: number): Promise<void>;
  /** It could not be begun: not before a moment. `counts`: whether that was one of its tries. */
  later(id: string, at: number, counts: boolean): Promise<void>;
  /** Ends an attempt, once; `also` runs in the same transaction. False where it ended before. */
  finish(
    id: string,
    attempt: number,
    end: ErrandEnd,
    now: number,
    also?: (trx: Transaction<Tables>) => Promise<void>,
  ): Promise<boolean>;
  /** Those whose request left, and of which nothing was heard since a moment. */
  unheard(before: number, limit: number): Promise<ErrandRow[]>;
  /** How many are in each state, by kind. */
  counts(): Promise<readonly { kind: string; state: string; count: number }[]>;
  sweep(before: number): Promise<void>;
}

/** Rows of one statement. */
const ROWS = 500;

export function createErrandStore(db: Db): ErrandStore {
  return {
    async enlist(trx, errands, now) {
      let fresh = 0;
      for (let at = 0; at < errands.length; at += ROWS) {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto("errands")
          .values(
            errands.slice(at, at + ROWS).map((errand) => ({
              id: newMark(),
              kind: errand.kind,
              about: errand.about,
              platform: errand.platform,
              place: errand.place,
              channel: errand.channel,
              thread: errand.thread ?? "",
              message: errand.message ?? "",
              body: JSON.stringify(errand.body),
              state: "due",
              attempts: 0,
              rank: errand.rank ?? now,
              not_before: errand.notBefore ?? 0,
              sent_at: null,
              updated_at: now,
              result: null,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(["kind", "about", "platform", "place", "channel", "message"]).doNothing(),
          )
          .executeTakeFirst();
        fresh += Number(numInsertedOrUpdatedRows ?? 0n);
      }
      return fresh;
    },
    async placesDue(platform, now) {
      const rows = await db
        .selectFrom("errands")
        .select("place")
        .distinct()
        .where("state", "=", "due")
        .where("platform", "=", platform)
        .where("not_before", "<=", now)
        .execute();
      return rows.map(({ place }) => place);
    },
    due: ({ platform, place, except, limit }, now) =>
      db
        .selectFrom("errands")
        .selectAll()
        .where("state", "=", "due")
        .where("platform", "=", platform)
        .$if(place !== undefined, (query) => query.where("place", "=", place ?? ""))
        .$if(except.length > 0, (query) => query.where("channel", "not in", except))
        .where("not_before", "<=", now)
        .orderBy("rank", "desc")
        .orderBy("id")
        .limit(limit)
        .execute(),
    async sending(id, now) {
      const row = await db
        .updateTable("errands")
        .set({ state: "sending", sent_at: now, attempts: sql<number>`attempts + 1`, updated_at: now })
        .where("id", "=", id)
        .where("state", "=", "due")
        .returning("attempts")
        .executeTakeFirst();
      return row?.attempts;
    },
    async again(id, attempt, reason, at, now) {
      await db
        .updateTable("errands")
        .set({ state: "due", result: reason, not_before: at, updated_at: now })
        .where("id", "=", id)
        .where("state", "=", "sending")
        .where("attempts", "=", attempt)
        .execute();
    },
    async later(id, at, counts) {
      await db
        .updateTable("errands")
        .set({ not_before: at, ...(counts ? { attempts: sql<number>`attempts + 1` } : {}) })
        .where("id", "=", id)
        .where("state", "=", "due")
        .execute();
    },
    finish: (id, attempt, { state, result }, now, also) =>
      db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("errands")
          .set({ state, result, updated_at: now })
          .where("id", "=", id)
          .where("state", "=", "sending")
          .where("attempts", "=", attempt)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await also?.(trx);
        return true;
      }),
    unheard: (before, limit) =>
      db
        .selectFrom("errands")
        .selectAll()
        .where("state", "=", "sending")
        .where("updated_at", "<=", before)
        .limit(limit)
        .execute(),
    async counts() {
      return db
        .selectFrom("errands")
        .select((builder) => ["kind", "state", builder.fn.countAll<number>().as("count")])
        .groupBy(["kind", "state"])
        .execute();
    },
    async sweep(before) {
      await db
        .deleteFrom("errands")
        .where("updated_at", "<", before)
        .where("state", "not in", ["due", "sending"])
        .execute();
    },
  };
}
