// Opens the store when it can be opened, and lends it to whoever needs it: asking works without it.
import type { Logger } from "pino";
import { createPause, type Pause } from "../assistant/pause.js";
import { persist } from "../assistant/retry.js";
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

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));

/** Tries what needs the store until the store is there, and says so; "unusable" where it never will be. */
export async function persistWithStore<T>(
  work: () => Promise<T>,
  { log, pause, stopped }: { readonly log: Logger; readonly pause: Pause; readonly stopped: () => boolean },
): Promise<{ readonly value: T } | "unusable" | undefined> {
  return persist(work, {
    wait: (milliseconds) => pause.wait(milliseconds),
    stopped,
    judge(error) {
      if (error instanceof StorageError || !isPassing(error)) throw error;
      return 0;
    },
    waits: (error, againInMs) =>
      log.error(
        { reason: reasonOf(error), againInMs },
        "the database cannot be reached; asking works, daily posts wait",
      ),
  }).catch((error: unknown) => {
    const reason = reasonOf(error);
    log.error({ reason }, "the database cannot be used; there are no daily posts until DATABASE_URL is mended");
    return "unusable" as const;
  });
}

export function keepStorage(open: () => Promise<Storage>, log: Logger): StorageKeeper {
  let storage: Storage | undefined;
  let unusable = false;
  let stopping = false;
  const pause = createPause();

  async function run(): Promise<Storage | undefined> {
    const opened = await persistWithStore(open, { log, pause, stopped: () => stopping });
    unusable = opened === "unusable";
    if (typeof opened === "object") storage = opened.value;
    return storage;
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
