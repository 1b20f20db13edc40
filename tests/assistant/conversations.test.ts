// Conversations that go on, written by others who had not seen the code: most turns are right, and no question that stands by itself
// is bent by what came before it.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../src/assistant/assistant.js";
import { leans, type Context } from "../../src/assistant/follow-up.js";
import { readLabelledQuestions } from "../../src/explainer/labelled.js";
import { openShipped } from "../support/shipped.js";

interface Turn {
  readonly say: string;
  readonly leans: boolean;
  readonly accept: readonly string[];
}
interface Conversation {
  readonly explainer: string;
  readonly platform: string;
  readonly turns: readonly Turn[];
}

const conversations = readFileSync("tests/fixtures/conversations.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Conversation);
const PATHS: Readonly<Record<string, string>> = {
  "junior-doctors-strike": "data/junior-doctors-strike",
  "why-the-clocks-change": "examples/why-the-clocks-change",
};
const opened = new Map<string, Assistant>();
beforeAll(async () => {
  for (const [id, path] of Object.entries(PATHS)) opened.set(id, (await openShipped({}, path)).assistant);
});

/** Whether a turn is answered as it should be; what is not answered by the article must not be. */
async function turn(assistant: Assistant, { say, accept }: Turn, context: Context | undefined) {
  const reply = await assistant.ask(say, { context });
  const shown = reply.kind === "answer" || reply.kind === "tentative" ? reply.section : undefined;
  const right = accept.length > 0 ? shown !== undefined && accept.includes(shown) : reply.kind !== "answer";
  return { right, shown };
}

describe("a conversation", () => {
  it.each(["discord", "slack"])(
    "goes on rightly in four of five turns on %s, better than without what came before",
    async (platform) => {
      const own = conversations.filter((each) => each.platform === platform);
      expect(own.length).toBeGreaterThanOrEqual(20);
      const counts = { turns: 0, right: 0, alone: 0, plain: 0, plainRight: 0, plainAlone: 0 };
      for (const { explainer, turns } of own) {
        const assistant = opened.get(explainer)!;
        let context: Context | undefined;
        for (const each of turns) {
          const [withContext, alone] = [await turn(assistant, each, context), await turn(assistant, each, undefined)];
          counts.turns += 1;
          counts.right += Number(withContext.right);
          counts.alone += Number(alone.right);
          if (!each.leans) {
            counts.plain += 1;
            counts.plainRight += Number(withContext.right);
            counts.plainAlone += Number(alone.right);
          }
          if (withContext.shown !== undefined) context = { explainer, section: withContext.shown };
        }
      }
      expect(counts.right / counts.turns).toBeGreaterThanOrEqual(0.8);
      expect(counts.right).toBeGreaterThan(counts.alone);
      expect(counts.plainRight).toBeGreaterThanOrEqual(counts.plainAlone);
    },
  );

  it("bends no labelled question, whatever was shown before it", async () => {
    for (const [id, path] of Object.entries(PATHS)) {
      const assistant = opened.get(id)!;
      const { topics } = await assistant.topics();
      const { questions } = await readLabelledQuestions(`${path}/questions.jsonl`);
      const bent: string[] = [];
      for (const { q: say, accept } of questions.filter(({ q }) => leans(q, "en"))) {
        const each = { say, accept, leans: false };
        if (!(await turn(assistant, each, undefined)).right) continue;
        for (const { section } of topics)
          if (!(await turn(assistant, each, { explainer: id, section })).right) bent.push(`${say} (${section})`);
      }
      expect(bent).toEqual([]);
    }
  });

  it("says what it took a question to go on from, where that mattered", async () => {
    const assistant = opened.get("junior-doctors-strike")!;
    const context = { explainer: "junior-doctors-strike", section: "supporters" };
    const reply = await assistant.ask("What did he tell them?", { context });
    expect(reply).toMatchObject({ section: "supporters", leaned: "Who has come out in support of junior doctors?" });
    const plain = await assistant.ask("how many operations were cancelled?", { context });
    expect(plain.leaned).toBeUndefined();
    expect(plain).toMatchObject({ kind: "answer", section: "patients" });
  });
});
