// A reader's whole path through Discord: the real client, over real sockets, against a server that speaks the protocol.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BOT,
  buttonsOf,
  GUILD,
  menusOf,
  MODERATOR,
  READER,
  startDiscordServer,
  textOf,
  type DiscordServer,
} from "../support/discord-server.js";
import { startFace, type RunningFace } from "../support/discord-face.js";
import { openShipped } from "../support/shipped.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";

const ASK = `<@${BOT.id}>`;
const DM = "600000000000000002";
let server: DiscordServer;
let running: RunningFace;
let opened: OpenedAssistant;

beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
  server = await startDiscordServer({ perChannel: 1000 });
  running = await startFace(server, opened);
});
afterAll(async () => {
  await running.stop();
  await server.stop();
});

const replyTo = (question: string): Promise<ReturnType<DiscordServer["said"]>[number]> =>
  server.until(
    () => [...server.messages.values()].find((message) => message.body.message_reference?.message_id === question),
    "a reply",
  );
const press = (label: string, body: Parameters<typeof buttonsOf>[0]): string => {
  const found = buttonsOf(body).find((button) => button.label === label);
  if (!found) throw new Error(`no button ${label} among ${JSON.stringify(buttonsOf(body))}`);
  return found.id;
};

describe("a reader's path", () => {
  it("answers a mention with a reply that leads with the answer, names its source and pings nobody", async () => {
    const question = server.write(`${ASK} how many operations were cancelled?`);
    const { body, files } = await replyTo(question);
    expect(textOf(body)).toMatch(/^\*\*More than 125,000 appointments and operations were cancelled/);
    expect(textOf(body)).toContain("Source: Has the junior doctors strike been effective?");
    expect(textOf(body)).toContain("As of: The second day of the strike");
    expect(body.allowed_mentions).toEqual({ parse: [], replied_user: false });
    expect(files.map((file) => file.name)).toEqual(["chart.png"]);
    expect(Buffer.from(files[0]?.bytes.slice(1, 4) ?? []).toString()).toBe("PNG");
    expect(body.attachments?.[0]?.description).toMatch(/^Bar chart\./);
    expect(buttonsOf(body).length).toBeGreaterThan(0);
  });

  it("shows a related question in place to the asker, and privately to anybody else", async () => {
    const question = server.write(`${ASK} what percentage of junior doctors went on strike`);
    const message = await replyTo(question);
    const [related] = buttonsOf(message.body);
    const other = await server.answered(server.press(related!.id, message, { user: MODERATOR }));
    expect(other.kind).toBe("reply");
    expect(other.body!.flags! & 64).toBe(64);
    const before = textOf(message.body);
    const own = await server.answered(server.press(related!.id, message));
    expect(own.kind).toBe("update");
    expect(textOf(message.body)).not.toBe(before);
    expect(textOf(message.body)).toContain(related!.label.replace("?", ""));
  });

  it("answers /figure privately with a chart, asking for time first, and shares it once by name", async () => {
    const interaction = server.command("figure", { name: "cancelled-latest" });
    const { body, files } = await server.answered(interaction);
    expect(interaction.answers[0]?.kind === "defer" || body!.flags! & 64).toBeTruthy();
    expect(textOf(body)).toContain("125,000");
    expect(files).toHaveLength(1);
    const shared = server.press(press("Share", body), { ...body!, flags: body!.flags! | 64 });
    await server.until(() => shared.answers.find((answer) => answer.kind === "follow-up"), "the shared card");
    const [update, followUp] = shared.answers;
    expect(buttonsOf(update?.body).map((button) => button.label)).not.toContain("Share");
    expect(textOf(followUp?.body)).toContain(`Shared by <@${READER.id}>`);
    expect(textOf(followUp?.body)).toContain("125,000");
    expect(followUp?.files).toHaveLength(1);
    expect(followUp!.body!.flags! & 64).toBe(0);
    expect(followUp!.body!.allowed_mentions).toEqual({ parse: [], replied_user: false });
  });

  it("lets a moderator answer a member's message, and share it as an answer to that message", async () => {
    const target = "123456789012345678";
    const interaction = server.interact(
      2,
      {
        id: "1",
        name: "Answer from the article",
        type: 3,
        target_id: target,
        resolved: { messages: { [target]: { id: target, content: "does anyone know how hospitals coped??" } } },
      },
      { user: MODERATOR },
    );
    const { body } = await server.answered(interaction);
    expect(textOf(body)).toContain("appeared to cope well");
    expect(body!.flags! & 64).toBe(64);
    const shared = server.press(press("Share", body), body!, { user: MODERATOR });
    const followUp = await server.until(() => shared.answers.find((answer) => answer.kind === "follow-up"));
    expect(textOf(followUp.body)).toContain(`https://discord.com/channels/${GUILD}/700000000000000001/${target}`);
  });

  it("answers a forwarded message, too", async () => {
    const target = "800000000000000777";
    const forwarded = {
      id: target,
      content: "",
      message_reference: { type: 1, channel_id: "700000000000000001", message_id: "800000000000000001" },
      message_snapshots: [{ message: { content: "how many operations were cancelled?", attachments: [], embeds: [] } }],
    };
    const interaction = server.interact(2, {
      id: "1",
      name: "Answer from the article",
      type: 3,
      target_id: target,
      resolved: { messages: { [target]: forwarded } },
    });
    expect(textOf((await server.answered(interaction)).body)).toContain("125,000");
  });

  it("answers a question that is forwarded to it directly", async () => {
    const asked = server.write("", {
      guild: null,
      channel: DM,
      message_reference: { type: 1, channel_id: "700000000000000001", message_id: "800000000000000001" },
      message_snapshots: [{ message: { content: "how many operations were cancelled?", attachments: [], embeds: [] } }],
    });
    expect(textOf((await replyTo(asked)).body)).toContain("125,000");
  });

  it("answers small talk in an editor's words", async () => {
    expect(textOf((await replyTo(server.write(`${ASK} thanks a lot`))).body)).toContain("You're welcome");
  });

  it("says so where the article does not say, and offers the nearest sections", async () => {
    const { body } = await replyTo(server.write(`${ASK} what is the capital of France?`));
    expect(textOf(body)).toContain("**The article does not say.**");
    expect(textOf(body)).not.toContain("Source:");
  });

  it("explains itself when it is mentioned without a question", async () => {
    const { body } = await replyTo(server.write(ASK));
    expect(textOf(body)).toContain("/ask");
    expect(buttonsOf(body)).toHaveLength(3);
  });

  it("answers a direct message in public there, without a Share button", async () => {
    const { body } = await replyTo(server.write("how many went on strike?", { guild: null, channel: DM }));
    expect(textOf(body)).toContain("78%");
    const { body: slash } = await server.answered(
      server.command("ask", { question: "how many went on strike?" }, { guild: null, channel: DM }),
    );
    expect(slash!.flags! & 64).toBe(0);
    expect(buttonsOf(slash).map((button) => button.label)).not.toContain("Share");
  });

  it("stays silent for its own words, bots, webhooks, system messages, everyone, roles and talk among readers", async () => {
    const before = server.said().length;
    server.write(`${ASK} how many went on strike?`, { author: BOT });
    server.write(`${ASK} how many went on strike?`, { author: { ...READER, id: "900000000000000009", bot: true } });
    server.write(`${ASK} how many went on strike?`, { webhook_id: "1" });
    server.write(`${ASK} joined`, { type: 7 });
    server.write("@everyone how many went on strike?", { mention_everyone: true });
    server.write("<@&900000000000000001> how many went on strike?", { mention_roles: [BOT.id] });
    server.write("how many went on strike?");
    // A reply with a ping that is only talk.
    server.write("lol typical", { type: 19, mentions: [BOT] });
    const last = server.write(`${ASK} what happened today?`);
    await replyTo(last);
    expect(server.said()).toHaveLength(before + 1);
  });

  it("follows an edited question, ignores other updates, and takes its answer back when the question goes", async () => {
    const question = server.write(`${ASK} what happened today?`);
    const message = await replyTo(question);
    const before = textOf(message.body);
    server.edit(question, `${ASK} what happened today?`, { edited_timestamp: null });
    server.edit(question, `${ASK} how many operations were cancelled?`);
    await server.until(() => textOf(message.body).includes("125,000"), "the edited answer");
    expect(textOf(message.body)).not.toBe(before);
    server.delete(question);
    await server.until(() => !server.messages.has(message.id), "the deletion");
  });

  it("answers a redelivered event once", async () => {
    const id = server.write(`${ASK} what is the dispute about?`);
    const message = await replyTo(id);
    server.write(`${ASK} what is the dispute about?`, { id });
    const last = server.write(`${ASK} what do hospital bosses say`);
    await replyTo(last);
    const replies = [...server.messages.values()].filter((each) => each.body.message_reference?.message_id === id);
    expect(replies).toEqual([message]);
  });

  it("offers article questions and utterances while a question is typed", async () => {
    const interaction = server.interact(4, {
      id: "1",
      name: "ask",
      type: 1,
      options: [{ type: 3, name: "question", value: "how many jun", focused: true }],
    });
    const choices = await server.until(() => interaction.choices);
    expect(choices.length).toBeGreaterThan(3);
    expect(choices.length).toBeLessThanOrEqual(25);
    expect(choices[0]?.name).toMatch(/^how many jun/i);
    const figures = server.interact(4, {
      id: "1",
      name: "compare",
      type: 1,
      options: [
        { type: 3, name: "first", value: "cancelled-latest" },
        { type: 3, name: "second", value: "earlier", focused: true },
      ],
    });
    expect((await server.until(() => figures.choices))[0]?.value).toContain("earlier");
  });

  it.each([
    ["topics", {}, "What happened today?"],
    ["summary", {}, "neither side has moved"],
    ["help", {}, "Answer from the article"],
    ["figures", {}, "78%"],
    ["compare", { first: "cancelled-latest", second: "cancelled-earlier" }, "25,000"],
    ["compare", { first: "cancelled-latest", second: "not-reporting" }, "different things"],
    ["figure", { name: "moon landings" }, "no figure called “moon landings”"],
    ["ask", { question: "how have patients been affected" }, "125,000"],
  ])("answers /%s %j", async (name, options, expected) => {
    const { body } = await server.answered(server.command(name, options));
    expect(textOf(body)).toContain(expected);
  });

  it("shows a topic that is picked from a menu", async () => {
    const { body } = await server.answered(server.command("topics"));
    const [menu] = menusOf(body);
    expect(menu?.options).toHaveLength(11);
    const option = menu!.options.find(({ label }) => label.includes("hospitals coped"))!;
    const { kind, body: shown } = await server.answered(
      server.select(menu!.id, option.value, { ...body!, flags: body!.flags! | 64 }),
    );
    expect(kind).toBe("update");
    expect(textOf(shown)).toContain("appeared to cope well");
  });

  it("never lets a reader's words ping or format", async () => {
    const { body } = await server.answered(server.command("figure", { name: "@everyone <@&1> **x**" }));
    expect(textOf(body)).toContain("@\u200beveryone \\<@&1\\> \\*\\*x\\*\\*");
  });

  it("says so when a button means something that is no longer there, or of another version", async () => {
    const { body } = await server.answered(server.command("ask", { question: "how many went on strike" }));
    const gone = press("Share", body).replace("turnout", "turned-out");
    expect(textOf((await server.answered(server.press(gone, body!))).body)).toContain("no longer has that");
    expect(textOf((await server.answered(server.press("0x:whatever", body!))).body)).toContain("no longer has that");
  });

  it("registers its commands once, and not again while Discord holds the same", async () => {
    await server.until(() => server.commandWrites === 1, "registration");
    const again = await startFace(server, opened);
    await server.until(() => again.logged.some((line) => line["msg"] === "commands are registered"));
    expect(server.commandWrites).toBe(1);
    expect(again.logged.find((line) => line["msg"] === "commands are registered")?.["changed"]).toBe(false);
    await again.stop();
  });

  it("logs an invite link that asks for no more than it needs, and never a reader's words or the token", () => {
    const text = JSON.stringify(running.logged);
    expect(text).toContain("permissions=274878008320");
    expect(JSON.stringify(running.logged.filter((line) => Number(line["level"]) >= 30))).not.toMatch(
      /operations were cancelled|test\.token/,
    );
  });

  it("sent nothing that Discord refuses", () => {
    expect(server.refused()).toEqual([]);
  });
});

describe("a flood", () => {
  it("is answered up to the allowance, told once, and then left in silence; others are served", async () => {
    const slow = await startDiscordServer({ perChannel: 1000 });
    const face = await startFace(slow, opened, { slowCooldown: true });
    for (let at = 0; at < 12; at++) slow.write(`${ASK} what happened today?`);
    const other = slow.write(`${ASK} how many went on strike?`, { author: MODERATOR, guild: null, channel: DM });
    await slow.until(
      () => slow.said(DM).some((each) => each.body.message_reference?.message_id === other),
      "the other's answer",
    );
    await slow.until(() => slow.said().length >= 6, "five answers and one notice");
    const said = slow.said().map((message) => textOf(message.body));
    expect(said.filter((text) => text.includes("faster than I answer"))).toHaveLength(1);
    expect(said).toHaveLength(5 + 1);
    const slash = await slow.answered(slow.command("ask", { question: "what happened today?" }));
    expect(textOf(slash.body)).toContain("faster than I answer");
    expect(slash.body!.flags! & 64).toBe(64);
    await face.stop();
    await slow.stop();
  });
});
