// A matcher for an explainer with few example utterances or none: how like its headings, utterances and
// passages a question is, weighed by a handful of numbers fitted once for all explainers.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import type { Asked } from "../languages/grammar.js";
import { spoken } from "../languages/languages.js";
import { softmax } from "./classifier.js";
import { createExplain } from "./explain.js";
import { cleanUtterance, words } from "./normalise.js";
import { SIMILARITY_WEIGHTS, type SimilarityWeights } from "./similarity-weights.js";
import type { Spelling } from "./spelling.js";
import { correctText } from "./spelling.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import type { Candidate, Matcher, Ranking } from "./types.js";
import { likeness, type PackedVector } from "./vector-store.js";

/** A text of the explainer, ready to be compared. */
interface Compared {
  readonly stems: ReadonlySet<string>;
  readonly vector: PackedVector | undefined;
  /** Sum of its stems' weights. */
  readonly weight: number;
}

interface ComparedSection {
  readonly id: string;
  /** Heading and utterances. */
  readonly asks: readonly Compared[];
  readonly asked: ReadonlySet<Asked>;
  readonly numbers: boolean;
  readonly passages: readonly Compared[];
  readonly stems: ReadonlySet<string>;
}

/** What is measured of one section; every number is 0–1, or a cosine. */
export const SECTION_FEATURES = [
  "askCosine",
  "passageCosine",
  "topThreeCosine",
  "sectionOverlap",
  "passageOverlap",
  "askOverlap",
  "askedAlike",
  "holdsNumber",
] as const;
/** What is measured of the question for "the article does not say". */
export const QUESTION_FEATURES = ["unknownShare", "bestOverlap", "bestCosine", "unanswerableLikeness"] as const;

export interface Measured {
  readonly sections: readonly (readonly number[])[];
  readonly question: readonly number[];
  /** For each section the passage that answers best. */
  readonly passages: readonly number[];
}

export interface SimilarityMatcher extends Matcher {
  /** The numbers behind a ranking, for fitting the weights. */
  measure(utterance: string, vector: Float32Array | undefined): Measured;
}

/** What kind of thing a question asks for, by its words; "other" where the language has no words for it. */
function askedKind(text: string): Asked {
  return spoken.asked.find(([, pattern]) => pattern.test(text))?.[0] ?? "other";
}

/** Small talk is known by its words: this share of them must be the same. */
const SMALL_TALK_LIKENESS = 0.8;

/** Vectors by text, as the store gave them; empty where there is no encoder. */
export type VectorOf = (text: string) => PackedVector | undefined;

/** All texts of an explainer that the matcher compares a question with. */
export function comparedTexts(explainer: Explainer, intents: Intents): string[] {
  return [
    explainer.title,
    ...explainer.sections.flatMap((section) => [section.heading, ...section.passages.map((passage) => passage.text)]),
    ...intents.answerable.map((utterance) => utterance.text),
    ...intents.unanswerable.map((utterance) => utterance.text),
  ];
}

export function createSimilarityMatcher(
  explainer: Explainer,
  intents: Intents,
  spelling: Spelling,
  vectorOf: VectorOf,
  weights: { readonly withEncoder: SimilarityWeights; readonly withoutEncoder: SimilarityWeights } = SIMILARITY_WEIGHTS,
): SimilarityMatcher {
  const stem = createStem(explainer.language);
  const stemsOf = (text: string): Set<string> => new Set(words(text).map(stem));
  const frequency = new Map<string, number>();
  let total = 0;
  for (const section of explainer.sections) {
    for (const text of [section.heading, ...section.passages.map((passage) => passage.text)]) {
      total++;
      for (const each of stemsOf(text)) frequency.set(each, (frequency.get(each) ?? 0) + 1);
    }
  }
  for (const { text } of intents.answerable)
    for (const each of stemsOf(text)) if (!frequency.has(each)) frequency.set(each, 1);
  const rarest = Math.log(1 + total);
  const weightOf = (stemmed: string, word = stemmed): number =>
    wordWeight(word, explainer.language) * (Math.log(1 + total / (frequency.get(stemmed) ?? 1)) / rarest);
  const compare = (text: string): Compared => {
    const stems = new Map(words(text).map((word) => [stem(word), word]));
    let weight = 0;
    for (const [stemmed, word] of stems) weight += weightOf(stemmed, word);
    return { stems: new Set(stems.keys()), vector: vectorOf(text), weight };
  };
  const sections: ComparedSection[] = explainer.sections.map((section) => {
    const title = explainer.titleSection === section.id ? [explainer.title] : [];
    const asks = [
      section.heading,
      ...title,
      ...intents.answerable.filter((each) => each.section === section.id).map((each) => each.text),
    ].map(compare);
    const passages = section.passages.map((passage) => compare(passage.text));
    const asked = new Set([section.heading, ...title].map(askedKind));
    const numbers = section.passages.some((passage) => /\d/.test(passage.text));
    return {
      id: section.id,
      asks,
      asked,
      numbers,
      passages,
      stems: new Set([...asks, ...passages].flatMap((each) => [...each.stems])),
    };
  });
  const unanswerable = intents.unanswerable.map((each) => compare(each.text));
  const explain = createExplain(explainer, intents, stem, (each) => frequency.has(each));

  function measure(
    utterance: string,
    vector: Float32Array | undefined,
  ): Measured & { changed: Record<string, string> } {
    const clean = cleanUtterance(utterance);
    const { text, changed } = correctText(clean, spelling);
    const asked = new Map(
      words(text)
        .slice(0, 80)
        .map((word) => [stem(word), word]),
    );
    const weighed = [...asked].map(([stemmed, word]) => ({ stemmed, weight: weightOf(stemmed, word) }));
    const whole = weighed.reduce((sum, each) => sum + each.weight, 0) || 1;
    const shared = (stems: ReadonlySet<string>): number =>
      weighed.reduce((sum, each) => sum + (stems.has(each.stemmed) ? each.weight : 0), 0);
    const cosine = (to: PackedVector | undefined): number => (vector && to ? likeness(vector, to) : 0);
    const both = (other: Compared): number => (2 * shared(other.stems)) / (whole + other.weight || 1);
    const kind = askedKind(clean);
    const wantsNumber = kind === "number" || kind === "time";
    const wantsReason = kind === "reason";
    const leads: number[] = [];
    const rows = sections.map((section, at) => {
      const cosines = section.passages.map((passage) => cosine(passage.vector));
      const overlaps = section.passages.map((passage) => shared(passage.stems) / whole);
      const own = explainer.sections[at]?.passages ?? [];
      let lead = 0;
      let best = -Infinity;
      for (const [index, passage] of own.entries()) {
        if (passage.kind === "subheading") continue;
        const score =
          1.3 * cosines[index]! +
          1.2 * overlaps[index]! +
          (wantsNumber && /\d/.test(passage.text) ? 0.18 : 0) +
          (wantsReason && /\b(?:because|as a result|since|due to|so that)\b/i.test(passage.text) ? 0.15 : 0) +
          (passage.kind === "caption" ? -0.15 : 0) +
          (index === 0 ? 0.12 : 0);
        if (score > best) {
          best = score;
          lead = index;
        }
      }
      leads.push(lead);
      const sorted = [...cosines].sort((a, b) => b - a).slice(0, 3);
      return [
        Math.max(...section.asks.map((ask) => cosine(ask.vector))),
        Math.max(0, ...cosines),
        sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length),
        shared(section.stems) / whole,
        Math.max(0, ...overlaps),
        Math.max(...section.asks.map(both)),
        kind !== "other" && section.asked.has(kind) ? 1 : 0,
        wantsNumber && section.numbers ? 1 : 0,
      ];
    });
    const unknown = weighed.reduce((sum, each) => sum + (frequency.has(each.stemmed) ? 0 : each.weight), 0) / whole;
    const best = (column: number): number => Math.max(0, ...rows.map((row) => row[column] ?? 0));
    const like = unanswerable.reduce((most, each) => Math.max(most, 0.5 * cosine(each.vector) + 0.5 * both(each)), 0);
    return { sections: rows, question: [unknown, best(3), Math.max(best(0), best(1)), like], passages: leads, changed };
  }

  const talk = intents.smallTalk.flatMap(({ kind, utterances }) =>
    utterances.map((text) => ({ kind, words: new Set(words(text)) })),
  );

  function smallTalkOf(utterance: string): string | undefined {
    const typed = new Set(words(cleanUtterance(utterance)));
    if (typed.size === 0 || typed.size > 12) return undefined;
    const best = talk.reduce(
      (top, each) => {
        const same = [...typed].filter((word) => each.words.has(word)).length;
        const near = (2 * same) / (typed.size + each.words.size);
        return near > top.near ? { near, kind: each.kind } : top;
      },
      { near: 0, kind: "" },
    );
    return best.near >= SMALL_TALK_LIKENESS ? best.kind : undefined;
  }

  function rank(utterance: string, vector: Float32Array | undefined): Ranking {
    const { sections: rows, question, passages, changed } = measure(utterance, vector);
    const { section, question: ask, bias } = vector ? weights.withEncoder : weights.withoutEncoder;
    const sum = (row: readonly number[], by: readonly number[]): number =>
      row.reduce((all, value, index) => all + value * (by[index] ?? 0), 0);
    const scores = softmax(Float32Array.from([...rows.map((row) => sum(row, section)), bias + sum(question, ask)]));
    const candidates: Candidate[] = sections
      .map(({ id }, index) => ({ section: id, confidence: scores[index] ?? 0, passage: passages[index] ?? 0 }))
      .sort((a, b) => b.confidence - a.confidence);
    const bestBy = (column: number): { section: string; confidence: number } => {
      const best = rows.reduce((top, row, index) => ((row[column] ?? 0) > (rows[top]?.[column] ?? 0) ? index : top), 0);
      return { section: sections[best]?.id ?? "", confidence: rows[best]?.[column] ?? 0 };
    };
    return {
      candidates,
      unanswerable: scores[rows.length] ?? 1,
      smallTalk: smallTalkOf(utterance),
      explain: () =>
        explain(utterance, changed, candidates, { words: bestBy(3), ...(vector ? { encoder: bestBy(0) } : {}) }),
    };
  }

  return { rank, measure };
}
