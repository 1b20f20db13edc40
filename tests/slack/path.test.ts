// A colleague's whole path through Slack: the real Bolt, over real sockets and by signed requests.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { MODES, startSlack, type RunningSlack } from "../support/slack-face.js";
import {
  BOT,
  buttonsIn,
  CHANNEL,
  COLLEAGUE,
  DM,
  OTHER_CHANNEL,
  READER,
  wordsIn,
  type Element,
  type Posted,
} from "../support/slack-server.js";
import { openShipped } from "../support/shipped.js";

let opened: OpenedAssistant;
beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});

const button = (message: Posted, label: string): Element => {
  const found = buttonsIn(message.blocks).find((each) => each.label === label);
  if (!found) throw new Error(`no button ${label} among ${JSON.stringify(buttonsIn(message.blocks))}`);
  return found;
};

describe.each(MODES)("a colleague's path by %s", (mode) => {
  let running: RunningSlack;
  beforeAll(async () => {
    running = await startSlack(mode, opened);
  });
  afterAll(() => running.stop());
  const answerTo = (ts: string): Promise<Posted> =>
    running.server.until(() => running.server.replies(ts)[0], "an answer");
  const first = (of: { answers: () => Posted[] }): Promise<Posted> =>
    running.server.until(() => of.answers()[0], "an answer");

  it("answers a mention in a thread, the answer first, in text and in blocks, with the chart", async () => {
    const ts = running.server.mention("how many operations were cancelled?");
    const message = await answerTo(ts);
    expect(message.channel).toBe(CHANNEL);
    expect(message.text).toMatch(/^More than 125,000 appointments and operations were cancelled/);
    expect(message.text).toContain("Source: Has the junior doctors strike been effective?");
    expect(wordsIn(message.blocks)).toMatch(/^More than 125,000/);
    expect(message.blocks.find((block) => block.type === "image")?.alt_text).toMatch(/^Bar chart\./);
    expect(buttonsIn(message.blocks).length).toBeGreaterThan(0);
  });

  it("stays in the thread that it is asked in, and answers a direct message where it stands", async () => {
    const thread = "1700000000.000001";
    running.server.mention("what happened today?", { thread_ts: thread });
    await answerTo(thread);
    running.server.direct("how many went on strike?");
    const message = await running.server.until(
      () => running.server.posted.find((each) => each.channel === DM),
      "an answer",
    );
    expect(message.thread).toBeUndefined();
    expect(message.text).toContain("78%");
  });

  it("answers what comes by both events, or again, once", async () => {
    const ts = "1700000001.000001";
    running.server.message(`<@${BOT}> what is the dispute about?`, { ts });
    running.server.mention("what is the dispute about?", { ts });
    running.server.event(
      { type: "app_mention", user: READER, text: `<@${BOT}> what is the dispute about?`, ts, channel: CHANNEL },
      "Ev1",
      1,
    );
    await answerTo(ts);
    await answerTo(running.server.mention("what happened today?"));
    expect(running.server.replies(ts)).toHaveLength(1);
  });

  it("shows a related question in place to the asker, and privately to anybody else", async () => {
    const message = await answerTo(running.server.mention("how many went on strike?"));
    const [related] = buttonsIn(message.blocks);
    const other = await first(running.server.press(related!.value, related!.id, message, COLLEAGUE));
    expect(other.user).toBe(COLLEAGUE);
    const before = message.text;
    running.server.press(related!.value, related!.id, message);
    await running.server.until(() => message.text !== before, "the change");
    expect(wordsIn(message.blocks)).toContain(related!.label);
  });

  it("answers /figure privately, restating it, with a chart; shares it by name, once", async () => {
    const message = await first(running.server.command("/figure", "cancelled-latest"));
    expect(message.user).toBe(READER);
    expect(wordsIn(message.blocks)).toContain("You asked: /figure cancelled-latest");
    expect(message.text).toContain("125,000");
    expect(message.blocks.some((block) => block.type === "image")).toBe(true);
    const share = button(message, "Share");
    const shared = running.server.press(share.value, share.id, message);
    const post = await first(shared);
    expect(post.user).toBeUndefined();
    expect(wordsIn(post.blocks)).toContain(`Shared by <@${READER}>`);
    expect(post.text).toContain("125,000");
    expect(buttonsIn(message.blocks).map((each) => each.label)).not.toContain("Share");
  });

  it("answers a picked message, and shares the answer into its thread", async () => {
    const picked = running.server.shortcut("does anyone know how hospitals coped??");
    const message = await first(picked);
    expect(message.user).toBe(COLLEAGUE);
    expect(message.text).toContain("appeared to cope well");
    const share = button(message, "Share");
    const post = await first(running.server.press(share.value, share.id, message, COLLEAGUE));
    expect(post.thread).toBe(picked.ts);
  });

  it("fills Home, and answers its buttons in a modal that follows further buttons", async () => {
    running.server.openHome("home");
    const home = await running.server.until(() => running.server.views.find((view) => view.kind === "home"), "Home");
    const words = wordsIn(home.view.blocks);
    expect(words).toContain("Ask in your own words");
    expect(words).toContain("78%");
    expect(home.view.blocks.some((block) => block.type === "image")).toBe(true);
    const topic = buttonsIn(home.view.blocks).find((each) => each.label === "What happened today?");
    expect(buttonsIn(home.view.blocks).length).toBeGreaterThanOrEqual(11);
    running.server.pressView(topic!.value, topic!.id, "home");
    const modal = await running.server.until(
      () => running.server.views.find((view) => view.kind === "modal"),
      "a modal",
    );
    expect(wordsIn(modal.view.blocks)).toContain("walked out from 8am to 5pm");
    const [related] = buttonsIn(modal.view.blocks);
    running.server.pressView(related!.value, related!.id, "modal");
    await running.server.until(() => running.server.views.find((view) => view.kind === "update"), "the next answer");
  });

  it("suggests up to four questions when the direct-message pane opens", async () => {
    running.server.openHome("messages");
    const [suggested] = await running.server.until(
      () => (running.server.prompts.length > 0 ? running.server.prompts : undefined),
      "suggestions",
    );
    expect(suggested?.["channel_id"]).toBe(DM);
    expect(suggested?.["prompts"]).toHaveLength(4);
  });

  it.each([
    ["/ask", "how have patients been affected", "125,000"],
    ["/ask", "help", "Ask in your own words"],
    ["/ask", "", "Ask in your own words"],
    ["/figures", "", "78%"],
    ["/compare", "cancelled-latest, cancelled-earlier", "25,000"],
    ["/compare", "cancelled-latest vs cancelled-earlier", "25,000"],
    ["/compare", "cancelled-latest", "Name two figures"],
    ["/figure", "moon landings", "no figure called “moon landings”"],
    ["/topics", "", "What happened today?"],
    ["/summary", "", "neither side has moved"],
  ])("answers %s %s", async (command, text, expected) => {
    const message = await first(running.server.command(command, text));
    expect(wordsIn(message.blocks)).toContain(expected);
    expect(message.user).toBe(READER);
  });

  it("says so where the article does not say", async () => {
    const message = await answerTo(running.server.mention("what is the capital of France?"));
    expect(message.text).toContain("The article does not say.");
    expect(message.text).not.toContain("Source:");
  });

  it("never lets a reader's words come alive", async () => {
    const message = await first(
      running.server.command("/figure", "&lt;!channel&gt; <@U12345678> <https://evil.example|click> *bold*"),
    );
    const everything = message.text + JSON.stringify(message.blocks.filter((block) => block.type !== "rich_text"));
    expect(everything).not.toMatch(/<!channel|<@U12345678|evil\.example/);
    expect(everything).toContain("&lt;!channel&gt;");
    expect(everything).not.toMatch(/(?<!\u200b)\*bold/);
  });

  it("says so when a button means something that is no longer there", async () => {
    const message = await first(running.server.command("/ask", "how many went on strike"));
    const share = button(message, "Share");
    const gone = await first(running.server.press(share.value.replace("turnout", "turned-out"), share.id, message));
    expect(gone.text).toContain("no longer has that");
  });

  it("ignores its own words, other bots, changes to messages, and talk", async () => {
    const before = running.server.posted.length;
    running.server.direct("how many went on strike?", { user: BOT });
    running.server.direct("how many went on strike?", { bot_id: "B2" });
    running.server.direct("how many went on strike?", { subtype: "message_changed" });
    running.server.direct("how many went on strike?", { subtype: "channel_join" });
    running.server.message("how many went on strike?");
    running.server.message("<!channel> how many went on strike?");
    await answerTo(running.server.mention("what happened today?"));
    expect(running.server.posted).toHaveLength(before + 1);
  });

  it("acknowledged everything at once, unfurled nothing, and sent nothing that Slack refuses", () => {
    expect(
      [...running.server.envelopes.values()].filter(
        (envelope) => envelope.ackedAt === undefined || envelope.ackedAt - envelope.at > 3000,
      ),
    ).toEqual([]);
    expect(
      running.server.calls.filter(
        (call) => call.method === "chat.postMessage" && call.args["unfurl_media"] !== "false",
      ),
    ).toEqual([]);
    expect(running.server.refused()).toEqual([]);
    expect(JSON.stringify(running.logged.filter((line) => Number(line["level"]) >= 30))).not.toMatch(
      /operations were cancelled\?|xoxb-|xapp-|response\//,
    );
  });

  it("answers a flood up to the allowance, tells once, privately, and serves others", async () => {
    const slow = await startSlack(mode, opened, { slowCooldown: true });
    for (let at = 0; at < 12; at++) slow.server.mention("what happened today?");
    const other = slow.server.mention("how many went on strike?", { user: COLLEAGUE, channel: OTHER_CHANNEL });
    await slow.server.until(() => slow.server.replies(other)[0], "the other's answer");
    await slow.server.until(() => slow.server.posted.length >= 7, "the rest");
    const notices = slow.server.posted.filter((each) => each.text.includes("faster than I answer"));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.user).toBe(READER);
    expect(slow.server.posted).toHaveLength(7);
    await slow.stop();
  });
});
