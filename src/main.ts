// The composition root: reads the configuration, picks the command, and turns its outcome into an exit code.
import { readFile } from "node:fs/promises";
import { config as readDotenv } from "dotenv";
import { EXIT, runCommand, type Command } from "./cli/command.js";
import { readConfig, SETTING_NAMES } from "./config.js";
import { readEnvironment } from "./environment.js";

/** Each is loaded when it is called: a command needs little of what a running bot does. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./start.js")).start,
  ask: async () => (await import("./cli/ask.js")).ask,
  evaluate: async () => (await import("./cli/evaluate.js")).evaluate,
  figures: async () => (await import("./cli/figures.js")).figures,
  summary: async () => (await import("./cli/summary.js")).summary,
  import: async () => (await import("./cli/import.js")).importArticle,
  preview: async () => (await import("./preview/preview.js")).preview,
  doctor: async () => (await import("./cli/doctor.js")).doctor,
  backup: async () => (await import("./cli/backup.js")).backup,
  restore: async () => (await import("./cli/backup.js")).restore,
  desk: async () => (await import("./cli/desk.js")).desk,
  report: async () => (await import("./cli/desk.js")).report,
  validate: async () => (await import("./cli/validate.js")).validate,
};

async function main(): Promise<number> {
  readDotenv({ quiet: true });
  const dotenv = await readFile(".env", "utf8").catch(() => undefined);
  const environment = readEnvironment(process.env, SETTING_NAMES, dotenv);
  // Threads read the same settings.
  for (const [key, value] of Object.entries(environment.env)) if (value !== undefined) process.env[key] = value;
  const [name = "start", ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(", ")}.\n`);
    return EXIT.misused;
  }
  const { config, problems: found } = readConfig(environment.env);
  const problems = [...environment.problems, ...found];
  if (!config || environment.problems.length > 0) {
    process.stderr.write(
      `The settings cannot be used; mend them in the environment or .env:\n${problems.map((each) => `  ${each}\n`).join("")}`,
    );
    return EXIT.misused;
  }
  return runCommand(name, await command(), args, config, {
    out: process.stdout,
    err: process.stderr,
    in: process.stdin,
    plain: !config.color,
  });
}

// A reader of our output that closes early (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  throw error;
});

const code = await main();
// What is written to a pipe is out before the process is; requests that nobody waits for any more end with it.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
