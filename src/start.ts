// `npm start`: starts every face that has what it needs, says so, and stops cleanly when told to.
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { createAllowance } from "./assistant/allowance.js";
import type { LiveShelf } from "./assistant/live-shelf.js";
import { CHAT_COOLDOWN } from "./chat/cooldown.js";
import { createFair } from "./chat/fair.js";
import { EXIT, createProgress, readArguments, UsageError, type Command } from "./cli/command.js";
import type { Face, FaceDeps } from "./chat/face.js";
import type { Config } from "./config.js";
import type { Lessons } from "./content/taught.js";
import { createDaily, type Daily } from "./daily/daily.js";
import type { Desk } from "./desk/port.js";
import { createTeaching } from "./desk/teaching.js";
import { problemLine } from "./explainer/problem-line.js";
import { FACES } from "./faces.js";
import { createStudio } from "./figures/studio.js";
import { createRefresher } from "./intake/refresh.js";
import { learnBeside } from "./learn-beside.js";
import { createLog } from "./log.js";
import { createMetrics } from "./metrics.js";
import { createPlaces, type Places } from "./memory/places.js";
import { createInstallations } from "./memory/installations.js";
import { createOnce } from "./memory/once.js";
import { followInstallations } from "./follow-installations.js";
import { createSeal } from "./storage/seal.js";
import { createOutcomes } from "./memory/outcomes.js";
import { createSeen, type Seen } from "./memory/seen.js";
import { createSharedSeen } from "./memory/shared-seen.js";
import { createStoredSaid, type StoredSaid } from "./memory/stored-said.js";
import { openAssistant } from "./open-assistant.js";
import { openDesk } from "./open-desk.js";
import { keepStorage, type StorageKeeper } from "./storage/keeper.js";
import { openStorage } from "./storage/open.js";
import { createWebApp } from "./web/app.js";
import type { Traces } from "./telemetry/traces.js";
import { ListenError, serve, type WebServer } from "./web/server.js";

/** Milliseconds that answers under way have when the process is told to stop; the rest of five seconds is for the way out. */
const PATIENCE = 4_500;
/** Milliseconds that a collector of traces is waited for at the end. */
const TRACES_MS = 500;
/** A reader of the page may ask this many at once, and this many a second after. */
const PAGE_ALLOWANCE = { burst: 40, perSecond: 2 } as const;

/** Milliseconds that the start waits for what was taught before; it comes later where the store does. */
const STORE_PATIENCE_MS = 3_000;

/** Whether there is anybody to keep something for: a chat platform, or a desk on the page. */
const keepsSomething = ({ faces, desk }: Config): boolean =>
  faces.length > 0 || desk.token !== undefined || desk.proxyHeader !== undefined || desk.keep;

/** Why a run ends: a signal, or what a platform refuses for good. */
type End = { readonly signal: NodeJS.Signals } | { readonly refusal: Error };

function stopSignal(): Promise<End> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve({ signal }));
  });
}

const asRefusal = (error: unknown): End => ({ refusal: error instanceof Error ? error : new Error(String(error)) });

/** Remembers events in this process, and in the store where several processes share one. */
function createSeenBeside(keeper: StorageKeeper | undefined): Seen {
  const own = createSeen();
  let shared: Seen | undefined;
  return {
    first(key) {
      const storage = keeper?.storage();
      if (storage?.kind === "postgres") shared ??= createSharedSeen(storage.db, own);
      return (shared ?? own).first(key);
    },
  };
}

/** Takes edits of the content over as they are made. */
function watchContent(live: LiveShelf, lessons: Lessons, log: Logger, follow: () => void): void {
  live.watch({
    prepare: () => learnBeside(lessons.all()),
    onReload: (problems) => {
      for (const problem of problems) log.warn({ problem: problemLine(problem) }, "a fault in the content");
      follow();
      log.info({ explainers: live.shelf.ids.length, faults: problems.length }, "the content was read anew");
    },
    onFault: (error) =>
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        "content cannot be watched or read anew; what was read stays until it can",
      ),
  });
}

const isConnected = (face: Face): boolean => face.status()["connected"] === true;

/** Says what was started and what is missing, and gives what may end it: being ready ends nothing, being refused does. */
function announce(
  chats: readonly Face[],
  page: string | undefined,
  began: number,
  say: (line: string) => void,
): Promise<End>[] {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const started = new Map(chats.map((face) => [face.platform, face]));
  for (const { platform, title, needs } of FACES)
    say(
      started.has(platform)
        ? `${title}: connecting`
        : `${title}: not started; it needs ${needs} (README, “On ${title}”)`,
    );
  if (page !== undefined) say(`Chat page: ${page}`);
  say(`Ready in ${seconds} s. Press Ctrl+C to stop.`);
  const never = new Promise<never>(() => undefined);
  const readiness = FACES.flatMap(({ platform, title }) => {
    const face = started.get(platform);
    return face ? [face.ready.then(({ note }) => say(`${title}: ${note}`))] : [];
  });
  return [
    ...readiness.map((each) => each.then(() => never, asRefusal)),
    ...chats.map(({ refused }) => refused.catch(asRefusal)),
  ];
}

interface Running {
  readonly where: { stop(): void } | undefined;
  readonly daily: Daily | undefined;
  readonly desk: Desk | undefined;
  readonly chats: readonly Face[];
  readonly server: WebServer | undefined;
  readonly said: StoredSaid;
  readonly keeper: StorageKeeper | undefined;
  readonly traces: Traces | undefined;
}

/** In which servers and workspaces the bot is, and what they set: read, followed, and lent to the faces. */
function followWhere({ installationKeys }: Config, keeper: StorageKeeper, places: Places, log: Logger) {
  const db = () => keeper.db();
  const installations = createInstallations(db, installationKeys && createSeal(installationKeys));
  const following = followInstallations(keeper, places, installations, log.child({ part: "installations" }));
  const once: NonNullable<FaceDeps["once"]> = (name, forMs) => createOnce(db, name, forMs);
  return { deps: { places, installations, once }, stop: () => following.stop() };
}

/** What has to be there before readers are sent here, and is not. */
const waitsFor = (chats: readonly Face[], keeper: StorageKeeper | undefined): string[] => [
  ...chats.filter((face) => !isConnected(face)).map(({ platform }) => platform),
  ...(keeper && keeper.status() !== "ready" ? ["database"] : []),
];

/** What has to end, each before what it stands on. */
async function leave({ where, daily, desk, chats, server, said, keeper, traces }: Running): Promise<void> {
  const until = performance.now() + PATIENCE;
  where?.stop();
  // What is on its way to a channel goes through a face: those end last.
  await Promise.all([daily?.stop(PATIENCE / 2), desk?.stop(PATIENCE / 2)]);
  const left = Math.max(500, until - performance.now());
  await Promise.all([...chats.map((face) => face.stop(left)), server?.close(left)]);
  await said.flush().catch(() => undefined);
  await Promise.all([keeper?.close(), traces?.stop(TRACES_MS)]);
}

/** Traces go to a collector where one is named; its package is loaded then. */
const openTraces = async ({ tracesUrl }: Config): Promise<Traces | undefined> =>
  tracesUrl === undefined ? undefined : (await import("./telemetry/traces.js")).startTraces(tracesUrl);

export const start: Command = {
  about: "Starts every face that has its tokens, and the chat page.",
  usage: "npm start                          settings come from the environment or .env; see .env.example",
  async run(args, config, streams) {
    const { positionals } = readArguments(args, {});
    if (positionals.length > 0)
      throw new UsageError("it takes no arguments; settings come from the environment or .env");
    let told: End | undefined;
    const stopped = stopSignal();
    void stopped.then((end) => (told = end));
    const log = createLog(config.logLevel);
    // A platform's package that throws where nobody waits is not a reason for every reader to go without.
    process.on("unhandledRejection", (reason) => log.error({ err: reason }, "a fault that nothing caught"));
    const traces = await openTraces(config);
    const progress = createProgress(streams);
    const began = performance.now();
    const outcomes = createOutcomes();
    // Nothing is kept where there is nobody to keep it for.
    const keeper = keepsSomething(config)
      ? keepStorage(() => openStorage(config.databaseUrl, log), log.child({ part: "store" }))
      : undefined;
    const db = () => keeper?.db();
    const teaching = createTeaching(db);
    const places = createPlaces(db);
    // What was taught before is part of what is learned first, where the store is there in time; what places have set holds at once.
    await Promise.race([
      keeper?.ready.then(() => Promise.all([teaching.refresh(), places.refresh()])).catch(() => undefined),
      wait(STORE_PATIENCE_MS, undefined, { ref: false }),
    ]);
    const opened = await openAssistant(config, undefined, { onProgress: progress.show, outcomes, lessons: teaching });
    const { assistant, problems, live } = opened;
    progress.clear();
    if (told !== undefined) return EXIT.done;
    for (const problem of problems) log.warn({ problem: problemLine(problem) }, "a fault in the content");

    const refresher = createRefresher({ ownHosts: config.importHosts, log: log.child({ part: "sources" }) });
    const follow = (): void => refresher.follow(live.explainers());
    follow();

    const studio = createStudio();
    const said = createStoredSaid(db);
    const daily =
      keeper &&
      createDaily({
        storage: keeper,
        assistant,
        said,
        windowMs: config.dailyWindowMs,
        log: log.child({ part: "daily" }),
      });
    const seen = createSeenBeside(keeper);
    const faces: Face[] = [];
    const where = keeper && followWhere(config, keeper, places, log);
    /** Of each face its own: one whose platform is slow holds up no other. */
    const fairs = new Map(config.faces.map(({ platform }) => [platform, createFair()]));
    const desk =
      keeper &&
      openDesk({
        config,
        keeper,
        places,
        teaching,
        opened,
        faces,
        post: daily && ((...asked) => daily.post(...asked)),
        flush: () => said.flush(),
        log: log.child({ part: "desk" }),
      });
    if (desk) outcomes.tell(desk.outcomes);
    let readAt = Date.now();
    const metrics = config.metrics
      ? createMetrics({
          db,
          faces: () => faces,
          queue: () => [...fairs].map(([face, fair]) => ({ face, ...fair.status() })),
          live,
          readAt: () => readAt,
        })
      : undefined;
    if (metrics) outcomes.tell({ wantsWords: () => false, report: (outcome) => metrics.asked(outcome) });
    watchContent(live, teaching, log, () => {
      readAt = Date.now();
      follow();
      void desk?.contentChanged();
    });
    const chats = await Promise.all(
      config.faces.map((face) =>
        face.start({
          assistant,
          studio,
          cooldown: CHAT_COOLDOWN,
          seen,
          said,
          desk,
          fair: fairs.get(face.platform),
          meter: metrics?.meter,
          ...where?.deps,
          daily: daily?.desk,
          post: daily && ((...asked) => daily.post(...asked)),
          log: log.child({ face: face.platform }),
        }),
      ),
    );
    faces.push(...chats);
    // A platform is posted to once it can be.
    for (const face of chats)
      void face.ready.then(
        () => {
          daily?.add(face.poster);
          desk?.add(face.poster);
        },
        () => undefined,
      );

    if (!config.pageHosts)
      log.warn(
        { host: config.host },
        "the chat page can be reached from other machines, under any name; set PAGE_HOSTS to the names it should answer to",
      );
    const app = await createWebApp({
      assistant,
      explainers: () => live.shelf.ids,
      studio,
      allowance: createAllowance(PAGE_ALLOWANCE),
      log,
      hosts: config.pageHosts,
      health: () => ({
        contentFaults: live.problems().length,
        sources: refresher.status(),
        asked: outcomes.counts(),
        ...Object.fromEntries(chats.map((face) => [face.platform, face.status()])),
        ...(daily ? { daily: daily.status() } : {}),
        ...(desk ? { desk: desk.status() } : {}),
      }),
      desk: desk && { desk, ...config.desk },
      metrics,
      installs: () => chats.flatMap((face) => face.install() ?? []),
      waitsFor: () => waitsFor(chats, keeper),
    });
    const mounts = chats.flatMap((face) => face.mounts);
    void live.warm();
    const server = await serve(app, config.host, config.port, mounts).catch((error: unknown) => {
      if (!(error instanceof ListenError)) throw error;
      streams.err.write(`start: ${error.message}\n`);
      return undefined;
    });

    const say = (line: string): void => void streams.out.write(`${line}\n`);
    // The page is all there is without a token; beside a face that hears without an address it can be done without.
    const deaf = !server && (chats.length === 0 || mounts.length > 0);
    const ends = [stopped, ...(deaf ? [] : announce(chats, server?.url, began, say))];
    const end: End | undefined = deaf ? undefined : await Promise.race(ends);
    if (end && "refusal" in end) streams.err.write(`start: ${end.refusal.message}\n`);
    else if (end) log.info({ signal: end.signal }, "stopping");
    live.close();
    refresher.stop();
    await leave({ where, daily, desk, chats, server, said, keeper, traces });
    if (!end) return EXIT.misused;
    return "refusal" in end ? EXIT.found : EXIT.done;
  },
};
