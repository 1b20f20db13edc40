// What those who run a server or workspace set for it, through the real discord.js and the real Bolt: who may, what holds then, for
// the place and for a channel, and what each setting does to whoever asks there.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSeen } from "../../src/memory/seen.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { startFace } from "../support/discord-face.js";
import {
  BOT,
  buttonsOf,
  CHANNEL,
  GUILD,
  startDiscordServer,
  textOf,
  type DiscordServer,
} from "../support/discord-server.js";
import { emptyFolder } from "../support/program.js";
import { startSlack, type RunningSlack } from "../support/slack-face.js";
import { buttonsIn, TEAM, wordsIn, type Posted } from "../support/slack-server.js";
import { writeTwo } from "../support/written.js";

const HARBOUR = "Why is the harbour closed?";
const LIBRARY = "Which libraries stay open?";

describe("settings of a server on Discord", () => {
  let server: DiscordServer;
  let running: RunningDesk;
  let stop: () => Promise<void>;
  let database: string;
  let dataDir: string;
  const OTHER = "700000000000000009";
  const THREAD = "700000000000000010";
  beforeAll(async () => {
    server = await startDiscordServer({
      perChannel: 1_000,
      guilds: [
        {
          id: GUILD,
          name: "Newsroom",
          channels: [
            { id: CHANNEL, name: "general" },
            { id: OTHER, name: "books" },
          ],
        },
      ],
    });
    dataDir = await writeTwo();
    database = `file:${join(emptyFolder(), "s.db")}`;
    running = await startDesk({ dataDir, database });
    const { desk, places, said } = running;
    const face = await startFace(server, running.opened, { desk, places, said, seen: createSeen() });
    stop = () => face.stop();
  });
  afterAll(async () => {
    await stop();
    await running.stop();
    await server.stop();
  });

  const run = async (name: string, part: string, options: Record<string, string | boolean> = {}, more = {}) => {
    const answer = await server.answered(
      server.interact(
        2,
        {
          id: "1",
          name,
          type: 1,
          options: [
            {
              type: 1,
              name: part,
              options: Object.entries(options).map(([key, value]) => ({
                type: typeof value === "boolean" ? 5 : 3,
                name: key,
                value,
              })),
            },
          ],
        },
        { permissions: "32", ...more },
      ),
    );
    return answer.body;
  };
  const ask = async (question: string, more = {}) =>
    (await server.answered(server.command("ask", { question }, more))).body;
  const replyTo = (question: string) =>
    server.until(
      () => [...server.messages.values()].find(({ body }) => body.message_reference?.message_id === question),
      "a reply",
    );
  const mention = (text: string, more = {}) => server.write(`<@${BOT.id}> ${text}`, more);

  it("are for those who may manage it, and say where each comes from", async () => {
    expect(textOf(await run("settings", "set", { answers: "public" }, { permissions: "0" }))).toContain(
      "Only those who may manage",
    );
    const shown = textOf(await run("settings", "show"));
    expect(shown).toContain("Explainers: all (not set)");
    expect(shown).toContain("Speak where everybody reads it: on (not set)");
    const changed = textOf(await run("settings", "set", { answers: "public", rate: "600" }));
    expect(changed).toContain("Saved.");
    expect(changed).toContain("Answers: public, to commands too (set for this place)");
    const channel = textOf(await run("settings", "set", { answers: "private", here: true }));
    expect(channel).toMatch(/Answers: private .*\(set for this channel\)/);
    expect(textOf(await run("settings", "show", {}, { channel: OTHER }))).toContain(
      "Answers: public, to commands too (set for this place)",
    );
    await run("settings", "reset", { setting: "answers", here: true });
    expect(textOf(await run("settings", "show"))).toContain("Answers: public, to commands too (set for this place)");
  });

  it("decide who sees answers to commands", async () => {
    expect((await ask(HARBOUR))!.flags! & 64).toBe(0);
    await run("settings", "reset", { setting: "answers" });
    expect((await ask(HARBOUR))!.flags! & 64).toBe(64);
    // Set up by one, seen by one.
    await run("settings", "set", { answers: "public" });
    expect((await run("settings", "show"))!.flags! & 64).toBe(64);
    await run("settings", "reset", { setting: "answers" });
  });

  it("choose the explainer of a channel, which decides what is asked there and what is suggested", async () => {
    const saved = await run("explainer", "use", { article: "library", here: true }, { channel: OTHER });
    expect(textOf(saved)).toContain("Explainers: Why are the libraries closing? (set for this channel)");
    const there = await replyTo(mention(LIBRARY, { channel: OTHER }));
    expect(textOf(there.body)).toContain("The library on Mill Street stays open");
    const elsewhere = await replyTo(mention(HARBOUR, { channel: OTHER }));
    expect(textOf(elsewhere.body)).not.toContain("quay wall");
    // A thread that is a channel of its own has its channel's.
    server.thread(THREAD, OTHER);
    const thread = await replyTo(mention(HARBOUR, { channel: THREAD, channel_type: 11 }));
    expect(textOf(thread.body)).not.toContain("quay wall");
    const named = await server.answered(
      server.command("ask", { question: HARBOUR, article: "harbour" }, { channel: OTHER }),
    );
    expect(textOf(named.body)).not.toContain("quay wall");
    const suggested = server.interact(
      4,
      {
        id: "1",
        name: "ask",
        type: 1,
        options: [{ type: 3, name: "question", value: "why", focused: true }],
      },
      { channel: OTHER },
    );
    const choices = (await server.until(() => suggested.choices)).map(({ name }) => name);
    expect(choices).toContain("Why are the libraries closing?");
    expect(choices).not.toContain(HARBOUR);
  });

  it("give no button another explainer's content, wherever it was taken from", async () => {
    const topics = await server.answered(server.command("topics", { article: "harbour" }));
    const menu = JSON.stringify(topics.body);
    expect(menu).toContain("harbour");
    const answer = await ask(HARBOUR);
    const share = buttonsOf(answer).find(({ label }) => label === "Share")!;
    const stolen = await server.answered(server.press(share.id, answer!, { channel: OTHER }));
    expect(JSON.stringify(stolen.body)).not.toContain("quay wall");
    expect(textOf(stolen.body)).toContain("no longer");
  });

  it("silence a channel, a place, and the hours that are quiet", async () => {
    await run("settings", "set", { speak: "off", here: true });
    const silent = mention(HARBOUR);
    const spoken = mention(LIBRARY, { channel: OTHER });
    await replyTo(spoken);
    expect([...server.messages.values()].some(({ body }) => body.message_reference?.message_id === silent)).toBe(false);
    // Who asks by a command alone sees the answer, and cannot publish it there.
    const answer = await ask(HARBOUR);
    expect(answer!.flags! & 64).toBe(64);
    expect(buttonsOf(answer).map(({ label }) => label)).not.toContain("Share");
    await run("settings", "reset", { setting: "speak", here: true });

    const hour = (delta: number) => new Date(Date.now() + delta * 3_600_000).toISOString().slice(11, 16);
    const quiet = await run("settings", "set", { quiet: `${hour(-1)}-${hour(2)}`, zone: "UTC" });
    expect(textOf(quiet)).toContain(`Quiet hours: ${hour(-1)} to ${hour(2)} (set for this place)`);
    const before = server.said("600000000000000001").length;
    const asked = mention(HARBOUR);
    const direct = await server.until(
      () =>
        [...server.messages.values()].find(
          ({ channel, body }) => channel.startsWith("6") && textOf(body).includes("quiet here until"),
        ),
      "a direct answer",
    );
    expect(textOf(direct.body)).toContain("The quay wall broke");
    expect([...server.messages.values()].some(({ body }) => body.message_reference?.message_id === asked)).toBe(false);
    expect(before).toBe(0);
    await run("settings", "reset", { setting: "quiet" });
    expect(textOf((await replyTo(mention(HARBOUR))).body)).toContain("The quay wall broke");
  });

  it("limit how many questions a minute it asks, and tell so once", async () => {
    await run("settings", "set", { rate: "2" });
    const ids = [mention(HARBOUR), mention(HARBOUR), mention(HARBOUR), mention(HARBOUR)];
    const answered = await server.until(() => {
      const replies = [...server.messages.values()].filter(({ body }) =>
        ids.includes(body.message_reference?.message_id ?? ""),
      );
      return replies.length === 3 && replies;
    }, "three replies");
    expect(answered.filter(({ body }) => textOf(body).includes("as many questions as it wants"))).toHaveLength(1);
    await run("settings", "set", { rate: "off" });
  });

  it("refuse what is no value with what would be one, and change nothing", async () => {
    const wrong = textOf(await run("settings", "set", { quiet: "at night", answers: "public" }));
    expect(wrong).toContain("“at night” is nothing that “quiet” can be. Write hours such as 22:00-07:00, or off.");
    expect(textOf(await run("settings", "show"))).not.toContain("Answers: public");
    expect(textOf(await run("settings", "set", { rate: "0" }))).toContain("from 1 to 600");
    expect(textOf(await run("settings", "set", { zone: "Atlantis" }))).toContain("a time zone such as");
    expect(textOf(await run("settings", "set", { rate: "5", here: true }))).toContain("There is no setting “rate”");
    expect(textOf(await run("settings", "set", {}))).toContain("Nothing was named");
    expect(textOf(await run("explainer", "use", { article: "the moon" }))).toContain("Why is the harbour closed?");
    await run("explainer", "use", { article: "harbour" });
    expect(textOf(await run("explainer", "drop", { article: "harbour" }))).toContain("the only one here");
    await run("explainer", "all");
    expect(server.refused()).toEqual([]);
  });

  it("are changed with buttons, and by no one who may not", async () => {
    const panel = await run("settings", "show");
    const button = buttonsOf(panel).find(({ label }) => label === "Be silent in this channel")!;
    const own = { ...panel!, flags: (panel!.flags ?? 0) | 64 };
    const stranger = await server.answered(server.press(button.id, own, { permissions: "0" }));
    expect(textOf(stranger.body)).toContain("Only those who may manage");
    const pressed = await server.answered(server.press(button.id, own, { permissions: "32" }));
    expect(textOf(pressed.body)).toContain("Speak where everybody reads it: off (set for this channel)");
    await run("settings", "reset", { setting: "speak", here: true });
  });

  it("hold in another process within a second, and outlive this one", async () => {
    const second = await startDesk({ dataDir, database });
    await run("settings", "set", { zone: "Europe/Paris" });
    const since = performance.now();
    await server.until(
      () => second.places.at({ platform: "discord", place: GUILD, channel: CHANNEL }).zone.value === "Europe/Paris",
      "the setting",
    );
    expect(performance.now() - since).toBeLessThan(5_000);
    await second.stop();
    const third = await startDesk({ dataDir, database });
    expect(third.places.of({ platform: "discord", place: GUILD }).zone).toBe("Europe/Paris");
    await third.stop();
  });
});

describe("settings of a workspace on Slack", () => {
  let slack: RunningSlack;
  let running: RunningDesk;
  const ADMIN = "UADMIN001";
  beforeAll(async () => {
    running = await startDesk({ dataDir: await writeTwo(), database: `file:${join(emptyFolder(), "s.db")}` });
    const { desk, places, said } = running;
    slack = await startSlack("socket", running.opened, { desk, places, said, seen: createSeen() });
  });
  afterAll(async () => {
    await slack.stop();
    await running.stop();
  });
  const type = async (command: string, text = "", user = ADMIN): Promise<Posted> => {
    const { answers } = slack.server.command(command, text, user);
    return slack.server.until(() => answers()[0], "an answer");
  };
  const words = ({ blocks }: Posted): string => wordsIn(blocks);

  it("are typed in one line, by an administrator", async () => {
    expect(words(await type("/settings", "answers public", "UREADER01"))).toContain("Only those who may manage");
    expect(words(await type("/settings"))).toContain("Explainers: all (not set)");
    const set = words(await type("/settings", "quiet 22:00 to 07:00 zone London rate 30"));
    expect(set).toContain("Quiet hours: 22:00 to 07:00 (set for this place)");
    expect(set).toContain("Questions a minute: 30 (set for this place)");
    expect(set).toContain("Time zone: Europe/London (set for this place)");
    expect(words(await type("/settings", "reset quiet"))).toContain("Quiet hours: none (not set)");
    expect(words(await type("/settings", "colour blue"))).toContain(
      "There is no setting “colour”. There are: answers,",
    );
    expect(words(await type("/explainer", "use the moon"))).toContain("Why are the libraries closing?");
  });

  it("answer only whoever asked, where the channel is silent or answers are private", async () => {
    await type("/settings", "here speak off");
    const ts = slack.server.mention(HARBOUR);
    const whispered = await slack.server.until(
      () => slack.server.posted.find(({ user, blocks }) => user !== undefined && wordsIn(blocks).includes("quay wall")),
      "a whisper",
    );
    expect(words(whispered)).toContain("I do not speak in this channel, so only you see this.");
    expect(slack.server.replies(ts)).toEqual([]);
    await type("/settings", "here speak on");
    await type("/settings", "answers private");
    const again = slack.server.mention(HARBOUR);
    await slack.server.until(
      () =>
        slack.server.posted.filter(({ user, blocks }) => user !== undefined && wordsIn(blocks).includes("quay wall"))
          .length > 1,
      "another",
    );
    expect(slack.server.replies(again)).toEqual([]);
    const direct = slack.server.direct(HARBOUR);
    await slack.server.until(
      () => slack.server.posted.find(({ channel, user }) => channel === "DREADER01" && user === undefined),
      "a direct answer",
    );
    expect(direct).toBeTruthy();
    await type("/settings", "reset answers");
  });

  it("whose explainers are no longer there show nobody else's, on any way", async () => {
    const place = { platform: "slack", place: TEAM };
    await running.places.set(place, { explainers: ["gone-with-the-wind"] });
    const all = [await type("/ask", HARBOUR), await type("/figures"), await type("/summary"), await type("/topics")];
    for (const each of all) expect(words(each)).toContain("no longer there");
    expect(words(await type("/daily", "preview"))).not.toContain("quay wall");
    expect(words(await type("/daily", "start 8am about harbour"))).not.toContain("is set up");
    slack.server.openHome("home");
    const home = await slack.server.until(() => slack.server.views.at(-1), "a Home");
    expect(wordsIn(home.view.blocks)).toContain("no longer there");
    const before = slack.server.prompts.length;
    slack.server.openHome("messages");
    await type("/settings");
    expect(slack.server.prompts.length).toBe(before);
    await running.places.set(place, { explainers: undefined });
  });

  it("choose the explainer, by a button too", async () => {
    const panel = await type("/explainer", "show");
    const use = buttonsIn(panel.blocks).find(({ label }) => label === "Why are the libraries closing?")!;
    slack.server.press(use.value, use.id, panel, ADMIN);
    await slack.server.until(
      () => running.places.of({ platform: "slack", place: TEAM }).explainers?.join() === "library",
      "it",
    );
    expect(words(await type("/ask", HARBOUR, "UREADER01"))).not.toContain("quay wall");
    expect(words(await type("/summary", "harbour", "UREADER01"))).not.toContain("quay wall");
    expect(words(await type("/daily", "start 8am about harbour"))).toMatch(/daily|Daily|libraries/);
    expect(words(await type("/explainer", "all"))).toContain("Explainers: all (not set)");
    expect(slack.server.refused()).toEqual([]);
  });
});
