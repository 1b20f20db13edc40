// The chat faces under load: the built program against a protocol server on loopback, from event to request on the wire.
import { once } from "node:events";
import { openAssistant } from "../src/open-assistant.js";
import { loadIntents } from "../src/explainer/intents.js";
import { loadExplainer } from "../src/explainer/load.js";
import { BOT, startDiscordServer, TOKEN } from "../tests/support/discord-server.js";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, startSlackServer } from "../tests/support/slack-server.js";
import { drive, startProgram, wait, type Load } from "./load.js";
import { ms, SHIPPED, table } from "./measure.js";

const CHANNELS = 400;

/** Distinct questions as readers type them; none is asked twice, so that no answer is kept from before. */
async function questions(): Promise<string[]> {
  const { explainer } = await loadExplainer("data/junior-doctors-strike");
  if (!explainer) throw new Error("the shipped explainer has faults");
  const { intents } = await loadIntents("intents", explainer);
  const all = [...intents.answerable, ...intents.unanswerable].map(({ text }) => text);
  const step = 37;
  return all.map((_, index) => all[(index * step) % all.length] ?? "");
}

async function discord(encoder: "on" | "off"): Promise<Load> {
  const guild = "800000000000000001";
  const channels = Array.from({ length: CHANNELS }, (_, index) => ({
    id: String(700000000000000000n + BigInt(index)),
    name: `c${index}`,
  }));
  const server = await startDiscordServer({ guilds: [{ id: guild, name: "bench", channels }] });
  const child = startProgram({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.url, ENCODER: encoder });
  await server.until(() => server.commandWrites === 1, "readiness", 120_000);
  await wait(1_000);
  const at = new Map<string, number>();
  let read = 0;
  const harvest = (): void => {
    for (; read < server.seen.length; read++) {
      const seen = server.seen[read]!;
      if (seen.status === 429) continue;
      const reference = (seen.body as { message_reference?: { message_id: string } } | undefined)?.message_reference
        ?.message_id;
      const interaction = /^\/interactions\/(\d+)\//.exec(seen.path)?.[1];
      const key = reference ?? interaction;
      if (key !== undefined && !at.has(key)) at.set(key, seen.at);
    }
  };
  const load = await drive(
    `Discord, encoder ${encoder}`,
    child,
    await questions(),
    (question, index) => {
      const user = {
        id: String(900000000000100000n + BigInt(index)),
        username: "reader",
        discriminator: "0",
        global_name: null,
        avatar: null,
      };
      // Half in channels, half as commands, as a busy server would; each reader asks once.
      if (index % 2 === 0)
        return server.write(`<@${BOT.id}> ${question}`, {
          author: user,
          guild,
          channel: channels[(index / 2) % CHANNELS]!.id,
        });
      return server.command("ask", { question }, { user, guild, channel: channels[index % CHANNELS]!.id }).id;
    },
    (key) => {
      harvest();
      return at.get(key);
    },
  );
  child.kill("SIGTERM");
  await once(child, "close");
  await server.stop();
  return load;
}

async function slack(mode: "socket" | "http"): Promise<Load> {
  const channels = Object.fromEntries(Array.from({ length: CHANNELS }, (_, index) => [`C${index}`, "member" as const]));
  let address = "";
  const server = await startSlackServer({ channels, ...(mode === "http" ? { requests: () => address } : {}) });
  const port = 20_000 + (process.pid % 20_000);
  const child = startProgram({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_API_URL: server.url,
    ...(mode === "http"
      ? { SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: String(port) }
      : { SLACK_APP_TOKEN: APP_TOKEN }),
  });
  address = `http://127.0.0.1:${port}/slack/events`;
  await server.until(
    () => [...server.files.values()].filter((file) => file.complete).length >= 3,
    "readiness",
    120_000,
  );
  await wait(1_000);
  const at = new Map<string, number>();
  let read = 0;
  const load = await drive(
    `Slack by ${mode}, encoder on`,
    child,
    await questions(),
    (question, index) => {
      const user = `UREADER${index}`;
      if (index % 2 === 0) return server.mention(question, { user, channel: `C${(index / 2) % CHANNELS}` });
      return server.command("/ask", question, user).id;
    },
    (key) => {
      for (; read < server.posted.length; read++) {
        const { thread, by, at: when } = server.posted[read]!;
        const of = by ?? thread;
        if (of !== undefined && !at.has(of)) at.set(of, when);
      }
      return at.get(key);
    },
  );
  child.kill("SIGTERM");
  await once(child, "close");
  await server.stop();
  return load;
}

export async function faces(): Promise<string> {
  // The first start learns; it is not what is measured.
  await openAssistant(SHIPPED, undefined);
  const loads = [await discord("on"), await discord("off"), await slack("socket"), await slack("http")];
  return table(
    ["face", "asked", "answered", "p50 ms", "p99 ms", "memory after 5 s, MB", "after 65 s, MB"],
    loads.map((load) => [
      load.name,
      load.sent,
      load.answered,
      ms(load.p50),
      ms(load.p99),
      Math.round(load.memoryStart),
      Math.round(load.memoryEnd),
    ]),
  );
}
