// Learns a model from an explainer and its example utterances: what runs once, when the content is new.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { grammarOf } from "../languages/languages.js";
import { trainClassifier } from "./classifier.js";
import { besideWords, createLexicalFeatures, learnTerms, type WeightedTerm } from "./features.js";
import type { ClassLabel, Model } from "./model.js";
import { cleanUtterance } from "./normalise.js";
import { correctText, createSpelling, type Spelling } from "./spelling.js";
import { createStem } from "./stem.js";
import { unpack, type PackedVector } from "./vector-store.js";

/** The encoder reads this many utterances of a section, spread evenly; more add time and no accuracy (docs/matching.md). */
const ENCODED_PER_SECTION = 60;
const ENCODED_UNANSWERABLE = 480;
const ENCODED_SMALL_TALK = 100;

/** A text with its class. */
export interface LabelledText {
  readonly text: string;
  readonly label: ClassLabel;
}

/** What the explainer and its utterances teach: every text with what it stands for. */
export function teachingTexts(explainer: Explainer, intents: Intents): LabelledText[] {
  const texts: LabelledText[] = [];
  for (const section of explainer.sections) {
    texts.push({ text: section.heading, label: { type: "section", section: section.id, passage: undefined } });
    for (const [passage, { text }] of section.passages.entries()) {
      texts.push({ text, label: { type: "section", section: section.id, passage } });
    }
  }
  if (explainer.titleSection !== undefined) {
    texts.push({
      text: explainer.title,
      label: { type: "section", section: explainer.titleSection, passage: undefined },
    });
  }
  for (const { text, section, passage } of intents.answerable)
    texts.push({ text, label: { type: "section", section, passage } });
  for (const { text, kind } of intents.unanswerable) texts.push({ text, label: { type: "unanswerable", kind } });
  for (const { kind, utterances } of intents.smallTalk) {
    for (const text of utterances) texts.push({ text, label: { type: "smallTalk", kind } });
  }
  return texts;
}

const group = (label: ClassLabel): string => (label.type === "section" ? `section ${label.section}` : label.type);
const name = (label: ClassLabel): string =>
  label.type === "section" ? `section ${label.section} ${label.passage ?? "whole"}` : `${label.type} ${label.kind}`;

/** The texts that the encoder learns from: of each group up to its number, evenly spread over its order. */
export function encodedTexts(texts: readonly LabelledText[]): LabelledText[] {
  const totals = new Map<string, number>();
  for (const { label } of texts) totals.set(group(label), (totals.get(group(label)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return texts.filter(({ label }) => {
    const of = group(label);
    const total = totals.get(of) ?? 1;
    const limit = { section: ENCODED_PER_SECTION, unanswerable: ENCODED_UNANSWERABLE, smallTalk: ENCODED_SMALL_TALK }[
      label.type
    ];
    const wanted = Math.min(limit, total);
    const index = seen.get(of) ?? 0;
    seen.set(of, index + 1);
    return Math.floor(((index + 1) * wanted) / total) > Math.floor((index * wanted) / total);
  });
}

/** The explainer's spelling: its own words, and those that its utterances use more than twice. */
export function spellingOf(explainer: Explainer, intents: Intents): Spelling {
  const own = explainer.sections.flatMap((section) => [
    section.heading,
    ...section.passages.map((passage) => passage.text),
  ]);
  const readers = [...intents.answerable, ...intents.unanswerable].map((utterance) => utterance.text);
  return createSpelling(
    [explainer.title, ...own],
    [...readers, ...intents.smallTalk.flatMap((talk) => talk.utterances)],
    grammarOf(explainer.language)?.isWord,
  );
}

/** The text that the lexical classifier reads: what was typed, and behind it the words that were put right. */
export function lexicalText(typed: string, spelling: Spelling): { text: string; changed: Record<string, string> } {
  const clean = cleanUtterance(typed);
  const { changed } = correctText(clean, spelling);
  return { text: [clean, ...Object.values(changed)].join(" "), changed };
}

export interface EncodedText extends LabelledText {
  readonly vector: PackedVector;
}

/**
 * Trains both classifiers: by words on all texts, by words beside the encoder's numbers on those that it read. Terms that `keep` refuses
 * are left out (for measuring what they are worth). Deterministic: the same texts in the same order give the same model.
 */
export function learnModel(
  texts: readonly LabelledText[],
  language: string,
  spelling: Spelling,
  encoded: readonly EncodedText[],
  keep: (term: WeightedTerm) => boolean = () => true,
): Model {
  const labels = new Map<string, { label: ClassLabel; index: number }>();
  for (const { label } of texts) if (!labels.has(name(label))) labels.set(name(label), { label, index: labels.size });
  const indexOf = (label: ClassLabel): number => labels.get(name(label))?.index ?? 0;
  const stem = createStem(language);
  const read = texts.map(({ text }) => lexicalText(text, spelling).text);
  const terms = learnTerms(read, stem).filter(keep);
  const features = createLexicalFeatures(terms, stem);
  const classes = labels.size;
  const inputs = texts.map((_, index) => features.vector(read[index] ?? ""));
  const lexical = trainClassifier(
    texts.map(({ label }, index) => ({ input: { sparse: inputs[index]! }, label: indexOf(label) })),
    { classes, inputs: terms.length, dense: 0 },
  );
  const size = encoded[0]?.vector.values.length ?? 0;
  const place = new Map(texts.map(({ text }, index) => [text, index]));
  const joint =
    size === 0
      ? undefined
      : trainClassifier(
          encoded.map(({ text, vector, label }) => ({
            input: { sparse: inputs[place.get(text)!]!, dense: besideWords(unpack(vector)) },
            label: indexOf(label),
          })),
          { classes, inputs: terms.length, dense: size },
        );
  return {
    labels: [...labels.values()].map((each) => each.label),
    terms,
    lexical,
    joint,
    readShare: encoded.length / texts.length,
  };
}
