// What was dealt with already, remembered where several processes look.
import { setTimeout as sleep } from "node:timers/promises";
import type { Seen } from "./seen.js";
import type { Db } from "../storage/open.js";

/** Milliseconds that it is kept for: platforms deliver again within the hour. */
export const SEEN_KEPT_MS = 3_600_000;
/** Milliseconds that an answer waits for the store. */
const PATIENCE_MS = 500;

/** Remembers in the store; where the store is away, `fallback` is asked alone. */
export function createSharedSeen(db: Db, fallback: Seen, now: () => number = Date.now): Seen {
  return {
    async first(key) {
      if (!(await fallback.first(key))) return false;
      // A store that hangs must not hold up answers.
      const late = sleep(PATIENCE_MS, true, { ref: false });
      const noted = db
        .insertInto("seen")
        .values({ key: key.slice(0, 200), at: now() })
        .onConflict((conflict) => conflict.column("key").doNothing())
        .executeTakeFirst()
        .then(
          ({ numInsertedOrUpdatedRows }) => (numInsertedOrUpdatedRows ?? 0n) > 0n,
          () => true,
        );
      return Promise.race([noted, late]);
    },
  };
}
