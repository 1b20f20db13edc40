// Days played through with a clock of our own, and what platforms do to a daily post: through the real faces.
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { readReason } from "../../src/daily/reason.js";
import { wordingOf } from "../../src/languages/languages.js";
import { createDeliver } from "../../src/daily/deliver.js";
import { createDailyStore, type DailyStore, type Wanted } from "../../src/daily/store.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { openStorage, type Storage } from "../../src/storage/open.js";
import { startFace, type RunningFace } from "../support/discord-face.js";
import {
  buttonsOf,
  CHANNEL,
  GUILD,
  MODERATOR,
  startDiscordServer,
  textOf,
  type DiscordServer,
} from "../support/discord-server.js";
import { emptyFolder } from "../support/program.js";
import { openShipped } from "../support/shipped.js";
import { startSlack, type RunningSlack } from "../support/slack-face.js";
import { CHANNEL as SLACK_CHANNEL, READER, TEAM, wordsIn } from "../support/slack-server.js";
import { SMALL, writeExplainer } from "../support/written.js";
import { readFileSync, writeFileSync } from "node:fs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const log = pino({ level: "silent" });
let folder: string;
let opened: OpenedAssistant;
let storage: Storage;
let store: DailyStore;
let server: DiscordServer;
let running: RunningFace;
let slack: RunningSlack | undefined;
let time = 0;
const now = (): number => time;

async function begin(text = SMALL): Promise<void> {
  folder = await writeExplainer(
    "harbour",
    text,
    "figures:\n  - id: repairs\n    label: Length of the repairs\n    value: 8\n    unit: weeks\n    counts: weeks that repairs take\n    kind: count\n    section: repairs\n    passage: Repairs take 8 weeks\n",
  );
  opened = await openShipped({ ENCODER: "off", DATA_DIR: folder });
  storage = await openStorage(`file:${join(emptyFolder(), "store.db")}`, log);
  store = createDailyStore(storage.db, 3 * HOUR);
  server = await startDiscordServer({ perChannel: 1000 });
  running = await startFace(server, opened);
}
afterEach(async () => {
  await running.stop();
  await server.stop();
  await slack?.stop();
  slack = undefined;
  await storage.close();
});

/** Subscriptions with their codes as sentences. */
async function listed(of: Parameters<DailyStore["list"]>[0]) {
  const say = (text: string | null): string | null => (text === null ? null : wordingOf("en").reason(readReason(text)));
  const rows = await store.list(of);
  return rows.map((row) => ({ ...row, reason: say(row.reason), last_result: say(row.last_result) }));
}
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  platform: "discord",
  place: GUILD,
  channel: CHANNEL,
  channelName: "#general",
  explainer: "harbour",
  time: "08:00",
  zone: "Europe/London",
  onlyChanges: false,
  by: MODERATOR.id,
  ...more,
});

/** Plays to a moment: every quarter of an hour what is due is claimed, and everything open is delivered until it waits. */
async function playTo(moment: number, windowMs = 3 * HOUR): Promise<void> {
  const posters = [running.face.poster, ...(slack ? [slack.face.poster] : [])];
  const deliver = createDeliver({
    store,
    assistant: opened.assistant,
    posters: () => posters,
    windowMs,
    log,
    now,
    random: () => 0.5,
  });
  for (; time <= moment; time += HOUR / 4) {
    await store.claim(time, 1000);
    for (const ref of await store.unfinished(time, 1000)) await deliver(ref);
  }
}
async function edit(change: (text: string) => string, file = "explainer.md"): Promise<void> {
  const path = join(folder, "harbour", file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
  await opened.live.reload();
}
const posts = (): string[] => server.said().map((message) => textOf(message.body));

describe("days", () => {
  it.each([
    ["spring", Date.UTC(2026, 2, 27), 4],
    ["autumn", Date.UTC(2026, 9, 23), 4],
  ])(
    "bring one post each over the clock change in %s, at the local time, also at one that comes twice or never",
    async (_, from, days) => {
      await begin();
      time = from;
      for (const [index, at] of ["08:00", "01:30", "00:00", "23:45"].entries())
        await store.start(wanted({ channel: `60000000000000010${index}`, channelName: at, time: at }), time);
      await playTo(from + days * DAY - HOUR);
      const rows = await storage.db.selectFrom("deliveries").selectAll().execute();
      expect(rows.every((row) => row.state === "posted")).toBe(true);
      for (let index = 0; index < 4; index++) {
        const said = server.said(`60000000000000010${index}`);
        const dates = rows
          .filter((row) => said.some((message) => message.id === row.message))
          .map((row) => row.local_date);
        expect(new Set(dates).size).toBe(said.length);
        expect(said.length).toBeGreaterThanOrEqual(days - 1);
        expect(said.length).toBeLessThanOrEqual(days);
      }
    },
  );

  it("tell the story, and what has changed since the channel was told", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    await playTo(Date.UTC(2026, 10, 2, 9));
    expect(posts()).toHaveLength(1);
    expect(posts()[0]).toContain("**The harbour is closed for repairs**");
    expect(posts()[0]).toContain("The quay wall broke in a storm.");
    expect(posts()[0]).toContain("Length of the repairs: 8 weeks");
    expect(posts()[0]).toContain("<t:1793620800:D>");
    expect(posts()[0]).not.toContain("changed");
    expect(buttonsOf(server.said()[0]?.body).length).toBe(3);

    await playTo(Date.UTC(2026, 10, 3, 9));
    expect(posts()[1]).toContain("Nothing has changed since Monday.");

    await edit((text) =>
      text
        .replace("8 weeks", "9 weeks")
        .replace("## Where do", "## Who pays? {#pays}\n\nThe town pays.\n\n## Where do"),
    );
    await edit((text) => text.replace("value: 8", "value: 9").replace("8 weeks", "9 weeks"), "figures.yaml");
    await playTo(Date.UTC(2026, 10, 4, 9));
    expect(posts()[2]).toContain("**What has changed since Tuesday**");
    expect(posts()[2]).toContain("Length of the repairs: 8 weeks → 9 weeks");
    expect(posts()[2]).toContain("New: Who pays?");
    expect(posts()[2]).toContain("Rewritten: How long do repairs take?");
    expect(server.refused()).toEqual([]);
  });

  it("stay silent for those who want changes only, until there is one", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted({ onlyChanges: true }), time);
    await playTo(Date.UTC(2026, 10, 4, 9));
    expect(posts()).toHaveLength(1);
    expect((await listed({ platform: "discord", place: GUILD }))[0]).toMatchObject({
      last_date: "2026-11-04",
      last_result: "skipped: nothing had changed",
    });
    await edit((text) => text.replace("next town", "old pier"));
    await playTo(Date.UTC(2026, 10, 5, 9));
    expect(posts()).toHaveLength(2);
    expect(posts()[1]).toContain("since Monday");
  });

  it("are posted late within the window, and skipped after it", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    time = Date.UTC(2026, 10, 2, 10, 30);
    await playTo(time);
    expect(posts()).toHaveLength(1);
    time = Date.UTC(2026, 10, 3, 11, 30);
    await playTo(time);
    expect(posts()).toHaveLength(1);
    expect((await listed({ platform: "discord", place: GUILD }))[0]?.last_result).toBe(
      "skipped: it could not be posted in time",
    );
    await playTo(Date.UTC(2026, 10, 4, 9));
    expect(posts()).toHaveLength(2);
  });
});

describe("a day that is refused until its time is over", () => {
  it("keeps what refused it", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    server.fault(/POST \/channels\/\d+\/messages/, 400, { times: 1_000, body: { code: 0, message: "Boom" } });
    await playTo(Date.UTC(2026, 10, 2, 11, 30));
    const [row] = await listed({ platform: "discord", place: GUILD });
    expect(row?.last_result).toMatch(/^skipped: it could not be posted in time \(.*Boom.*\)$/);
  });
});

describe("a platform", () => {
  beforeAll(() => {
    time = Date.UTC(2026, 10, 1, 12);
  });

  it("that fails for a while gets the post later, once", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    server.fault(/POST \/channels\/\d+\/messages/, 503, { times: 8, body: {} });
    await playTo(Date.UTC(2026, 10, 2, 10, 45));
    expect(posts()).toHaveLength(1);
    expect((await listed({ platform: "discord", place: GUILD }))[0]?.last_result).toBe("posted");
  });

  it("that answered a post with a failure is asked first, and not posted to again", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    server.fault(/POST \/channels\/\d+\/messages/, 500, { times: 1, after: true, body: {} });
    server.fault(/POST \/channels\/\d+\/messages/, 503, { times: 3, body: {} });
    await playTo(Date.UTC(2026, 10, 2, 10, 45));
    expect(posts()).toHaveLength(1);
    expect((await listed({ platform: "discord", place: GUILD }))[0]?.last_result).toBe("posted");
  });

  it("is compared with what a post showed, not with what the article had become when its end was known", async () => {
    await begin();
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted(), time);
    // It arrives, and its answer is lost; the channel cannot be read back for a while, in which the article changes.
    server.fault(/POST \/channels\/\d+\/messages/, 500, { times: 1, after: true, body: {} });
    server.fault(/POST \/channels\/\d+\/messages/, 503, { times: 3, body: {} });
    server.fault(/GET \/channels\/\d+\/messages/, 503, { times: 4, body: {} });
    await playTo(Date.UTC(2026, 10, 2, 8));
    expect(posts()).toHaveLength(1);
    expect((await listed({ platform: "discord", place: GUILD }))[0]?.last_result).toBeNull();
    await edit((text) => text.replace("next town", "old pier"));
    await playTo(Date.UTC(2026, 10, 2, 10, 45));
    expect((await listed({ platform: "discord", place: GUILD }))[0]?.last_result).toBe("posted");
    await playTo(Date.UTC(2026, 10, 3, 9));
    expect(posts()).toHaveLength(2);
    expect(posts()[1]).toContain("The summary was rewritten");
  });

  it.each([
    [404, 10003, "the channel is no longer there"],
    [403, 50013, "I lack Send Messages"],
    [403, 50001, "I lack View Channels"],
  ])(
    "that closes the channel (%s %s) pauses the subscription and tells who set it up, once",
    async (status, code, reason) => {
      await begin();
      time = Date.UTC(2026, 10, 1, 12);
      await store.start(wanted(), time);
      server.fault(/POST \/channels\/7\d+\/messages/, status, { times: 100, body: { code, message: "refused" } });
      await playTo(Date.UTC(2026, 10, 4, 9));
      expect(posts()).toEqual([]);
      expect(await listed({ platform: "discord", place: GUILD })).toMatchObject([
        { state: "paused", reason, last_result: reason },
      ]);
      const told = server.said(`6${MODERATOR.id.slice(1)}`);
      expect(told).toHaveLength(1);
      expect(textOf(told[0]?.body)).toContain(`The daily post is paused in #general: ${reason}`);
      // Set up again, it goes on.
      await store.start(wanted(), time);
      expect(await listed({ platform: "discord", place: GUILD })).toMatchObject([{ state: "active" }]);
    },
  );

  it("such as Slack is posted to once, waits as it asks, and pauses for a reason", async () => {
    await begin();
    slack = await startSlack("socket", opened);
    time = Date.UTC(2026, 10, 1, 12);
    await store.start(wanted({ platform: "slack", place: TEAM, channel: SLACK_CHANNEL, by: READER }), time);
    slack.server.fault(/chat\.postMessage/, { status: 429, error: "ratelimited", retryAfter: 1 });
    await playTo(Date.UTC(2026, 10, 2, 9));
    const said = slack.server.posted.filter((each) => each.channel === SLACK_CHANNEL);
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain("The harbour is closed for repairs");
    expect(wordsIn(said[0]!.blocks)).toContain("Length of the repairs: 8 weeks");
    expect(slack.server.refused()).toEqual([]);
    slack.server.fault(/chat\.postMessage/, { status: 500, after: true });
    await playTo(Date.UTC(2026, 10, 3, 9));
    expect(slack.server.posted.filter((each) => each.channel === SLACK_CHANNEL)).toHaveLength(2);
    expect((await listed({ platform: "slack", place: TEAM }))[0]?.last_result).toMatch(/may not have arrived/);
    slack.server.fault(/chat\.postMessage/, { error: "is_archived" });
    await playTo(Date.UTC(2026, 10, 4, 9));
    expect((await listed({ platform: "slack", place: TEAM }))[0]).toMatchObject({
      state: "paused",
      reason: "the channel is gone or archived (is_archived)",
    });
    expect(slack.server.posted.filter((each) => each.channel === `D${READER.slice(1)}`)).toHaveLength(1);
  });
});
