// Opens the store when it can be opened, and lends it to whoever needs it: asking works without it.
import type { Logger } from "pino";
import { createPause } from "../assistant/pause.js";
import { createBackoff } from "../assistant/retry.js";
import { isPassing, StorageError, type Db, type Storage } from "./open.js";

export interface StorageKeeper {
  /** The store, once it is open. */
  storage(): Storage | undefined;
  db(): Db | undefined;
  status(): "opening" | "ready" | "unusable";
  /** Resolves with the store once it is open; with undefined where it never will be. Never rejects. */
  readonly ready: Promise<Storage | undefined>;
  /** Stops trying, and closes what is open. */
  close(): Promise<void>;
}

const LONGEST_WAIT_MS = 30_000;

export function keepStorage(open: () => Promise<Storage>, log: Logger): StorageKeeper {
  let storage: Storage | undefined;
  let unusable = false;
  let stopping = false;
  const pause = createPause();

  async function run(): Promise<Storage | undefined> {
    for (const backoff = createBackoff({ ceiling: LONGEST_WAIT_MS }); !stopping;) {
      const outcome = await open().then(
        (opened) => ({ opened }),
        (error: unknown) => ({ error }),
      );
      if ("opened" in outcome) {
        storage = outcome.opened;
        return storage;
      }
      const { error } = outcome;
      const reason = error instanceof Error ? error.message || error.name : String(error);
      if (error instanceof StorageError || !isPassing(error)) {
        unusable = true;
        log.error({ reason }, "the database cannot be used; there are no daily posts until DATABASE_URL is mended");
        return undefined;
      }
      const wait = backoff.next();
      log.error({ reason, againInMs: wait }, "the database cannot be reached; asking works, daily posts wait");
      await pause.wait(wait);
    }
    return undefined;
  }

  const ready = run();
  return {
    storage: () => storage,
    db: () => storage?.db,
    status: () => (storage ? "ready" : unusable ? "unusable" : "opening"),
    ready,
    async close() {
      stopping = true;
      pause.wake();
      await ready;
      await storage?.close();
    },
  };
}
