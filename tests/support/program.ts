// Runs the built program as a user does, in a process of its own.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const ROOT = process.cwd();

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), "standfirst-"));
}

export function launch(
  args: readonly string[],
  { env = {}, cwd = ROOT }: RunOptions = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(ROOT, "scripts", "run.mjs"), ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "silent", ...env },
  });
}

/** Runs to the end and gives everything it wrote. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = launch(args, options);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.end(options.input ?? "");
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

/** Starts the chat page on a free port and waits until it answers. */
export async function startPage(
  env: Readonly<Record<string, string>> = {},
): Promise<{ url: string; stop(): Promise<number | null> }> {
  const child = launch(["start"], { env: { PORT: "0", ...env } });
  let out = "";
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const found = /Chat page: (\S+)\nReady/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("close", (code) => reject(new Error(`it ended with ${code}: ${err}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const [code] = (await once(child, "close")) as [number | null];
      return code;
    },
  };
}
