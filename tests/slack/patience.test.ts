// What a server that refuses, or a proxy that answers in its place, costs it: counted at the server, in the first quarter of a minute.
import { beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createSlack, startSlack } from "../support/slack-face.js";
import type { Fault, SlackServer } from "../support/slack-server.js";
import { openShipped } from "../support/shipped.js";

const page = "<html><h1>error code: 1015</h1></html>";
/** By the floor of every wait no more tries than this fit into the time that is watched. */
const WATCHED_MS = 15_000;
const MOST = 6;

let opened: OpenedAssistant;
beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const times = (server: SlackServer, method: string): number =>
  server.calls.filter((call) => call.method === method).length;

const PAGES: readonly (readonly [string, Partial<Fault>])[] = [
  ["a proxy's page with 429 and no time to wait", { status: 429, page, times: Infinity }],
  ["a proxy's page with 502", { status: 502, page, times: Infinity }],
  ["a proxy's page with 200", { status: 200, page, times: Infinity }],
  ["an answer that asks to wait for no time", { status: 429, error: "ratelimited", retryAfter: 0, times: Infinity }],
  ["a hung-up connection", { hangUp: true, times: Infinity }],
];

describe.concurrent("a server that takes nothing", () => {
  it.each(
    ["auth.test", "apps.connections.open"].flatMap((method) =>
      PAGES.map(([name, fault]) => [method, name, fault] as const),
    ),
  )("is asked seldom for %s: %s", async (method, _, fault) => {
    const running = await createSlack("socket", opened, {
      before: (server) => server.fault(new RegExp(`^${method}$`), fault),
    });
    await sleep(WATCHED_MS);
    expect(times(running.server, method)).toBeLessThanOrEqual(MOST);
    expect(times(running.server, method)).toBeGreaterThan(2);
    running.face.ready.catch(() => undefined);
    await running.stop();
  });

  it.each(PAGES)(
    "is asked seldom to take a message, and nobody is told that the channel is at fault: %s",
    async (_, fault) => {
      const running = await startSlack("socket", opened);
      running.server.fault(/^chat\.postMessage$/, fault);
      running.server.mention("how many went on strike?");
      await sleep(WATCHED_MS);
      expect(times(running.server, "chat.postMessage")).toBeLessThanOrEqual(MOST);
      expect(JSON.stringify(running.server.posted)).not.toMatch(/html|invite me/);
      await running.stop();
    },
  );
});
