// Killed at every step, on both platforms and both stores: one post each, counted at the server. Where a platform does not say
// what became of a request, it is marked and not posted again.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDailyStore } from "../../src/daily/store.js";
import { readReason } from "../../src/daily/reason.js";
import { wordingOf } from "../../src/languages/languages.js";
import { openStorage } from "../../src/storage/open.js";
import type { DeliveryRow } from "../../src/storage/tables.js";
import { CHANNEL as DISCORD_CHANNEL, GUILD, startDiscordServer } from "../support/discord-server.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";
import { CHANNEL as SLACK_CHANNEL, DM, startSlackServer, TEAM } from "../support/slack-server.js";
import { SMALL, writeExplainer } from "../support/written.js";
import type { ProcessOptions } from "../support/daily-process.js";

const log = pino({ level: "silent" });
let postgres: Postgres;
let dataDir: string;
beforeAll(async () => {
  postgres = await startPostgres();
  dataDir = await writeExplainer("harbour", SMALL);
});
afterAll(() => postgres.remove());

function launch(options: ProcessOptions): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "tests/support/daily-process.ts", JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

interface Place {
  readonly url: string;
  readonly channel: string;
  readonly place: string;
  posts(): number;
  /** The next request to post is taken, and its answer held back. */
  hold(): void;
  stop(): Promise<void>;
}
const PLATFORMS = {
  async discord(): Promise<Place> {
    const server = await startDiscordServer();
    return {
      url: server.url,
      channel: DISCORD_CHANNEL,
      place: GUILD,
      posts: () => server.said().length,
      hold: () => void server.fault(/POST \/channels\/\d+\/messages/, 200, { after: true, delay: 60_000 }),
      stop: () => server.stop(),
    };
  },
  slack: () => slack(SLACK_CHANNEL),
  "slack, directly": () => slack(DM),
} as const;
async function slack(channel: string): Promise<Place> {
  const server = await startSlackServer();
  return {
    url: server.url,
    channel,
    place: TEAM,
    posts: () => server.posted.filter((each) => each.channel === channel).length,
    hold: () => server.fault(/chat\.postMessage/, { after: true, delay: 60_000 }),
    stop: () => server.stop(),
  };
}

/** Waits until `ready` gives something. */
async function until<T>(ready: () => Promise<T | undefined | false> | T | undefined | false, what: string): Promise<T> {
  const end = Date.now() + 180_000;
  for (;;) {
    const found = await ready();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const STEPS = ["before claim", "after claim", "before request", "request left", "after answer", "after end"] as const;

/** What is left where it is not known on Slack: nothing says whether a request that may have left arrived. */
const unknown = (platform: string, step: string): boolean =>
  (platform === "slack" && ["before request", "request left", "after answer"].includes(step)) ||
  (platform === "slack, directly" && step === "before request");

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  describe.each(Object.keys(PLATFORMS) as (keyof typeof PLATFORMS)[])("a daily post on %s", (platform) => {
    it.concurrent.each(STEPS)("is posted once by a process that is killed: %s", async (step) => {
      const place = await PLATFORMS[platform]();
      const database = kind === "sqlite" ? `file:${join(emptyFolder(), "store.db")}` : await postgres.database();
      const options: ProcessOptions = {
        platform: platform === "discord" ? "discord" : "slack",
        apiUrl: place.url,
        database,
        dataDir,
        // The day after it was set up, a minute past.
        ahead: 86_400_000,
        leaseS: 3,
      };
      const time = new Date(Date.now() - 60_000).toISOString().slice(11, 16);
      let storage = await openStorage(database, log);
      const row = await createDailyStore(storage.db).start(
        {
          platform: options.platform,
          place: place.place,
          channel: place.channel,
          channelName: "#general",
          explainer: "harbour",
          time,
          zone: "UTC",
          onlyChanges: false,
          by: "U1",
        },
        Date.now(),
      );
      await storage.close();

      if (step === "request left") place.hold();
      const first = launch({ ...options, ...(step === "request left" ? {} : { dieAt: step }) });
      const died = once(first, "exit");
      if (step === "request left") {
        await until(() => place.posts() === 1, "the request");
        first.kill("SIGKILL");
      }
      expect(((await died) as [number | null, string])[1]).toBe("SIGKILL");

      const second = launch(options);
      storage = await openStorage(database, log);
      const { db } = storage;
      const ended = await until<DeliveryRow>(async () => {
        const [delivery] = await db.selectFrom("deliveries").selectAll().where("subscription", "=", row!.id).execute();
        return delivery && !["due", "sending"].includes(delivery.state) ? delivery : undefined;
      }, "the end of the delivery");
      // Long enough for a second post, were there one.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const gone = once(second, "exit");
      second.kill("SIGTERM");
      await gone;
      expect(await db.selectFrom("deliveries").selectAll().execute()).toHaveLength(1);
      expect(ended.state).toBe(unknown(platform, step) ? "unknown" : "posted");
      expect(place.posts()).toBe(platform !== "discord" && step === "before request" ? 0 : 1);
      const [kept] = await createDailyStore(db).list({ platform: options.platform, place: place.place });
      expect(wordingOf("en").reason(readReason(kept?.last_result ?? ""))).toMatch(
        unknown(platform, step) ? /may not have arrived/ : /^posted$/,
      );
      await storage.close();
      await place.stop();
    });
  });
});

describe("two processes on one PostgreSQL", () => {
  it("post once to each of many channels, also where one of them is killed on the way", async () => {
    const channels = Array.from({ length: 150 }, (_, index) => ({
      id: String(700000000000001000n + BigInt(index)),
      name: `c${index}`,
    }));
    const server = await startDiscordServer({ guilds: [{ id: GUILD, name: "Newsroom", channels }] });
    const database = await postgres.database();
    const storage = await openStorage(database, log);
    const store = createDailyStore(storage.db);
    const time = new Date(Date.now() - 60_000).toISOString().slice(11, 16);
    for (const [index, { id }] of channels.entries())
      await store.start(
        {
          platform: "discord",
          place: `place ${index % 10}`,
          channel: id,
          channelName: "#c",
          explainer: "harbour",
          time,
          zone: "UTC",
          onlyChanges: false,
          by: "900000000000000003",
        },
        Date.now(),
      );
    const options: ProcessOptions = {
      platform: "discord",
      apiUrl: server.url,
      database,
      dataDir,
      ahead: 86_400_000,
      leaseS: 3,
    };
    const [doomed, other] = [launch(options), launch(options)];
    await until(() => server.said(channels[20]!.id).length + server.messages.size > 40, "the first posts");
    doomed.kill("SIGKILL");
    await until(() => server.messages.size >= channels.length, "all posts");
    await until(async () => {
      const open = await storage.db
        .selectFrom("deliveries")
        .select("state")
        .where("state", "in", ["due", "sending"])
        .execute();
      return open.length === 0;
    }, "the end of all deliveries");
    const gone = once(other, "exit");
    other.kill("SIGTERM");
    await gone;
    for (const { id } of channels) expect(server.said(id)).toHaveLength(1);
    const states = await storage.db.selectFrom("deliveries").select("state").execute();
    expect(states.map(({ state }) => state)).toEqual(channels.map(() => "posted"));
    await storage.close();
    await server.stop();
  });
});
