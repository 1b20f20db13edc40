// Times and table lines that the benchmarks share.
import { spawnSync } from "node:child_process";
import type { Config } from "../src/config.js";

export interface Measured {
  readonly explainers: number;
  readonly readyMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly repeatedP50: number;
  readonly repeatedP99: number;
  readonly memoryMb: number;
  readonly peakMb: number;
}

/** The settings that benchmarks start from. */
export const SHIPPED: Config = {
  dataDir: "data",
  intentsDir: "intents",
  cacheDir: "var/cache",
  encoder: "built-in",
  host: "127.0.0.1",
  pageHosts: undefined,
  importHosts: new Set(),
  port: 0,
  color: false,
  faces: [],
  databaseUrl: "file::memory:",
  desk: {
    token: undefined,
    proxyHeader: undefined,
    places: new Set(),
    keep: false,
    keepDays: 30,
    correctDays: 14,
  },
  metrics: false,
  installationKeys: undefined,
  publicUrl: undefined,
  tracesUrl: undefined,
  dailyWindowMs: 0,
  logLevel: "silent",
};

/** The value below which `share` (0–1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Runs the built assistant in a process of its own on the questions of a file. */
export function measureBuilt(config: Partial<Config>, questionsFile: string): Measured {
  const whole: Config = { ...SHIPPED, ...config };
  const run = spawnSync(
    process.execPath,
    ["--max-semi-space-size=4", "bench/children/measure.mjs", JSON.stringify(whole), questionsFile],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1e8,
    },
  );
  if (run.status !== 0) throw new Error(`the measured process ended with ${run.status ?? run.signal}`);
  return JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "") as Measured;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(1));
export const share = (value: number): string => value.toFixed(3);
