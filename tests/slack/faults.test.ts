// What goes wrong between a bot and Slack, on real sockets: the process lives, and what can be told is told.
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createSlack, MODES, startSlack, type RunningSlack } from "../support/slack-face.js";
import { CHANNEL, READER, wordsIn } from "../support/slack-server.js";
import { openShipped } from "../support/shipped.js";

let opened: OpenedAssistant;
let running: RunningSlack;
beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});
afterEach(() => running.stop());

const logged = (message: string): Record<string, unknown> | undefined =>
  running.logged.find((line) => String(line["msg"]).includes(message));
async function stillAnswers(): Promise<void> {
  const ts = running.server.mention("how many went on strike?");
  await running.server.until(() => running.server.replies(ts)[0], "an answer");
}

describe("tokens", () => {
  it.each(["invalid_auth", "token_revoked", "account_inactive"])(
    "ends it with one line when the bot's is refused: %s",
    async (error) => {
      running = await createSlack("socket", opened, {
        before: (server) => server.fault(/auth\.test/, { error, times: 9 }),
      });
      await expect(running.face.ready).rejects.toThrow(`Slack refuses SLACK_BOT_TOKEN (${error}). Copy it anew`);
      expect(running.server.calls.filter((call) => call.method === "auth.test")).toHaveLength(1);
    },
  );

  it("ends it when the app's is refused", async () => {
    running = await createSlack("socket", opened, { before: (server) => (server.appToken = "another") });
    await expect(running.face.ready).rejects.toThrow("Slack refuses SLACK_APP_TOKEN (invalid_auth)");
  });

  it("ends it when a token is taken back later, in either way", async () => {
    running = await startSlack("socket", opened);
    running.server.appToken = "another";
    running.server.drop();
    await expect(running.face.refused).rejects.toThrow("SLACK_APP_TOKEN");
    await running.stop();
    running = await startSlack("http", opened);
    running.server.fault(/chat\.postMessage/, { error: "token_revoked" });
    running.server.fault(/auth\.test/, { error: "token_revoked", times: 9 });
    running.server.mention("how many went on strike?");
    await expect(running.face.refused).rejects.toThrow("Slack refuses SLACK_BOT_TOKEN (token_revoked)");
  });

  it("is not ended by a token error of another method, as long as auth.test takes the token", async () => {
    running = await startSlack("http", opened);
    running.server.fault(/chat\.postMessage/, { error: "invalid_auth" });
    const checks = (): number => running.server.calls.filter((call) => call.method === "auth.test").length;
    const before = checks();
    running.server.mention("how many went on strike?");
    await running.server.until(() => checks() > before, "the token to be checked");
    await stillAnswers();
  });
});

describe("refusals that nobody foresaw", () => {
  it.each(["ekm_access_denied", "org_login_required", "something_new"])(
    "tells the asker in Slack's own word: %s",
    async (error) => {
      running = await startSlack("http", opened);
      running.server.fault(/chat\.postMessage/, { error, times: 2 });
      running.server.mention("how many went on strike?");
      await running.server.until(() => logged("may not answer in a channel"), "a log line");
      expect(logged("may not answer in a channel")).toMatchObject({ error });
      await stillAnswers();
    },
  );
});

describe("requests of a shape that Slack does not send", () => {
  const json = "application/json";
  const form = "application/x-www-form-urlencoded";
  const payload = (value: unknown): string => new URLSearchParams({ payload: JSON.stringify(value) }).toString();
  const user = { id: READER };

  it.each([
    ["null", "null", json],
    ["a number", "7", json],
    ["a list", "[]", json],
    ["a text", '"hello"', json],
    ["nothing", "", json],
    ["half of an object", '{"type":', json],
    ["a payload that is null", "payload=null", form],
    ["a payload that is a number", "payload=7", form],
    ["a payload that is no JSON", "payload=%7B", form],
    ["an event that is null", JSON.stringify({ type: "event_callback", event: null }), json],
    ["an event without channel", JSON.stringify({ type: "event_callback", event: { type: "message" } }), json],
    [
      "an event whose channel is null",
      JSON.stringify({ type: "event_callback", event: { type: "app_mention", channel: null } }),
      json,
    ],
    ["a press with nothing in it", payload({ type: "block_actions", user, actions: [] }), form],
    ["a press without anybody", payload({ type: "block_actions", actions: [{ action_id: "x" }] }), form],
    ["a press whose actions are a number", payload({ type: "block_actions", user, actions: 7 }), form],
    ["a form without a view", payload({ type: "view_submission", user }), form],
    ["a shortcut on no message", payload({ type: "message_action", user, callback_id: "x" }), form],
    ["a command without a name", "user_id=U1&channel_id=C1", form],
    ["an unknown type", payload({ type: "surprise", user }), form],
  ])("answers 400 to %s, and lives", async (_, body, type) => {
    running = await startSlack("http", opened);
    expect((await running.server.request(body, type)).status).toBe(400);
    await stillAnswers();
  });

  it.each([["Infinity"], ["1e999"], ["NaN"], ["soon"]])("answers 401 to the time stamp %s", async (stamp) => {
    running = await startSlack("http", opened);
    const { status } = await running.server.request("{}", json, { headers: { "x-slack-request-timestamp": stamp } });
    expect(status).toBe(401);
  });
});

describe("Socket Mode", () => {
  it("waits for a Slack that is not there yet", async () => {
    running = await createSlack("socket", opened, {
      before: (server) => {
        server.fault(/auth\.test/, { status: 503, times: 2 });
        server.fault(/apps\.connections\.open/, { error: "internal_error" });
      },
    });
    await running.face.ready;
    expect(running.logged.filter((line) => String(line["msg"]).includes("cannot be reached"))).toHaveLength(3);
    await stillAnswers();
  });

  it.each(["refresh_requested", "warning", "too_many_websockets"])(
    "connects anew when Slack asks for it: %s",
    async (reason) => {
      running = await startSlack("socket", opened);
      running.server.disconnect(reason);
      await running.server.until(
        () => running.server.connections === 2 && running.server.connected() === 1,
        "a new connection",
      );
      await stillAnswers();
    },
  );

  it("connects anew after a drop, and after Slack would not give an address", async () => {
    running = await startSlack("socket", opened);
    running.server.fault(/apps\.connections\.open/, { status: 429, error: "ratelimited", retryAfter: 1 });
    running.server.drop();
    await running.server.until(
      () => running.server.connections === 2 && running.server.connected() === 1,
      "a new connection",
    );
    await stillAnswers();
    expect(running.face.status().connected).toBe(true);
  });

  it("lives on when it is sent what it does not know", async () => {
    running = await startSlack("socket", opened);
    running.server.raw("not json");
    running.server.raw(JSON.stringify({ envelope_id: "x", type: "unheard_of", payload: {} }));
    running.server.event({ type: "an_event_of_the_future", user: READER });
    await stillAnswers();
  });
});

describe("requests", () => {
  it("refuses what is not signed, signed wrongly, too old, from the future, too long, or no POST", async () => {
    running = await startSlack("http", opened);
    const { request } = running.server;
    const body = JSON.stringify({ type: "url_verification", challenge: "c" });
    const json = "application/json";
    expect(await request(body, json)).toMatchObject({ status: 200 });
    expect((await request(body, json)).body).toContain("c");
    const now = Math.floor(Date.now() / 1000);
    expect((await request(body, json, { secret: "another" })).status).toBe(401);
    expect((await request(body, json, { signature: null })).status).toBe(401);
    expect((await request(body, json, { stamp: now - 600 })).status).toBe(401);
    expect((await request(body, json, { stamp: now + 3600 })).status).toBe(401);
    expect((await fetch(running.address)).status).toBe(405);
    expect((await request("{", json)).status).toBe(400);
    await stillAnswers();
    // Bolt answers 413 and hangs up, which a sender may meet before it reads the answer.
    const long = await request("x".repeat(1_200_000), json).catch(() => ({ status: 413 }));
    expect(long.status).toBe(413);
  });
});

describe.each(MODES)("by %s", (mode) => {
  it("waits as long as a rate limit says, then answers once", async () => {
    running = await startSlack(mode, opened);
    running.server.fault(/chat\.postMessage/, { status: 429, error: "ratelimited", retryAfter: 1 });
    const ts = running.server.mention("how many went on strike?");
    const message = await running.server.until(() => running.server.replies(ts)[0], "an answer");
    const limited = running.server.calls.find((call) => call.status === 429);
    expect(message.at - limited!.at).toBeGreaterThan(990);
    expect(running.server.replies(ts)).toHaveLength(1);
  });

  it.each([
    [{ status: 500 }],
    [{ status: 503, after: true }],
    [{ hangUp: true, after: true }],
    [{ error: "fatal_error", after: true }],
  ])("shows the answer to the asker alone where it may have been posted already: %j", async (fault) => {
    running = await startSlack(mode, opened);
    running.server.fault(/chat\.postMessage/, fault);
    const ts = running.server.mention("how many went on strike?");
    const shown = await running.server.until(
      () => running.server.posted.find((each) => each.user === READER),
      "a private copy",
    );
    expect(shown.text).toContain("78%");
    // In the channel: in a thread that nobody has answered in it would not be seen.
    expect(shown.thread).toBeUndefined();
    expect(running.server.replies(ts)).toHaveLength("after" in fault ? 1 : 0);
    await stillAnswers();
  });

  it.each(["invalid_blocks", "msg_blocks_too_long", "msg_too_long", "invalid_blocks_format"])(
    "sends the words without a layout that is refused: %s",
    async (error) => {
      running = await startSlack(mode, opened);
      running.server.fault(/chat\.postMessage/, { error });
      const ts = running.server.mention("what do junior doctors say?");
      const message = await running.server.until(() => running.server.replies(ts)[0], "an answer");
      expect(message.blocks).toEqual([]);
      expect(message.text).toContain("put patient safety at risk");
      expect(message.text).toContain("set aside imposition &amp; talk");
      expect(message.text).toContain("Source:");
    },
  );

  it.each(["channel_not_found", "is_archived"])("lets a channel go that is gone: %s", async (error) => {
    running = await startSlack(mode, opened);
    running.server.fault(/chat\.postMessage/, { error });
    running.server.mention("how many went on strike?");
    await running.server.until(() => logged("a channel was gone"), "a log line");
    await stillAnswers();
  });

  it.each(["not_in_channel", "restricted_action", "restricted_action_read_only_channel"])(
    "tells the asker directly where it may not answer: %s",
    async (error) => {
      running = await startSlack(mode, opened);
      running.server.fault(/chat\.postMessage/, { error });
      running.server.mention("how many went on strike?");
      const told = await running.server.until(
        () => running.server.posted.find((each) => each.channel === `D${READER.slice(1)}`),
        "a direct message",
      );
      expect(wordsIn(told.blocks)).toContain("I cannot answer you in");
      expect(told.text).toContain(`<#${CHANNEL}>`);
      expect(logged("may not answer in a channel")).toMatchObject({ channel: CHANNEL, error });
      await stillAnswers();
    },
  );

  it("answers without the chart where uploads are refused, or an upload is not to be shown", async () => {
    running = await startSlack(mode, opened, {
      before: (server) => server.fault(/files\.getUploadURLExternal/, { error: "file_uploads_disabled", times: 99 }),
    });
    const ts = running.server.mention("how many operations were cancelled?");
    const message = await running.server.until(() => running.server.replies(ts)[0], "an answer");
    expect(message.blocks.some((block) => block.type === "image")).toBe(false);
    expect(message.text).toContain("125,000");
    expect(wordsIn(message.blocks)).toContain("almost 25,000");
    await running.stop();
    running = await startSlack(mode, opened, {
      server: { ...(mode === "http" ? { requests: () => running.address } : {}), processing: 60_000 },
    });
    const second = running.server.mention("how many operations were cancelled?");
    const answer = await running.server.until(() => running.server.replies(second)[0], "an answer");
    expect(answer.text).toContain("125,000");
    expect(answer.blocks.some((block) => block.type === "image")).toBe(false);
  });

  it("shows a chart as soon as Slack has processed it", async () => {
    running = await startSlack(mode, opened, {
      server: { ...(mode === "http" ? { requests: () => running.address } : {}), processing: 700 },
    });
    const ts = running.server.mention("how many operations were cancelled?");
    const answer = await running.server.until(() => running.server.replies(ts)[0], "an answer");
    expect(answer.blocks.some((block) => block.type === "image")).toBe(true);
    expect(running.server.replies(ts)).toHaveLength(1);
  });

  it("lets an old response address go", async () => {
    running = await startSlack(mode, opened);
    running.server.fault(/response/, { status: 404, error: "expired_url" });
    running.server.command("/topics");
    await running.server.until(() => logged("an interaction was not answered"), "a log line");
    expect(logged("an interaction was not answered")).toMatchObject({ fault: "expired", level: 40 });
    await stillAnswers();
  });

  it("acknowledges at once, and answers later, what takes long", async () => {
    const slow: OpenedAssistant = {
      ...opened,
      assistant: {
        ...opened.assistant,
        ask: async (...args) => {
          await new Promise((resolve) => setTimeout(resolve, 3_500));
          return opened.assistant.ask(...args);
        },
      },
    };
    running = await startSlack(mode, slow);
    const command = running.server.command("/ask", "how many went on strike?");
    const answer = await running.server.until(() => command.answers()[0], "an answer");
    expect(answer.text).toContain("78%");
    expect(command.envelope.ackedAt! - command.envelope.at).toBeLessThan(3_000);
  });

  it("finishes what is being answered when it is stopped, and takes nothing new", async () => {
    running = await startSlack(mode, opened);
    running.server.fault(/chat\.postMessage/, { status: 429, error: "ratelimited", retryAfter: 1 });
    const ts = running.server.mention("how many went on strike?");
    await running.server.until(() => running.server.calls.some((call) => call.status === 429), "the limit");
    const stopped = running.face.stop(5_000);
    running.server.mention("what happened today?");
    await stopped;
    expect(running.server.posted.map((each) => each.thread)).toEqual([ts]);
  });
});
