// Fits src/matching/similarity-weights.ts over many explainers: conditional logistic regression over "this section" and "the
// article does not say", and a logistic regression for "this is about something else". Every explainer of bench/explainers is asked
// its own questions with 0, 1, 3 and 6 utterances drawn; other explainers' questions stand in for foreign ones; at times sections
// are taken away, so that their questions become near misses. The shipped explainer joins with every eighth utterance.
import type { Intents } from "../src/explainer/intents.js";
import type { Explainer } from "../src/explainer/types.js";
import { spellingOf } from "../src/matching/learn.js";
import { saveFittedWeights } from "../src/matching/fitted-weights.js";
import { comparedTexts, createSimilarityMatcher } from "../src/matching/similarity.js";
import { QUESTION_FEATURES, SECTION_FEATURES } from "../src/matching/similarity-features.js";
import { createAskedInVain, type AskedInVain } from "../src/matching/asked-in-vain.js";
import { pack, unpack, type PackedVector } from "../src/matching/vector-store.js";
import { readConfig } from "../src/config.js";
import { CACHE, loadShipped, openEncoder } from "./content.js";
import { draw, loadCommon, loadMany, type Asked } from "./many.js";

interface Row {
  /** Section by section, feature by feature. */
  readonly sections: Float32Array;
  readonly count: number;
  readonly question: Float32Array;
  /** Indexes of sections that answer; empty where none does. */
  readonly right: readonly number[];
  readonly weight: number;
  readonly far: boolean;
  readonly farWeight: number;
}

const OWN = SECTION_FEATURES.length;
const ASK = QUESTION_FEATURES.length;
const STEPS = 600;
const VAIN_STEPS = 250;
const PENALTY = 3e-4;
const FAR_PENALTY = 1e-3;
const DRAWN = [0, 1, 3, 6];
const SHIPPED_DRAWN = [0, 3, 6, 12, 25, 40];

/** What a kind of row weighs among the answers, and for what is foreign. */
const WEIGHTS: Readonly<Record<string, readonly [number, number]>> = {
  own: [1, 1],
  foreign: [1, 3],
  other: [0.5, 2],
  cut: [0.6, 0.3],
};

/** Adam on a loss that gives its gradient; features are scaled to unit deviation by whoever calls. */
function descend(
  size: number,
  gradientAt: (weights: Float64Array, gradient: Float64Array) => void,
  steps = STEPS,
): Float64Array {
  const weights = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const gradient = new Float64Array(size);
  for (let step = 1; step <= steps; step++) {
    gradient.fill(0);
    gradientAt(weights, gradient);
    const rate = 0.05 * (step < steps / 2 ? 1 : 0.2);
    for (let index = 0; index < size; index++) {
      first[index] = 0.9 * first[index]! + 0.1 * gradient[index]!;
      second[index] = 0.999 * second[index]! + 0.001 * gradient[index]! ** 2;
      weights[index]! -=
        (rate * (first[index]! / (1 - 0.9 ** step))) / (Math.sqrt(second[index]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
}

/** Standard deviations of each feature, so that a penalty is the same for all. */
function deviations(rows: readonly Row[]): { sections: Float64Array; question: Float64Array } {
  const spread = (size: number, values: (row: Row) => Float32Array): Float64Array => {
    const sum = new Float64Array(size);
    const squares = new Float64Array(size);
    let count = 0;
    for (const row of rows) {
      const each = values(row);
      for (let index = 0; index < each.length; index++) {
        sum[index % size]! += each[index]!;
        squares[index % size]! += each[index]! ** 2;
      }
      count += each.length / size;
    }
    return sum.map((total, index) => Math.sqrt(Math.max(0, squares[index]! / count - (total / count) ** 2)) + 1e-3);
  };
  return { sections: spread(OWN, (row) => row.sections), question: spread(ASK, (row) => row.question) };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function fitRows(rows: readonly Row[]) {
  const scale = deviations(rows);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const answer = descend(OWN + ASK + 1, (weights, gradient) => {
    for (let index = 0; index < OWN + ASK; index++) gradient[index] = 2 * PENALTY * weights[index]!;
    for (const { sections, count, question, right, weight } of rows) {
      const scores = new Float64Array(count + 1);
      for (let slot = 0; slot < count; slot++)
        for (let index = 0; index < OWN; index++)
          scores[slot]! += (sections[slot * OWN + index]! / scale.sections[index]!) * weights[index]!;
      scores[count] = weights[OWN + ASK]!;
      for (let index = 0; index < ASK; index++)
        scores[count] += (question[index]! / scale.question[index]!) * weights[OWN + index]!;
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const sum = powers.reduce((all, power) => all + power, 0);
      const slots = right.length > 0 ? right : [count];
      const mass = slots.reduce((all, slot) => all + powers[slot]!, 0);
      for (let slot = 0; slot <= count; slot++) {
        const wanted = slots.includes(slot) ? powers[slot]! / mass : 0;
        const error = ((powers[slot]! / sum - wanted) * weight) / total;
        if (slot < count)
          for (let index = 0; index < OWN; index++)
            gradient[index]! += (error * sections[slot * OWN + index]!) / scale.sections[index]!;
        else {
          for (let index = 0; index < ASK; index++)
            gradient[OWN + index]! += (error * question[index]!) / scale.question[index]!;
          gradient[OWN + ASK]! += error;
        }
      }
    }
  });
  const farTotal = rows.reduce((sum, { farWeight }) => sum + farWeight, 0);
  const foreign = descend(ASK + 1, (weights, gradient) => {
    for (let index = 0; index < ASK; index++) gradient[index] = 2 * FAR_PENALTY * weights[index]!;
    for (const { question, far, farWeight } of rows) {
      let score = weights[ASK]!;
      for (let index = 0; index < ASK; index++) score += (question[index]! / scale.question[index]!) * weights[index]!;
      const error = ((1 / (1 + Math.exp(-score)) - (far ? 1 : 0)) * farWeight) / farTotal;
      for (let index = 0; index < ASK; index++) gradient[index]! += (error * question[index]!) / scale.question[index]!;
      gradient[ASK]! += error;
    }
  });
  const own = [...answer.subarray(0, OWN)].map((weight, index) => round(weight / scale.sections[index]!));
  const ask = [...answer.subarray(OWN, OWN + ASK)].map((weight, index) => round(weight / scale.question[index]!));
  const far = [...foreign.subarray(0, ASK)].map((weight, index) => round(weight / scale.question[index]!));
  return { section: own, question: ask, bias: round(answer[OWN + ASK]!), far, farBias: round(foreign[ASK]!) };
}

interface VainRow {
  readonly group: number;
  readonly vector: Float32Array;
  readonly vain: boolean;
}

const VAIN_PENALTY = 1e-3;
/** Explainers are left out of what they are measured by, in so many parts. */
const PARTS = 8;

/** A logistic regression over the encoder's numbers: is such a question answered by no section? Both kinds weigh the same. */
function fitInVain(rows: readonly VainRow[]): Float64Array {
  const size = rows[0]!.vector.length;
  const vain = rows.filter((row) => row.vain).length;
  const weightOf = (row: VainRow): number => 1 / (2 * (row.vain ? vain : rows.length - vain));
  return descend(
    size + 1,
    (weights, gradient) => {
      for (let index = 0; index < size; index++) gradient[index] = VAIN_PENALTY * weights[index]!;
      for (const row of rows) {
        let score = weights[size]!;
        for (let index = 0; index < size; index++) score += row.vector[index]! * weights[index]!;
        const error = (1 / (1 + Math.exp(-score)) - (row.vain ? 1 : 0)) * weightOf(row);
        for (let index = 0; index < size; index++) gradient[index]! += error * row.vector[index]!;
        gradient[size]! += error;
      }
    },
    VAIN_STEPS,
  );
}

const inVainOf = (fitted: Float64Array): AskedInVain =>
  createAskedInVain(fitted.subarray(0, -1), fitted[fitted.length - 1]!);

/** As `in-vain-weights.ts` holds it. */
function inVainText(fitted: Float64Array): string {
  const weights = Float32Array.from(fitted.subarray(0, -1));
  const { values, scale } = pack(weights);
  return JSON.stringify({
    weights: Buffer.from(values.buffer, values.byteOffset, values.length).toString("base64"),
    scale: Number(scale.toFixed(6)),
    bias: round(fitted[fitted.length - 1]!),
  });
}

export async function fit(): Promise<void> {
  const { encoder, vectors } = await openEncoder();
  const common = await loadCommon();
  const benches = await loadMany();
  const known = new Map<string, PackedVector>();
  async function read(texts: readonly string[]): Promise<void> {
    const missing = [...new Set(texts)].filter((text) => !known.has(text));
    const found = await vectors.vectors(missing, (done, of) => process.stderr.write(`\rencoding ${done} of ${of}   `));
    for (const [index, text] of missing.entries()) known.set(text, found[index]!);
  }
  const rows: Record<"withEncoder" | "withoutEncoder", Row[]> = { withEncoder: [], withoutEncoder: [] };

  async function add(
    explainer: Explainer,
    intents: Intents,
    asked: readonly { of: Asked; as: string }[],
    inVain: AskedInVain,
  ): Promise<void> {
    await read([...comparedTexts(explainer, intents), ...asked.map(({ of }) => of.q)]);
    const matcher = createSimilarityMatcher(
      explainer,
      intents,
      spellingOf(explainer, intents),
      (text) => known.get(text),
      { inVain },
    );
    const ids = explainer.sections.map(({ id }) => id);
    for (const { of, as } of asked) {
      const [weight, farWeight] = WEIGHTS[as]!;
      const accept = as === "own" ? of.accept : [];
      for (const kind of ["withEncoder", "withoutEncoder"] as const) {
        const measured = matcher.measure(of.q, kind === "withEncoder" ? unpack(known.get(of.q)!) : undefined);
        rows[kind].push({
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
  const own = (asked: readonly Asked[]) => asked.map((of) => ({ of, as: of.kind === "foreign" ? "foreign" : "own" }));
  const half = <T>(items: readonly T[]): readonly T[] => items.filter((_, index) => index % 2 === 0);

  // Each is measured by what was fitted without it.
  const vainRows: VainRow[] = [];
  for (const [number, { questions, utterances }] of benches.entries()) {
    const all = [...questions, ...utterances].filter(({ kind }) => kind !== "foreign");
    await read(all.map(({ q }) => q));
    for (const { q, accept } of all)
      vainRows.push({ group: number % PARTS, vector: unpack(known.get(q)!), vain: accept.length === 0 });
  }
  const vainWithout = Array.from({ length: PARTS }, (_, part) =>
    inVainOf(fitInVain(vainRows.filter(({ group }) => group !== part))),
  );
  const vain = fitInVain(vainRows);
  for (const [number, { explainer, questions, utterances }] of benches.entries()) {
    const inVain = vainWithout[number % PARTS]!;
    const others = benches
      .flatMap((bench, index) => (index === number ? [] : bench.questions.filter(({ accept }) => accept.length > 0)))
      .filter((_, index) => index % 31 === number % 31)
      .slice(0, 14)
      .map((of) => ({ of, as: "other" }));
    for (const count of DRAWN) {
      const { intents, rest } = draw(utterances, common, count, 7 + count);
      const more = count === 0 || count === 3 ? own(half(rest)) : [];
      await add(explainer, intents, [...own(questions), ...others, ...more], inVain);
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
        inVain,
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
    await add(shipped.explainer, intents, own(half(rest)), inVainOf(vain));
  }
  await vectors.save();
  process.stderr.write(`\n${rows.withEncoder.length} rows\n`);
  if (!encoder.builtIn) {
    const { config } = readConfig(process.env);
    const path = await saveFittedWeights(config?.cacheDir ?? CACHE, encoder.id, fitRows(rows.withEncoder));
    process.stdout.write(`weights for ${encoder.id} are in ${path}; they are used from the next start on\n`);
    return;
  }
  process.stdout.write(`in vain: ${inVainText(vain)}\n`);
  for (const kind of ["withEncoder", "withoutEncoder"] as const)
    process.stdout.write(`${kind}: ${JSON.stringify(fitRows(rows[kind]))},\n`);
}
