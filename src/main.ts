// The composition root: reads the configuration, picks the command, and turns its outcome into an exit code.
import { config as readDotenv } from "dotenv";
import { ask } from "./cli/ask.js";
import { EXIT, runCommand, type Command } from "./cli/command.js";
import { evaluate } from "./cli/evaluate.js";
import { figures } from "./cli/figures.js";
import { importArticle } from "./cli/import.js";
import { validate } from "./cli/validate.js";
import { readConfig } from "./config.js";
import { summary } from "./cli/summary.js";
import { start } from "./start.js";

const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  ask,
  evaluate,
  figures,
  summary,
  import: importArticle,
  validate,
};

async function main(): Promise<number> {
  readDotenv({ quiet: true });
  const [name = "start", ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}". Use one of: ${Object.keys(COMMANDS).join(", ")}.\n`);
    return EXIT.misused;
  }
  const { config, problems } = readConfig(process.env);
  if (!config) {
    process.stderr.write(
      `The settings cannot be used; mend them in the environment or .env:\n${problems.map((each) => `  ${each}\n`).join("")}`,
    );
    return EXIT.misused;
  }
  return runCommand(name, command, args, config, {
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
