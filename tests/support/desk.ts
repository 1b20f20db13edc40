// A newsroom's desk in this process, of the same parts as `src/open-desk.ts`, on a store of its own or a shared one.
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { tryUtterance } from "../../src/assistant/trial.js";
import { createShow } from "../../src/cards/show.js";
import { readConfig } from "../../src/config.js";
import { withLessons } from "../../src/content/taught.js";
import { createDesk } from "../../src/desk/desk.js";
import type { Desk, DeskSettings } from "../../src/desk/port.js";
import { createTeaching } from "../../src/desk/teaching.js";
import { createOutcomes } from "../../src/memory/outcomes.js";
import { followInstallations } from "../../src/follow-installations.js";
import { createInstallations, type Installations } from "../../src/memory/installations.js";
import { createSeal } from "../../src/storage/seal.js";
import { createPlaces, type Places } from "../../src/memory/places.js";
import { createStoredSaid, type StoredSaid } from "../../src/memory/stored-said.js";
import { openAssistant, type OpenedAssistant } from "../../src/open-assistant.js";
import { keepStorage } from "../../src/storage/keeper.js";
import { openStorage, type Db } from "../../src/storage/open.js";

export interface RunningDesk {
  readonly opened: OpenedAssistant;
  readonly desk: Desk;
  readonly said: StoredSaid;
  readonly places: Places;
  readonly installations: Installations;
  readonly key: Buffer;
  readonly db: Db;
  /** Reads the content anew, as it does when a file changed. */
  reread(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeskOptions {
  readonly dataDir: string;
  readonly database: string;
  readonly settings?: Partial<DeskSettings>;
  readonly now?: () => number;
  readonly leaseMs?: number;
  /** What installations are sealed with. */
  readonly key?: Buffer;
}

export async function startDesk({
  dataDir,
  database,
  settings,
  now,
  leaseMs,
  key = randomBytes(32),
}: DeskOptions): Promise<RunningDesk> {
  const { config } = readConfig({ LOG_LEVEL: "silent", ENCODER: "off", DATA_DIR: dataDir });
  if (!config) throw new Error("the settings of this test are wrong");
  const log = pino({ level: "silent" });
  const keeper = keepStorage(() => openStorage(database, log), log);
  const storage = await keeper.ready;
  if (!storage) throw new Error("the store of this test cannot be opened");
  const clock = now ? [now] : [];
  const teaching = createTeaching(() => keeper.db(), ...clock);
  await teaching.refresh();
  const outcomes = createOutcomes();
  const opened = await openAssistant(config, undefined, { outcomes, lessons: teaching });
  const { assistant, live, encoding } = opened;
  const { encoder, vectors } = encoding;
  const places = createPlaces(() => keeper.db(), ...clock);
  const installations = createInstallations(() => keeper.db(), createSeal([key]), ...clock);
  await places.refresh();
  const following = followInstallations(keeper, places, installations, log);
  const desk = createDesk({
    storage: keeper,
    places,
    teaching,
    assistant,
    show: createShow({ assistant }),
    explainers: () => live.explainers(),
    reasons: () => Promise.resolve(["not in the article", "about something else"]),
    async tryOut(lessons, lesson) {
      const ready = await live.shelf.get(lesson.explainer);
      if (!ready) return undefined;
      const before = withLessons(ready.explainer, ready.intents, lessons);
      const after = withLessons(ready.explainer, before, [lesson]);
      return tryUtterance(ready.explainer, before, after, [], { cacheDir: config.cacheDir, encoder, vectors });
    },
    settings: { keep: true, keepDays: 30, correctDays: 14, mayDesk: () => true, ...settings },
    log,
    ...(now ? { now } : {}),
    ...(leaseMs === undefined ? {} : { leaseMs }),
  });
  outcomes.tell(desk.outcomes);
  await desk.ready;
  return {
    opened,
    desk,
    places,
    installations,
    key,
    said: createStoredSaid(() => keeper.db(), ...clock),
    db: storage.db,
    async reread() {
      await live.reload();
      await desk.contentChanged();
    },
    async stop() {
      following.stop();
      await desk.stop(2_000);
      await keeper.close();
    },
  };
}
