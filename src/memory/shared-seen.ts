// What was dealt with already, remembered where several processes look.
import { setTimeout as sleep } from "node:timers/promises";
import type { Seen } from "./seen.js";
import type { Db } from "../storage/open.js";

/** Platforms deliver again within the hour. */
const KEPT_MS = 3_600_000;
/** Milliseconds that an answer waits for the store. */
const PATIENCE_MS = 500;
const SWEEP_EVERY = 500;

/** Remembers in the store; where the store is away, `fallback` is asked alone. */
export function createSharedSeen(db: Db, fallback: Seen, now: () => number = Date.now): Seen {
  let since = 0;
  return {
    async first(key) {
      if (!(await fallback.first(key))) return false;
      if (++since % SWEEP_EVERY === 0)
        await db
          .deleteFrom("seen")
          .where("at", "<", now() - KEPT_MS)
          .execute()
          .catch(() => undefined);
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
