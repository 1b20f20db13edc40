// An explainer made ready to be compared with questions: its texts as stems, as vectors, and by what their words stand for.
import { utterancesASection, type Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import type { Asked } from "../languages/grammar.js";
import { spoken } from "../languages/languages.js";
import { centred, meanOf, type Means } from "./centre.js";
import { createTermIndex, middleOf, spread } from "./compare.js";
import { createConceptIndex, type ConceptIndex } from "./concept-index.js";
import { ENCODER_MEANS } from "./encoder-means.js";
import { lexiconOf } from "./lexicon.js";
import { words } from "./normalise.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import { likeness, unpack, type PackedVector } from "./vector-store.js";

/** A text of the explainer, ready to be compared. */
export interface Compared {
  readonly stems: ReadonlySet<string>;
  readonly vector: PackedVector | undefined;
  /** Sum of its stems' weights. */
  readonly weight: number;
  /** Its place among the texts of the word index. */
  readonly index: number;
}

/** A section's vectors less what the encoder reads in every text (centre.ts). */
export interface CentredSection {
  readonly asks: readonly PackedVector[];
  readonly passages: readonly PackedVector[];
  readonly contexts: readonly PackedVector[];
  readonly middle: PackedVector | undefined;
  /** Heading and middle as one. */
  readonly whole: PackedVector | undefined;
}

export interface ComparedSection {
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
  readonly centred: CentredSection | undefined;
  readonly stems: ReadonlySet<string>;
}

export interface Content {
  readonly sections: readonly ComparedSection[];
  /** Utterances that are not answered. */
  readonly unanswerable: readonly Compared[];
  /** How much is taught, 0–1, by the mean number of utterances a section. */
  readonly taught: number;
  readonly stem: (word: string) => string;
  /** Whether a text or an utterance has the stem. */
  knows(stem: string): boolean;
  /** How much a word of a question counts, 0–1: the rarer in the explainer, the more. */
  readonly weightOf: (stem: string, word: string) => number;
  /** Likeness by terms to each text, by {@link Compared.index}. */
  terms(text: string): Float32Array;
  readonly concepts: ConceptIndex | undefined;
  /** What is taken off a question's vector. */
  readonly means: Means | undefined;
  /** Brings cosines, and cosines of what is centred, to the scale of the weights. */
  readonly scale: (cosine: number) => number;
  readonly centredScale: (cosine: number) => number;
}

/** Vectors by text, as the store gave them; empty where there is no encoder. */
export type VectorOf = (text: string) => PackedVector | undefined;

/** Of the encoder that gave the vectors. */
export interface EncoderTraits {
  /** Whether it is the built-in one. */
  readonly builtIn: boolean;
  /** Whether the weights are of another one: likenesses are brought to its scale. */
  readonly foreignScale: boolean;
}

/** Utterances of a section that are compared one by one, spread evenly; more add time. */
const COMPARED_PER_SECTION = 40;
const COMPARED_UNANSWERED = 200;
/** With so many utterances a section, what is taught counts half. */
const HALF_TAUGHT = 5;

function taughtShare(explainer: Explainer, intents: Intents): number {
  const mean = utterancesASection(explainer, intents);
  return mean / (mean + HALF_TAUGHT);
}

/** What kind of thing a question asks for, by its words; "other" where the language has no words for it. */
export function askedKind(text: string): Asked {
  return spoken.asked.find(([, pattern]) => pattern.test(text))?.[0] ?? "other";
}

/** A passage with the heading that it stands under: what it is about, where it does not say so itself. */
const inContext = (heading: string, passage: string): string => `${heading} ${passage}`;

/** A section's utterances, as many as are compared. */
const utterancesOf = (intents: Intents, id: string): readonly string[] =>
  spread(
    intents.answerable.filter(({ section }) => section === id).map(({ text }) => text),
    COMPARED_PER_SECTION,
  );

/** All texts of an explainer that a question is compared with. */
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

/** How alike texts of different sections of one article are to the built-in encoder: mean and deviation over 69 articles. */
const BUILT_IN_SCALE = { mean: 0.301, deviation: 0.156 };
/** The same of what is centred. */
const CENTRED_SCALE = { mean: 0.185, deviation: 0.172 };
const SCALED_TEXTS = 120;

const there = <T>(items: readonly (T | undefined)[]): T[] => items.flatMap((item) => item ?? []);

/** Brings another encoder's likenesses to the built-in one's scale, by how alike the article's own sections are to it. */
function scaleOf(
  sections: readonly (readonly PackedVector[])[],
  to: { readonly mean: number; readonly deviation: number },
): (cosine: number) => number {
  const own = sections.flatMap((vectors, section) => vectors.map((vector) => ({ section, vector })));
  const some = spread(own, SCALED_TEXTS).map(({ section, vector }) => ({ section, vector, plain: unpack(vector) }));
  const values = some.flatMap((a, at) =>
    some.slice(at + 1).flatMap((b) => (a.section === b.section ? [] : [likeness(a.plain, b.vector)])),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  if (deviation < 1e-6) return (cosine) => cosine;
  return (cosine) => to.mean + ((cosine - mean) / deviation) * to.deviation;
}

/** What another encoder reads in every question and every passage, as far as the content tells. */
function meansOf(explainer: Explainer, intents: Intents, vectorOf: VectorOf): Means | undefined {
  const asked = [...intents.answerable, ...spread(intents.unanswerable, COMPARED_UNANSWERED)];
  const passages = meanOf(there(explainer.sections.flatMap((each) => each.passages.map(({ text }) => vectorOf(text)))));
  const questions = meanOf(there(asked.map(({ text }) => vectorOf(text)))) ?? passages;
  return questions && passages && { questions, passages };
}

/** `heading` stands first among `asks`; the rest are utterances, which are questions themselves. */
function centredSection(
  asks: readonly Compared[],
  passages: readonly Compared[],
  contexts: readonly (PackedVector | undefined)[],
  means: Means,
): CentredSection {
  const own = there(contexts).map((vector) => centred(vector, means, false));
  const [heading, ...rest] = asks.map(({ vector }, at) => vector && centred(vector, means, at > 0));
  const middle = middleOf(own);
  return {
    asks: there([heading, ...rest]),
    passages: there(passages.map(({ vector }) => vector && centred(vector, means, false))),
    contexts: own,
    middle,
    whole: middleOf([heading, middle]),
  };
}

const same = (cosine: number): number => cosine;

/** `vectorOf` gives vectors of {@link comparedTexts}. */
export function readContent(
  explainer: Explainer,
  intents: Intents,
  vectorOf: VectorOf,
  { builtIn, foreignScale }: EncoderTraits,
): Content {
  const stem = createStem(explainer.language);
  const stemsOf = (text: string): string[] => words(text).map(stem);
  const frequency = new Map<string, number>();
  let total = 0;
  for (const section of explainer.sections) {
    for (const text of [section.heading, ...section.passages.map((passage) => passage.text)]) {
      total++;
      for (const each of new Set(stemsOf(text))) frequency.set(each, (frequency.get(each) ?? 0) + 1);
    }
  }
  for (const { text } of intents.answerable)
    for (const each of stemsOf(text)) if (!frequency.has(each)) frequency.set(each, 1);
  const rarest = Math.log(1 + total);
  const weightOf = (stemmed: string, word: string): number =>
    wordWeight(word, explainer.language) * (Math.log(1 + total / (frequency.get(stemmed) ?? 1)) / rarest);
  const texts: string[] = [];
  const compare = (text: string): Compared => {
    const stems = new Map(words(text).map((word) => [stem(word), word]));
    let weight = 0;
    for (const [stemmed, word] of stems) weight += weightOf(stemmed, word);
    const index = texts.push(text) - 1;
    return { stems: new Set(stems.keys()), vector: vectorOf(text), weight, index };
  };
  const means = builtIn ? ENCODER_MEANS : meansOf(explainer, intents, vectorOf);
  const askTexts = explainer.sections.map(({ id, heading }) => [
    heading,
    ...(explainer.titleSection === id ? [explainer.title] : []),
    ...utterancesOf(intents, id),
  ]);
  const sections: ComparedSection[] = explainer.sections.map((section, at) => {
    const asks = askTexts[at]!.map(compare);
    const titles = askTexts[at]!.slice(0, explainer.titleSection === section.id ? 2 : 1);
    const passages = section.passages.map((passage) => compare(passage.text));
    const contexts = section.passages.map(({ text }) => vectorOf(inContext(section.heading, text)));
    return {
      id: section.id,
      heading: asks[0]!,
      asks,
      asked: new Set(titles.map(askedKind)),
      numbers: section.passages.some((passage) => /\d/.test(passage.text)),
      passages,
      contexts,
      middle: middleOf(contexts),
      centred: means && there(contexts).length > 0 ? centredSection(asks, passages, contexts, means) : undefined,
      stems: new Set([...asks, ...passages].flatMap((each) => [...each.stems])),
    };
  });
  const answered = texts.length;
  const unanswerable = spread(intents.unanswerable, COMPARED_UNANSWERED).map((each) => compare(each.text));
  const lexicon = lexiconOf(explainer.language);
  return {
    sections,
    unanswerable,
    taught: taughtShare(explainer, intents),
    stem,
    knows: (stemmed) => frequency.has(stemmed),
    weightOf,
    terms: createTermIndex(texts.slice(0, answered), stem),
    concepts:
      lexicon &&
      createConceptIndex(
        lexicon,
        explainer.sections.map(({ passages }, at) => ({
          asks: askTexts[at]!.map(stemsOf),
          passages: passages.map(({ text }) => stemsOf(text)),
        })),
      ),
    means,
    scale: foreignScale
      ? scaleOf(
          sections.map(({ heading, passages }) => there([heading, ...passages].map(({ vector }) => vector))),
          BUILT_IN_SCALE,
        )
      : same,
    centredScale: foreignScale
      ? scaleOf(
          sections.map(({ centred: own }) => (own ? [...own.asks.slice(0, 1), ...own.passages] : [])),
          CENTRED_SCALE,
        )
      : same,
  };
}
