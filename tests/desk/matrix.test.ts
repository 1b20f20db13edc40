// Killed at every step, on both platforms and both stores: every message put right once, everybody told once, counted at the server.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createShow } from "../../src/cards/show.js";
import { entryOf } from "../../src/memory/said.js";
import {
  CHANNEL as DISCORD_CHANNEL,
  GUILD,
  READER as DISCORD_READER,
  startDiscordServer,
  textOf,
} from "../support/discord-server.js";
import type { DeskProcessOptions } from "../support/desk-process.js";
import { startDesk } from "../support/desk.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";
import { CHANNEL as SLACK_CHANNEL, READER as SLACK_READER, startSlackServer, TEAM } from "../support/slack-server.js";
import { openStorage } from "../../src/storage/open.js";
import { SMALL, writeExplainer } from "../support/written.js";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

function launch(options: DeskProcessOptions): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "tests/support/desk-process.ts", JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

interface Place {
  readonly platform: "discord" | "slack";
  readonly url: string;
  readonly place: string;
  readonly channel: string;
  readonly reader: string;
  /** A message of the bot's that is there already. */
  write(): Promise<string>;
  text(message: string): string;
  /** How often a message was put right otherwise than before, and how many tell of the answer. */
  corrected(message: string): number;
  told(): number;
  /** The next request of a kind is taken, and its answer held back. */
  hold(what: "edit" | "post"): void;
  stop(): Promise<void>;
}

const PLATFORMS = {
  async discord(): Promise<Place> {
    const server = await startDiscordServer();
    const message = "999999999999999991";
    server.messages.set(message, { id: message, channel: DISCORD_CHANNEL, body: { content: "old" }, files: [] });
    return {
      platform: "discord",
      url: server.url,
      place: GUILD,
      channel: DISCORD_CHANNEL,
      reader: DISCORD_READER.id,
      write: () => Promise.resolve(message),
      text: (id) => textOf(server.messages.get(id)?.body),
      corrected: (id) => textOf(server.messages.get(id)?.body).split("Corrected").length - 1,
      told: () => [...server.messages.values()].filter(({ channel }) => channel.startsWith("6")).length,
      hold: (what) =>
        void server.fault(
          what === "edit" ? /PATCH \/channels\/\d+\/messages/ : /POST \/channels\/6\d+\/messages/,
          200,
          {
            after: true,
            delay: 60_000,
          },
        ),
      stop: () => server.stop(),
    };
  },
  async slack(): Promise<Place> {
    const server = await startSlackServer();
    const post = {
      channel: SLACK_CHANNEL,
      ts: "1700000000.000001",
      team: TEAM,
      thread: undefined,
      user: undefined,
      text: "old",
      blocks: [],
      by: undefined,
      at: 0,
    };
    server.posted.push(post);
    return {
      platform: "slack",
      url: server.url,
      place: TEAM,
      channel: SLACK_CHANNEL,
      reader: SLACK_READER,
      write: () => Promise.resolve(post.ts),
      text: (id) => server.posted.find(({ ts }) => ts === id)?.text ?? "",
      corrected: (id) => (server.posted.find(({ ts }) => ts === id)?.text ?? "").split("Corrected").length - 1,
      told: () => server.posted.filter(({ channel }) => channel.startsWith("D")).length,
      hold: (what) =>
        server.fault(what === "edit" ? /chat\.update/ : /chat\.postMessage/, { after: true, delay: 60_000 }),
      stop: () => server.stop(),
    };
  },
} as const;

async function until(ready: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await ready())) {
    if (Date.now() > end) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const STEPS = ["before claim", "after claim", "before request", "request left", "after answer", "after end"] as const;
/** What another store may do otherwise: claim, and end. */
const STORE_STEPS = ["after claim", "request left", "after end"] as const;
const LONGER = SMALL.replace("Repairs take 8 weeks", "Repairs take 12 weeks");
const WISH = "how are the new pontoons paid for";
const ANSWERED = `${SMALL}\n## How are the new pontoons paid for? {#pontoons}\n\nThe county pays for the pontoons.\n`;

describe.each(["sqlite", "postgres"] as const)("on %s", (kind) => {
  describe.each(Object.keys(PLATFORMS) as (keyof typeof PLATFORMS)[])("%s", (platform) => {
    const steps = kind === "sqlite" ? STEPS : STORE_STEPS;
    async function prepare() {
      const place = await PLATFORMS[platform]();
      const database = kind === "sqlite" ? `file:${join(emptyFolder(), "s.db")}` : await postgres.database();
      const dataDir = await writeExplainer("harbour", SMALL);
      const options: DeskProcessOptions = { platform: place.platform, apiUrl: place.url, database, dataDir };
      const desk = await startDesk({ dataDir, database });
      const edit = (text: string): Promise<void> => writeFile(join(dataDir, "harbour", "explainer.md"), text);
      return { place, database, options, desk, edit };
    }

    /** Kills one process at the step, and lets another go on until all is done. */
    async function kill(options: DeskProcessOptions, step: (typeof STEPS)[number], seen: () => boolean): Promise<void> {
      const first = launch({ ...options, ...(step === "request left" ? {} : { dieAt: step }) });
      const died = once(first, "exit");
      if (step === "request left") {
        await until(seen, "the request");
        first.kill("SIGKILL");
      }
      expect(((await died) as [number | null, string])[1]).toBe("SIGKILL");
      const second = launch(options);
      const storage = await openStorage(options.database, pino({ level: "silent" }));
      await until(async () => {
        const rows = await storage.db.selectFrom("errands").select("state").execute();
        return rows.length > 0 && rows.every(({ state }) => !["due", "sending"].includes(state));
      }, "the end of the errands");
      // Long enough for a second, were there one.
      await new Promise((resolve) => setTimeout(resolve, 700));
      await storage.close();
      const gone = once(second, "exit");
      second.kill("SIGTERM");
      await gone;
    }

    it.concurrent.each(steps)("a message is put right once by a process that is killed: %s", async (step) => {
      const { place, options, desk, edit } = await prepare();
      const message = await place.write();
      const card = await createShow({ assistant: desk.opened.assistant }).question("How long do repairs take?");
      desk.said.note(
        entryOf(card, 0, { platform: place.platform, place: place.place, channel: place.channel }, message, "q"),
      );
      await desk.said.flush();
      await desk.stop();
      await edit(LONGER);
      if (step === "request left") place.hold("edit");
      await kill(options, step, () => place.corrected(message) === 1);
      expect(place.corrected(message)).toBe(1);
      expect(place.text(message)).toContain("Repairs take 12 weeks");
      await place.stop();
    });

    it.concurrent.each(steps)("a reader is told once by a process that is killed: %s", async (step) => {
      const { place, options, desk, edit } = await prepare();
      const of = { platform: place.platform, place: place.place };
      await desk.db
        .insertInto("wishes")
        .values({ id: "w1", ...of, reader: place.reader, explainer: "harbour", words: WISH, at: Date.now() })
        .execute();
      await desk.stop();
      await edit(ANSWERED);
      if (step === "request left") place.hold("post");
      await kill(options, step, () => place.told() === 1);
      // Slack does not say what became of a request: what may have arrived is not sent again.
      const lost = platform === "slack" && (step === "after claim" || step === "before request");
      expect(place.told()).toBe(lost ? 0 : 1);
      await place.stop();
    });
  });
});
