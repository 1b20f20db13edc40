// What the comparison measures, by name and in order: what its weights are weights of.

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
  "askedAlike",
  "holdsNumber",
] as const;
/** Signals that can be compared across sections; the rest are yes or no. */
export const COMPARED = 12;
/**
 * Of a section: each signal as it is, and by how much it goes before the best of the others; the share of signals in which it
 * is the best; and, as far as there are utterances, those that compare with them once more.
 */
export const SECTION_FEATURES: readonly string[] = [
  ...SIGNALS,
  ...SIGNALS.map((signal) => `${signal} ahead`),
  "bestShare",
  "askCosine taught",
  "askTerms taught",
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
];
