// What goes wrong between a bot and Discord, on real sockets: the process lives, and what can be told is told.
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createFace, startFace, type RunningFace } from "../support/discord-face.js";
import {
  BOT,
  buttonsOf,
  CHANNEL,
  READER,
  startDiscordServer,
  textOf,
  type DiscordServer,
  type DiscordServerOptions,
} from "../support/discord-server.js";
import { openShipped } from "../support/shipped.js";

const ASK = `<@${BOT.id}>`;
let opened: OpenedAssistant;
let server: DiscordServer;
let running: RunningFace;

beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});
afterEach(async () => {
  await running.stop();
  await server.stop();
});

async function begin(options: DiscordServerOptions = {}, more: Parameters<typeof createFace>[2] = {}): Promise<void> {
  server = await startDiscordServer({ perChannel: 1000, ...options });
  running = await startFace(server, opened, more);
}
const answered = (question: string): Promise<unknown> =>
  server.until(
    () => server.said().find((message) => message.body.message_reference?.message_id === question),
    "a reply",
  );
const logged = (message: string): Record<string, unknown> | undefined =>
  running.logged.find((line) => String(line["msg"]).includes(message));
/** It still answers, once. */
async function stillAnswers(): Promise<void> {
  const question = server.write(`${ASK} how many went on strike?`);
  await answered(question);
}

describe("the token", () => {
  it.each([
    ["refused by the REST API", false],
    ["refused by the gateway", true],
  ])("ends it with one line when it is %s, without trying again", async (_, byGateway) => {
    server = await startDiscordServer();
    if (byGateway) server.closeOnIdentify = 4004;
    else server.token = "another";
    running = createFace(server, opened);
    await expect(running.face.ready).rejects.toThrow("Discord refuses the token. Copy it anew");
    const requests = server.seen.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(server.seen.length).toBe(requests);
    expect(server.identifies.length).toBeLessThanOrEqual(1);
  });

  it("ends it when it is taken back later", async () => {
    await begin();
    server.closeOnIdentify = 4004;
    server.drop(4004);
    await expect(running.face.refused).rejects.toThrow("Discord refuses the token");
  });

  it("ends it when the intents are refused, and says so", async () => {
    server = await startDiscordServer();
    server.closeOnIdentify = 4014;
    running = createFace(server, opened);
    await expect(running.face.ready).rejects.toThrow("refuses the intents");
  });
});

describe("refusals that nobody foresaw", () => {
  it.each([
    [200000, "Message was blocked by automatic moderation"],
    [50024, "Cannot execute action on this channel type"],
    [40333, "internal network error"],
    [987654, "Something new"],
  ])("tells the asker in Discord's own words: %d", async (code, message) => {
    await begin();
    const path = new RegExp(`POST /channels/${CHANNEL}/messages`);
    const fault = server.fault(path, 400, { times: 9, body: { code, message } });
    server.write(`${ASK} what happened today?`);
    const told = await server.until(() => server.said(`6${READER.id.slice(1)}`)[0], "a direct message");
    expect(textOf(told.body)).toContain(message);
    expect(textOf(told.body)).not.toContain("Send Messages");
    expect(logged("may not answer in a channel")).toMatchObject({ code });
    fault.times = 0;
    await stillAnswers();
  });
});

describe("the connection", () => {
  it("waits for a Discord that is not there yet", async () => {
    server = await startDiscordServer();
    server.fault(/GET \/gateway\/bot/, 503, { times: 5, body: {} });
    running = createFace(server, opened);
    await running.face.ready;
    expect(logged("Discord cannot be reached")).toBeDefined();
    await stillAnswers();
  });

  it("resumes after a drop and answers what was asked meanwhile, once", async () => {
    await begin();
    server.drop();
    const meanwhile = server.write(`${ASK} what happened today?`);
    await server.until(() => server.resumes.length === 1, "a resume");
    await answered(meanwhile);
    await stillAnswers();
    expect(server.said()).toHaveLength(2);
    expect(server.identifies).toHaveLength(1);
  });

  it("resumes when Discord asks it to reconnect", async () => {
    await begin();
    server.requestReconnect();
    await server.until(() => server.resumes.length === 1, "a resume");
    await stillAnswers();
  });

  it("identifies anew when its session is invalid", async () => {
    await begin();
    server.invalidate(false);
    await server.until(() => server.identifies.length === 2, "a second identify");
    await server.until(() => server.connected() > 0 && running.face.status().connected);
    await stillAnswers();
  });

  it("identifies anew when a session cannot be resumed", async () => {
    await begin();
    server.drop();
    server.forgetSessions();
    await server.until(() => server.identifies.length === 2, "a second identify");
    await server.until(() => running.face.status().connected);
    await stillAnswers();
  });

  it("reconnects when heartbeats are not acknowledged", async () => {
    await begin({ heartbeatMs: 200 });
    server.acknowledges = false;
    await server.until(() => server.resumes.length > 0, "a resume");
    server.acknowledges = true;
    await server.until(() => running.face.status().connected);
    await stillAnswers();
  });
});

describe("requests", () => {
  it("waits as long as a rate limit says, then answers", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 429, {
      body: { message: "You are being rate limited.", retry_after: 0.4, global: false },
      headers: { "retry-after": "0.4", "x-ratelimit-scope": "user" },
    });
    const began = performance.now();
    await stillAnswers();
    expect(performance.now() - began).toBeGreaterThan(390);
    expect(server.said()).toHaveLength(1);
  });

  it("holds everything back under a global rate limit", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 429, {
      body: { message: "You are being rate limited.", retry_after: 0.5, global: true },
      headers: { "retry-after": "0.5", "x-ratelimit-global": "true", "x-ratelimit-scope": "global" },
    });
    const first = server.write(`${ASK} what happened today?`);
    await server.until(() => server.seen.some(({ status }) => status === 429), "the limit");
    const limitedAt = server.seen.find(({ status }) => status === 429)!.at;
    const second = server.write(`${ASK} how many went on strike?`, { channel: "600000000000000002", guild: null });
    await answered(first);
    const sent = await server.until(() =>
      server.seen.find(
        ({ body }) =>
          (body as { message_reference?: { message_id?: string } } | undefined)?.message_reference?.message_id ===
          second,
      ),
    );
    expect(sent.at - limitedAt).toBeGreaterThan(480);
  });

  it("keeps to the limits that the headers announce, and sends all of a burst", async () => {
    await begin({ perChannel: 3 });
    const questions = Array.from({ length: 5 }, () => server.write(`${ASK} what happened today?`));
    for (const question of questions) await answered(question);
    expect(server.seen.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(1);
  });

  it("tries again after a 5xx, and posts once even when only the answer was lost", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 502, { body: {} });
    await stillAnswers();
    server.fault(/POST \/channels\/\d+\/messages/, 500, { body: {}, after: true });
    const question = server.write(`${ASK} what happened today?`);
    await answered(question);
    await stillAnswers();
    const replies = server.said().filter((message) => message.body.message_reference?.message_id === question);
    expect(replies).toHaveLength(1);
  });

  it("answers once when the connection is cut before Discord's answer comes", async () => {
    await begin();
    for (const after of [false, true]) {
      server.fault(/POST \/channels\/\d+\/messages/, 200, { hangUp: true, after });
      const question = server.write(`${ASK} what happened today?`);
      await answered(question);
      await stillAnswers();
      expect(server.said().filter((message) => message.body.message_reference?.message_id === question)).toHaveLength(
        1,
      );
    }
  });

  it("keeps answering after a request that was refused for its token, while the token holds", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 401, { body: { code: 0, message: "401: Unauthorized" } });
    await stillAnswers();
    await stillAnswers();
  });

  it("ends it when requests are refused for a token that does not hold any more", async () => {
    await begin();
    server.token = "another";
    server.write(`${ASK} what happened today?`);
    await expect(running.face.refused).rejects.toThrow("Discord refuses the token");
  });

  it("completes a command whose deferral or share it was not told of", async () => {
    await begin();
    server.fault(/POST \/interactions/, 500, { body: {}, after: true });
    const figure = server.command("figure", { name: "cancelled-latest" });
    const { body } = await server.answered(figure);
    expect(textOf(body)).toContain("125,000");
    server.fault(/POST \/interactions/, 500, { body: {}, after: true });
    const share = server.press(buttonsOf(body).find(({ label }) => label === "Share")!.id, {
      ...body!,
      flags: body!.flags! | 64,
    });
    await server.until(() => share.answers.find(({ kind }) => kind === "follow-up"), "the shared card");
  });

  it("goes on when Discord fails for longer than it tries", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 503, { times: 4, body: {} });
    server.write(`${ASK} what happened today?`);
    await server.until(() => logged("a message was not answered"), "a log line");
    await stillAnswers();
  });

  it("lets an expired interaction go", async () => {
    await begin();
    server.interact(2, { id: "1", name: "topics", type: 1 }, { expired: true });
    await server.until(() => logged("an interaction was not answered"), "a log line");
    expect(logged("an interaction was not answered")).toMatchObject({ fault: "expired", level: 40 });
    expect(JSON.stringify(running.logged)).not.toContain("token-");
    await stillAnswers();
  });

  it("says nothing when the question was deleted before the answer", async () => {
    await begin();
    const question = server.write(`${ASK} what happened today?`);
    server.forget(question);
    await server.until(() => logged("gone before its answer"), "a log line");
    await stillAnswers();
    expect(server.said()).toHaveLength(1);
  });

  it("lets a channel go that vanished", async () => {
    await begin();
    server.write(`${ASK} what happened today?`, { channel: "700000000000000099" });
    await server.until(() => logged("gone before its answer"), "a log line");
    await stillAnswers();
  });

  it("tells the asker privately, and the log by name, which permission is missing", async () => {
    await begin({ permissions: (1n << 10n) | (1n << 16n) | (1n << 15n) });
    expect(logged("permissions are missing in a server")).toMatchObject({
      server: "Newsroom",
      missing: ["Send Messages", "Send Messages in Threads"],
    });
    server.write(`${ASK} what happened today?`);
    const [told] = await server.until(() => {
      const found = server.said(`6${READER.id.slice(1)}`);
      return found.length > 0 ? found : undefined;
    }, "a direct message");
    expect(textOf(told?.body)).toContain("I cannot answer you in \\#general".replace("\\#", "#"));
    expect(textOf(told?.body)).toContain("Send Messages");
    expect(logged("may not answer in a channel")).toMatchObject({
      name: "#general",
      missing: ["Send Messages"],
      channel: CHANNEL,
    });
    server.write(`${ASK} what happened today?`);
    await server.until(
      () => running.logged.filter((line) => line["msg"] === "may not answer in a channel").length === 2,
    );
    expect(server.said(`6${READER.id.slice(1)}`)).toHaveLength(1);
  });

  it("answers without the chart where it may not attach files", async () => {
    await begin({ permissions: (1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 16n) });
    const question = server.write(`${ASK} how many operations were cancelled?`);
    await answered(question);
    const [message] = server.said();
    server.edit(question, `${ASK} what happened today?`);
    await server.until(() => textOf(message?.body).includes("8am to 5pm"), "the edited answer");
    server.edit(question, `${ASK} how many operations were cancelled?`);
    await server.until(() => textOf(message?.body).includes("125,000"), "the answer edited again");
    expect(message?.files).toEqual([]);
    expect(textOf(message?.body)).toContain("125,000");
    expect(server.refused()).toEqual([]);
  });

  it("keeps trying to register its commands while asking works", async () => {
    await begin({}, {});
    await server.until(() => server.commandWrites === 1);
    await running.stop();
    server.fault(/GET \/applications\/\d+\/commands/, 503, { times: 2, body: {} });
    running = await startFace(server, opened);
    await stillAnswers();
    await server.until(() => logged("commands are registered"), "registration");
  });
});

describe("stopping", () => {
  it("ends while it waits for a Discord that is not there, and does not come back", async () => {
    server = await startDiscordServer();
    const fault = server.fault(/GET \/gateway\/bot/, 503, { times: 1_000, body: {} });
    running = createFace(server, opened);
    await server.until(() => logged("Discord cannot be reached"), "the first attempt");
    await running.stop();
    fault.times = 0;
    await expect(running.face.ready).rejects.toThrow("stopped before");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(server.identifies).toEqual([]);
  });

  it("finishes what is being answered, and takes nothing new", async () => {
    await begin();
    server.fault(/POST \/channels\/\d+\/messages/, 429, {
      body: { message: "You are being rate limited.", retry_after: 0.5, global: false },
      headers: { "retry-after": "0.5", "x-ratelimit-scope": "user" },
    });
    const question = server.write(`${ASK} what happened today?`);
    await server.until(() => server.seen.some(({ status }) => status === 429));
    const stopped = running.stop();
    server.write(`${ASK} how many went on strike?`);
    await stopped;
    expect(server.said().map((message) => message.body.message_reference?.message_id)).toEqual([question]);
    expect(server.connected()).toBe(0);
  });
});

describe("shards", () => {
  it("share servers among processes, and direct messages are answered once", async () => {
    // (id >> 22) % 2 sends one server to each.
    const odd = String(((800000000000000001n >> 22n) | 1n) << 22n);
    const even = String(((800000000000000001n >> 22n) & ~1n) << 22n);
    const guilds = [
      { id: even, name: "even", channels: [{ id: "700000000000000010", name: "a" }] },
      { id: odd, name: "odd", channels: [{ id: "700000000000000011", name: "b" }] },
    ];
    await begin({ guilds }, { shards: { ids: [0], count: 2 } });
    const second = await startFace(server, opened, { shards: { ids: [1], count: 2 } });
    expect(running.face.status().servers).toBe(1);
    expect(second.face.status().servers).toBe(1);
    for (const [guild, channel] of [
      [even, "700000000000000010"],
      [odd, "700000000000000011"],
    ] as const) {
      server.write(`${ASK} what happened today?`, { guild, channel });
      await server.until(() => server.said(channel).length === 1, "an answer");
    }
    server.write("what happened today?", { guild: null, channel: "600000000000000002" });
    await server.until(() => server.said("600000000000000002").length === 1, "an answer");
    await second.stop();
    expect(server.messages.size).toBe(3);
    // Only the process with the first shard registers.
    expect(second.logged.some((line) => String(line["msg"]).includes("registered"))).toBe(false);
  });
});

describe("a slow answer", () => {
  it("asks for time before the three seconds are over", async () => {
    server = await startDiscordServer({ perChannel: 1000 });
    const slow: OpenedAssistant = {
      ...opened,
      assistant: {
        ...opened.assistant,
        ask: async (...args) => {
          await new Promise((resolve) => setTimeout(resolve, 3200));
          return opened.assistant.ask(...args);
        },
      },
    };
    running = await startFace(server, slow);
    const interaction = server.command("ask", { question: "how many went on strike?" });
    const { kind, body } = await server.answered(interaction);
    expect(interaction.answers[0]?.kind).toBe("defer");
    expect(kind).toBe("edit");
    expect(textOf(body)).toContain("78%");
    expect(buttonsOf(body).map((button) => button.label)).toContain("Share");
  });

  it("asks for time before a press is answered, too", async () => {
    server = await startDiscordServer({ perChannel: 1000 });
    const slow: OpenedAssistant = {
      ...opened,
      assistant: {
        ...opened.assistant,
        section: async (...args) => {
          await new Promise((resolve) => setTimeout(resolve, 3200));
          return opened.assistant.section(...args);
        },
      },
    };
    running = await startFace(server, slow);
    const { body } = await server.answered(server.command("ask", { question: "how many went on strike?" }));
    const [related] = buttonsOf(body);
    const press = server.press(related!.id, { ...body!, flags: body!.flags! | 64 });
    expect((await server.answered(press)).kind).toBe("edit");
    expect(press.answers[0]?.kind).toBe("defer-update");
  });

  it("answers without the chart where it cannot be drawn", async () => {
    server = await startDiscordServer({ perChannel: 1000 });
    running = await startFace(server, opened, {
      studio: { draw: () => Promise.reject(new Error("broken")), has: () => false },
    });
    const { body } = await server.answered(server.command("figure", { name: "cancelled-latest" }));
    expect(textOf(body)).toContain("125,000");
    await stillAnswers();
  });

  it("apologises where the answer fails, and lives", async () => {
    server = await startDiscordServer({ perChannel: 1000 });
    const broken: OpenedAssistant = {
      ...opened,
      assistant: { ...opened.assistant, summary: () => Promise.reject(new Error("broken")) },
    };
    running = await startFace(server, broken);
    const { body } = await server.answered(server.command("summary"));
    expect(textOf(body)).toContain("Something went wrong on our side");
    await stillAnswers();
  });
});
