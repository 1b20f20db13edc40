// What the commands share: how they are called, where they write, and how they fail.
import { parseArgs, type ParseArgsConfig } from "node:util";
import { ContentError } from "../explainer/content-error.js";
import type { Config } from "../config.js";

/** Exit codes: it did its work, the work found problems, it was called wrongly. */
export const EXIT = { done: 0, found: 1, misused: 2 } as const;

export interface Streams {
  readonly out: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  readonly err: NodeJS.WritableStream & { isTTY?: boolean };
  readonly in: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Whether `NO_COLOR` asks for plain text. */
  readonly plain: boolean;
}

export interface Command {
  /** One line for the list of commands. */
  readonly about: string;
  readonly usage: string;
  run(args: readonly string[], config: Config, streams: Streams): Promise<number>;
}

/** A call that cannot be carried out; its message says what to do. */
export class UsageError extends Error {
  readonly code = "USAGE";
}

/** Parses a command's arguments. Throws {@link UsageError} for an unknown option or a missing value. */
export function readArguments<T extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error), {
      cause: error,
    });
  }
}

/** A progress line on standard error: in place on a terminal, else one line at the start of each task. */
export function createProgress({ err }: Streams): {
  readonly show: (what: string, done: number, of: number) => void;
  readonly clear: () => void;
} {
  let shown = "";
  return {
    show(what, done, of) {
      if (err.isTTY) err.write(`\r\u001b[2K${what} … ${done} of ${of}`);
      else if (shown !== what) err.write(`${what} (${of}) …\n`);
      shown = what;
    },
    clear() {
      if (err.isTTY && shown !== "") err.write("\r\u001b[2K");
      shown = "";
    },
  };
}

/** Runs a command so that no fault reaches the user as a stack trace. Gives the exit code. */
export async function runCommand(
  name: string,
  command: Command,
  args: readonly string[],
  config: Config,
  streams: Streams,
): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    streams.out.write(`${command.about}\n\n${command.usage}\n`);
    return EXIT.done;
  }
  try {
    return await command.run(args, config, streams);
  } catch (error) {
    if (error instanceof UsageError) {
      streams.err.write(`${name}: ${error.message}\n\n${command.usage}\n`);
      return EXIT.misused;
    }
    if (error instanceof ContentError) {
      streams.err.write(`${name}: ${error.message}\n`);
      return EXIT.misused;
    }
    const code = typeof error === "object" && error !== null && "code" in error ? ` (${String(error.code)})` : "";
    streams.err.write(`${name}: ${error instanceof Error ? error.message : String(error)}${code}\n`);
    return EXIT.found;
  }
}
