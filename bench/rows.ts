// What the matcher's weights are fitted on: questions beside explainers, measured. Every explainer is asked its own questions with some
// utterances drawn; other explainers' questions stand in for foreign ones; at times sections are taken away, so that their questions
// become near misses. The shipped explainer joins with every eighth utterance.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Intents } from "../src/explainer/intents.js";
import type { Explainer } from "../src/explainer/types.js";
import { comparedTexts } from "../src/matching/compared.js";
import { spellingOf } from "../src/matching/learn.js";
import { cleanUtterance } from "../src/matching/normalise.js";
import { createPrior, type Priors } from "../src/matching/priors.js";
import { readable } from "../src/matching/readable.js";
import { createSimilarityMatcher } from "../src/matching/similarity.js";
import { unpack, type PackedVector } from "../src/matching/vector-store.js";
import { loadShipped, openEncoder } from "./content.js";
import { draw, loadCommon, type Asked, type Bench } from "./many.js";
import { logistic, type Choice, type Example } from "./regression.js";

export interface Row extends Choice {
  readonly part: number;
  readonly far: boolean;
  readonly farWeight: number;
}

/** Explainers are left out of what they are measured by, in so many parts; the shipped one is in none. */
export const PARTS = 8;
const SHIPPED_PART = PARTS;
const DRAWN = [0, 1, 3, 6];
const SHIPPED_DRAWN = [0, 3, 6, 12, 25, 40];
const VAIN_PENALTY = 5e-4;
const EVERYDAY_PENALTY = 2e-4;
const EVERYDAY = join("bench", "everyday.txt");

/** What a kind of row weighs among the answers, and for what is foreign. */
const WEIGHTS: Readonly<Record<string, readonly [number, number]>> = {
  own: [1, 1],
  uttered: [0.5, 1],
  foreign: [1, 3],
  other: [0.1, 0],
  cut: [0.25, 0.3],
};
/** Where utterances are drawn, a row weighs so much: every question is asked several times. */
const WEIGHT_DRAWN = 0.3;

/** The encoder's vectors by text, read as they are wanted. */
export interface Vectors {
  readonly builtIn: boolean;
  read(texts: readonly string[]): Promise<void>;
  of(text: string): PackedVector | undefined;
}

export async function openVectors(): Promise<Vectors & { save(): Promise<void>; encoder: string }> {
  const { encoder, vectors } = await openEncoder();
  const known = new Map<string, PackedVector>();
  return {
    builtIn: encoder.builtIn,
    encoder: encoder.id,
    async read(texts) {
      const missing = [...new Set(texts)].filter((text) => !known.has(text));
      const found = await vectors.vectors(missing, (done, of) =>
        process.stderr.write(`\rencoding ${done} of ${of}   `),
      );
      for (const [index, text] of missing.entries()) known.set(text, found[index]!);
    },
    of: (text) => known.get(text),
    save: () => vectors.save(),
  };
}

/** A question as the encoder is given it. */
export function asRead(question: string, explainer: Explainer, intents: Intents): string {
  const spelling = spellingOf(explainer, intents);
  return readable(cleanUtterance(question), explainer.language, (word) => spelling.knows(word));
}

/** Priors as they are fitted: weights, and last a bias. */
export interface FittedPriors {
  readonly inVain: Float64Array;
  readonly everyday: Float64Array;
}

const priorOf = (fitted: Float64Array) => createPrior(fitted.subarray(0, -1), fitted[fitted.length - 1]!);
export const priorsOf = ({ inVain, everyday }: FittedPriors): Priors => ({
  inVain: priorOf(inVain),
  everyday: priorOf(everyday),
});

/** Fitted on all but one part of the explainers, for each part; and last on all. Both kinds of a question weigh the same. */
export async function fitPriors(
  benches: readonly Bench[],
  common: Intents,
  vectors: Vectors,
): Promise<readonly FittedPriors[]> {
  const rows: (Example & { part: number })[] = [];
  for (const [number, { explainer, questions, utterances }] of benches.entries()) {
    const all = [...questions, ...utterances].filter(({ kind }) => kind !== "foreign");
    const texts = all.map(({ q }) => asRead(q, explainer, common));
    await vectors.read(texts);
    for (const [index, { accept }] of all.entries())
      rows.push({
        part: number % PARTS,
        values: unpack(vectors.of(texts[index]!)!),
        yes: accept.length === 0,
        weight: 1,
      });
  }
  const asks = (await readFile(EVERYDAY, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const asked = asks.map((line) => readable(cleanUtterance(line), "en", () => false));
  await vectors.read(asked);
  const everyday = asked.map((text) => ({ values: unpack(vectors.of(text)!), yes: true, weight: 1 }));
  const fit = (some: readonly Example[], penalty: number): Float64Array => {
    const yes = some.filter((each) => each.yes).length;
    return logistic(
      some.map((each) => ({ ...each, weight: 1 / (each.yes ? yes : some.length - yes) })),
      penalty,
    );
  };
  const both = (some: readonly Example[]): FittedPriors => ({
    inVain: fit(some, VAIN_PENALTY),
    everyday: fit([...some.map((each) => ({ ...each, yes: false })), ...everyday], EVERYDAY_PENALTY),
  });
  return [...Array.from({ length: PARTS }, (_, part) => both(rows.filter((row) => row.part !== part))), both(rows)];
}

const own = (asked: readonly Asked[], as = "own") =>
  asked.map((of) => ({ of, as: of.kind === "foreign" ? "foreign" : as }));
const half = <T>(items: readonly T[]): readonly T[] => items.filter((_, index) => index % 2 === 0);

/** All rows, with the encoder's vectors and without. `priors`: as {@link fitPriors} gives them. */
export async function measureRows(
  benches: readonly Bench[],
  vectors: Vectors,
  priors: readonly FittedPriors[],
): Promise<{ withEncoder: Row[]; withoutEncoder: Row[] }> {
  const common = await loadCommon();
  const rows: { withEncoder: Row[]; withoutEncoder: Row[] } = { withEncoder: [], withoutEncoder: [] };

  async function add(
    explainer: Explainer,
    intents: Intents,
    asked: readonly { of: Asked; as: string }[],
    part: number,
  ): Promise<void> {
    const texts = asked.map(({ of }) => asRead(of.q, explainer, intents));
    await vectors.read([...comparedTexts(explainer, intents), ...texts]);
    const drawn = intents.answerable.length > 0;
    const matcher = createSimilarityMatcher(
      explainer,
      intents,
      spellingOf(explainer, intents),
      (text) => vectors.of(text),
      {
        builtIn: vectors.builtIn,
        priors: priorsOf(priors[part]!),
      },
    );
    const ids = explainer.sections.map(({ id }) => id);
    for (const [at, { of, as }] of asked.entries()) {
      const [weight, farWeight] = WEIGHTS[as]!.map((each) => each * (drawn ? WEIGHT_DRAWN : 1)) as [number, number];
      const accept = as === "own" || as === "uttered" ? of.accept : [];
      for (const kind of ["withEncoder", "withoutEncoder"] as const) {
        const vector = kind === "withEncoder" ? unpack(vectors.of(texts[at]!)!) : undefined;
        const measured = matcher.measure(of.q, vector);
        rows[kind].push({
          part,
          sections: Float32Array.from(measured.sections.flat()),
          count: ids.length,
          question: Float32Array.from(measured.question),
          right: accept.map((id) => ids.indexOf(id)).filter((index) => index >= 0),
          weight,
          far: as === "foreign" || as === "other",
          farWeight,
        });
      }
    }
  }

  for (const [number, { explainer, questions, utterances }] of benches.entries()) {
    const part = number % PARTS;
    const others = benches
      .flatMap((bench, index) => (index === number ? [] : bench.questions.filter(({ accept }) => accept.length > 0)))
      .filter((_, index) => index % 61 === number % 61)
      .slice(0, 14)
      .map((of) => ({ of, as: "other" }));
    // Where nobody wrote utterances, some of the questions are, and the rest are asked.
    const taught = utterances.length > 0 ? utterances : questions;
    for (const count of DRAWN) {
      if (utterances.length === 0 && count > 1) continue;
      const { intents, rest } = draw(taught, common, count, 7 + count);
      const more = utterances.length > 0 && (count === 0 || count === 3) ? own(half(rest), "uttered") : [];
      const asked = utterances.length > 0 || count === 0 ? questions : rest;
      await add(explainer, intents, [...own(asked), ...others, ...more], part);
      if (count !== 0 && count !== 3) continue;
      const gone = new Set(explainer.sections.filter((_, index) => index % 4 === number % 4).map(({ id }) => id));
      const cut = { ...explainer, sections: explainer.sections.filter(({ id }) => !gone.has(id)) };
      const left = { ...intents, answerable: intents.answerable.filter(({ section }) => !gone.has(section)) };
      const near = [...questions, ...utterances].filter(
        ({ accept }) => accept.length > 0 && accept.every((id) => gone.has(id)),
      );
      await add(
        cut,
        left,
        half(near).map((of) => ({ of, as: "cut" })),
        part,
      );
    }
  }
  const shipped = await loadShipped();
  const typed: Asked[] = [
    ...shipped.own.answerable.map(({ text, section }) => ({ q: text, accept: [section], kind: "own" })),
    ...shipped.own.unanswerable.map(({ text }) => ({ q: text, accept: [], kind: "near" })),
  ].filter((_, index) => index % 8 === 0);
  for (const count of SHIPPED_DRAWN) {
    const { intents, rest } = draw(typed, common, count, 3 + count);
    await add(shipped.explainer, intents, own(half(rest), "uttered"), SHIPPED_PART);
  }
  return rows;
}
