// The explainers that weights are fitted on and measured with: many, of unlike kinds, each with questions of one writer and
// utterances of another; and the shipped one with all its voices.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadCommonIntents, type Intents } from "../src/explainer/intents.js";
import { loadExplainer } from "../src/explainer/load.js";
import type { Explainer } from "../src/explainer/types.js";

export interface Asked {
  readonly q: string;
  /** Ids of sections that answer; empty where none does. */
  readonly accept: readonly string[];
  readonly kind: string;
  readonly gold?: string | null;
}

export interface Bench {
  readonly id: string;
  readonly explainer: Explainer;
  readonly questions: readonly Asked[];
  readonly utterances: readonly Asked[];
}

const EXPLAINERS = join("bench", "explainers");

/** Lines of a file that may not be there. */
const readLines = async (path: string): Promise<Asked[]> =>
  (await readFile(path, "utf8").catch(() => ""))
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Asked);

async function loadBench(folder: string, article: string, id: string): Promise<Bench> {
  const { explainer, problems } = await loadExplainer(article);
  if (!explainer) throw new Error(`${folder} has faults: ${problems.map(({ message }) => message).join("; ")}`);
  // Questions name sections by their ids, or by their headings.
  const named = new Map(
    explainer.sections.flatMap((section) => [section.id, section.heading].map((name) => [name, section.id])),
  );
  const read = async (file: string): Promise<Asked[]> => {
    const lines = await readLines(join(folder, file));
    return lines
      .map((line) => ({ ...line, accept: line.accept.flatMap((name) => named.get(name) ?? []) }))
      .filter((line, index) => line.accept.length > 0 || lines[index]!.accept.length === 0);
  };
  return { id, explainer, questions: await read("questions.jsonl"), utterances: await read("utterances.jsonl") };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/**
 * All of `bench/explainers`, and of `also`: a folder of pages that are not kept here, each a folder with `article.md` and
 * `questions.jsonl`.
 */
export async function loadMany(also?: string): Promise<Bench[]> {
  const found: Bench[] = [];
  for (const id of await foldersIn(EXPLAINERS)) {
    const folder = join(EXPLAINERS, id);
    found.push(await loadBench(folder, folder, id));
  }
  for (const id of also === undefined ? [] : await foldersIn(also)) {
    const folder = join(also!, id);
    found.push(await loadBench(folder, join(folder, "article.md"), id));
  }
  return found;
}

/** A repeatable number from 0 to 1 for a text: what draws utterances in the same order every time. */
function rank(text: string, seed: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/** Intents with `count` utterances of each section and ten times as many of what is not answered; the rest are left to ask. */
export function draw(
  utterances: readonly Asked[],
  common: Intents,
  count: number,
  seed: number,
): { intents: Intents; rest: readonly Asked[] } {
  const taken = new Map<string, number>();
  const drawn: Asked[] = [];
  const rest: Asked[] = [];
  for (const each of [...utterances].sort((a, b) => rank(a.q, seed) - rank(b.q, seed))) {
    const section = each.accept[0] ?? "";
    const limit = section === "" ? count * 10 : count;
    const had = taken.get(section) ?? 0;
    if (had < limit) {
      taken.set(section, had + 1);
      drawn.push(each);
    } else rest.push(each);
  }
  const at = { voice: "drawn", suggested: false, line: 0 };
  return {
    intents: {
      answerable: drawn
        .filter(({ accept }) => accept.length > 0)
        .map(({ q, accept }) => ({ ...at, text: q, section: accept[0]!, passage: undefined })),
      unanswerable: [
        ...(drawn
          .filter(({ accept }) => accept.length === 0)
          .map(({ q }) => ({ ...at, text: q, kind: "near" })) as Intents["unanswerable"]),
        ...common.unanswerable,
      ],
      smallTalk: common.smallTalk,
    },
    rest,
  };
}

export const loadCommon = async (): Promise<Intents> => (await loadCommonIntents("intents")).intents;
