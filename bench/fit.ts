// Fits src/matching/similarity-weights.ts: the shipped explainer is stripped of its utterances, which then serve as
// the questions; conditional logistic regression over "this section" and "none of them", answerable and unanswerable weighed two to one.
import { NO_INTENTS } from "../src/explainer/intents.js";
import { spellingOf } from "../src/matching/learn.js";
import {
  comparedTexts,
  createSimilarityMatcher,
  QUESTION_FEATURES,
  SECTION_FEATURES,
  type Measured,
} from "../src/matching/similarity.js";
import { unpack } from "../src/matching/vector-store.js";
import { loadShipped, openEncoder } from "./content.js";

interface Row {
  readonly measured: Measured;
  readonly right: number;
  readonly weight: number;
}

const STEPS = 1500;
const PENALTY = 1e-3;

function fitWeights(rows: readonly Row[]): { section: number[]; question: number[]; bias: number } {
  const own = SECTION_FEATURES.length;
  const ask = QUESTION_FEATURES.length;
  const size = own + ask + 1;
  const weights = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = Float64Array.from(weights, (weight) => PENALTY * weight);
    for (const { measured, right, weight } of rows) {
      const scores = measured.sections.map((row) =>
        row.reduce((sum, value, index) => sum + value * weights[index]!, 0),
      );
      scores.push(
        measured.question.reduce((sum, value, index) => sum + value * weights[own + index]!, weights[size - 1]!),
      );
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const sum = powers.reduce((all, power) => all + power, 0);
      for (const [slot, power] of powers.entries()) {
        const error = ((power / sum - (slot === right ? 1 : 0)) * weight) / total;
        if (slot < measured.sections.length)
          for (let index = 0; index < own; index++) gradient[index]! += error * measured.sections[slot]![index]!;
        else {
          for (let index = 0; index < ask; index++) gradient[own + index]! += error * measured.question[index]!;
          gradient[size - 1]! += error;
        }
      }
    }
    for (let index = 0; index < size; index++) {
      first[index] = 0.9 * first[index]! + 0.1 * gradient[index]!;
      second[index] = 0.999 * second[index]! + 0.001 * gradient[index]! ** 2;
      weights[index]! -=
        (0.05 * (first[index]! / (1 - 0.9 ** step))) / (Math.sqrt(second[index]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  const round = (value: number): number => Math.round(value * 100) / 100;
  const all = [...weights].map(round);
  return { section: all.slice(0, own), question: all.slice(own, own + ask), bias: all[size - 1]! };
}

export async function fit(): Promise<void> {
  const { explainer, own, common } = await loadShipped();
  const { vectors } = await openEncoder();
  const bare = { ...NO_INTENTS, unanswerable: common.unanswerable };
  const texts = comparedTexts(explainer, bare);
  const packed = await vectors.vectors(texts);
  const byText = new Map(texts.map((text, index) => [text, packed[index]]));
  const matcher = createSimilarityMatcher(explainer, bare, spellingOf(explainer, bare), (text) => byText.get(text));
  const ids = explainer.sections.map((section) => section.id);
  const questions = [
    ...own.answerable.map(({ text, section }) => ({ text, right: ids.indexOf(section) })),
    ...own.unanswerable.map(({ text }) => ({ text, right: ids.length })),
  ];
  const read = await vectors.vectors(
    questions.map((each) => each.text),
    (done, of) => process.stderr.write(`\rencoding ${done} of ${of}`),
  );
  await vectors.save();
  const weight = { answerable: 2 / own.answerable.length, unanswerable: 1 / own.unanswerable.length };
  for (const encoder of [true, false]) {
    const rows = questions.map(({ text, right }, index) => ({
      measured: matcher.measure(text, encoder ? unpack(read[index]!) : undefined),
      right,
      weight: right === ids.length ? weight.unanswerable : weight.answerable,
    }));
    process.stdout.write(`${encoder ? "withEncoder" : "withoutEncoder"}: ${JSON.stringify(fitWeights(rows))}\n`);
  }
}
