// `npm start`: starts every face that has what it needs, says so, and stops cleanly when told to.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Logger } from "pino";
import { createAllowance } from "./assistant/allowance.js";
import { CHAT_COOLDOWN } from "./assistant/cooldown.js";
import type { LiveShelf } from "./assistant/live-shelf.js";
import { createSeen, type Seen } from "./assistant/seen.js";
import { EXIT, createProgress, readArguments, UsageError, type Command } from "./cli/command.js";
import { createDaily, type Daily } from "./daily/daily.js";
import { createDiscordFace } from "./discord/face.js";
import { problemLine } from "./explainer/problem-line.js";
import { createStudio } from "./figures/studio.js";
import { createLog } from "./log.js";
import { openAssistant } from "./open-assistant.js";
import { createSlackFace, EVENTS_PATH } from "./slack/face.js";
import { openStorage } from "./storage/open.js";
import { createStoredGiven } from "./storage/given.js";
import { createSharedSeen } from "./storage/seen.js";
import { createWebApp } from "./web/app.js";
import { ListenError, serve } from "./web/server.js";

/** Milliseconds that answers under way have when the process is told to stop; the rest of five seconds is for the way out. */
const PATIENCE = 4_500;
/** A reader of the page may ask this many at once, and this many a second after. */
const PAGE_ALLOWANCE = { burst: 40, perSecond: 2 } as const;

/** Why a run ends: a signal, or what a platform refuses for good. */
type End = { readonly signal: NodeJS.Signals } | { readonly refusal: Error };

function stopSignal(): Promise<End> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve({ signal }));
  });
}

const asRefusal = (error: unknown): End => ({ refusal: error instanceof Error ? error : new Error(String(error)) });

/** Remembers events in this process, and in the store where several processes share one. */
function createSeenBeside(daily: Daily | undefined): Seen {
  const own = createSeen();
  let shared: Seen | undefined;
  return {
    first(key) {
      const storage = daily?.storage();
      if (storage?.kind === "postgres") shared ??= createSharedSeen(storage.db, own);
      return (shared ?? own).first(key);
    },
  };
}

/** Takes edits of the content over as they are made. */
function watchContent(live: LiveShelf, folders: readonly string[], log: Logger): void {
  const [program = "", script = ""] = process.argv;
  const fault = (error: unknown): void =>
    log.error(
      { reason: error instanceof Error ? error.message : String(error) },
      "content cannot be watched or read anew; what was read stays until it can",
    );
  live.watch(folders, {
    // Learning takes seconds, in which nobody would be answered: another process learns, and leaves what it learnt in the cache.
    prepare: async () => {
      const child = spawn(program, [script, "ask", "--json", "."], { stdio: "ignore" });
      await once(child, "exit");
    },
    onReload: (problems) => {
      for (const problem of problems) log.warn({ problem: problemLine(problem) }, "a fault in the content");
      log.info({ explainers: live.shelf.ids.length, faults: problems.length }, "the content was read anew");
    },
    onFault: fault,
  });
}

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
    const progress = createProgress(streams);
    const began = performance.now();
    const { assistant, problems, live } = await openAssistant(config, undefined, progress.show);
    progress.clear();
    if (told !== undefined) return EXIT.done;
    for (const problem of problems) log.warn({ problem: problemLine(problem) }, "a fault in the content");

    watchContent(live, [config.dataDir, config.intentsDir], log);

    const studio = createStudio();
    const daily =
      config.discord || config.slack
        ? createDaily({
            open: () => openStorage(config.databaseUrl, log),
            assistant,
            windowMs: config.dailyWindowMs,
            log: log.child({ part: "daily" }),
          })
        : undefined;
    const given = createStoredGiven(() => daily?.storage()?.db);
    const shared = { assistant, studio, cooldown: CHAT_COOLDOWN, daily: daily?.desk };
    const discord =
      config.discord && createDiscordFace({ ...config.discord, ...shared, given, log: log.child({ face: "discord" }) });
    const slack =
      config.slack &&
      createSlackFace({ ...config.slack, ...shared, seen: createSeenBeside(daily), log: log.child({ face: "slack" }) });
    // A platform is posted to once it can be.
    for (const face of [discord, slack])
      void face?.ready.then(
        () => daily?.add(face.poster),
        () => undefined,
      );
    const chats = [...(discord ? [discord] : []), ...(slack ? [slack] : [])];

    const app = await createWebApp({
      assistant,
      explainers: () => live.shelf.ids,
      studio,
      allowance: createAllowance(PAGE_ALLOWANCE),
      log,
      health: () => ({
        contentFaults: live.problems().length,
        ...(discord ? { discord: discord.status() } : {}),
        ...(slack ? { slack: slack.status() } : {}),
        ...(daily ? { daily: daily.status() } : {}),
      }),
    });
    const mounted = slack?.serve && { path: EVENTS_PATH, serve: slack.serve };
    const server = await serve(app, config.host, config.port, mounted).catch((error: unknown) => {
      if (!(error instanceof ListenError)) throw error;
      streams.err.write(`start: ${error.message}\n`);
      return undefined;
    });

    const say = (line: string): void => void streams.out.write(`${line}\n`);
    // The page is all there is without a token; beside a face that hears without an address it can be done without.
    const deaf = !server && (chats.length === 0 || mounted !== undefined);
    const ends: Promise<End>[] = [stopped];
    if (!deaf) {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      say(discord ? "Discord: connecting" : "Discord: not started; it needs DISCORD_TOKEN (README, “On Discord”)");
      say(slack ? "Slack: connecting" : "Slack: not started; it needs SLACK_BOT_TOKEN (README, “On Slack”)");
      if (server) say(`Chat page: ${server.url}`);
      say(`Ready in ${seconds} s. Press Ctrl+C to stop.`);
      const never = new Promise<never>(() => undefined);
      const readiness = [
        discord?.ready.then(({ name, invite }) => say(`Discord: ${name} is ready. Add it to a server: ${invite}`)),
        slack?.ready.then(({ team }) => say(`Slack: ready in ${team}.`)),
      ];
      // Being ready ends nothing; being refused does.
      for (const each of readiness) if (each) ends.push(each.then(() => never, asRefusal));
      for (const { refused } of chats) ends.push(refused.catch(asRefusal));
    }
    const end: End | undefined = deaf ? undefined : await Promise.race(ends);
    if (end && "refusal" in end) streams.err.write(`start: ${end.refusal.message}\n`);
    else if (end) log.info({ signal: end.signal }, "stopping");
    live.close();
    const until = Date.now() + PATIENCE;
    // What is on its way to a channel goes through a face: those end last.
    await daily?.stop(PATIENCE / 2);
    const left = Math.max(500, until - Date.now());
    await Promise.all([...chats.map((face) => face.stop(left)), server?.close(left)]);
    await given.flush().catch(() => undefined);
    await daily?.close();
    if (!end) return EXIT.misused;
    return "refusal" in end ? EXIT.found : EXIT.done;
  },
};
