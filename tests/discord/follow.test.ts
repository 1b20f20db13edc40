// An answer stays with its question: through edits and deletions, also by another process than the one that gave it.
import { SnowflakeUtil } from "discord.js";
import { pino } from "pino";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createStoredSaid, type StoredSaid } from "../../src/memory/stored-said.js";
import { openStorage, type Db, type Storage } from "../../src/storage/open.js";
import { startFace, type RunningFace } from "../support/discord-face.js";
import { BOT, GUILD, startDiscordServer, textOf, type DiscordServer } from "../support/discord-server.js";
import { openShipped } from "../support/shipped.js";

const ASK = `<@${BOT.id}>`;
let opened: OpenedAssistant;
let server: DiscordServer;
let storage: Storage;
let said: StoredSaid;
let running: RunningFace;

beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});
beforeEach(async () => {
  server = await startDiscordServer({ perChannel: 1000 });
  storage = await openStorage("file::memory:", pino({ level: "silent" }));
  await begin(() => storage.db);
});
afterEach(async () => {
  await running.stop();
  await server.stop();
  await storage.close();
});

async function begin(db: () => Db | undefined): Promise<void> {
  said = createStoredSaid(db);
  running = await startFace(server, opened, { said });
}
async function restart(db: () => Db | undefined = () => storage.db): Promise<void> {
  await running.stop();
  await said.flush();
  await begin(db);
}
const repliesTo = (question: string): ReturnType<DiscordServer["said"]> =>
  server.said().filter((message) => message.body.message_reference?.message_id === question);
const replyTo = (question: string): Promise<ReturnType<DiscordServer["said"]>[number]> =>
  server.until(() => repliesTo(question)[0], "a reply");
/** Whatever was sent before has been dealt with. */
async function settled(): Promise<void> {
  await replyTo(server.write(`${ASK} what do hospital bosses say`));
}

describe("after a restart", () => {
  it("an answer follows its question's edit, and goes with it", async () => {
    const question = server.write(`${ASK} what happened today?`);
    const message = await replyTo(question);
    await restart();
    server.edit(question, `${ASK} how many operations were cancelled?`);
    await server.until(() => textOf(message.body).includes("125,000"), "the edited answer");
    await restart();
    server.delete(question);
    await server.until(() => !server.messages.has(message.id), "the deletion");
    expect(repliesTo(question)).toEqual([]);
  });

  it("several questions that go at once take their answers with them", async () => {
    const questions = ["what happened today?", "what is the dispute about?"].map((text) =>
      server.write(`${ASK} ${text}`),
    );
    for (const question of questions) await replyTo(question);
    await restart();
    server.dispatch(
      "MESSAGE_DELETE_BULK",
      { ids: [...questions, "1"], channel_id: server.said()[0]?.channel, guild_id: GUILD },
      undefined,
    );
    await server.until(() => server.said().length === 0, "the deletion");
  });

  it("an edit is left alone while the store is away: what was answered is not answered twice", async () => {
    const question = server.write(`${ASK} what happened today?`);
    await replyTo(question);
    await restart(() => undefined);
    server.edit(question, `${ASK} how many operations were cancelled?`);
    await settled();
    expect(repliesTo(question)).toHaveLength(1);
  });
});

describe("a message that is edited", () => {
  it("into a question is answered once", async () => {
    const message = server.write("how many operations were cancelled?");
    server.edit(message, `${ASK} how many operations were cancelled?`);
    server.edit(message, `${ASK} what happened today?`);
    const reply = await replyTo(message);
    await server.until(() => textOf(reply.body).includes("8am to 5pm"), "the edited answer");
    expect(repliesTo(message)).toHaveLength(1);
  });

  it("into a question long after it was written is not", async () => {
    const message = String(SnowflakeUtil.generate({ timestamp: Date.now() - 16 * 60_000 }));
    server.edit(message, `${ASK} how many operations were cancelled?`);
    await settled();
    expect(repliesTo(message)).toEqual([]);
  });

  it("loses its answer when it no longer asks, and gets another when it asks again", async () => {
    const question = server.write(`${ASK} what happened today?`);
    const first = await replyTo(question);
    server.edit(question, "never mind");
    await server.until(() => !server.messages.has(first.id), "the deletion");
    server.edit(question, `${ASK} how many operations were cancelled?`);
    const second = await replyTo(question);
    expect(textOf(second.body)).toContain("125,000");
    expect(second.id).not.toBe(first.id);
  });
});
