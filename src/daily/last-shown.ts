// What a subscription's channel was shown last, from where it is kept.
import type { SubscriptionRow } from "../storage/tables.js";
import { readKept, type LastShown } from "./post.js";
import type { DailyStore } from "./store.js";

/** Undefined before a first post. */
export async function lastShown(store: DailyStore, row: SubscriptionRow): Promise<LastShown | undefined> {
  const { shown, shown_at: at, zone } = row;
  const body = shown === null ? undefined : await store.content(shown);
  return body === undefined || at === null ? undefined : { shown: readKept(body).shown, at, zone };
}
