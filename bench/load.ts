// A steady load on the built program, and what came of it.
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { quantile } from "./measure.js";

const PER_SECOND = 50;
const SECONDS = 60;
const WARM_SECONDS = 5;

export function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

export interface Load {
  readonly name: string;
  readonly sent: number;
  readonly answered: number;
  readonly p50: number;
  readonly p99: number;
  readonly memoryStart: number;
  readonly memoryEnd: number;
}

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks at a steady rate; `ask` sends one question and gives its key, `done` tells when a key was answered. */
export async function drive(
  name: string,
  child: ChildProcess,
  list: readonly string[],
  ask: (question: string, index: number) => string,
  answeredAt: (key: string) => number | undefined,
): Promise<Load> {
  const asked: { key: string; at: number }[] = [];
  const total = (SECONDS + WARM_SECONDS) * PER_SECOND;
  const began = performance.now();
  let memoryStart = 0;
  for (let index = 0; index < total; index++) {
    const due = began + (index * 1000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    if (index === WARM_SECONDS * PER_SECOND) memoryStart = residentMb(child);
    const at = performance.now();
    asked.push({ key: ask(list[index % list.length] ?? "", index), at });
  }
  await wait(2_000);
  await wait(2_000);
  const counted = asked.slice(WARM_SECONDS * PER_SECOND);
  const times = counted.flatMap(({ key, at }) => {
    const answer = answeredAt(key);
    return answer === undefined ? [] : [answer - at];
  });
  return {
    name,
    sent: counted.length,
    answered: times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    memoryStart,
    memoryEnd: residentMb(child),
  };
}

export function startProgram(env: Record<string, string>): ChildProcess {
  return spawn(
    process.execPath,
    ["--max-semi-space-size=2", "--heap-growing-percent=20", "--v8-pool-size=1", "scripts/run.mjs", "start"],
    {
      env: { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "warn", PORT: "0", DATABASE_URL: "file::memory:", ...env },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
}
