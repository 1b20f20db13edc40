// What the comparison measures, by name and in order: what its weights are weights of.

/** What words that are not the same have to do with one another (concept-index.ts). */
const CONCEPT_SIGNALS = [
  "conceptSection",
  "conceptAsk",
  "conceptPassage",
  "groupAsk",
  "groupSection",
  "groupPassage",
] as const;

/** What is measured of one section; every number is 0–1, or a cosine. */
export const SIGNALS = [
  "headingCosine",
  "askCosine",
  "passageCosine",
  "topThreeCosine",
  "contextCosine",
  "middleCosine",
  "sectionOverlap",
  "passageOverlap",
  "askOverlap",
  "askTerms",
  "passageTerms",
  "sectionTerms",
  "centredAsk",
  "centredPassage",
  "centredContext",
  "centredMiddle",
  "centredTopThree",
  "centredWhole",
  ...CONCEPT_SIGNALS,
  "askedAlike",
  "holdsNumber",
  "holdsAsked",
  "lacksAsked",
  "leadHoldsAsked",
  "leadLacksAsked",
] as const;
/** Signals that can be compared across sections; the rest are yes or no. */
export const COMPARED = 24;
/** Of those, the ones that every language has something of. */
export const PLAIN = 12;
/**
 * Of a section: each signal as it is, and by how much it goes before the best of the others; the share of signals in which it
 * is the best of those that every language has; and, as far as there are utterances, those that compare with them once more.
 */
export const SECTION_FEATURES: readonly string[] = [
  ...SIGNALS,
  ...SIGNALS.map((signal) => `${signal} ahead`),
  "bestShare",
  "askCosine taught",
  "askTerms taught",
  "centredAsk taught",
];
/** What is measured of the question for "the article does not say". */
export const QUESTION_FEATURES: readonly string[] = [
  ...SIGNALS.slice(0, COMPARED).map((signal) => `best ${signal}`),
  ...SIGNALS.slice(0, COMPARED).map((signal) => `margin of ${signal}`),
  "unknownShare",
  "unansweredCosine",
  "unansweredOverlap",
  "length",
  "taught",
  "unansweredCosine taught",
  "askedInVain",
  "unmet",
  "heaviestUnmet",
  "everyday",
];
/** What a language without a lexicon has nothing of: columns of a section, and of the question. */
export const OF_LEXICON = {
  section: SECTION_FEATURES.map((name) => CONCEPT_SIGNALS.some((signal) => name.startsWith(signal))),
  question: QUESTION_FEATURES.map(
    (name) =>
      name === "unmet" || name === "heaviestUnmet" || CONCEPT_SIGNALS.some((signal) => name.endsWith(` ${signal}`)),
  ),
} as const;
