// `npm run chaos -- --minutes 10 --seed N`: the built bot on both platforms, with readers asking and daily posts going out, while
// everything goes wrong that can. What was lost, said twice, late, or asked for too often is counted at the servers.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { createDailyStore } from "../../src/daily/store.js";
import { localTime } from "../../src/daily/when.js";
import { openStorage } from "../../src/storage/open.js";
import { BOT, GUILD, MODERATOR, READER, startDiscordServer, TOKEN } from "../support/discord-server.js";
import { emptyFolder } from "../support/program.js";
import {
  APP_TOKEN,
  BOT as SLACK_BOT,
  BOT_TOKEN,
  startSlackServer,
  TEAM,
  type Envelope,
} from "../support/slack-server.js";
import { createBot } from "./bot.js";
import { account, type AskedOnce } from "./account.js";
import { createDraw } from "./draw.js";
import { createTrouble, mountSmall, unmount } from "./trouble.js";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } } });
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
if (!(minutes > 0) || !Number.isInteger(seed)) {
  process.stderr.write("chaos: --minutes takes a number above 0, --seed a whole number\n");
  process.exit(2);
}
process.stdout.write(`chaos: ${minutes} minutes, seed ${seed}\n`);

const draw = createDraw(seed);
const log = pino({ level: "silent" });
const QUESTIONS = [
  "how many went on strike?",
  "what is the pay offer?",
  "how long will it last?",
  "who wins the world cup?",
  "did hospitals cope?",
  "show me the figures",
];
const CHANNELS = 16;
/** Channels with a daily post, on each platform. */
const DAILY = 20;
const WIRE_EVERY_MS = 1_500;
const PROCESS_EVERY_MS = 15_000;
const ASK_EVERY_MS = 500;
/** Milliseconds in which all is to be well again once nothing goes wrong any more. */
const SETTLE_MS = 150_000;

const folder = emptyFolder();
const small = mountSmall(folder);
if (!small) process.stdout.write("chaos: no small disk can be had here; the disk is never full\n");
const database = `file:${join(folder, "store.db")}`;
const channel = (index: number): string => `7000000000000001${String(index).padStart(2, "0")}`;
const dailyChannel = (index: number): string => `7000000000000002${String(index).padStart(2, "0")}`;
const discord = await startDiscordServer({
  perChannel: 50,
  guilds: [
    {
      id: GUILD,
      name: "Newsroom",
      channels: [...Array(CHANNELS).keys()]
        .map((index) => ({ id: channel(index), name: `c${index}` }))
        .concat([...Array(DAILY).keys()].map((index) => ({ id: dailyChannel(index), name: `d${index}` }))),
    },
  ],
});
const slackChannels = Object.fromEntries([
  ...[...Array(CHANNELS).keys()].map((index) => [`CASK${index}`, "member"] as const),
  ...[...Array(DAILY).keys()].map((index) => [`CDAY${index}`, "member"] as const),
]);
const slack = await startSlackServer({ channels: slackChannels });

// Daily posts that come due while it runs, one or two a minute on each platform, set up as the desk does it.
const storage = await openStorage(database, log);
const store = createDailyStore(storage.db, 180 * 60_000);
const began = Date.now();
for (let index = 0; index < DAILY * 2; index++) {
  const [platform, id] = index % 2 === 0 ? ["discord", dailyChannel(index / 2)] : ["slack", `CDAY${(index - 1) / 2}`];
  const due = began + 60_000 * (1 + Math.floor((index / (DAILY * 2)) * minutes));
  const { time } = localTime(due, "Europe/London");
  await store.start(
    {
      platform: platform,
      place: platform === "discord" ? GUILD : TEAM,
      channel: id,
      channelName: `#${index}`,
      explainer: "junior-doctors-strike",
      time,
      zone: "Europe/London",
      onlyChanges: false,
      by: platform === "discord" ? MODERATOR.id : "UMOD00001",
    },
    began,
  );
}
const promised = (await storage.db.selectFrom("subscriptions").selectAll().execute()).map(
  ({ id, next_date, next_at, platform }) => ({ id, date: next_date, at: next_at, platform }),
);
await storage.close();

const bot = createBot({
  DISCORD_TOKEN: TOKEN,
  DISCORD_API_URL: discord.url,
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: slack.url,
  DATABASE_URL: database,
  ENCODER: "off",
  PORT: "0",
  LOG_LEVEL: "info",
});
bot.start();
await discord.until(() => discord.connected() === 1, "Discord", 60_000);
await slack.until(() => slack.connected() > 0, "Slack", 60_000);
const trouble = createTrouble({ draw, bot, discord, slack, folder, small });

const asked: AskedOnce[] = [];
const unacknowledged: { envelope: Envelope; payload: Record<string, unknown>; tries: number; at: number }[] = [];
let readers = 0;
function ask(): void {
  const question = draw.pick(QUESTIONS);
  const index = Math.floor(draw.next() * CHANNELS);
  const now = performance.now();
  readers += 1;
  if (draw.next() < 0.5) {
    const author = { ...READER, id: `9000000000001${String(readers).padStart(5, "0")}` };
    asked.push({
      platform: "discord",
      at: now,
      id: discord.write(`<@${BOT.id}> ${question}`, { channel: channel(index), author }),
    });
    return;
  }
  const ts = slack.nextTs();
  const payload = slack.eventOf({
    type: "app_mention",
    user: `UASK${readers}`,
    text: `<@${SLACK_BOT}> ${question}`,
    ts,
    channel: `CASK${index}`,
    event_ts: ts,
  });
  unacknowledged.push({ envelope: slack.deliver("events_api", payload), payload, tries: 0, at: now });
  asked.push({ platform: "slack", at: now, id: ts });
}
/** Slack delivers again what nobody acknowledged: again and again, over minutes. */
function redeliver(): void {
  for (const each of [...unacknowledged]) {
    if (each.envelope.ackedAt !== undefined || each.tries >= 5) unacknowledged.splice(unacknowledged.indexOf(each), 1);
    else if (performance.now() - each.at > 3_000 * 2 ** each.tries && slack.connected() > 0) {
      each.tries += 1;
      slack.redeliver(each.envelope, each.payload, each.tries);
    }
  }
}

const memory: { at: number; mb: number }[] = [];
/** Ends the span of an absence once both platforms have the new process. */
function back(): void {
  const open = bot.away.find(({ to }) => to === Infinity);
  const [started = 0] = bot.starts.slice(-1);
  if (!open || started < open.from) return;
  const there = (discord.connectedAt.at(-1) ?? 0) > started && discord.connected() > 0 && slack.connected() > 0;
  if (there) open.to = performance.now() + 2_000;
}
const timers = [
  setInterval(back, 250),
  setInterval(ask, ASK_EVERY_MS),
  setInterval(redeliver, 1_000),
  setInterval(() => {
    const mb = bot.memory();
    if (mb !== undefined && Number.isFinite(mb)) memory.push({ at: performance.now(), mb });
  }, 5_000),
];
const end = performance.now() + minutes * 60_000;
const wire = setInterval(() => trouble.wire(), WIRE_EVERY_MS);
while (performance.now() < end) {
  await sleep(draw.between(0.5, 1.5) * PROCESS_EVERY_MS);
  if (performance.now() < end) await trouble.process();
}
clearInterval(wire);
clearInterval(timers[1]);
trouble.calm();

// Nothing goes wrong any more: what was promised is kept soon.
const settled = performance.now() + SETTLE_MS;
const look = await openStorage(database, log);
for (;;) {
  await sleep(2_000);
  const open = await look.db
    .selectFrom("deliveries")
    .select("subscription")
    .where("state", "in", ["due", "sending"])
    .where("due_at", "<=", Date.now())
    .execute();
  const due = await look.db
    .selectFrom("subscriptions")
    .select("id")
    .where("state", "=", "active")
    .where("next_at", "<=", Date.now())
    .execute();
  const far = await look.db
    .selectFrom("subscriptions")
    .select("id")
    .where("state", "=", "active")
    .where("next_at", ">", Date.now() + 26 * 3_600_000)
    .execute();
  if (
    (open.length + due.length + far.length + unacknowledged.length === 0 && performance.now() - end > 70_000) ||
    performance.now() > settled
  )
    break;
}
timers.forEach(clearInterval);
const [deliveries, subscriptions] = [
  await look.db.selectFrom("deliveries").selectAll().execute(),
  await look.db.selectFrom("subscriptions").selectAll().execute(),
];
const code = await bot.stop();
await look.close();
const faults = account({
  asked,
  promised,
  deliveries,
  subscriptions,
  discord,
  slack,
  bot,
  trouble,
  memory,
  stopped: code,
});
await Promise.all([discord.stop(), slack.stop()]);
if (small) unmount(folder);
rmSync(folder, { recursive: true, force: true });
for (const line of faults) process.stdout.write(`FAULT: ${line}\n`);
process.stdout.write(
  faults.length === 0
    ? `chaos: all was well (seed ${seed})\n`
    : `chaos: ${faults.length} faults; again with --minutes ${minutes} --seed ${seed}\n`,
);
process.exit(faults.length === 0 ? 0 : 1);
