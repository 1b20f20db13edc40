// What came of every question, from whatever face: counted here, and told to whoever listens.
import type { Address } from "./address.js";

export type OutcomeKind = "answered" | "tentative" | "choices" | "abstained" | "small talk";

export interface Outcome {
  readonly outcome: OutcomeKind;
  readonly explainer: string;
  /** The section that was answered or thought likeliest. */
  readonly section: string | undefined;
  /** 0–1. */
  readonly confidence: number;
  /** Where it was asked; undefined for the page and the terminal. */
  readonly from: Address | undefined;
  /** What was asked: only where an editor has asked for it. */
  readonly words: string | undefined;
}

/** Where every question's outcome is reported. */
export interface Outcomes {
  /** Whether the words are wanted from there. */
  wantsWords(from: Address | undefined): boolean;
  report(outcome: Outcome): void;
}

export interface CountedOutcomes extends Outcomes {
  /** How many of each since the start. */
  counts(): Readonly<Record<OutcomeKind, number>>;
}

/** Counts, and keeps no words. */
export function createOutcomes(): CountedOutcomes {
  const counts: Record<OutcomeKind, number> = { answered: 0, tentative: 0, choices: 0, abstained: 0, "small talk": 0 };
  return {
    wantsWords: () => false,
    report: ({ outcome }) => void (counts[outcome] += 1),
    counts: () => ({ ...counts }),
  };
}
