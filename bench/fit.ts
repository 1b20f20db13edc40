// Fits src/matching/similarity-weights.ts over many explainers: conditional logistic regression over "this section" and "the article
// does not say", and a logistic regression for "this is about something else"; and with them prior-weights.ts and encoder-means.ts.
// `--also DIR` adds pages that are not kept here.
import { parseArgs } from "node:util";
import { readConfig } from "../src/config.js";
import { meanOf } from "../src/matching/centre.js";
import { comparedTexts } from "../src/matching/compared.js";
import { saveFittedWeights } from "../src/matching/fitted-weights.js";
import { OF_LEXICON, QUESTION_FEATURES, SECTION_FEATURES } from "../src/matching/similarity-features.js";
import type { SimilarityWeights, WeightsFor } from "../src/matching/similarity-weights.js";
import { pack } from "../src/matching/vector-store.js";
import { CACHE } from "./content.js";
import { loadCommon, loadMany, type Bench } from "./many.js";
import { conditional, logistic } from "./regression.js";
import { asRead, fitPriors, measureRows, openVectors, type Row, type Vectors } from "./rows.js";

const OWN = SECTION_FEATURES.length;
const ASK = QUESTION_FEATURES.length;
const PENALTY = 1e-3;
const FAR_PENALTY = 1e-3;

/** Standard deviations of each feature, so that a penalty is the same for all. */
function deviations(size: number, values: readonly Float32Array[]): Float64Array {
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  let count = 0;
  for (const each of values) {
    for (let index = 0; index < each.length; index++) {
      sum[index % size]! += each[index]!;
      squares[index % size]! += each[index]! ** 2;
    }
    count += each.length / size;
  }
  return sum.map((total, index) => Math.sqrt(Math.max(0, squares[index]! / count - (total / count) ** 2)) + 1e-3);
}

const divided = (values: Float32Array, by: Float64Array): Float32Array =>
  values.map((value, index) => value / by[index % by.length]!);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Weights fitted on rows. `without`: columns that are taken for zeros. */
export function fitRows(
  rows: readonly Row[],
  without: { readonly section: readonly boolean[]; readonly question: readonly boolean[] } = {
    section: [],
    question: [],
  },
): SimilarityWeights {
  const zeroed = (values: Float32Array, which: readonly boolean[], size: number): Float32Array =>
    which.some(Boolean) ? values.map((value, index) => (which[index % size] === true ? 0 : value)) : values;
  const plain = rows.map((row) => ({
    ...row,
    sections: zeroed(row.sections, without.section, OWN),
    question: zeroed(row.question, without.question, ASK),
  }));
  const scale = {
    sections: deviations(
      OWN,
      plain.map(({ sections }) => sections),
    ),
    question: deviations(
      ASK,
      plain.map(({ question }) => question),
    ),
  };
  const scaled = plain.map((row) => ({
    ...row,
    sections: divided(row.sections, scale.sections),
    question: divided(row.question, scale.question),
  }));
  const answer = conditional(scaled, OWN, ASK, PENALTY);
  const foreign = logistic(
    scaled.map(({ question, far, farWeight }) => ({ values: question, yes: far, weight: farWeight })),
    FAR_PENALTY,
  );
  return {
    section: [...answer.subarray(0, OWN)].map((weight, index) => round(weight / scale.sections[index]!)),
    question: [...answer.subarray(OWN, OWN + ASK)].map((weight, index) => round(weight / scale.question[index]!)),
    bias: round(answer[OWN + ASK]!),
    far: [...foreign.subarray(0, ASK)].map((weight, index) => round(weight / scale.question[index]!)),
    farBias: round(foreign[ASK]!),
  };
}

/** A byte a number in base64, and what a byte is worth. */
function asBytes(vector: Float32Array): string {
  const { values, scale } = pack(vector);
  return `"${Buffer.from(values.buffer, values.byteOffset, values.length).toString("base64")}", ${Number(scale.toPrecision(6))}`;
}

/** What the encoder reads in every question and in every passage. */
async function meansText(benches: readonly Bench[], vectors: Vectors): Promise<string> {
  const common = await loadCommon();
  const bare = { ...common, unanswerable: [] };
  const asked = benches.flatMap(({ explainer, questions, utterances }) =>
    [...questions, ...utterances].map(({ q }) => asRead(q, explainer, common)),
  );
  const told = benches.flatMap(({ explainer }) =>
    comparedTexts(explainer, bare).filter((text) => text !== explainer.title),
  );
  await vectors.read([...asked, ...told]);
  const mean = (texts: readonly string[]): string =>
    asBytes(meanOf([...new Set(texts)].flatMap((text) => vectors.of(text) ?? []))!);
  return `questions: read(${mean(asked)}), passages: read(${mean(told)})`;
}

export async function fit(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { also: { type: "string" } } });
  const vectors = await openVectors();
  const benches = await loadMany(values.also);
  const priors = await fitPriors(benches, await loadCommon(), vectors);
  const rows = await measureRows(benches, vectors, priors);
  await vectors.save();
  process.stderr.write(`\n${benches.length} explainers, ${rows.withEncoder.length} rows\n`);
  if (!vectors.builtIn) {
    const { config } = readConfig(process.env);
    const path = await saveFittedWeights(config?.cacheDir ?? CACHE, vectors.encoder, fitRows(rows.withEncoder));
    process.stdout.write(`weights for ${vectors.encoder} are in ${path}; they are used from the next start on\n`);
    return;
  }
  process.stdout.write(`means: ${await meansText(benches, vectors)}\n`);
  for (const [name, fitted] of Object.entries(priors.at(-1)!) as [string, Float64Array][])
    process.stdout.write(
      `prior ${name}: ${asBytes(Float32Array.from(fitted.subarray(0, -1)))}, bias ${round(fitted.at(-1)!)}\n`,
    );
  const wanted: readonly [WeightsFor, readonly Row[], typeof OF_LEXICON | undefined][] = [
    ["withEncoder", rows.withEncoder, undefined],
    ["withoutEncoder", rows.withoutEncoder, undefined],
    ["encoderAlone", rows.withEncoder, OF_LEXICON],
    ["wordsAlone", rows.withoutEncoder, OF_LEXICON],
  ];
  for (const [name, some, without] of wanted)
    process.stdout.write(`${name}: ${JSON.stringify(fitRows(some, without))},\n`);
}
