// A thousand workspaces in one process, each with an explainer of its own, sealed tokens and settings: how soon it starts, how fast it
// answers 50 questions a second spread over them, how much memory that takes, and whether anybody was answered with another's content.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createInstallations } from "../src/memory/installations.js";
import { createPlaces } from "../src/memory/places.js";
import { openStorage } from "../src/storage/open.js";
import { createSeal } from "../src/storage/seal.js";
import { CHANNEL, CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET, startSlackServer } from "../tests/support/slack-server.js";
import { drive, residentMb, startProgram, wait } from "./load.js";
import { loadMany } from "./many.js";
import { ms, table } from "./measure.js";

const WORKSPACES = 1_000;
const EXPLAINERS = "bench/explainers";

interface Story {
  readonly id: string;
  readonly questions: readonly string[];
}

const loadShippedQuestions = async (): Promise<{ q: string }[]> =>
  (await readFile("data/junior-doctors-strike/questions.jsonl", "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { q: string });

const stories = async (): Promise<Story[]> =>
  (await loadMany()).map(({ id, questions }) => ({ id, questions: questions.map(({ q }) => q) }));

async function run(name: string, dataDir: string, all: readonly Story[]): Promise<(string | number)[]> {
  const folder = await mkdtemp(join(tmpdir(), "standfirst-places-"));
  const database = `file:${join(folder, "s.db")}`;
  const key = randomBytes(32);
  const port = 20_000 + (process.pid % 20_000);
  const server = await startSlackServer({ requests: () => `http://127.0.0.1:${port}/slack/events` });
  const storage = await openStorage(database, pino({ level: "silent" }));
  const kept = createInstallations(() => storage.db, createSeal([key]));
  const settings = createPlaces(() => storage.db);
  const storyOf = (index: number): Story => all[index % all.length]!;
  for (let index = 0; index < WORKSPACES; index++) {
    const id = `T${index}`;
    const team = server.team(id);
    team.token = `xoxb-${id}`;
    const bot = { token: team.token, id: `B${id}`, userId: team.bot, scopes: ["chat:write"] };
    const body = JSON.stringify({ team: { id, name: id }, bot, isEnterpriseInstall: false, authVersion: "v2" });
    await kept.put({ platform: "slack", place: id }, { body });
    await settings.set({ platform: "slack", place: id }, { explainers: [storyOf(index).id] });
  }
  await storage.close();
  const env = {
    DATA_DIR: dataDir,
    INTENTS_DIR: "intents",
    DATABASE_URL: database,
    INSTALLATION_KEY: key.toString("base64"),
    SLACK_CLIENT_ID: CLIENT_ID,
    SLACK_CLIENT_SECRET: CLIENT_SECRET,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: server.url,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
  };
  const ready = async (): Promise<number> => {
    const since = performance.now();
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.ok === true) return performance.now() - since;
      await wait(20);
    }
  };
  // The first start reads the articles; it is not what is measured.
  const first = startProgram(env);
  await ready();
  first.kill("SIGTERM");
  await once(first, "close");
  const child = startProgram(env);
  const startMs = await ready();

  const at = new Map<string, number>();
  const foreign: string[] = [];
  const owner = new Map<string, number>();
  let read = 0;
  const harvest = (): void => {
    for (; read < server.posted.length; read++) {
      const { thread, by, at: when, blocks, team } = server.posted[read]!;
      const of = by ?? thread;
      if (of === undefined || at.has(of)) continue;
      at.set(of, when);
      const index = owner.get(of) ?? -1;
      const shown = JSON.stringify(blocks);
      const others = all.filter(({ id }) => id !== storyOf(index).id && shown.includes(`|${id}|`));
      if (team !== `T${index}` || others.length > 0) foreign.push(of);
    }
  };
  const step = 7;
  const load = await drive(
    "Slack by http, OAuth",
    child,
    [""],
    (_, index) => {
      const workspace = (index * 37) % WORKSPACES;
      const team = `T${workspace}`;
      // Every third asks what another workspace's article answers.
      const story = storyOf(index % 3 === 0 ? workspace + 1 : workspace);
      const question = story.questions[(index * step) % story.questions.length] ?? "";
      const user = `UREADER${index}`;
      const bot = `UBOT${team}`;
      if (index % 2 === 0) {
        const ts = server.nextTs();
        server.tell(team, {
          type: "app_mention",
          user,
          text: `<@${bot}> ${question}`,
          ts,
          channel: CHANNEL,
          event_ts: ts,
        });
        owner.set(ts, workspace);
        return ts;
      }
      const { id } = server.command("/ask", question, user, { team });
      owner.set(id, workspace);
      return id;
    },
    (asked) => {
      harvest();
      return at.get(asked);
    },
  );
  const memory = residentMb(child);
  child.kill("SIGTERM");
  await once(child, "close");
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  return [
    name,
    Math.round(startMs),
    load.sent,
    load.answered,
    ms(load.p50),
    ms(load.p99),
    Math.round(memory),
    foreign.length,
  ];
}

export async function places(): Promise<string> {
  const shipped = [{ id: "junior-doctors-strike", questions: (await loadShippedQuestions()).map(({ q }) => q) }];
  const head = ["explainers", "start, ms", "asked", "answered", "p50 ms", "p99 ms", "memory, MB", "another's content"];
  return table(head, [
    await run("the shipped one for all", "data", shipped),
    await run("33, one for each", EXPLAINERS, await stories()),
  ]);
}
