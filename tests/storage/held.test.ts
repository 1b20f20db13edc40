// The whole program, on both platforms, while another process holds its file: readers are answered as ever, and what was promised is
// done when the file is free.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it } from "vitest";
import { createDailyStore } from "../../src/daily/store.js";
import { openStorage } from "../../src/storage/open.js";
import { BOT, CHANNEL, GUILD, MODERATOR, READER, startDiscordServer, TOKEN } from "../support/discord-server.js";
import { emptyFolder, launch } from "../support/program.js";
import { APP_TOKEN, BOT_TOKEN, CHANNEL as SLACK_CHANNEL, startSlackServer, TEAM } from "../support/slack-server.js";

const HOLD = `
  const Database = require("libsql");
  const database = new Database(process.argv[1], { timeout: 10000 });
  database.exec("begin immediate");
  process.stdout.write("held");
  process.stdin.once("data", () => { database.exec("rollback"); process.exit(0); });`;
const QUESTIONS = 60;
const guilds = [
  {
    id: GUILD,
    name: "Newsroom",
    channels: [{ id: CHANNEL, name: "general" }].concat(
      Array.from({ length: QUESTIONS }, (_, index) => ({ id: `7000000000000003${index + 10}`, name: `c${index}` })),
    ),
  },
];
const slackChannels: Record<string, "member"> = { [SLACK_CHANNEL]: "member" };
for (let index = 0; index < QUESTIONS; index++) slackChannels[`CASK${index}`] = "member";

it("answers everybody while the file is held, and posts once when it is free", async () => {
  const discord = await startDiscordServer({ guilds, perChannel: 1000 });
  const slack = await startSlackServer({ channels: slackChannels });
  const path = join(emptyFolder(), "store.db");
  const log = pino({ level: "silent" });
  const storage = await openStorage(`file:${path}`, log);
  const store = createDailyStore(storage.db, 3 * 3_600_000);
  const common = { channelName: "#general", explainer: "junior-doctors-strike", time: "08:00", zone: "Europe/London" };
  for (const where of [
    { platform: "discord", place: GUILD, channel: CHANNEL, by: MODERATOR.id },
    { platform: "slack", place: TEAM, channel: SLACK_CHANNEL, by: "UMOD00001" },
  ])
    await store.start({ ...where, ...common, onlyChanges: false }, Date.now());
  const child = launch(["start"], {
    env: {
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.url,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.url,
      DATABASE_URL: `file:${path}`,
      ENCODER: "off",
      PORT: "0",
    },
  });
  await discord.until(() => discord.connected() === 1, "Discord", 60_000);
  await slack.until(() => slack.connected() > 0, "Slack", 60_000);

  const holder = spawn(process.execPath, ["-e", HOLD, path], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  const asked: string[] = [];
  const threads: string[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const author = { ...READER, id: `9000000000002${String(index).padStart(5, "0")}` };
    asked.push(
      discord.write(`<@${BOT.id}> how many went on strike?`, { channel: `7000000000000003${index + 10}`, author }),
    );
    threads.push(slack.mention("how many went on strike?", { channel: `CASK${index}`, user: `UASK${index}` }));
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await discord.until(
    () => asked.every((id) => [...discord.all()].some(({ body }) => body.message_reference?.message_id === id)),
    "every answer on Discord",
  );
  await slack.until(() => threads.every((ts) => slack.replies(ts).length === 1), "every answer on Slack");
  // All of that while it was held.
  expect(holder.exitCode).toBeNull();
  holder.stdin.write("go");
  await once(holder, "exit");
  await storage.db
    .updateTable("subscriptions")
    .set({ next_at: Date.now() - 1_000 })
    .execute();
  await discord.until(() => discord.said().length > 0, "a post on Discord", 40_000);
  await slack.until(() => slack.posted.some(({ channel }) => channel === SLACK_CHANNEL), "a post on Slack", 40_000);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(discord.said()).toHaveLength(1);
  expect(slack.posted.filter(({ channel }) => channel === SLACK_CHANNEL)).toHaveLength(1);
  child.kill("SIGTERM");
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(0);
  await storage.close();
  await Promise.all([discord.stop(), slack.stop()]);
});
