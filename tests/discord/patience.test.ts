// What a server that refuses, closes or keeps silent costs it: counted at the server, in the first quarter of a minute of each.
import { beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createFace, startFace, type RunningFace } from "../support/discord-face.js";
import { BOT, startDiscordServer, type DiscordServer } from "../support/discord-server.js";
import { openShipped } from "../support/shipped.js";

const ASK = `<@${BOT.id}> how many went on strike?`;
const PAGE = { page: "<html><h1>error code: 1015</h1></html>", times: Infinity };
/** By the floor of every wait no more tries than this fit into the time that is watched. */
const WATCHED_MS = 15_000;
const MOST = 6;

let opened: OpenedAssistant;
beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const times = (server: DiscordServer, match: RegExp): number =>
  server.seen.filter(({ method, path }) => match.test(`${method} ${path}`)).length;

describe.concurrent("a server that takes nothing", () => {
  it.each([
    ["a proxy's page with 429 and no time to wait", 429, PAGE],
    ["a proxy's page with 502", 502, PAGE],
    [
      "an answer that asks to wait for no time",
      429,
      { body: { retry_after: 0 }, headers: { "retry-after": "0" }, times: Infinity },
    ],
    ["a hung-up connection", 500, { hangUp: true, times: Infinity }],
  ])("is asked seldom for its gateway: %s", async (_, status, more) => {
    const server = await startDiscordServer();
    server.fault(/^GET \/gateway\/bot/, status, more);
    const running = createFace(server, opened);
    await sleep(WATCHED_MS);
    expect(times(server, /gateway/)).toBeLessThanOrEqual(MOST);
    expect(times(server, /gateway/)).toBeGreaterThan(2);
    await running.stop();
    await server.stop();
  });

  it.each([
    ["a proxy's page with 429", 429, PAGE],
    ["a proxy's page with 503", 503, PAGE],
    [
      "an answer that asks again and again to wait for a second",
      429,
      { body: { retry_after: 1 }, headers: { "retry-after": "1" }, times: Infinity },
    ],
  ])("is asked seldom to take a message: %s", async (_, status, more) => {
    const server = await startDiscordServer({ perChannel: 1000 });
    const running = await startFace(server, opened);
    const fault = server.fault(/^POST \/channels\/\d+\/messages/, status, more);
    server.write(ASK);
    await sleep(WATCHED_MS);
    expect(times(server, /^POST .*messages/)).toBeLessThanOrEqual(8);
    fault.times = 0;
    await running.stop();
    await server.stop();
  });

  it("is tried by one request when it refuses everybody, and takes what waited when it is back", async () => {
    const server = await startDiscordServer({ perChannel: 1000 });
    const running = await startFace(server, opened);
    const fault = server.fault(/^POST \/channels\/\d+\/messages/, 429, PAGE);
    server.write(ASK);
    await server.until(() => times(server, /^POST .*messages/) > 0, "a first refusal");
    const asked = Array.from({ length: 30 }, () => server.write(ASK));
    await sleep(WATCHED_MS / 2);
    expect(times(server, /^POST .*messages/)).toBeLessThanOrEqual(MOST);
    fault.times = 0;
    await server.until(
      () => asked.every((id) => server.said().some(({ body }) => body.message_reference?.message_id === id)),
      "what waited",
      40_000,
    );
    expect(server.said()).toHaveLength(31);
    await running.stop();
    await server.stop();
  });
});

describe.concurrent("a gateway", () => {
  async function begin(): Promise<{ server: DiscordServer; running: RunningFace }> {
    const server = await startDiscordServer();
    return { server, running: await startFace(server, opened) };
  }

  it.each(["closes at once", "closes when ready"] as const)("that %s is connected to seldom", async (conduct) => {
    const { server, running } = await begin();
    server.conduct = conduct;
    server.drop(4000);
    await sleep(WATCHED_MS);
    const { length } = server.connectedAt;
    expect(length).toBeLessThanOrEqual(MOST + 2);
    expect(length).toBeGreaterThan(3);
    expect(
      running.logged.filter(({ msg }) => msg === "a connection to Discord did not last").length,
    ).toBeLessThanOrEqual(length);
    await running.stop();
    await server.stop();
  });

  it("that never answers a resume is begun with anew, and it is not called connected until then", async () => {
    const { server, running } = await begin();
    server.conduct = "answers no resume";
    server.drop(4000);
    await server.until(() => server.connectedAt.length > 1, "a resume");
    await sleep(1_000);
    expect(running.face.status().connected).toBe(false);
    await server.until(() => server.identifies.length > 1, "a new session", 60_000);
    expect(running.logged.some(({ msg }) => String(msg).includes("does not answer a resume"))).toBe(true);
    await server.until(() => running.face.status().connected, "a connection");
    await running.stop();
    await server.stop();
  });
});
