// A matcher for an explainer with few example utterances or none: how like its headings, utterances and passages a question is,
// weighed by numbers fitted once over many explainers.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { softmax } from "./classifier.js";
import { readContent, type VectorOf } from "./compared.js";
import { createExplain } from "./explain.js";
import { createMeasure, type Measured } from "./measure.js";
import { NO_PRIORS, PRIORS, type Priors } from "./priors.js";
import { QUESTION_FEATURES, SIGNALS } from "./similarity-features.js";
import { SIMILARITY_WEIGHTS, type SimilarityWeights, type WeightsFor } from "./similarity-weights.js";
import { createSmallTalk } from "./small-talk.js";
import type { Spelling } from "./spelling.js";
import type { Candidate, Matcher, Ranking } from "./types.js";

export interface SimilarityMatcher extends Matcher {
  /** The numbers behind a ranking, for fitting the weights. */
  measure(utterance: string, vector: Float32Array | undefined): Measured;
  /** A ranking and the numbers behind it. */
  read(utterance: string, vector: Float32Array | undefined): { readonly ranking: Ranking; readonly measured: Measured };
}

const UNKNOWN_AT = QUESTION_FEATURES.indexOf("unknownShare");
const UNMET_AT = QUESTION_FEATURES.indexOf("unmet");
const MEANING_AT = ["askCosine", "contextCosine"].map((signal) => QUESTION_FEATURES.indexOf(`best ${signal}`));
/** Confidence under which nothing is answered (`assistant/decide.ts`). */
const UNGROUNDED = 0.45;
const TINY = 1e-5;

/**
 * Whether the article knows what a question speaks of: by its words or what they stand for, or by the encoder's reading; on an article
 * of three sections some section always goes before the others (docs/matching.md).
 */
function groundsOf(question: readonly number[], read: boolean, lexicon: boolean): "firm" | "weak" | "none" {
  const unknown = question[lexicon ? UNMET_AT : UNKNOWN_AT] ?? 0;
  const meaning = Math.max(...MEANING_AT.map((column) => question[column] ?? 0));
  if (!read) return unknown >= 0.8 ? "none" : unknown >= 0.6 ? "weak" : "firm";
  if (unknown < 0.8 || meaning >= 0.5) return "firm";
  return meaning >= 0.4 ? "weak" : "none";
}

/** The section and the question's weights that fit what there is: an encoder's reading, a lexicon. */
function weightsFor(
  weights: Readonly<Record<WeightsFor, SimilarityWeights>>,
  read: boolean,
  lexicon: boolean,
): SimilarityWeights {
  if (lexicon) return read ? weights.withEncoder : weights.withoutEncoder;
  return read ? weights.encoderAlone : weights.wordsAlone;
}

export function createSimilarityMatcher(
  explainer: Explainer,
  intents: Intents,
  spelling: Spelling,
  vectorOf: VectorOf,
  {
    weights = SIMILARITY_WEIGHTS,
    builtIn = true,
    foreignScale = false,
    priors = PRIORS,
  }: {
    readonly weights?: Readonly<Record<WeightsFor, SimilarityWeights>>;
    /** Whether vectors are of the built-in encoder. */
    readonly builtIn?: boolean;
    /** Whether vectors are of another encoder than the weights: their likenesses are brought to its scale. */
    readonly foreignScale?: boolean;
    readonly priors?: Priors;
  } = {},
): SimilarityMatcher {
  const content = readContent(explainer, intents, vectorOf, { builtIn, foreignScale });
  const measure = createMeasure(explainer, content, spelling, builtIn ? priors : NO_PRIORS);
  const explain = createExplain(explainer, intents, content.stem, (each) => content.knows(each));
  const smallTalkOf = createSmallTalk(intents);

  function rankMeasured(measured: Measured, utterance: string, vector: Float32Array | undefined): Ranking {
    const { sections: rows, question, passages, changed } = measured;
    const own = weightsFor(weights, vector !== undefined, content.concepts !== undefined);
    const sum = (row: readonly number[], by: readonly number[]): number =>
      row.reduce((all, value, index) => all + value * (by[index] ?? 0), 0);
    const scores = softmax(
      Float32Array.from([...rows.map((row) => sum(row, own.section)), own.bias + sum(question, own.question)]),
    );
    const grounds = groundsOf(question, vector !== undefined, content.concepts !== undefined);
    const top = Math.max(...scores.slice(0, rows.length));
    // What is not grounded is shown as the closest at most, however far it goes before the other sections.
    const share = grounds === "firm" || top <= UNGROUNDED ? 1 : UNGROUNDED / top;
    const candidates: Candidate[] = content.sections
      .map(({ id }, index) => ({
        section: id,
        confidence: (scores[index] ?? 0) * share,
        passage: passages[index] ?? 0,
      }))
      .sort((a, b) => b.confidence - a.confidence);
    const bestBy = (column: number): { section: string; confidence: number } => {
      const best = rows.reduce((top, row, index) => ((row[column] ?? 0) > (rows[top]?.[column] ?? 0) ? index : top), 0);
      return { section: content.sections[best]?.id ?? "", confidence: rows[best]?.[column] ?? 0 };
    };
    const some = candidates.reduce((all, { confidence }) => all + confidence, 0);
    // What no section is likely to answer is likelier to be about something else.
    const odds = Math.exp(own.farBias + sum(question, own.far)) * ((1 - some + TINY) / (some + TINY));
    return {
      candidates,
      unanswerable: 1 - some,
      far: grounds === "none" ? 1 : odds / (1 + odds),
      smallTalk: smallTalkOf(utterance),
      explain: () =>
        explain(utterance, changed, candidates, {
          words: bestBy(SIGNALS.indexOf("askOverlap")),
          ...(content.concepts ? { meanings: bestBy(SIGNALS.indexOf("conceptSection")) } : {}),
          ...(vector ? { encoder: bestBy(SIGNALS.indexOf("askCosine")) } : {}),
        }),
    };
  }

  return {
    rank: (utterance, vector) => rankMeasured(measure(utterance, vector), utterance, vector),
    measure,
    read(utterance, vector) {
      const measured = measure(utterance, vector);
      return { measured, ranking: rankMeasured(measured, utterance, vector) };
    },
  };
}
