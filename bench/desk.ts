// Corrections: an edit that a thousand messages of a hundred thousand show, put right through a protocol server that keeps to the
// platform's limits, while readers go on asking.
import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createShow } from "../src/cards/show.js";
import { entryOf, type SaidEntry } from "../src/memory/said.js";
import { openAssistant } from "../src/open-assistant.js";
import { openStorage } from "../src/storage/open.js";
import { BOT, CHANNEL, GUILD, READER, startDiscordServer, textOf, TOKEN } from "../tests/support/discord-server.js";
import { ms, quantile, SHIPPED, table } from "./measure.js";

const log = pino({ level: "silent" });
const LEDGER = 100_000;
const TOUCHED = 1_000;
const CHANNELS = 250;
const PER_SECOND = 50;
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function desk(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "standfirst-desk-"));
  const dataDir = join(folder, "data");
  await cp("data", dataDir, { recursive: true });
  const database = `file:${join(folder, "s.db")}`;
  const { assistant } = await openAssistant({ ...SHIPPED, dataDir, encoder: "off" }, undefined);
  const show = createShow({ assistant });
  const touched = await show.question("how many operations were cancelled?");
  const other = await show.question("what do junior doctors say?");
  const channels = Array.from({ length: CHANNELS }, (_, index) => ({
    id: String(700000000000100000n + BigInt(index)),
    name: `c${index}`,
  }));
  const server = await startDiscordServer({
    guilds: [{ id: GUILD, name: "Newsroom", channels: [{ id: CHANNEL, name: "general" }, ...channels] }],
    perSecond: PER_SECOND,
  });
  const storage = await openStorage(database, log);
  const entries: SaidEntry[] = [];
  for (let index = 0; index < LEDGER; index++) {
    const card = index % (LEDGER / TOUCHED) === 0 ? touched : other;
    const channel = channels[Math.floor((index * TOUCHED) / LEDGER) % CHANNELS]!.id;
    const message = String(999000000000000000n + BigInt(index));
    entries.push(entryOf(card, 0, { platform: "discord", place: GUILD, channel }, message, String(index)));
    if (card === touched) server.messages.set(message, { id: message, channel, body: { content: "old" }, files: [] });
  }
  const now = Date.now();
  for (const card of [touched, other]) {
    const { digest, content } = entryOf(card, 0, { platform: "discord", place: GUILD, channel: "" }, "", undefined);
    await storage.db.insertInto("contents").values({ digest, body: content, at: now }).execute();
  }
  for (let at = 0; at < entries.length; at += 500)
    await storage.db
      .insertInto("said")
      .values(
        entries.slice(at, at + 500).map(({ at: where, message, answers, subject, page, explainer, digest }, index) => ({
          platform: where.platform,
          place: where.place,
          channel: where.channel,
          message,
          thread: null,
          answers: answers ?? null,
          subject,
          page,
          explainer,
          digest,
          at: now - LEDGER + at + index,
        })),
      )
      .execute();
  await storage.close();

  const child = spawn(process.execPath, ["--max-semi-space-size=4", "scripts/run.mjs", "start"], {
    env: {
      PATH: process.env["PATH"] ?? "",
      LOG_LEVEL: "error",
      PORT: "0",
      ENCODER: "off",
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: server.url,
      DATABASE_URL: database,
      DATA_DIR: dataDir,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await server.until(() => server.connected() > 0, "the connection", 120_000);
  await wait(5_000);
  const article = join(dataDir, "junior-doctors-strike", "explainer.md");
  const text = await readFile(article, "utf8");
  const edits = (): number =>
    server.seen.filter(
      ({ method, path, status }) => method === "PATCH" && /\/channels\/\d+\/messages\//.test(path) && status === 200,
    ).length;
  await writeFile(article, text.replaceAll("were cancelled", "were called off"));
  await server.until(() => edits() > 0, "the first correction", 120_000);
  const began = performance.now();
  const first = edits();
  const latencies: number[] = [];
  while (edits() < TOUCHED) {
    const question = server.write(`<@${BOT.id}> how many went on strike?`, {
      channel: channels[latencies.length % CHANNELS]!.id,
      // Others each time: one reader is answered so often.
      author: { ...READER, id: String(910000000000000000n + BigInt(latencies.length)) },
    });
    const asked = performance.now();
    await server.until(
      () => [...server.messages.values()].some(({ body }) => body.message_reference?.message_id === question),
      "an answer",
      60_000,
    );
    const answer = server.seen.findLast(
      ({ method, body }) => method === "POST" && JSON.stringify(body ?? {}).includes(question),
    );
    latencies.push((answer?.at ?? performance.now()) - asked);
    await wait(400);
    if (performance.now() - began > 300_000) break;
  }
  const seconds = (performance.now() - began) / 1_000;
  const corrected = [...server.messages.values()].filter(({ body }) => textOf(body).includes("Corrected")).length;
  const refused = server.seen.filter(({ status }) => status === 429).length;
  child.kill("SIGTERM");
  await once(child, "exit");
  await server.stop();
  const rate = (TOUCHED - first) / seconds;
  return table(
    ["ledger", "put right", "a second", "of the platform's rate", "refused for haste", "answers meanwhile, p50", "p99"],
    [
      [
        LEDGER,
        corrected,
        rate.toFixed(1),
        `${Math.round((100 * rate) / PER_SECOND)}%`,
        refused,
        ms(quantile(latencies, 0.5)),
        ms(quantile(latencies, 0.99)),
      ],
    ],
  );
}
