// What came of every question, from whatever face: counted here, and told to whoever listens.
import type { Address } from "./address.js";

export type OutcomeKind = "answered" | "tentative" | "choices" | "abstained" | "small talk";

export interface Outcome {
  readonly outcome: OutcomeKind;
  readonly explainer: string;
  readonly language: string;
  /** The section that was answered or thought likeliest. */
  readonly section: string | undefined;
  /** 0–1. */
  readonly confidence: number;
  /** Where it was asked; undefined for the page and the terminal. */
  readonly from: Address | undefined;
  /** What was asked: only where whoever runs that place wants it kept. */
  readonly words: string | undefined;
  /** What the encoder reads in them, where it does. */
  readonly vector: Float32Array | undefined;
  /** By which the asker can speak of this question again. */
  readonly ticket: string | undefined;
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
  /** Hears of every outcome from now on. */
  tell(listener: Outcomes): void;
}

/** Counts, and keeps no words by itself. */
export function createOutcomes(): CountedOutcomes {
  const counts: Record<OutcomeKind, number> = { answered: 0, tentative: 0, choices: 0, abstained: 0, "small talk": 0 };
  const told: Outcomes[] = [];
  return {
    wantsWords: (from) => told.some((each) => each.wantsWords(from)),
    report(outcome) {
      counts[outcome.outcome] += 1;
      for (const each of told) each.report(outcome);
    },
    counts: () => ({ ...counts }),
    tell: (listener) => void told.push(listener),
  };
}
