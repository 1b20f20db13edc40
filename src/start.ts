// `npm start`: starts every face that has what it needs, says so, and stops cleanly when told to.
import { createAllowance } from "./assistant/allowance.js";
import { EXIT, createProgress, readArguments, UsageError, type Command } from "./cli/command.js";
import { problemLine } from "./explainer/problem-line.js";
import { createLog } from "./log.js";
import { openAssistant } from "./open-assistant.js";
import { createWebApp } from "./web/app.js";
import { ListenError, serve } from "./web/server.js";

/** Milliseconds that answers under way have when the process is told to stop. */
const PATIENCE = 5_000;
/** A reader of the page may ask this many at once, and this many a second after. */
const PAGE_ALLOWANCE = { burst: 40, perSecond: 2 } as const;

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
}

export const start: Command = {
  about: "Starts the chat page.",
  usage: "npm start                          settings come from the environment or .env; see .env.example",
  async run(args, config, streams) {
    const { positionals } = readArguments(args, {});
    if (positionals.length > 0)
      throw new UsageError("it takes no arguments; settings come from the environment or .env");
    let told: NodeJS.Signals | undefined;
    const stopped = stopSignal();
    void stopped.then((signal) => (told = signal));
    const log = createLog(config.logLevel);
    const progress = createProgress(streams);
    const began = performance.now();
    const { assistant, explainers, problems } = await openAssistant(config, undefined, progress.show);
    progress.clear();
    if (told !== undefined) return EXIT.done;
    for (const problem of problems) log.warn({ problem: problemLine(problem) }, "a fault in the content");
    const app = await createWebApp({
      assistant,
      explainers,
      allowance: createAllowance(PAGE_ALLOWANCE),
      log,
      health: () => ({ contentFaults: problems.length }),
    });
    const server = await serve(app, config.host, config.port).catch((error: unknown) => {
      if (!(error instanceof ListenError)) throw error;
      streams.err.write(`start: ${error.message}\n`);
      return undefined;
    });
    if (!server) return EXIT.misused;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    streams.out.write(`Chat page: ${server.url}\nReady in ${seconds} s. Press Ctrl+C to stop.\n`);
    log.info({ signal: await stopped }, "stopping");
    await server.close(PATIENCE);
    return EXIT.done;
  },
};
