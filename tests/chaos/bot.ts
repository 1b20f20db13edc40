// The bot as an operator runs it, in a process of its own that is killed, stopped and started again.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

export interface Span {
  readonly from: number;
  to: number;
  readonly what: string;
}

export interface Bot {
  start(): void;
  /** Ends it in the middle of whatever it does, and starts it again. */
  crash(downMs: number): Promise<void>;
  freeze(ms: number): Promise<void>;
  setAhead(ms: number): void;
  stop(): Promise<number | null>;
  /** When it was away: from its end until both platforms hear of it again, which whoever asks for it ends. */
  readonly away: Span[];
  readonly starts: number[];
  /** Lines that are worth a look, newest last. */
  readonly worst: string[];
  /** Resident memory now, in MB; undefined while it is away. */
  memory(): number | undefined;
  /** Ends that nobody asked for. */
  readonly deaths: string[];
}

const CLOCK = pathToFileURL(join(process.cwd(), "tests", "chaos", "clock.mjs")).href;

export function createBot(env: Readonly<Record<string, string>>): Bot {
  let child: ChildProcess | undefined;
  let ahead = 0;
  let wanted = true;
  const away: Span[] = [];
  const starts: number[] = [];
  const worst: string[] = [];
  const deaths: string[] = [];

  function start(): void {
    starts.push(performance.now());
    const own = spawn(process.execPath, ["--import", CLOCK, join("scripts", "run.mjs"), "start"], {
      env: { PATH: process.env["PATH"] ?? "", ...env, CHAOS_AHEAD: String(ahead) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child = own;
    own.stdout!.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n")) if (/"level":(?:50|60)/.test(line)) worst.push(line.slice(0, 400));
    });
    own.stderr!.setEncoding("utf8").on("data", (text: string) => worst.push(text.slice(0, 400)));
    own.once("exit", (code, signal) => {
      if (child !== own || !wanted) return;
      if (signal !== "SIGKILL") {
        deaths.push(`ended with ${code ?? signal}: ${worst.slice(-3).join(" | ")}`);
        const now = performance.now();
        away.push({ from: now, to: Infinity, what: "died" });
        start();
      }
    });
  }

  return {
    away,
    starts,
    worst,
    deaths,
    start,
    async crash(downMs) {
      const own = child!;
      away.push({ from: performance.now(), to: Infinity, what: "killed" });
      own.kill("SIGKILL");
      if (own.exitCode === null && own.signalCode === null) await once(own, "exit");
      await sleep(downMs);
      start();
    },
    async freeze(ms) {
      const own = child!;
      own.kill("SIGSTOP");
      await sleep(ms);
      own.kill("SIGCONT");
    },
    setAhead(ms) {
      ahead = ms;
      if (child?.connected === true) child.send({ ahead }, () => undefined);
    },
    async stop() {
      wanted = false;
      const own = child!;
      if (own.exitCode !== null || own.signalCode !== null) return own.exitCode;
      own.kill("SIGTERM");
      const late = setTimeout(() => own.kill("SIGKILL"), 15_000);
      const [code] = (await once(own, "exit")) as [number | null];
      clearTimeout(late);
      return code;
    },
    memory() {
      try {
        const status = readFileSync(`/proc/${child?.pid ?? 0}/status`, "utf8");
        return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
      } catch {
        return undefined;
      }
    },
  };
}
