// What matching gives: sections ranked with calibrated confidence, and the reasons.

/** A section as an answer to an utterance. */
export interface Candidate {
  readonly section: string;
  /** Chance that this section answers the utterance, 0–1. All candidates and `unanswerable` sum to at most 1. */
  readonly confidence: number;
  /** Index in the section of the passage that answers best: the lead. */
  readonly passage: number;
}

/** Why a ranking came out as it did, for editors and moderators. */
export interface Explanation {
  /** The utterance as it was read, after cleaning. */
  readonly read: string;
  /** Misspelt words and what they were taken for. */
  readonly corrected: Readonly<Record<string, string>>;
  /** Words of the utterance that stand in the best section or its example utterances. */
  readonly matchedWords: readonly string[];
  /** Words of the utterance that neither the explainer nor its utterances know. */
  readonly unknownWords: readonly string[];
  /** The example utterance or heading that is nearest, and its section (or kind, for one that is not answered). */
  readonly nearest: { readonly text: string; readonly of: string; readonly likeness: number } | undefined;
  /** Confidence of the best candidate less that of the second. */
  readonly margin: number;
  /** What each signal says alone: its best section and its chance. */
  readonly signals: Readonly<Record<string, { readonly section: string; readonly confidence: number }>>;
}

export interface Ranking {
  /** Every section, surest first. */
  readonly candidates: readonly Candidate[];
  /** Chance that the explainer does not answer, 0–1. */
  readonly unanswerable: number;
  /** Chance that it is about something else entirely, 0–1. */
  readonly far: number;
  /** The kind of small talk that it is, where that is likelier than anything else. */
  readonly smallTalk: string | undefined;
  /** Whether a heading or an utterance was typed word for word. */
  readonly exact?: boolean;
  /** Reasons, worked out when asked for. */
  explain(): Explanation;
}

/** A matcher holds one explainer with its utterances. */
export interface Matcher {
  /** `vector` is the encoder's reading of the utterance, absent where there is no encoder. */
  rank(utterance: string, vector: Float32Array | undefined): Ranking;
}
