// A process that delivers daily posts through a real face, and dies where it is told to: run by the fault matrix, of the same
// parts as `src/daily/daily.ts`.
import { pino } from "pino";
import { createDeliver } from "../../src/daily/deliver.js";
import { createSingleEngine } from "../../src/daily/engine.js";
import type { Poster } from "../../src/daily/poster.js";
import { createSharedEngine } from "../../src/daily/shared-engine.js";
import { createDailyStore, type DailyStore } from "../../src/daily/store.js";
import { openStorage } from "../../src/storage/open.js";
import { openFace } from "./open-face.js";
import { openShipped } from "./shipped.js";

export interface ProcessOptions {
  readonly platform: "discord" | "slack";
  readonly apiUrl: string;
  readonly database: string;
  readonly dataDir: string;
  /** Where it dies; it lives where none is named. */
  readonly dieAt?: "before claim" | "after claim" | "before request" | "after answer" | "after end";
  /** Added to the clock. */
  readonly ahead?: number;
  readonly leaseS?: number;
}

const options = JSON.parse(process.argv[2] ?? "{}") as ProcessOptions;
const die = (at: ProcessOptions["dieAt"]): void => {
  if (options.dieAt === at) process.kill(process.pid, "SIGKILL");
};
const log = pino({ level: "warn" }, pino.destination(2));
const now = (): number => Date.now() + (options.ahead ?? 0);

const { assistant } = await openShipped({ ENCODER: "off", DATA_DIR: options.dataDir });
const face = await openFace(options.platform, options.apiUrl, assistant, log);
const storage = await openStorage(options.database, log);
const real = createDailyStore(storage.db, 3 * 3_600_000);
const store: DailyStore = {
  ...real,
  async claim(...args) {
    if ((await real.due(now())) > 0) die("before claim");
    const refs = await real.claim(...args);
    if (refs.length > 0) die("after claim");
    return refs;
  },
  async finish(...args) {
    await real.finish(...args);
    die("after end");
  },
};
const poster: Poster = {
  ...face.poster,
  async post(...args) {
    die("before request");
    const posted = await face.poster.post(...args);
    die("after answer");
    return posted;
  },
};
const deliver = createDeliver({ store, assistant, posters: () => [poster], windowMs: 3 * 3_600_000, log, now });
const engine = storage.pool
  ? createSharedEngine({ store, deliver, log, now, pool: storage.pool, leaseS: options.leaseS ?? 120 })
  : createSingleEngine({ store, deliver, log, now });
await engine.start();
process.stdout.write("started\n");
process.once("SIGTERM", () => {
  void (async () => {
    await engine.stop(2_000);
    await face.stop(1_000);
    await storage.close();
    process.exit(0);
  })();
});
