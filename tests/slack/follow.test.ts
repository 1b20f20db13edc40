// On Slack too an answer stays with its question: through edits and deletions, also after a restart.
import { pino } from "pino";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createStoredSaid, type StoredSaid } from "../../src/memory/stored-said.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { openStorage, type Storage } from "../../src/storage/open.js";
import { openShipped } from "../support/shipped.js";
import { startSlack, type RunningSlack } from "../support/slack-face.js";
import { BOT, CHANNEL, DM, READER, type Posted } from "../support/slack-server.js";

let opened: OpenedAssistant;
let storage: Storage;
let said: StoredSaid;
let running: RunningSlack;

beforeAll(async () => {
  opened = await openShipped({ ENCODER: "off" });
});
beforeEach(async () => {
  storage = await openStorage("file::memory:", pino({ level: "silent" }));
  said = createStoredSaid(() => storage.db);
  running = await startSlack("socket", opened, { said });
});
afterEach(async () => {
  await running.stop();
  await storage.close();
});

const inDm = (): Posted[] => running.server.posted.filter(({ channel }) => channel === DM);
const answer = (): Promise<Posted> => running.server.until(() => inDm()[0], "an answer");

/** What Slack sends of a direct message that was changed. */
function edit(ts: string, text: string, edited = String(Date.now() / 1000)): void {
  running.server.event({
    type: "message",
    subtype: "message_changed",
    hidden: true,
    channel: DM,
    channel_type: "im",
    ts: edited,
    message: { type: "message", user: READER, text, ts, edited: { user: READER, ts: edited } },
  });
}

describe("a direct question on Slack", () => {
  it("has its answer changed with its words, and taken away with it", async () => {
    const ts = running.server.direct("what happened today?");
    const message = await answer();
    edit(ts, "how many operations were cancelled?");
    await running.server.until(() => message.text.includes("125,000"), "the edited answer");
    expect(inDm()).toHaveLength(1);
    running.server.event({
      type: "message",
      subtype: "message_deleted",
      hidden: true,
      channel: DM,
      channel_type: "im",
      ts: "9.9",
      deleted_ts: ts,
    });
    await running.server.until(() => inDm().length === 0, "the deletion");
    expect(running.server.refused()).toEqual([]);
  });

  it("is followed by a process that did not hear it", async () => {
    const ts = running.server.direct("what happened today?");
    const message = await answer();
    // The platform shows it a moment before the process knows.
    const rows = await running.server.until(async () => {
      await said.flush();
      const kept = await storage.db.selectFrom("said").selectAll().where("answers", "=", ts).execute();
      // Another test's question may have had the same id, and its answer's going is noted a moment later.
      return kept.some(({ subject }) => subject.startsWith("s|junior-doctors-strike|today")) ? kept : undefined;
    }, "the note");
    expect(rows).toMatchObject([{ platform: "slack", channel: DM, message: message.ts, answers: ts, page: 0 }]);
    expect(JSON.stringify(rows)).not.toContain("what happened");
    const { server } = running;
    const second = await startSlack("socket", opened, {
      said: createStoredSaid(() => storage.db),
      before: () => undefined,
    });
    // The message stands on the second process's platform as it stood on the first's.
    second.server.posted.push(message);
    second.server.event({
      type: "message",
      subtype: "message_changed",
      channel: DM,
      channel_type: "im",
      ts: "9.8",
      message: {
        type: "message",
        user: READER,
        text: "how many went on strike?",
        ts,
        edited: { user: READER, ts: "9.8" },
      },
    });
    await second.server.until(() => message.text.includes("78%"), "the edited answer");
    expect(server.refused()).toEqual([]);
    await second.stop();
  });

  it("is left alone where only a preview was added", async () => {
    const ts = running.server.direct("what happened today?");
    const message = await answer();
    running.server.event({
      type: "message",
      subtype: "message_changed",
      channel: DM,
      channel_type: "im",
      ts: "9.7",
      message: { type: "message", user: READER, text: "how many went on strike?", ts },
    });
    running.server.direct("what is the dispute about?");
    await running.server.until(() => inDm().length === 2, "another answer");
    expect(message.text).not.toContain("78%");
  });
});

describe("a message in a channel that an edit turns into a mention", () => {
  it("is answered once", async () => {
    const ts = `${Math.floor(Date.now() / 1000)}.000900`;
    const event = {
      type: "app_mention",
      user: READER,
      text: `<@${BOT}> how many operations were cancelled?`,
      ts,
      channel: CHANNEL,
      edited: { user: READER, ts: `${ts}1` },
    };
    running.server.event(event);
    running.server.event(event);
    const message = await running.server.until(() => running.server.replies(ts)[0], "an answer");
    expect(message.text).toContain("125,000");
    running.server.direct("what happened today?");
    await answer();
    expect(running.server.replies(ts)).toHaveLength(1);
  });
});
