// The next day that a subscription may post on, by what it has posted before.
import type { Transaction } from "kysely";
import type { Db } from "../storage/open.js";
import type { Tables } from "../storage/tables.js";
import { nextDue, type Due } from "./when.js";

/** Dates later than so many days from now come from a clock that was wrong. */
const DOUBTFUL_DAYS = 2;

/**
 * The first time after `after` whose date comes after every day that was posted, or begun: changing the time, or the zone, does
 * not bring a second post. Days that a wrong clock posted far ahead are only passed over themselves.
 */
export async function nextFree(
  db: Db | Transaction<Tables>,
  id: string,
  after: number,
  time: string,
  zone: string,
): Promise<Due> {
  let next = nextDue(after, time, zone);
  const posted = await db
    .selectFrom("deliveries")
    .select("local_date")
    .where("subscription", "=", id)
    .orderBy("local_date")
    .execute();
  const doubtful = new Date(after + DOUBTFUL_DAYS * 86_400_000).toISOString().slice(0, 10);
  const dates = posted.map(({ local_date }) => local_date);
  const last = dates.findLast((date) => date <= doubtful) ?? "";
  while (next.date <= last || dates.includes(next.date)) next = nextDue(next.at, time, zone);
  return next;
}
