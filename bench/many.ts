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

const readLines = async (path: string): Promise<Asked[]> =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Asked);

export async function loadMany(): Promise<Bench[]> {
  const found: Bench[] = [];
  const entries = await readdir(EXPLAINERS, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const id of folders.sort()) {
    const folder = join(EXPLAINERS, id);
    const { explainer, problems } = await loadExplainer(folder);
    if (!explainer) throw new Error(`${folder} has faults: ${problems.map(({ message }) => message).join("; ")}`);
    found.push({
      id,
      explainer,
      questions: await readLines(join(folder, "questions.jsonl")),
      utterances: await readLines(join(folder, "utterances.jsonl")),
    });
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

/** Intents with `count` utterances of each section and twice as many of what is not answered; the rest are left to ask. */
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
    const limit = section === "" ? count * 2 : count;
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
