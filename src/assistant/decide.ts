// From a ranking to what is done with it: answer, clarify or abstain. The thresholds were chosen on held-out
// voices (docs/matching.md). Of a message that asks several things, `assistant.ts` wants each part surer than a whole.
import type { Candidate, Ranking } from "../matching/types.js";

export type Decision =
  | { readonly kind: "answer"; readonly candidate: Candidate }
  | { readonly kind: "clarify"; readonly choices: readonly Candidate[] }
  | { readonly kind: "abstain"; readonly nearest: readonly Candidate[]; readonly smallTalk: string | undefined };

/** All are chances, 0–1. */
export const THRESHOLDS = {
  /** A section this sure is answered. */
  answer: 0.55,
  /** Unless the second is this near to the first. */
  margin: 0.08,
  /** With less than this for all sections together the article does not say. */
  clarify: 0.05,
} as const;

/** Choices offered at most. */
export const MAX_CHOICES = 3;

/** What to do with a ranking. Pure; the same ranking always gives the same decision. */
export function decide(ranking: Ranking): Decision {
  const [first, second] = ranking.candidates;
  const nearest = ranking.candidates.slice(0, MAX_CHOICES);
  if (!first) return { kind: "abstain", nearest: [], smallTalk: ranking.smallTalk };
  if (ranking.smallTalk !== undefined) return { kind: "abstain", nearest: [], smallTalk: ranking.smallTalk };
  if (first.confidence >= THRESHOLDS.answer && first.confidence - (second?.confidence ?? 0) >= THRESHOLDS.margin) {
    return { kind: "answer", candidate: first };
  }
  if (1 - ranking.unanswerable >= THRESHOLDS.clarify) return { kind: "clarify", choices: nearest };
  return { kind: "abstain", nearest, smallTalk: undefined };
}
