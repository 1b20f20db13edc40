// The desk in chat: the real discord.js and the real Bolt, over real sockets. A question arrives as a card, is decided with buttons,
// answers whoever asks next, and tells whoever asked to be told.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Face } from "../../src/chat/face.js";
import { createSeen } from "../../src/memory/seen.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { startFace } from "../support/discord-face.js";
import {
  BOT as DISCORD_BOT,
  buttonsOf,
  CHANNEL as DISCORD_CHANNEL,
  GUILD,
  startDiscordServer,
  textOf,
  type DiscordServer,
} from "../support/discord-server.js";
import { emptyFolder } from "../support/program.js";
import { startSlack, type RunningSlack } from "../support/slack-face.js";
import { buttonsIn, CHANNEL as SLACK_CHANNEL, READER, TEAM, wordsIn, type Posted } from "../support/slack-server.js";
import { SMALL, writeExplainer } from "../support/written.js";

const ODD = "Is the lighthouse keeper a ghost?";
const HOSTILE = "Is @everyone <!channel> *bold* [x](https://evil.example) a ghost?";
const LONGER = SMALL.replace("Repairs take 8 weeks", "Repairs take 12 weeks");

async function deskOn(
  face: (running: RunningDesk) => Promise<Face>,
): Promise<{ running: RunningDesk; dataDir: string }> {
  const dataDir = await writeExplainer("harbour", SMALL);
  const running = await startDesk({ dataDir, database: `file:${join(emptyFolder(), "s.db")}` });
  running.desk.add((await face(running)).poster);
  return { running, dataDir };
}

describe("the desk on Discord", () => {
  let server: DiscordServer;
  let running: RunningDesk;
  let dataDir: string;
  let stop: () => Promise<void>;
  const MANAGER = { permissions: "32" };
  const DESK = "700000000000000009";
  const ask = `<@${DISCORD_BOT.id}>`;
  beforeAll(async () => {
    server = await startDiscordServer({
      perChannel: 1_000,
      guilds: [
        {
          id: GUILD,
          name: "Newsroom",
          channels: [
            { id: DISCORD_CHANNEL, name: "general" },
            { id: DESK, name: "desk" },
          ],
        },
      ],
    });
    ({ running, dataDir } = await deskOn(async ({ opened, desk, said }) => {
      const face = await startFace(server, opened, { desk, said, seen: createSeen() });
      stop = () => face.stop();
      return face.face;
    }));
  });
  afterAll(async () => {
    await stop();
    await running.stop();
    await server.stop();
  });

  const deskCommand = (part: string, more = {}) =>
    server.answered(
      server.interact(
        2,
        { id: "1", name: "desk", type: 1, options: [{ type: 1, name: part, options: [] }] },
        { channel: DESK, ...MANAGER, ...more },
      ),
    );
  const replyTo = (question: string) =>
    server.until(
      () => [...server.messages.values()].find(({ body }) => body.message_reference?.message_id === question),
      "a reply",
    );
  /** What was said is in the ledger a moment after it is there. */
  const noted = (message: string) =>
    server.until(async () => {
      await running.said.flush();
      const row = await running.db
        .selectFrom("said")
        .select("message")
        .where("message", "=", message)
        .executeTakeFirst();
      return row !== undefined;
    }, "the note");
  const pressed = (label: string, on: Parameters<typeof buttonsOf>[0], more = {}) => {
    const found = buttonsOf(on).find((each) => each.label === label);
    if (!found) throw new Error(`no button ${label} among ${JSON.stringify(buttonsOf(on))}`);
    const own = { ...on!, flags: (on!.flags ?? 0) | 64 };
    return server.answered(server.press(found.id, own, { channel: DESK, ...more }));
  };

  it("is named by who may manage the server, and says whether questions are kept", async () => {
    expect(textOf((await deskCommand("here", { permissions: "0" })).body)).toContain("Only those who may manage");
    expect(textOf((await deskCommand("here")).body)).toContain("This channel is the editors’ desk now");
    expect(textOf((await deskCommand("keep")).body)).toContain("kept for 30 days");
    const help = await server.answered(server.command("help"));
    expect(textOf(help.body)).toContain("kept for the editors for 30 days, without names");
  });

  it("gets each new question as a card, decides it with buttons, and answers by it at once", async () => {
    const question = server.write(`${ask} ${ODD}`);
    const first = await replyTo(question);
    expect(textOf(first.body)).toContain("The article does not say");
    const card = await server.until(() => server.said(DESK)[0], "the card");
    expect(textOf(card.body)).toContain(ODD);
    expect(textOf(card.body)).not.toContain("READER");
    // Somebody elsewhere has no business with it, whatever they press.
    const stranger = await pressed("Ignore", card.body, { channel: DISCORD_CHANNEL });
    expect(textOf(stranger.body)).toContain("not the desk’s channel");
    const sections = await pressed("It is answered here", card.body);
    const passages = await pressed("Where do ferries leave from?", sections.body);
    const trial = await pressed("Ferries leave from the next town.", passages.body);
    expect(textOf(trial.body)).toContain("Nothing changes for the worse");
    const taught = await pressed("Teach it", trial.body);
    expect(textOf(taught.body)).toContain("is answered in “Where do ferries leave from?”");
    await server.until(() => textOf(server.said(DESK)[0]?.body).includes("Answered in"), "the card's update");
    const again = await replyTo(server.write(`${ask} ${ODD}`));
    expect(textOf(again.body)).toMatch(/^\*\*Ferries leave from the next town/);
    expect(server.refused()).toEqual([]);
  });

  it("shows a second editor what the first decided, and takes a decision back", async () => {
    const [card] = server.said(DESK);
    const late = await pressed("Undo", card!.body);
    expect(textOf(late.body)).toContain("The question waits again");
    await server.until(
      () => buttonsOf(server.said(DESK)[0]?.body).some(({ label }) => label === "Ignore"),
      "the card's update",
    );
    const ignored = await pressed("Ignore", server.said(DESK)[0]!.body);
    expect(textOf(ignored.body)).toContain("Ignored, by");
    const second = await pressed("It is not answered", card!.body).catch(() => undefined);
    expect(second === undefined || textOf(second.body).includes("Ignored, by")).toBe(true);
  });

  it("tells a reader once, directly, when the article answers what they asked", async () => {
    const question = server.write(`${ask} how are the new pontoons paid for`);
    const abstained = await replyTo(question);
    const tell = buttonsOf(abstained.body).find(({ label }) => label === "Tell me when it does");
    const noted = await server.answered(server.press(tell!.id, abstained));
    expect(textOf(noted.body)).toContain("I will write to you once");
    expect(noted.body!.flags! & 64).toBe(64);
    const kept = await server.answered(server.command("privacy"));
    expect(textOf(kept.body)).toContain("how are the new pontoons paid for");
    await writeFile(
      join(dataDir, "harbour", "explainer.md"),
      `${SMALL}\n## How are the new pontoons paid for? {#pontoons}\n\nThe county pays for the pontoons.\n`,
    );
    await running.reread();
    const direct = await server.until(
      () => [...server.messages.values()].find(({ channel }) => channel.startsWith("6")),
      "the message",
    );
    expect(textOf(direct.body)).toContain("The county pays for the pontoons.");
    expect(textOf(direct.body)).toContain("You asked: how are the new pontoons paid for");
    await server.until(
      async () => textOf((await server.answered(server.command("privacy"))).body).includes("I keep nothing of you"),
      "that nothing is kept",
    );
  });

  it("puts right what it said, in place, and pings nobody", async () => {
    const message = await replyTo(server.write(`${ask} How long do repairs take?`));
    await noted(message.id);
    await writeFile(join(dataDir, "harbour", "explainer.md"), LONGER);
    await running.reread();
    await server.until(() => textOf(message.body).includes("Corrected"), "the correction");
    expect(textOf(message.body)).toMatch(/Corrected .*“Repairs take 8 weeks.*” → “Repairs take 12 weeks/);
    expect(message.body.allowed_mentions).toEqual({ parse: [], replied_user: false });
  });

  it("goes on from what is replied to, and says so", async () => {
    const first = await replyTo(server.write(`${ask} Where do ferries leave from?`));
    await noted(first.id);
    const next = server.write(`${ask} and where exactly?`, { type: 19, message_reference: { message_id: first.id } });
    expect(textOf((await replyTo(next)).body)).toMatch(/Ferries leave from the next town/);
  });

  it("notes privately that an answer was none, and lets a hostile question do nothing", async () => {
    const answered = await replyTo(server.write(`${ask} Why is the harbour closed?`));
    const not = buttonsOf(answered.body).find(({ label }) => label === "Not what I asked");
    const noted = await server.answered(server.press(not!.id, answered));
    expect(textOf(noted.body)).toContain("Noted for the editors, without your name");
    server.write(`${ask} ${HOSTILE}`);
    const card = await server.until(
      () => server.said(DESK).find(({ body }) => textOf(body).includes("ghost") && textOf(body).includes("bold")),
      "the hostile card",
    );
    expect(card.body.allowed_mentions).toEqual({ parse: [], replied_user: false });
    expect(textOf(card.body)).not.toMatch(/(?<!\\)\*bold\*|\]\(https:\/\/evil/);
    expect(server.refused()).toEqual([]);
  });
});

describe("the desk on Slack", () => {
  let slack: RunningSlack;
  let running: RunningDesk;
  let dataDir: string;
  const ADMIN = "UADMIN001";
  beforeAll(async () => {
    ({ running, dataDir } = await deskOn(async ({ opened, desk, said }) => {
      slack = await startSlack("socket", opened, { desk, said });
      return slack.face;
    }));
  });
  afterAll(async () => {
    await slack.stop();
    await running.stop();
  });

  const command = async (text: string, user = ADMIN): Promise<string> => {
    const sent = slack.server.command("/desk", text, user);
    return wordsIn((await slack.server.until(() => sent.answers()[0], "an answer")).blocks);
  };
  const pressIn = async (message: Posted, label: string, user = ADMIN): Promise<Posted> => {
    const found = buttonsIn(message.blocks).find((each) => each.label === label);
    if (!found) throw new Error(`no button ${label} among ${JSON.stringify(buttonsIn(message.blocks))}`);
    const before = slack.server.posted.length;
    const text = message.text;
    const sent = slack.server.press(found.value, found.id, message, user);
    return slack.server.until(
      () => sent.answers().at(-1) ?? (message.text === text ? undefined : message) ?? slack.server.posted[before],
      "what the button shows",
    );
  };

  it("is named by an admin; the question arrives, is taught, and the answer is there", async () => {
    expect(await command("here", READER)).toContain("Only those who may manage");
    expect(await command("here")).toContain("This channel is the editors’ desk now");
    const asked = slack.server.mention(ODD);
    await slack.server.until(() => slack.server.replies(asked)[0], "an answer");
    const card = await slack.server.until(
      () =>
        slack.server.posted.find(
          ({ channel, thread, text }) => channel === SLACK_CHANNEL && thread === undefined && text.includes(ODD),
        ),
      "the card",
    );
    const sections = await pressIn(card, "It is answered here", READER);
    expect(sections.user).toBe(READER);
    const passages = await pressIn(sections, "Where do ferries leave from?", READER);
    const trial = await pressIn(passages, "Ferries leave from the next town.", READER);
    const taught = await pressIn(trial, "Teach it", READER);
    expect(taught.text).toContain("is answered in “Where do ferries leave from?”");
    const again = slack.server.mention(ODD);
    const answer = await slack.server.until(() => slack.server.replies(again)[0], "an answer");
    expect(answer.text).toMatch(/^Ferries leave from the next town/);
    await slack.server.until(() => card.text.includes("Answered in"), "the card's update");
    expect(slack.server.refused()).toEqual([]);
  });

  it("tells a reader once when it is answered, and puts right what it said", async () => {
    const asked = slack.server.mention("how are the new pontoons paid for");
    const abstained = await slack.server.until(() => slack.server.replies(asked)[0], "an answer");
    const noted = await pressIn(abstained, "Tell me when it does", READER);
    expect(noted.text).toContain("I will write to you once");
    const repairs = slack.server.mention("How long do repairs take?");
    const said = await slack.server.until(() => slack.server.replies(repairs)[0], "an answer");
    await slack.server.until(async () => {
      await running.said.flush();
      return (
        (await running.db.selectFrom("said").select("message").where("message", "=", said.ts).execute()).length > 0
      );
    }, "the note");
    await writeFile(
      join(dataDir, "harbour", "explainer.md"),
      `${LONGER}\n## How are the new pontoons paid for? {#pontoons}\n\nThe county pays for the pontoons.\n`,
    );
    await running.reread();
    await slack.server.until(() => said.text.includes("Corrected"), "the correction");
    expect(said.text).toMatch(/Corrected .*“Repairs take 8 weeks.*” → “Repairs take 12 weeks/);
    const direct = await slack.server.until(
      () =>
        slack.server.posted.find(({ channel, text }) => channel.startsWith("D") && text.includes("The county pays")),
      "the message",
    );
    expect(direct.text).toContain("You asked: how are the new pontoons paid for");
    expect(running.desk.keeps({ platform: "slack", place: TEAM })).toBe(true);
    expect(slack.server.refused()).toEqual([]);
  });

  it("goes on in a thread, also after a question that stands by itself", async () => {
    const thread = slack.server.mention("Where do ferries leave from?");
    await slack.server.until(() => slack.server.replies(thread)[0], "an answer");
    slack.server.mention("and where exactly?", { thread_ts: thread });
    const second = await slack.server.until(() => slack.server.replies(thread)[1], "an answer");
    expect(second.text).toContain("Ferries leave from the next town");
    slack.server.mention("Why is the harbour closed?", { thread_ts: thread });
    const third = await slack.server.until(() => slack.server.replies(thread)[2], "an answer");
    expect(third.text).toContain("The quay wall broke");
    expect(third.text).not.toContain("Taken with");
  });
});
