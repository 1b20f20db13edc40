// What keeps the store in order: dates that were worked out by a wrong clock, and what nobody needs any more.
import { SEEN_KEPT_MS } from "../memory/shared-seen.js";
import { SAID_KEPT_MS } from "../memory/stored-said.js";
import type { Db } from "../storage/open.js";
import { RESULTS } from "./reason.js";
import { nextFree } from "./next-free.js";

/** States of a delivery that has not ended. */
export const OPEN = ["due", "sending"];

/** Beyond this from now nothing comes next, but where a date is left out: a day of 25 hours. */
const FARTHEST_MS = 25 * 3_600_000 + 60_000;
const REANCHORED = 500;
/** What ended is kept for so long, for the list and against changes of time. */
const KEPT_MS = 40 * 86_400_000;

/**
 * Takes back that days came too late which have not come, or not long ago: a clock that ran ahead passed them over. They are next.
 */
async function takeBack(db: Db, now: number, windowMs: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom("deliveries")
      .innerJoin("subscriptions", "subscriptions.id", "deliveries.subscription")
      .select(["subscription", "local_date", "due_at", "next_at"])
      .where("deliveries.state", "=", "skipped")
      .where("deliveries.reason", "like", `${RESULTS.late}%`)
      .where("due_at", ">", now - windowMs)
      .where("subscriptions.state", "=", "active")
      .orderBy("due_at", "desc")
      .limit(REANCHORED)
      .execute();
    for (const { subscription, local_date, due_at } of rows) {
      await trx
        .deleteFrom("deliveries")
        .where("subscription", "=", subscription)
        .where("local_date", "=", local_date)
        .execute();
      await trx
        .updateTable("subscriptions")
        .set({ next_at: due_at, next_date: local_date })
        .where("id", "=", subscription)
        .where("next_at", ">", due_at)
        .execute();
    }
    return rows.length;
  });
}

/** Works out anew what comes next where a wrong clock said otherwise; for how many it was. `windowMs`: how late a post may be. */
export async function reanchorAll(db: Db, now: number, windowMs: number): Promise<number> {
  const rows = await db
    .selectFrom("subscriptions")
    .select(["id", "next_at", "time", "zone"])
    .where("state", "=", "active")
    .where("next_at", ">", now + FARTHEST_MS)
    .orderBy("next_at", "desc")
    .limit(REANCHORED)
    .execute();
  let changed = await takeBack(db, now, windowMs);
  for (const { id, next_at, time, zone } of rows) {
    const next = await nextFree(db, id, now, time, zone);
    if (next.at >= next_at) continue;
    const { numUpdatedRows } = await db
      .updateTable("subscriptions")
      .set({ next_at: next.at, next_date: next.date })
      .where("id", "=", id)
      .where("next_at", "=", next_at)
      .executeTakeFirst();
    changed += Number(numUpdatedRows);
  }
  return changed;
}

/** Forgets what is older than it is kept for: deliveries that ended, subscriptions that were paused and not resumed, what was said and seen. */
export async function sweepAll(db: Db, now: number): Promise<void> {
  const before = now - KEPT_MS;
  await db
    .deleteFrom("seen")
    .where("at", "<", now - SEEN_KEPT_MS)
    .execute();
  await db
    .deleteFrom("said")
    .where("at", "<", now - SAID_KEPT_MS)
    .execute();
  await db.deleteFrom("deliveries").where("updated_at", "<", before).where("state", "not in", OPEN).execute();
  await db.deleteFrom("subscriptions").where("state", "=", "paused").where("last_at", "<", before).execute();
  // What a channel was shown last is kept however long ago that was.
  await db
    .deleteFrom("contents")
    .where("at", "<", before)
    .where("digest", "not in", (query) =>
      query.selectFrom("subscriptions").select("shown").where("shown", "is not", null).$castTo<{ shown: string }>(),
    )
    .where("digest", "not in", (query) =>
      query.selectFrom("deliveries").select("shown").where("shown", "is not", null).$castTo<{ shown: string }>(),
    )
    .execute();
}
