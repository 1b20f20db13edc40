// Subscriptions and deliveries in the store. Every change is one transaction; nothing here knows of platforms or clocks.
import { createHash, randomUUID } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { Address, Installation } from "../memory/address.js";
import type { Db } from "../storage/open.js";
import type { DeliveryRow, SubscriptionRow, Tables } from "../storage/tables.js";
import { markOf } from "./mark.js";
import { nextFree } from "./next-free.js";
import { OPEN, reanchorAll, sweepAll } from "./upkeep.js";
import { nextDue } from "./when.js";

export interface Wanted extends Pick<Address, "platform" | "place" | "channel"> {
  readonly channelName: string;
  readonly explainer: string;
  readonly time: string;
  readonly zone: string;
  readonly onlyChanges: boolean;
  readonly by: string;
}

/** A delivery by its key. */
export interface DeliveryRef {
  readonly subscription: string;
  readonly date: string;
}

export interface DailyStore {
  /** Sets up or changes a channel's subscription, and resumes it. Undefined where the place has too many. */
  start(wanted: Wanted, now: number): Promise<SubscriptionRow | undefined>;
  /** Ends the channel's subscriptions, or that to one explainer; what they were. */
  stop(at: Address, explainer: string | undefined): Promise<SubscriptionRow[]>;
  list(of: Installation): Promise<SubscriptionRow[]>;
  /** Notes what a channel is called by now. */
  rename(id: string, channelName: string): Promise<void>;
  /**
   * Claims what is due: makes its delivery and moves the subscription on to its next day, in one transaction. Called by
   * several processes at once, each delivery is claimed by one of them. `enlist` runs inside the transaction.
   */
  claim(
    now: number,
    limit: number,
    enlist?: (refs: readonly DeliveryRef[], trx: Transaction<Tables>) => Promise<void>,
  ): Promise<DeliveryRef[]>;
  /** Deliveries that were begun and not finished, untouched since `before`. */
  unfinished(before: number, limit: number): Promise<DeliveryRef[]>;
  get(ref: DeliveryRef): Promise<{ delivery: DeliveryRow; subscription: SubscriptionRow } | undefined>;
  /** What was kept under a digest. */
  content(digest: string): Promise<string | undefined>;
  /**
   * Notes that a request is about to leave, and what it shows; the number of the attempt. Undefined where it is finished, or
   * another's.
   */
  sending(ref: DeliveryRef, now: number, shows: string): Promise<number | undefined>;
  /** Notes that nothing was posted, and it is to be tried again. Nothing where the attempt is no longer the last. */
  again(ref: DeliveryRef, attempt: number, reason: string, now: number): Promise<void>;
  /**
   * Ends a delivery; of a posted one, what it showed is what the channel was shown last. Nothing where it ended before, or the attempt is no longer
   * the last: a worker that was thought dead undoes nothing.
   */
  finish(
    ref: DeliveryRef,
    attempt: number,
    end: { state: "posted" | "skipped" | "unknown" | "refused"; message?: string; reason: string },
    now: number,
  ): Promise<void>;
  /** Pauses a subscription. Whether who set it up is still to be told. */
  pause(id: string, reason: string): Promise<boolean>;
  told(id: string): Promise<void>;
  /** How many are due by now. */
  due(now: number): Promise<number>;
  /** Works out anew what comes next where a wrong clock said otherwise; for how many it was. */
  reanchor(now: number): Promise<number>;
  /** Forgets what is older than it is kept for. */
  sweep(now: number): Promise<void>;
}

/** Subscriptions of one server or workspace that are not paused: a channel that is gone takes nobody's place. */
export const MOST_SUBSCRIPTIONS = 50;

/** `windowMs`: how late a post may be; a day that is still within it is not passed over. */
export function createDailyStore(db: Db, windowMs = 0): DailyStore {
  async function set(id: string, columns: Partial<SubscriptionRow>): Promise<void> {
    await db.updateTable("subscriptions").set(columns).where("id", "=", id).execute();
  }
  return {
    start: (wanted, now) =>
      db.transaction().execute(async (trx) => {
        const { platform, place, channel, explainer, time, zone } = wanted;
        const before = await trx
          .selectFrom("subscriptions")
          .selectAll()
          .where("platform", "=", platform)
          .where("place", "=", place)
          .where("channel", "=", channel)
          .where("explainer", "=", explainer)
          .executeTakeFirst();
        if (before?.state !== "active") {
          const { count } = await trx
            .selectFrom("subscriptions")
            .select((builder) => builder.fn.countAll<number>().as("count"))
            .where("platform", "=", platform)
            .where("place", "=", place)
            .where("state", "=", "active")
            .executeTakeFirstOrThrow();
          if (count >= MOST_SUBSCRIPTIONS) return undefined;
        }
        const next = await nextFree(trx, before?.id ?? "", now, time, zone);
        const row = {
          ...columnsOf(wanted),
          next_at: next.at,
          next_date: next.date,
          state: "active",
          reason: null,
          told: 0,
        };
        if (before) {
          // It stays that of whoever set it up first.
          const changed = { ...row, created_by: before.created_by };
          await trx.updateTable("subscriptions").set(changed).where("id", "=", before.id).execute();
          return { ...before, ...changed };
        }
        const fresh: SubscriptionRow = {
          ...row,
          id: randomUUID(),
          created_at: now,
          last_result: null,
          last_date: null,
          last_at: null,
          shown: null,
          shown_at: null,
        };
        await trx.insertInto("subscriptions").values(fresh).execute();
        return fresh;
      }),
    stop: ({ platform, place, channel }, explainer) =>
      db.transaction().execute(async (trx) => {
        const found = await trx
          .selectFrom("subscriptions")
          .selectAll()
          .where("platform", "=", platform)
          .where("place", "=", place)
          .where("channel", "=", channel)
          .$if(explainer !== undefined, (query) => query.where("explainer", "=", explainer ?? ""))
          .execute();
        for (const { id } of found) {
          await trx.deleteFrom("deliveries").where("subscription", "=", id).execute();
          await trx.deleteFrom("subscriptions").where("id", "=", id).execute();
        }
        return found;
      }),
    list: ({ platform, place }) =>
      db
        .selectFrom("subscriptions")
        .selectAll()
        .where("platform", "=", platform)
        .where("place", "=", place)
        .orderBy("channel_name")
        .orderBy("explainer")
        .execute(),
    rename: (id, channelName) => set(id, { channel_name: channelName }),
    claim: (now, limit, enlist) =>
      db.transaction().execute(async (trx) => {
        const due = await trx
          .selectFrom("subscriptions")
          .select(["id", "next_at", "next_date", "time", "zone"])
          .where("state", "=", "active")
          .where("next_at", "<=", now)
          .orderBy("next_at")
          .orderBy("id")
          .limit(limit)
          .execute();
        const refs: DeliveryRef[] = [];
        for (const { id, next_at, next_date, time, zone } of due) {
          // Days that are too late by now are passed over; one that is not is claimed next.
          let next = nextDue(Math.max(next_at, now - windowMs), time, zone);
          while (next.date <= next_date) next = nextDue(next.at, time, zone);
          const { numUpdatedRows } = await trx
            .updateTable("subscriptions")
            .set({ next_at: next.at, next_date: next.date })
            .where("id", "=", id)
            .where("next_date", "=", next_date)
            .where("next_at", "=", next_at)
            .executeTakeFirst();
          if (numUpdatedRows === 0n) continue;
          const { numInsertedOrUpdatedRows } = await trx
            .insertInto("deliveries")
            .values({
              subscription: id,
              local_date: next_date,
              due_at: next_at,
              state: "due",
              mark: markOf(id, next_date),
              attempts: 0,
              sent_at: null,
              message: null,
              reason: null,
              updated_at: now,
              shown: null,
            })
            .onConflict((conflict) => conflict.columns(["subscription", "local_date"]).doNothing())
            .executeTakeFirst();
          if ((numInsertedOrUpdatedRows ?? 0n) > 0n) refs.push({ subscription: id, date: next_date });
        }
        if (refs.length > 0) await enlist?.(refs, trx);
        return refs;
      }),
    reanchor: (now) => reanchorAll(db, now, windowMs),
    unfinished: async (before, limit) => {
      const rows = await db
        .selectFrom("deliveries")
        .select(["subscription", "local_date"])
        .where("state", "in", OPEN)
        .where("updated_at", "<=", before)
        .orderBy("due_at")
        .limit(limit)
        .execute();
      return rows.map(({ subscription, local_date }) => ({ subscription, date: local_date }));
    },
    async get({ subscription: id, date }) {
      const delivery = await db
        .selectFrom("deliveries")
        .selectAll()
        .where("subscription", "=", id)
        .where("local_date", "=", date)
        .executeTakeFirst();
      const subscription = await db.selectFrom("subscriptions").selectAll().where("id", "=", id).executeTakeFirst();
      return delivery && subscription ? { delivery, subscription } : undefined;
    },
    async content(digest) {
      const row = await db.selectFrom("contents").select("body").where("digest", "=", digest).executeTakeFirst();
      return row?.body;
    },
    sending: ({ subscription, date }, now, shows) =>
      db.transaction().execute(async (trx) => {
        const digest = createHash("sha256").update(shows).digest("base64url");
        await trx
          .insertInto("contents")
          .values({ digest, body: shows, at: now })
          .onConflict((conflict) => conflict.column("digest").doUpdateSet({ at: now }))
          .execute();
        const row = await trx
          .updateTable("deliveries")
          .set({ state: "sending", sent_at: now, attempts: sql<number>`attempts + 1`, updated_at: now, shown: digest })
          .where("subscription", "=", subscription)
          .where("local_date", "=", date)
          .where("state", "=", "due")
          .returning("attempts")
          .executeTakeFirst();
        return row?.attempts;
      }),
    async again({ subscription, date }, attempt, reason, now) {
      await db
        .updateTable("deliveries")
        .set({ state: "due", reason, updated_at: now })
        .where("subscription", "=", subscription)
        .where("local_date", "=", date)
        .where("state", "in", OPEN)
        .where("attempts", "=", attempt)
        .execute();
    },
    finish: ({ subscription, date }, attempt, { state, message, reason }, now) =>
      db.transaction().execute(async (trx) => {
        const ended = await trx
          .updateTable("deliveries")
          .set({ state, message: message ?? null, reason, updated_at: now })
          .where("subscription", "=", subscription)
          .where("local_date", "=", date)
          .where("state", "in", OPEN)
          .where("attempts", "=", attempt)
          .returning("shown")
          .executeTakeFirst();
        if (!ended) return;
        const { shown } = ended;
        await trx
          .updateTable("subscriptions")
          .set({
            last_result: reason,
            last_date: date,
            last_at: now,
            ...(state === "posted" && shown !== null ? { shown, shown_at: now } : {}),
          })
          .where("id", "=", subscription)
          .execute();
      }),
    async pause(id, reason) {
      await set(id, { state: "paused", reason });
      const { told } = (await db
        .selectFrom("subscriptions")
        .select("told")
        .where("id", "=", id)
        .executeTakeFirst()) ?? { told: 1 };
      return told === 0;
    },
    told: (id) => set(id, { told: 1 }),
    async due(now) {
      const { count } = await db
        .selectFrom("subscriptions")
        .select((builder) => builder.fn.countAll<number>().as("count"))
        .where("state", "=", "active")
        .where("next_at", "<=", now)
        .executeTakeFirstOrThrow();
      return count;
    },
    sweep: (now) => sweepAll(db, now),
  };
}

/** What was asked for, as columns. */
function columnsOf({ platform, place, channel, channelName, explainer, time, zone, onlyChanges, by }: Wanted) {
  return {
    platform,
    place,
    channel,
    channel_name: channelName,
    explainer,
    time,
    zone,
    only_changes: onlyChanges ? 1 : 0,
    created_by: by,
  };
}
