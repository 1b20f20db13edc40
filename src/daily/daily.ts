// The daily posts as a whole: opens the store when it can be opened, runs the engine that fits it, and gives the desk.
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { createPause } from "../assistant/pause.js";
import { isPassing, StorageError, type Storage } from "../storage/open.js";
import { createDeliver } from "./deliver.js";
import { createDailyDesk, type DailyDesk } from "./desk.js";
import { createSingleEngine, type Engine } from "./engine.js";
import type { Poster } from "./poster.js";
import { createSharedEngine } from "./shared-engine.js";
import { createDailyStore, type DailyStore } from "./store.js";

export interface Daily {
  readonly desk: DailyDesk;
  /** Platforms that are ready to be posted to. */
  add(poster: Poster): void;
  status(): { readonly store: "opening" | "ready" | "unusable"; readonly engine: "one process" | "shared" | undefined };
  /** Resolves once the store is open and the engine runs; never rejects. */
  readonly ready: Promise<void>;
  /** The store, once it is open. */
  storage(): Storage | undefined;
  /** Takes nothing new, and finishes or releases what it holds within `patience` milliseconds. */
  stop(patience: number): Promise<void>;
  /** Closes the store, once it is stopped and nobody else uses the store. */
  close(): Promise<void>;
}

export interface DailyOptions {
  readonly open: () => Promise<Storage>;
  readonly assistant: Assistant;
  readonly windowMs: number;
  readonly log: Logger;
  readonly now?: () => number;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export function createDaily({ open, assistant, windowMs, log, now = Date.now }: DailyOptions): Daily {
  const posters: Poster[] = [];
  let storage: Storage | undefined;
  let store: DailyStore | undefined;
  let engine: Engine | undefined;
  let unusable = false;
  let stopping = false;
  const pause = createPause();

  async function begin(): Promise<void> {
    const opened = await open();
    const kept = createDailyStore(opened.db, windowMs);
    const deliver = createDeliver({ store: kept, assistant, posters: () => posters, windowMs, log, now });
    const options = { store: kept, deliver, log, now };
    const next = opened.pool ? createSharedEngine({ ...options, pool: opened.pool }) : createSingleEngine(options);
    await next.start().catch(async (error: unknown) => {
      await opened.close();
      throw error;
    });
    [storage, store, engine] = [opened, kept, next];
  }

  /** Tries until the store can be opened: asking works without it. */
  async function run(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !stopping; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const failed = await begin().then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (!failed) return;
      const reason = failed.error instanceof Error ? failed.error.message || failed.error.name : String(failed.error);
      if (failed.error instanceof StorageError || !isPassing(failed.error)) {
        unusable = true;
        log.error({ reason }, "the database cannot be used; there are no daily posts until DATABASE_URL is mended");
        return;
      }
      log.error({ reason, againInMs: wait }, "the database cannot be reached; asking works, daily posts wait");
      await pause.wait(wait);
    }
  }

  const ready = run();
  return {
    desk: createDailyDesk(assistant, () => store, now),
    add: (poster) => void posters.push(poster),
    status: () => ({
      store: store ? "ready" : unusable ? "unusable" : "opening",
      engine: storage && (storage.pool ? "shared" : "one process"),
    }),
    ready,
    storage: () => storage,
    async stop(patience) {
      stopping = true;
      pause.wake();
      await ready;
      await engine?.stop(patience);
    },
    close: async () => storage?.close(),
  };
}
