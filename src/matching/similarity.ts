// A matcher for an explainer with few example utterances or none: how like its headings, utterances and
// passages a question is, weighed by a handful of numbers fitted once for all explainers.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import type { Asked } from "../languages/grammar.js";
import { spoken } from "../languages/languages.js";
import { softmax } from "./classifier.js";
import { askedInVain, type AskedInVain } from "./asked-in-vain.js";
import { createTermIndex, middleOf, spread, topTwo } from "./compare.js";
import { createExplain } from "./explain.js";
import { cleanUtterance, words } from "./normalise.js";
import { QUESTION_FEATURES, COMPARED, SIGNALS } from "./similarity-features.js";
import { SIMILARITY_WEIGHTS, type SimilarityWeights } from "./similarity-weights.js";
import type { Spelling } from "./spelling.js";
import { correctText } from "./spelling.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import type { Candidate, Matcher, Ranking } from "./types.js";
import { likeness, unpack, type PackedVector } from "./vector-store.js";

/** A text of the explainer, ready to be compared. */
interface Compared {
  readonly stems: ReadonlySet<string>;
  readonly vector: PackedVector | undefined;
  /** Sum of its stems' weights. */
  readonly weight: number;
  /** Its place among the texts of the word index. */
  readonly index: number;
}

interface ComparedSection {
  readonly id: string;
  readonly heading: Compared;
  /** Heading and utterances. */
  readonly asks: readonly Compared[];
  readonly asked: ReadonlySet<Asked>;
  readonly numbers: boolean;
  readonly passages: readonly Compared[];
  /** The passages in their context, and the middle of all of them. */
  readonly contexts: readonly (PackedVector | undefined)[];
  readonly middle: PackedVector | undefined;
  readonly stems: ReadonlySet<string>;
}

/** Utterances of a section that are compared one by one, spread evenly; more add time. */
const COMPARED_PER_SECTION = 40;
const COMPARED_UNANSWERED = 200;
/** With so many utterances a section, what is taught counts half. */
const HALF_TAUGHT = 5;

/** How much is taught, 0–1, by the mean number of utterances a section. */
function taughtShare(explainer: Explainer, intents: Intents): number {
  const mean = intents.answerable.length / Math.max(1, explainer.sections.length);
  return mean / (mean + HALF_TAUGHT);
}

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

const UNKNOWN_AT = QUESTION_FEATURES.indexOf("unknownShare");
const MEANING_AT = ["askCosine", "contextCosine"].map((signal) => QUESTION_FEATURES.indexOf(`best ${signal}`));
/** Confidence under which nothing is answered (`assistant/decide.ts`). */
const UNGROUNDED = 0.5;

/**
 * Whether the article knows what a question speaks of: by its words, or by the encoder's reading. Of 462 questions on 33 articles that
 * are answered, three are rightly answered without either (docs/matching.md); on an article of three sections everything is.
 */
function groundsOf(question: readonly number[], read: boolean): "firm" | "weak" | "none" {
  const unknown = question[UNKNOWN_AT] ?? 0;
  const meaning = Math.max(...MEANING_AT.map((column) => question[column] ?? 0));
  if (!read) return unknown >= 0.8 ? "none" : unknown >= 0.6 ? "weak" : "firm";
  if (unknown < 0.8 || meaning >= 0.5) return "firm";
  return meaning >= 0.4 ? "weak" : "none";
}

/** A passage with the heading that it stands under: what it is about, where it does not say so itself. */
const inContext = (heading: string, passage: string): string => `${heading} ${passage}`;

/** A section's utterances, as many as are compared. */
const utterancesOf = (intents: Intents, id: string): readonly string[] =>
  spread(
    intents.answerable.filter(({ section }) => section === id).map(({ text }) => text),
    COMPARED_PER_SECTION,
  );

/** All texts of an explainer that the matcher compares a question with. */
export function comparedTexts(explainer: Explainer, intents: Intents): string[] {
  return [
    explainer.title,
    ...explainer.sections.flatMap(({ heading, passages }) => [
      heading,
      ...passages.flatMap(({ text }) => [text, inContext(heading, text)]),
    ]),
    ...explainer.sections.flatMap(({ id }) => utterancesOf(intents, id)),
    ...spread(intents.unanswerable, COMPARED_UNANSWERED).map((utterance) => utterance.text),
  ];
}

/** How alike texts of different sections of one article are to the built-in encoder: mean and deviation over 33 articles. */
const BUILT_IN_SCALE = { mean: 0.246, deviation: 0.145 };
const SCALED_TEXTS = 120;

/** Brings another encoder's likenesses to the built-in one's scale, by how alike the article's own sections are to it. */
function scaleOf(sections: readonly ComparedSection[]): (cosine: number) => number {
  const own = sections.flatMap(({ heading, passages }, section) =>
    [heading, ...passages].flatMap(({ vector }) => (vector ? [{ section, vector }] : [])),
  );
  const some = spread(own, SCALED_TEXTS).map(({ section, vector }) => ({ section, vector, plain: unpack(vector) }));
  const values = some.flatMap((a, at) =>
    some.slice(at + 1).flatMap((b) => (a.section === b.section ? [] : [likeness(a.plain, b.vector)])),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  if (deviation < 1e-6) return (cosine) => cosine;
  return (cosine) => BUILT_IN_SCALE.mean + ((cosine - mean) / deviation) * BUILT_IN_SCALE.deviation;
}

export function createSimilarityMatcher(
  explainer: Explainer,
  intents: Intents,
  spelling: Spelling,
  vectorOf: VectorOf,
  {
    weights = SIMILARITY_WEIGHTS,
    foreignScale = false,
    inVain = askedInVain,
  }: {
    readonly weights?: Readonly<Record<"withEncoder" | "withoutEncoder", SimilarityWeights>>;
    /** Whether vectors are of another encoder than the weights: their likenesses are brought to its scale. */
    readonly foreignScale?: boolean;
    readonly inVain?: AskedInVain;
  } = {},
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
  const texts: string[] = [];
  const compare = (text: string): Compared => {
    const stems = new Map(words(text).map((word) => [stem(word), word]));
    let weight = 0;
    for (const [stemmed, word] of stems) weight += weightOf(stemmed, word);
    const index = texts.push(text) - 1;
    return { stems: new Set(stems.keys()), vector: vectorOf(text), weight, index };
  };
  const taught = taughtShare(explainer, intents);
  const sections: ComparedSection[] = explainer.sections.map((section) => {
    const title = explainer.titleSection === section.id ? [explainer.title] : [];
    const heading = compare(section.heading);
    const asks = [heading, ...[...title, ...utterancesOf(intents, section.id)].map(compare)];
    const passages = section.passages.map((passage) => compare(passage.text));
    const contexts = section.passages.map(({ text }) => vectorOf(inContext(section.heading, text)));
    const asked = new Set([section.heading, ...title].map(askedKind));
    const numbers = section.passages.some((passage) => /\d/.test(passage.text));
    return {
      id: section.id,
      heading,
      asks,
      asked,
      numbers,
      passages,
      contexts,
      middle: middleOf(contexts),
      stems: new Set([...asks, ...passages].flatMap((each) => [...each.stems])),
    };
  });
  const rescale = foreignScale ? scaleOf(sections) : (cosine: number): number => cosine;
  const answered = texts.length;
  const unanswerable = spread(intents.unanswerable, COMPARED_UNANSWERED).map((each) => compare(each.text));
  const likenessByTerms = createTermIndex(texts.slice(0, answered), stem);
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
    const cosine = (to: PackedVector | undefined): number => (vector && to ? rescale(likeness(vector, to)) : 0);
    const both = (other: Compared): number => (2 * shared(other.stems)) / (whole + other.weight || 1);
    const terms = likenessByTerms(text);
    const kind = askedKind(clean);
    const wantsNumber = kind === "number" || kind === "time";
    const wantsReason = kind === "reason";
    const leads: number[] = [];
    const raw = sections.map((section, at) => {
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
          (wantsReason && spoken.reasons.test(passage.text) ? 0.15 : 0) +
          (passage.kind === "caption" ? -0.15 : 0) +
          (passage.text.trim().endsWith("?") ? -0.3 : 0) +
          (index === 0 ? 0.12 : 0);
        if (score > best) {
          best = score;
          lead = index;
        }
      }
      leads.push(lead);
      const sorted = [...cosines].sort((a, b) => b - a).slice(0, 3);
      const passageTerms = section.passages.map(({ index }) => terms[index] ?? 0);
      return [
        cosine(section.heading.vector),
        Math.max(...section.asks.map((ask) => cosine(ask.vector))),
        Math.max(0, ...cosines),
        sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length),
        Math.max(0, ...section.contexts.map(cosine)),
        cosine(section.middle),
        shared(section.stems) / whole,
        Math.max(0, ...overlaps),
        Math.max(...section.asks.map(both)),
        Math.max(...section.asks.map(({ index }) => terms[index] ?? 0)),
        Math.max(0, ...passageTerms),
        Math.sqrt(passageTerms.reduce((sum, value) => sum + value * value, 0)),
        kind !== "other" && section.asked.has(kind) ? 1 : 0,
        wantsNumber && section.numbers ? 1 : 0,
      ];
    });
    const tops = SIGNALS.map((_, column) => topTwo(raw, column));
    const rows = raw.map((row, at) => {
      const ahead = row.map((value, column) => {
        const { first, second, where } = tops[column]!;
        return value - (where === at ? second : first);
      });
      const bestIn = tops.slice(0, COMPARED).filter(({ where, first }) => where === at && first > 0).length;
      return [...row, ...ahead, bestIn / COMPARED, taught * row[1]!, taught * row[9]!];
    });
    const unknown = weighed.reduce((sum, each) => sum + (frequency.has(each.stemmed) ? 0 : each.weight), 0) / whole;
    const farCosine = unanswerable.reduce((most, each) => Math.max(most, cosine(each.vector)), 0);
    const farOverlap = unanswerable.reduce((most, each) => Math.max(most, both(each)), 0);
    const compared = tops.slice(0, COMPARED);
    return {
      sections: rows,
      question: [
        ...compared.map(({ first }) => first),
        ...compared.map(({ first, second }) => first - second),
        unknown,
        farCosine,
        farOverlap,
        Math.log(1 + weighed.length) / 3,
        taught,
        taught * farCosine,
        vector && !foreignScale ? inVain(vector) : 0,
      ],
      passages: leads,
      changed,
    };
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
    const { section, question: ask, bias, far, farBias } = vector ? weights.withEncoder : weights.withoutEncoder;
    const sum = (row: readonly number[], by: readonly number[]): number =>
      row.reduce((all, value, index) => all + value * (by[index] ?? 0), 0);
    const scores = softmax(Float32Array.from([...rows.map((row) => sum(row, section)), bias + sum(question, ask)]));
    const grounds = groundsOf(question, vector !== undefined);
    const top = Math.max(...scores.slice(0, rows.length));
    // What is not grounded is shown as the closest at most, however far it goes before the other sections.
    const share = grounds === "firm" || top <= UNGROUNDED ? 1 : UNGROUNDED / top;
    const candidates: Candidate[] = sections
      .map(({ id }, index) => ({
        section: id,
        confidence: (scores[index] ?? 0) * share,
        passage: passages[index] ?? 0,
      }))
      .sort((a, b) => b.confidence - a.confidence);
    const bestBy = (column: number): { section: string; confidence: number } => {
      const best = rows.reduce((top, row, index) => ((row[column] ?? 0) > (rows[top]?.[column] ?? 0) ? index : top), 0);
      return { section: sections[best]?.id ?? "", confidence: rows[best]?.[column] ?? 0 };
    };
    return {
      candidates,
      unanswerable: 1 - candidates.reduce((all, { confidence }) => all + confidence, 0),
      far: grounds === "none" ? 1 : 1 / (1 + Math.exp(-(farBias + sum(question, far)))),
      smallTalk: smallTalkOf(utterance),
      explain: () =>
        explain(utterance, changed, candidates, {
          words: bestBy(SIGNALS.indexOf("askOverlap")),
          ...(vector ? { encoder: bestBy(SIGNALS.indexOf("askCosine")) } : {}),
        }),
    };
  }

  return { rank, measure };
}
