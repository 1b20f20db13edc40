// `/daily` as moderators use it, on both platforms, with the whole program under it; and a store that is away.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDaily, type Daily } from "../../src/daily/daily.js";
import { createDailyStore } from "../../src/daily/store.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { openStorage } from "../../src/storage/open.js";
import { readDaily } from "../../src/chat/daily-line.js";
import { keepStorage, type StorageKeeper } from "../../src/storage/keeper.js";
import { startFace, type RunningFace } from "../support/discord-face.js";
import {
  buttonsOf,
  CHANNEL as DISCORD_CHANNEL,
  GUILD,
  MODERATOR,
  READER,
  startDiscordServer,
  textOf,
  type DiscordServer,
} from "../support/discord-server.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";
import { openShipped } from "../support/shipped.js";
import { startSlack, type RunningSlack } from "../support/slack-face.js";
import { HOSTILE, LONG_SENTENCES, writeExplainer } from "../support/written.js";
import { CHANNEL, COLLEAGUE, READER as SLACK_READER, wordsIn } from "../support/slack-server.js";

const log = pino({ level: "silent" });
const MANAGE = String(1n << 5n);
let opened: OpenedAssistant;
let postgres: Postgres;
let daily: Daily;
let keeper: StorageKeeper;
let server: DiscordServer;
let running: RunningFace | undefined;
let slack: RunningSlack | undefined;
beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
  // What was committed before a crash has to be there after it.
  postgres = await startPostgres({ durable: true });
});
afterAll(() => postgres.remove());
afterEach(async () => {
  await daily.stop(1_000);
  await keeper.close();
  await running?.stop();
  if (running) await server.stop();
  await slack?.stop();
  running = undefined;
  slack = undefined;
});

const file = (): string => `file:${join(emptyFolder(), "store.db")}`;
function make(url: string): Daily {
  keeper = keepStorage(() => openStorage(url, log), log);
  daily = createDaily({ storage: keeper, assistant: opened.assistant, windowMs: 1e7, log });
  return daily;
}

describe("on Discord", () => {
  async function begin(url = file(), permissions?: bigint): Promise<void> {
    make(url);
    server = await startDiscordServer({ perChannel: 1000, ...(permissions === undefined ? {} : { permissions }) });
    running = await startFace(server, opened, { daily: daily.desk });
  }
  const ask = async (part: string, options: Record<string, unknown> = {}, permissions = MANAGE): Promise<string> => {
    const interaction = server.interact(
      2,
      {
        id: "1",
        name: "daily",
        type: 1,
        options: [
          { type: 1, name: part, options: Object.entries(options).map(([name, value]) => ({ type: 3, name, value })) },
        ],
      },
      { user: MODERATOR, permissions },
    );
    const { kind, body } = await server.answered(interaction);
    if (kind === "reply") expect(body!.flags! & 64).toBe(64);
    return textOf(body).replaceAll("\\", "");
  };

  it("sets up, lists, previews and ends a daily post, and says when the next one comes", async () => {
    await begin();
    await daily.ready;
    expect(await ask("list")).toContain("There are no daily posts here");
    const started = await ask("start", { time: "8am", zone: "London" });
    expect(started).toMatch(
      /A daily post is set up for #general, “Has the junior doctors' strike made a difference\?”\. The next one comes: \w+day.* at 08:00 \(Europe\/London\)/,
    );
    expect(await ask("list")).toMatch(/#general.*08:00 Europe\/London\. next: \w+day/);
    expect(await ask("start", { time: "noon", zone: "BST", changes: true })).toContain("only when something changed");
    expect((await ask("list")).match(/#general/g)).toHaveLength(1);
    expect(await ask("preview")).toContain("neither side has moved");
    expect(await ask("stop")).toContain("No more daily posts in #general");
    expect(await ask("list")).toContain("There are no daily posts here");
    expect(server.refused()).toEqual([]);
  });

  it("lists fifty on pages that can be turned", async () => {
    await begin();
    await daily.ready;
    const store = createDailyStore(keeper.storage()!.db);
    for (let index = 0; index < 50; index++)
      await store.start(
        {
          platform: "discord",
          place: GUILD,
          channel: `c${index}`,
          channelName: `#channel-${index}`,
          explainer: "junior-doctors-strike",
          time: "08:00",
          zone: "Europe/London",
          onlyChanges: false,
          by: MODERATOR.id,
        },
        Date.now(),
      );
    const interaction = server.interact(
      2,
      { id: "1", name: "daily", type: 1, options: [{ type: 1, name: "list", options: [] }] },
      { user: MODERATOR, permissions: MANAGE },
    );
    let { body } = await server.answered(interaction);
    let all = textOf(body);
    for (
      let more = buttonsOf(body).find(({ label }) => label === "More");
      more;
      more = buttonsOf(body).find(({ label }) => label === "More")
    ) {
      ({ body } = await server.answered(
        server.press(more.id, { ...body!, flags: body!.flags! | 64 }, { user: MODERATOR }),
      ));
      all += textOf(body);
    }
    for (let index = 0; index < 50; index++) expect(all).toContain(`#channel-${index},`);
    expect(server.refused()).toEqual([]);
    expect(await ask("start", { time: "8am" })).toContain("as many daily posts as it may have: 50");
  });

  it("shows the post that was posted, whatever became of its article, when its page is turned", async () => {
    const summed = [0, 1, 2]
      .map((part) => `    - ${LONG_SENTENCES.slice(part * 40, (part + 1) * 40).join(" ")}`)
      .join("\n");
    const folder = await writeExplainer(
      "harbour",
      HOSTILE.replace("as_of:", `summary:\n  headline: Closed\n  lines:\n${summed}\nas_of:`),
    );
    const own = await openShipped({ ENCODER: "off", DATA_DIR: folder });
    keeper = keepStorage(() => openStorage(file(), log), log);
    daily = createDaily({ storage: keeper, assistant: own.assistant, windowMs: 1e7, log });
    await daily.ready;
    server = await startDiscordServer({ perChannel: 1000 });
    running = await startFace(server, own, {
      daily: daily.desk,
      post: (subscription, date) => daily.post(subscription, date),
    });
    daily.add(running.face.poster);
    await ask("start", { time: "8am" });
    await keeper
      .db()!
      .updateTable("subscriptions")
      .set({ next_at: Date.now() - 60_000 })
      .execute();
    const posted = await server.until(() => server.said()[0], "a daily post", 30_000);
    const path = join(folder, "harbour", "explainer.md");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("Sentence number", "Other words about"));
    await own.live.reload();
    const more = (body: Parameters<typeof buttonsOf>[0]) => buttonsOf(body).find(({ label }) => label === "More");
    let body: Parameters<typeof buttonsOf>[0] = posted.body;
    let all = textOf(body);
    while (more(body)) {
      ({ body } = await server.answered(
        server.press(more(body)!.id, { ...body!, flags: body!.flags! | 64 }, { user: MODERATOR }),
      ));
      all += `\n${textOf(body)}`;
    }
    for (const sentence of LONG_SENTENCES.slice(0, 120)) expect(all).toContain(sentence);
    expect(all).not.toContain("Other words about");
    expect(server.refused()).toEqual([]);
  });

  it("tells what is wrong with what was typed", async () => {
    await begin();
    await daily.ready;
    expect(await ask("start", { time: "soon" })).toContain("“soon” is not a time of day. Write one such as 8am");
    expect(await ask("start", { time: "8am", zone: "Londn" })).toMatch(
      /“Londn” is not a time zone that I know. The nearest: .*Europe\/London/,
    );
    expect(await ask("start", { channel: "700000000000000099" })).toContain(
      "I may not post in channel 700000000000000099",
    );
    expect(await ask("stop")).toContain("There are no daily posts here");
  });

  it("is for those who may manage the server", async () => {
    await begin();
    await daily.ready;
    expect(await ask("start", {}, "0")).toContain("Only members who may manage this server");
    expect(await ask("list", {}, "0")).toContain("Only members who may manage this server");
  });

  it("says at once, by name, where it may not post", async () => {
    await begin(file(), (1n << 10n) | (1n << 16n));
    await daily.ready;
    expect(await ask("start", { time: "8am" })).toMatch(
      /I may not post in #general\. Ask a moderator to give me: Send Messages/,
    );
  });

  it("offers zones while one is typed", async () => {
    await begin();
    const interaction = server.interact(4, {
      id: "1",
      name: "daily",
      type: 1,
      options: [{ type: 1, name: "start", options: [{ type: 3, name: "zone", value: "lond", focused: true }] }],
    });
    expect((await server.until(() => interaction.choices))[0]).toEqual({
      name: "Europe/London",
      value: "Europe/London",
    });
  });

  it("goes on answering while the database is away at the start, and takes daily posts once it is back", async () => {
    const url = await postgres.database();
    await postgres.crash();
    await begin(url);
    expect(await ask("start", { time: "8am" })).toContain("the database is away. Asking works");
    const asked = server.command("ask", { question: "how many went on strike?" }, { user: READER });
    expect(textOf((await server.answered(asked)).body)).toContain("78%");
    await postgres.restart();
    await daily.ready;
    expect(await ask("start", { time: "8am" })).toContain("A daily post is set up");
  });

  it("says that the database is away when it went after the start, previews without it, and is well when it is back", async () => {
    const url = await postgres.database();
    await begin(url);
    await daily.ready;
    await ask("start", { time: "8am" });
    expect(daily.status()).toMatchObject({ store: "ready" });
    await postgres.crash();
    for (const part of ["list", "stop", "start"]) expect(await ask(part), part).toContain("the database is away");
    expect(await ask("preview")).toContain("neither side has moved");
    await server.until(() => daily.status().store === "away", "away");
    await postgres.restart();
    await server.until(() => daily.status().store === "ready", "back", 30_000);
    expect(await ask("list")).toContain("08:00 Europe/London");
  });

  it("lists a channel by the name that it has now", async () => {
    await begin();
    await daily.ready;
    await ask("start", { time: "8am" });
    server.rename(DISCORD_CHANNEL, "the-newsroom");
    await server.until(async () => (await ask("list")).includes("#the-newsroom"), "the new name");
    expect((await keeper.db()!.selectFrom("subscriptions").select("channel_name").execute())[0]?.channel_name).toBe(
      "#the-newsroom",
    );
  });

  it("posts by itself once the database, gone in between, is back", async () => {
    const url = await postgres.database();
    await begin(url);
    await daily.ready;
    daily.add(running!.face.poster);
    await ask("start", { time: "8am" });
    await postgres.crash();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const asked = server.command("ask", { question: "how many went on strike?" }, { user: READER });
    expect(textOf((await server.answered(asked)).body)).toContain("78%");
    await postgres.restart();
    const { db } = keeper.storage()!;
    await server.until(() => daily.status().store === "ready");
    const due = async (): Promise<unknown> =>
      db
        .updateTable("subscriptions")
        .set({ next_at: Date.now() - 60_000 })
        .execute();
    for (let tries = 0; tries < 20; tries++) {
      if (
        await due().then(
          () => true,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await server.until(() => server.said().length === 1, "a daily post", 30_000);
  });
});

describe("on Slack", () => {
  it.each([
    ["start 8am London", { part: "start", options: { time: "8am", zone: "London" } }],
    [
      "start 8:30 pm new york changes",
      { part: "start", options: { time: "8:30 pm", zone: "new york", changes: "true" } },
    ],
    ["start at noon", { part: "start", options: { time: "noon" } }],
    ["start 25:00 London", { part: "start", options: { time: "25:00", zone: "London" } }],
    ["start BST", { part: "start", options: { zone: "BST" } }],
    [
      "start 9am only when something changed about the strike",
      { part: "start", options: { time: "9am", changes: "true", article: "the strike" } },
    ],
    ["stop", { part: "stop", options: {} }],
    ["stop harbour", { part: "stop", options: { article: "harbour" } }],
    ["preview about the strike", { part: "preview", options: { article: "the strike" } }],
    ["", { part: "", options: {} }],
    ["start 8am, London", { part: "start", options: { time: "8am", zone: "London" } }],
    ["start London 8am", { part: "start", options: { time: "8am", zone: "London" } }],
    ["start half past eight London", { part: "start", options: { time: "half past eight", zone: "London" } }],
    [
      "start San Francisco quarter to nine",
      { part: "start", options: { time: "quarter to nine", zone: "San Francisco" } },
    ],
    ["start 12 noon UTC+2", { part: "start", options: { time: "12 noon", zone: "UTC+2" } }],
  ])("reads /daily %s", (text, expected) => expect(readDaily(text)).toEqual(expected));

  it("sets up, lists, previews and ends a daily post; who did not set it up may not change it, an admin may", async () => {
    make(file());
    slack = await startSlack("http", opened, { daily: daily.desk });
    await daily.ready;
    const { server: platform } = slack;
    const ask = async (text: string, user = SLACK_READER): Promise<string> => {
      const command = platform.command("/daily", text, user);
      return wordsIn((await platform.until(() => command.answers()[0], "an answer")).blocks);
    };
    expect(await ask("")).toContain("/daily start 8am London");
    expect(await ask("start 8am London")).toMatch(/set up for #general.*at 08:00 \(Europe\/London\)/);
    expect(await ask("list")).toMatch(/#general.*08:00 Europe\/London/);
    expect(await ask("start 9am", COLLEAGUE)).toContain("Only whoever set this up, an admin or an owner");
    expect(await ask("stop", COLLEAGUE)).toContain("Only whoever set this up");
    expect(await ask("start 9am Paris", "UADMIN001")).toContain("Europe/Paris");
    expect(await ask("preview")).toContain("neither side has moved");
    expect(await ask("start soon")).toContain("“soon” is not a time zone");
    expect(await ask("stop", "UADMIN001")).toContain("No more daily posts");
    expect(platform.refused()).toEqual([]);
    platform.fault(/chat\.postEphemeral/, { error: "not_in_channel" });
    expect(await ask("start 8am")).toContain("I may not post in #general");
  });

  it("says once that an app has no Home, and nothing of a channel where the form is filled in wrongly", async () => {
    make(file());
    slack = await startSlack("socket", opened, { daily: daily.desk });
    await daily.ready;
    const { server: platform, logged } = slack;
    platform.fault(/views\.publish/, { error: "not_enabled", times: 3 });
    for (let time = 1; time <= 3; time++) {
      platform.openHome("home");
      await platform.until(() => platform.calls.filter(({ method }) => method === "views.publish").length >= time);
    }
    platform.submitView("standfirst_daily", {
      channel: { value: { type: "conversations_select", selected_conversation: CHANNEL } },
      article: { value: { type: "plain_text_input", value: "the moon landing" } },
    });
    const told = await platform.until(() => platform.posted.at(-1), "an answer");
    expect(told).toMatchObject({ channel: `D${SLACK_READER.slice(1)}` });
    expect(told.text).toContain("no such article");
    expect(platform.posted).toHaveLength(1);
    const said = logged.filter(({ level }) => Number(level) >= 40);
    expect(said.filter(({ msg }) => String(msg).includes("App Home"))).toHaveLength(1);
    expect(said.filter(({ msg }) => String(msg).includes("not answered"))).toEqual([]);
  });

  it("has it in Home and in a form, too", async () => {
    make(file());
    slack = await startSlack("socket", opened, { daily: daily.desk });
    await daily.ready;
    const { server: platform } = slack;
    platform.openHome("home");
    const home = await platform.until(() => platform.views.find((view) => view.kind === "home"), "Home");
    expect(JSON.stringify(home.view.blocks)).toContain("Set up a daily post");
    platform.pressView("", "standfirst_daily_open", "home");
    await platform.until(() => platform.views.find((view) => view.kind === "modal"), "a form");
    platform.submitView("standfirst_daily", {
      channel: { value: { type: "conversations_select", selected_conversation: CHANNEL } },
      time: { value: { type: "plain_text_input", value: "7.30am" } },
      zone: { value: { type: "plain_text_input", value: "Paris" } },
      article: { value: { type: "plain_text_input", value: null } },
      changes: { value: { type: "checkboxes", selected_options: [{ value: "changes" }] } },
    });
    const told = await platform.until(
      () => platform.posted.find((each) => each.channel === `D${SLACK_READER.slice(1)}`),
      "an answer",
    );
    expect(told.text).toContain("07:30 (Europe/Paris)");
    const later = await platform.until(() => platform.views.filter((view) => view.kind === "home")[1], "Home again");
    expect(JSON.stringify(later.view.blocks)).toContain("07:30 Europe/Paris");
    expect(platform.refused()).toEqual([]);
  });
});
