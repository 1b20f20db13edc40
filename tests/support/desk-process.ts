// A process that carries errands out through a real face, and dies where it is told to: run by the fault matrix of the desk, of the same
// parts as `src/desk/desk.ts`.
import { pino } from "pino";
import { createShow } from "../../src/cards/show.js";
import type { Poster } from "../../src/daily/poster.js";
import { createCorrections } from "../../src/desk/corrections.js";
import { createErrandStore, type ErrandStore } from "../../src/desk/errands.js";
import { createRunner } from "../../src/desk/runner.js";
import { createWishes } from "../../src/desk/wishes.js";
import { openStorage } from "../../src/storage/open.js";
import { openFace } from "./open-face.js";
import { openShipped } from "./shipped.js";

export interface DeskProcessOptions {
  readonly platform: "discord" | "slack";
  readonly apiUrl: string;
  readonly database: string;
  readonly dataDir: string;
  /** Where it dies; it lives where none is named. */
  readonly dieAt?: "before claim" | "after claim" | "before request" | "after answer" | "after end";
}

const options = JSON.parse(process.argv[2] ?? "{}") as DeskProcessOptions;
const die = (at: DeskProcessOptions["dieAt"]): void => {
  if (options.dieAt === at) process.kill(process.pid, "SIGKILL");
};
const log = pino({ level: "warn" }, pino.destination(2));

const { assistant, live } = await openShipped({ ENCODER: "off", DATA_DIR: options.dataDir });
const face = await openFace(options.platform, options.apiUrl, assistant, log);
const storage = await openStorage(options.database, log);
const real = createErrandStore(storage.db);
const errands: ErrandStore = {
  ...real,
  async due(...args) {
    const rows = await real.due(...args);
    if (rows.length > 0) die("before claim");
    return rows;
  },
  async sending(...args) {
    const attempt = await real.sending(...args);
    die("after claim");
    return attempt;
  },
  async finish(...args) {
    const ended = await real.finish(...args);
    die("after end");
    return ended;
  },
};
const dying =
  <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    die("before request");
    const result = await work(...args);
    die("after answer");
    return result;
  };
const poster: Poster = {
  ...face.poster,
  post: dying((...args: Parameters<Poster["post"]>) => face.poster.post(...args)),
  edit: dying((...args: Parameters<Poster["edit"]>) => face.poster.edit(...args)),
};
const show = createShow({ assistant });
const parts = { db: storage.db, errands, assistant, show };
const corrections = createCorrections({ ...parts, ageMs: 14 * 86_400_000 });
const wishes = createWishes({ ...parts, posters: () => [poster] });
const runner = createRunner({
  store: errands,
  posters: () => [poster],
  work: { correct: corrections.correct, note: corrections.note, tell: wishes.tell },
  log,
  leaseMs: 2_000,
  alone: storage.pool === undefined,
});
for (const explainer of live.explainers()) {
  const { desk } = await assistant.figures({ explainer: explainer.id });
  await corrections.look(explainer, desk.figures());
}
await wishes.check();
runner.start();
process.once("SIGTERM", () => {
  void (async () => {
    await runner.stop(2_000);
    await face.stop(1_000);
    await storage.close();
    process.exit(0);
  })();
});
