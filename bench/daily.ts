// Daily posts: many due in one minute, delivered by the built program through a protocol server that keeps to Discord's limits;
// and how fast what is due is found among many.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { createDailyStore } from "../src/daily/store.js";
import { openStorage, type Db } from "../src/storage/open.js";
import type { SubscriptionRow } from "../src/storage/tables.js";
import { startDiscordServer, TOKEN } from "../tests/support/discord-server.js";
import { startPostgres } from "../tests/support/postgres.js";
import { ms, quantile, table } from "./measure.js";

const log = pino({ level: "silent" });
const PER_SECOND = 50;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function residentMb({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function insert(db: Db, channels: readonly string[], nextAt: (index: number) => number): Promise<void> {
  const rows = channels.map((channel, index): SubscriptionRow => {
    const at = nextAt(index);
    return {
      id: randomUUID(),
      platform: "discord",
      place: `place ${index % 500}`,
      channel,
      channel_name: "#general",
      explainer: "junior-doctors-strike",
      time: new Date(at).toISOString().slice(11, 16),
      zone: "UTC",
      only_changes: 0,
      created_by: "900000000000000003",
      created_at: at,
      next_at: at,
      next_date: new Date(at).toISOString().slice(0, 10),
      state: "active",
      reason: null,
      told: 0,
      last_result: null,
      last_date: null,
      last_at: null,
      shown: null,
      shown_at: null,
    };
  });
  for (let at = 0; at < rows.length; at += 500)
    await db
      .insertInto("subscriptions")
      .values(rows.slice(at, at + 500))
      .execute();
}

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ["--max-semi-space-size=4", "scripts/run.mjs", "start"], {
    env: {
      PATH: process.env["PATH"] ?? "",
      LOG_LEVEL: "error",
      PORT: "0",
      ENCODER: "off",
      DISCORD_TOKEN: TOKEN,
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Delivers `count` that are due at once, by `processes`; a row of the table. */
async function deliver(name: string, url: string, count: number, processes: number): Promise<(string | number)[]> {
  const guilds = [0n, 1n].map((odd) => ({ id: String(((190_000_000_000n << 1n) | odd) << 22n), name: `guild ${odd}` }));
  const channels = Array.from({ length: count }, (_, index) => ({
    id: String(700000000000000000n + BigInt(index)),
    name: `c${index}`,
  }));
  const server = await startDiscordServer({
    guilds: guilds.map((guild, index) => ({ ...guild, channels: channels.filter((_, each) => each % 2 === index) })),
  });
  const children = Array.from({ length: processes }, (_, index) =>
    start({
      DISCORD_API_URL: server.url,
      DATABASE_URL: url,
      ...(processes > 1 ? { DISCORD_SHARDS: String(index), DISCORD_SHARD_COUNT: String(processes) } : {}),
    }),
  );
  await server.until(() => server.connected() === processes && server.commandWrites === 1, "readiness", 60_000);
  await wait(2_000);
  const storage = await openStorage(url, log);
  const due = Date.now() - 1_000;
  await insert(
    storage.db,
    channels.map(({ id }) => id),
    () => due,
  );
  const posts = () =>
    server.seen.filter(({ method, path, status }) => method === "POST" && status === 200 && path.endsWith("/messages"));
  const limit = (count / PER_SECOND) * 3_000 + 60_000;
  const end = Date.now() + limit;
  while (server.messages.size < count && Date.now() < end) await wait(250);
  await wait(3_000);
  const memory = children.map(residentMb);
  const times = posts().map(({ at }) => at);
  const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
  const perChannel = new Map<string, number>();
  for (const { channel } of server.messages.values()) perChannel.set(channel, (perChannel.get(channel) ?? 0) + 1);
  const twice = [...perChannel.values()].filter((each) => each > 1).length;
  const refused = server.seen.filter(({ status }) => status === 429).length;
  for (const child of children) child.kill("SIGTERM");
  await Promise.all(children.map((child) => once(child, "close")));
  await storage.close();
  await server.stop();
  return [
    name,
    count,
    perChannel.size,
    twice,
    seconds.toFixed(0),
    (perChannel.size / seconds).toFixed(1),
    refused,
    Math.round(Math.max(...memory)),
  ];
}

/** Milliseconds to find and claim what is due among many. */
async function find(name: string, url: string): Promise<(string | number)[]> {
  const storage = await openStorage(url, log);
  const store = createDailyStore(storage.db);
  const now = Date.now();
  await insert(
    storage.db,
    Array.from({ length: 100_000 }, (_, index) => `channel ${index}`),
    (index) => (index % 50 === 0 ? now - 1_000 : now + 3_600_000 + index),
  );
  const found: number[] = [];
  for (let round = 0; round < 30; round++) {
    const began = performance.now();
    await storage.db
      .selectFrom("subscriptions")
      .select("id")
      .where("state", "=", "active")
      .where("next_at", "<=", now)
      .orderBy("next_at")
      .orderBy("id")
      .limit(1_000)
      .execute();
    found.push(performance.now() - began);
  }
  const began = performance.now();
  await store.claim(now, 200);
  const claimed = performance.now() - began;
  await storage.close();
  return [name, ms(quantile(found, 0.5)), ms(Math.max(...found)), ms(claimed)];
}

export async function daily(): Promise<string> {
  const postgres = await startPostgres({ durable: true });
  const file = (): string => `file:${join(mkdtempSync(join(tmpdir(), "standfirst-bench-")), "store.db")}`;
  const finding = [await find("SQLite", file()), await find("PostgreSQL", await postgres.database())];
  const rows = [
    await deliver("one process, SQLite", file(), 1_000, 1),
    await deliver("two processes, PostgreSQL", await postgres.database(), 10_000, 2),
  ];
  await postgres.remove();
  return [
    table(
      [
        "",
        "due at once",
        "channels posted to",
        "twice",
        "seconds",
        "posts a second",
        "429s",
        "peak memory a process, MB",
      ],
      rows,
    ),
    table(["100,000 subscriptions, 2,000 due", "first 1,000 found, p50 ms", "slowest ms", "200 claimed, ms"], finding),
  ].join("\n\n");
}
