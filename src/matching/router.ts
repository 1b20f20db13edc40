// Which of many explainers a question is likely about: a cheap look at all of them, before a few are matched in full.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { toUnit } from "./encoder.js";
import type { MatcherOptions } from "./matcher.js";
import { cleanUtterance, words } from "./normalise.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import { likeness, pack, unpack, type PackedVector } from "./vector-store.js";

export interface Router {
  /** Ids of the `count` likeliest explainers, best first; of those that are `among`, where that is given. */
  likeliest(question: string, vector: Float32Array | undefined, count: number, among?: readonly string[]): string[];
  /** Whether an explainer has the folded word. */
  knows(word: string): boolean;
}

/** A section's nearness to the question adds this much for a cosine of 1; a shared rare word adds up to 1. */
const COSINE_WEIGHT = 2;

interface Routed {
  readonly explainer: Explainer;
  readonly intents: Intents;
}

function middle(vectors: readonly PackedVector[]): PackedVector {
  const sum = new Float32Array(vectors[0]?.values.length ?? 0);
  for (const vector of vectors) for (const [index, value] of unpack(vector).entries()) sum[index]! += value;
  return pack(toUnit(sum));
}

/** Reads every explainer once: its words into an index, its sections into one vector each. */
export async function createRouter(
  contents: readonly Routed[],
  { vectors, onProgress }: MatcherOptions,
): Promise<Router> {
  const stem = createStem("en");
  const index = new Map<string, number[]>();
  const sections: { explainer: number; vector: PackedVector }[] = [];
  const texts = vectors
    ? contents.map(({ explainer, intents }) => [
        ...explainer.sections.flatMap(({ heading, passages }) => [heading, ...passages.map(({ text }) => text)]),
        ...intents.answerable.map(({ text }) => text),
      ])
    : [];
  const flat = texts.flat();
  const packed = vectors ? await vectors.vectors(flat, (done, of) => onProgress?.("reading articles", done, of)) : [];
  const byText = new Map(flat.map((text, at) => [text, packed[at]!]));
  for (const [number, { explainer, intents }] of contents.entries()) {
    const seen = new Set<string>();
    for (const section of explainer.sections) {
      const own = [
        section.heading,
        ...section.passages.map((passage) => passage.text),
        ...intents.answerable.filter((each) => each.section === section.id).map((each) => each.text),
      ];
      for (const text of own) for (const word of words(text)) seen.add(stem(word));
      if (vectors) sections.push({ explainer: number, vector: middle(own.map((text) => byText.get(text)!)) });
    }
    for (const each of seen) {
      const list = index.get(each);
      if (list) list.push(number);
      else index.set(each, [number]);
    }
  }
  const rarest = Math.log(1 + contents.length);

  return {
    knows: (word) => index.has(stem(word)),
    likeliest(question, vector, count, among) {
      const allowed = among && new Set(among);
      const scores = new Float32Array(contents.length);
      for (const word of new Set(words(cleanUtterance(question)))) {
        const list = index.get(stem(word)) ?? [];
        const weight = wordWeight(word, "en") * (Math.log(1 + contents.length / (list.length || 1)) / rarest);
        for (const number of list) scores[number]! += weight;
      }
      if (vector) {
        const near = new Float32Array(contents.length).fill(-1);
        for (const { explainer, vector: own } of sections)
          near[explainer] = Math.max(near[explainer]!, likeness(vector, own));
        for (let number = 0; number < scores.length; number++) scores[number]! += COSINE_WEIGHT * near[number]!;
      }
      return [...scores.keys()]
        .filter((number) => allowed?.has(contents[number]!.explainer.id) !== false)
        .sort((a, b) => scores[b]! - scores[a]!)
        .slice(0, count)
        .map((number) => contents[number]!.explainer.id);
    },
  };
}
