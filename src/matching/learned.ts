// A matcher for an explainer with many example utterances: two classifiers vote on passages, kinds of
// unanswerable questions and small talk, and their votes are summed by section.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { CALIBRATION, type Calibration } from "./calibration.js";
import { classScores, softmax } from "./classifier.js";
import { createExplain } from "./explain.js";
import { besideWords, createLexicalFeatures } from "./features.js";
import { lexicalText } from "./learn.js";
import { words } from "./normalise.js";
import type { Model } from "./model.js";
import type { Spelling } from "./spelling.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import type { Candidate, Matcher, Ranking } from "./types.js";

/** Keeps a class that one classifier rules out within reach of the other. */
const TINY = 1e-6;

/** The votes on one utterance before they are combined: a slot a section, then one for "unanswerable", then one a kind of small talk. */
export interface Votes {
  /** The lexical classifier's chances, 0–1, summing to 1. */
  readonly lexical: Float32Array;
  /** The same of the classifier that reads the encoder's numbers beside the words; undefined where there were none. */
  readonly joint: Float32Array | undefined;
  /** Share of the texts learned from that the encoder read, 0–1. */
  readonly readShare: number;
  /** Share of the utterance's telling words that no training text has, 0–1. */
  readonly unknownShare: number;
}

export interface LearnedMatcher extends Matcher {
  /** The votes behind a ranking, for fitting the calibration. */
  measure(utterance: string, vector: Float32Array | undefined): Votes;
}

/** Examples of what is not answered for one of what is, where the calibration was fitted. */
const USUAL_SHARE = 0.77;

/**
 * What few utterances add to "the article does not say": they are outnumbered by the examples of what is not answered, which every
 * explainer has from the start, and readers ask no more of it for that (prior correction: Saerens et al., 2002).
 */
function scarcity(explainer: Explainer, intents: Intents): number {
  const told = explainer.sections.reduce((sum, { passages }) => sum + 1 + passages.length, intents.answerable.length);
  const others = intents.smallTalk.reduce(
    (sum, { utterances }) => sum + utterances.length,
    intents.unanswerable.length,
  );
  return Math.min(0, Math.log(USUAL_SHARE / ((others + 1) / (told + 1))));
}

/** Votes to chances: log-linear pooling, as {@link Calibration} says. `sections` slots are sections, the rest is not answered. */
export function combineVotes(votes: Votes, sections: number, calibration: Calibration): Float32Array {
  const { lexical, joint, unknownShare } = votes;
  const { unanswerableOffset, unknownWeight, temperature } = calibration;
  const weight = jointWeight(votes, calibration);
  return softmax(
    Float32Array.from(lexical, (chance, slot) => {
      const offset = slot >= sections ? unanswerableOffset + unknownWeight * unknownShare : 0;
      return (pool(chance, joint?.[slot], weight) + offset) / temperature;
    }),
  );
}

/** How much the joint classifier counts beside the one of words, 0–1. */
const jointWeight = ({ joint, readShare }: Votes, calibration: Calibration): number =>
  joint ? Math.min(1, calibration.jointWeight * readShare) : 0;

/** The weighted mean of two log-chances. */
const pool = (lexical: number, joint: number | undefined, weight: number): number =>
  (Math.log(lexical + TINY) + weight * Math.log((joint ?? 0) + TINY)) / (1 + weight);

/** Makes a matcher of a learned model. Ranking one utterance takes about a millisecond and keeps nothing. */
export function createLearnedMatcher(
  explainer: Explainer,
  intents: Intents,
  model: Model,
  spelling: Spelling,
): LearnedMatcher {
  const stem = createStem(explainer.language);
  const features = createLexicalFeatures(model.terms, stem);
  const classes = model.labels.length;
  const inputs = model.terms.length;
  const sections = explainer.sections;
  const kinds = intents.smallTalk.map((talk) => talk.kind);
  // A slot a section, one for all that is not answered, one a kind of small talk.
  const unanswerable = sections.length;
  const slots = sections.length + 1 + kinds.length;
  const slotOf = Int32Array.from(model.labels, (label) => {
    if (label.type === "section") return sections.findIndex((section) => section.id === label.section);
    return label.type === "smallTalk" ? unanswerable + 1 + kinds.indexOf(label.kind) : unanswerable;
  });
  const explain = createExplain(explainer, intents, stem, (word) => features.stemWeight(word) !== undefined);
  const scarce = scarcity(explainer, intents);

  function lead(
    slot: number,
    section: Explainer["sections"][number],
    chances: Float32Array,
    joint: Float32Array | undefined,
    weight: number,
  ): number {
    let best = -Infinity;
    let passage = 0;
    for (const [index, label] of model.labels.entries()) {
      if (slotOf[index] !== slot || label.type !== "section") continue;
      const score = pool(chances[index]!, joint?.[index], weight);
      if (score > best) {
        best = score;
        passage = label.passage ?? 0;
      }
    }
    return Math.min(passage, section.passages.length - 1);
  }

  function bySlot(values: Float32Array): Float32Array {
    const sums = new Float32Array(slots);
    for (let index = 0; index < classes; index++) sums[slotOf[index]!]! += values[index]!;
    return sums;
  }

  function unknownShare(typed: readonly string[]): number {
    let known = 0;
    let all = 0;
    for (const word of typed) {
      const weight = wordWeight(word, explainer.language);
      all += weight;
      if (features.stemWeight(stem(word)) !== undefined) known += weight;
    }
    return all === 0 ? 1 : 1 - known / all;
  }

  function read(utterance: string, vector: Float32Array | undefined) {
    const { text, changed } = lexicalText(utterance, spelling);
    const sparse = features.vector(text);
    const chances = softmax(classScores(model.lexical, { classes, inputs, dense: 0 }, { sparse }));
    const joint =
      vector && model.joint
        ? softmax(
            classScores(model.joint, { classes, inputs, dense: vector.length }, { sparse, dense: besideWords(vector) }),
          )
        : undefined;
    const votes: Votes = {
      lexical: bySlot(chances),
      joint: joint && bySlot(joint),
      readShare: model.readShare,
      unknownShare: unknownShare(words(text).filter((word) => !Object.hasOwn(changed, word))),
    };
    return { changed, chances, joint, votes };
  }

  function rank(utterance: string, vector: Float32Array | undefined): Ranking {
    const { changed, chances, joint, votes } = read(utterance, vector);
    const calibration = joint ? CALIBRATION.withEncoder : CALIBRATION.withoutEncoder;
    // A correction of chances, which the temperature is no part of.
    const unanswerableOffset = calibration.unanswerableOffset + scarce * calibration.temperature;
    const combined = combineVotes(votes, unanswerable, { ...calibration, unanswerableOffset });
    const weight = jointWeight(votes, calibration);
    const candidates: Candidate[] = sections
      .map((section, slot) => ({
        section: section.id,
        confidence: combined[slot]!,
        passage: lead(slot, section, chances, joint, weight),
      }))
      .sort((a, b) => b.confidence - a.confidence);
    const rest = combined.subarray(unanswerable);
    const talk = rest.subarray(1).reduce((best, chance, kind) => (chance > (rest[best + 1] ?? 0) ? kind : best), 0);
    const isTalk = kinds.length > 0 && rest[talk + 1]! > Math.max(rest[0]!, candidates[0]?.confidence ?? 0, 0.4);
    const bestOf = (scores: Float32Array): { section: string; confidence: number } => {
      let best = 0;
      for (let slot = 1; slot < sections.length; slot++) if (scores[slot]! > scores[best]!) best = slot;
      return { section: sections[best]?.id ?? "", confidence: scores[best] ?? 0 };
    };
    return {
      candidates,
      unanswerable: rest.reduce((sum, chance) => sum + chance, 0),
      // With so many utterances of both kinds nothing else need tell what is foreign.
      far: 0,
      smallTalk: isTalk ? kinds[talk] : undefined,
      explain: () =>
        explain(utterance, changed, candidates, {
          words: bestOf(votes.lexical),
          ...(votes.joint ? { encoder: bestOf(votes.joint) } : {}),
        }),
    };
  }

  return { rank, measure: (utterance, vector) => read(utterance, vector).votes };
}
