// `classify` and `retrieve`: the product's matcher on any labelled set, so that it can be held beside published figures.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Intents } from "../src/explainer/intents.js";
import { splitSentences } from "../src/explainer/sentences.js";
import type { Explainer, Section } from "../src/explainer/types.js";
import { createMatcher } from "../src/matching/matcher.js";
import type { Matcher } from "../src/matching/types.js";
import { CACHE, openEncoder } from "./content.js";
import { quantile } from "./measure.js";
import { tally, type Outcome } from "./outcomes.js";

interface Line {
  readonly q: string;
  readonly accept: readonly string[];
}

async function readLines<T>(path: string | undefined, option: string): Promise<T[]> {
  if (path === undefined) throw new Error(`--${option} FILE.jsonl is missing`);
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as T;
    } catch {
      throw new Error(`${path}, line ${index + 1} is not JSON`);
    }
  });
}

function asExplainer(sections: readonly Omit<Section, "line">[]): Explainer {
  return {
    id: "set",
    title: "",
    language: "en",
    timeZone: "UTC",
    source: { title: "" },
    asOf: "",
    titleSection: undefined,
    summary: undefined,
    sections: sections.map((section) => ({ ...section, line: 0 })),
    file: "",
    folder: undefined,
  };
}

const passagesOf = (text: string): Section["passages"] =>
  splitSentences(text, "en").map((sentence) => ({ kind: "sentence", text: sentence, block: 0, line: 0 }));

interface Timed extends Outcome {
  readonly took: number;
}

async function askAll(matcher: Matcher, questions: readonly Line[]): Promise<Timed[]> {
  const { encoder, vectors } = await openEncoder();
  const outcomes: Timed[] = [];
  for (const { q, accept } of questions) {
    const began = performance.now();
    const [vector] = await encoder.encode([q]);
    const ranking = matcher.rank(q, vector);
    outcomes.push({ ranking, accept, took: performance.now() - began });
  }
  await vectors.save();
  return outcomes;
}

/** The chance that a random one of `higher` is above a random one of `lower` (area under the ROC curve). */
function auc(higher: readonly number[], lower: readonly number[]): number | null {
  if (higher.length === 0 || lower.length === 0) return null;
  let above = 0;
  for (const a of higher) for (const b of lower) above += a > b ? 1 : a === b ? 0.5 : 0;
  return above / (higher.length * lower.length);
}

/** What is counted of a set; shares are 0–1, of those that have an answer, `falseAnswers` of the others. */
function report(outcomes: readonly Timed[]): Record<string, number | null> {
  const answerable = outcomes.filter(({ accept }) => accept.length > 0);
  const others = outcomes.filter(({ accept }) => accept.length === 0);
  const top = ({ ranking }: Outcome): number => ranking.candidates[0]?.confidence ?? 0;
  const place = ({ ranking, accept }: Outcome): number =>
    ranking.candidates.findIndex(({ section }) => accept.includes(section)) + 1;
  const { first, inThree, right, helped, wrong, falseAnswers } = tally(outcomes);
  return {
    questions: outcomes.length,
    first,
    inThree,
    mrr:
      answerable.length === 0
        ? null
        : answerable.reduce((sum, each) => sum + (place(each) > 0 ? 1 / place(each) : 0), 0) / answerable.length,
    right,
    helped,
    wrong,
    falseAnswers,
    inOutAuc: auc(answerable.map(top), others.map(top)),
    p50Ms: quantile(
      outcomes.map(({ took }) => took),
      0.5,
    ),
  };
}

function print(result: Record<string, number | null>, json: boolean): void {
  const rounded = Object.fromEntries(
    Object.entries(result).map(([name, value]) => [name, value === null ? null : Math.round(value * 10_000) / 10_000]),
  );
  if (json) process.stdout.write(`${JSON.stringify(rounded)}\n`);
  else for (const [name, value] of Object.entries(rounded)) process.stdout.write(`${name.padEnd(14)}${value ?? "–"}\n`);
}

/** `--train TRAIN.jsonl --test TEST.jsonl`: learns labels from examples, and asks. A label's name is its heading. */
export async function classify(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { train: { type: "string" }, test: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const train = await readLines<Line>(values.train, "train");
  const test = await readLines<Line>(values.test, "test");
  const labels = [...new Set(train.flatMap(({ accept }) => accept))];
  const explainer = asExplainer(
    labels.map((id) => ({ id, heading: id.replace(/[_-]+/g, " "), passages: passagesOf(id.replace(/[_-]+/g, " ")) })),
  );
  const at = { voice: "set", suggested: false, line: 0 };
  const intents: Intents = {
    answerable: train.flatMap(({ q, accept }) =>
      accept.map((section) => ({ ...at, text: q, section, passage: undefined })),
    ),
    unanswerable: train
      .filter(({ accept }) => accept.length === 0)
      .map(({ q }) => ({ ...at, text: q, kind: "foreign" })),
    smallTalk: [],
  };
  const { encoder, vectors } = await openEncoder();
  const began = performance.now();
  const matcher = await createMatcher(explainer, intents, { cacheDir: join(CACHE, "sets"), encoder, vectors });
  const learnS = (performance.now() - began) / 1000;
  print({ ...report(await askAll(matcher, test)), learnS }, values.json);
}

/** `--entries ENTRIES.jsonl --questions Q.jsonl`: finds entries by their heading and text, without utterances. */
export async function retrieve(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { entries: { type: "string" }, questions: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const entries = await readLines<{ id: string; heading: string; text: string }>(values.entries, "entries");
  const questions = await readLines<Line>(values.questions, "questions");
  const explainer = asExplainer(entries.map(({ id, heading, text }) => ({ id, heading, passages: passagesOf(text) })));
  const { encoder, vectors } = await openEncoder();
  const intents: Intents = { answerable: [], unanswerable: [], smallTalk: [] };
  const matcher = await createMatcher(explainer, intents, { cacheDir: join(CACHE, "sets"), encoder, vectors });
  await vectors.save();
  print(report(await askAll(matcher, questions)), values.json);
}
