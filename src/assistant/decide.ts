// From a ranking to what is done with it: answer, clarify or abstain. The thresholds were chosen on held-out
// voices (docs/matching.md). Of a message that asks several things, `assistant.ts` wants each part surer than a whole.
import type { Candidate, Ranking } from "../matching/types.js";

export type Decision =
  | { readonly kind: "answer"; readonly candidate: Candidate }
  /** The closest there is, said so, and what else it may be. */
  | { readonly kind: "tentative"; readonly candidate: Candidate; readonly others: readonly Candidate[] }
  | { readonly kind: "clarify"; readonly choices: readonly Candidate[] }
  | { readonly kind: "abstain"; readonly nearest: readonly Candidate[]; readonly smallTalk: string | undefined };

/** All are chances, 0–1. */
export const THRESHOLDS = {
  /** A section this sure is answered. */
  answer: 0.5,
  /** Unless the second is this near to the first. */
  margin: 0.05,
  /** Or it is this likely about something else. */
  foreignAnswer: 0.75,
  /** With less than this for all sections together the article does not say. */
  clarify: 0.32,
  /** Nor where it is this likely about something else. */
  foreign: 0.2,
  /** Of what the sections have together, the first has this much: it is shown as the closest. */
  tentative: 0.12,
  /** And goes before the second by this much. */
  tentativeMargin: 0.005,
} as const;

/** Choices offered at most. */
export const MAX_CHOICES = 3;

/** What to do with a ranking. Pure; the same ranking always gives the same decision. `contentful`: it has words of matter. */
export function decide(ranking: Ranking, contentful = true): Decision {
  const [first, second] = ranking.candidates;
  const nearest = ranking.candidates.slice(0, MAX_CHOICES);
  if (!first) return { kind: "abstain", nearest: [], smallTalk: ranking.smallTalk };
  if (ranking.smallTalk !== undefined) return { kind: "abstain", nearest: [], smallTalk: ranking.smallTalk };
  const ahead = first.confidence - (second?.confidence ?? 0);
  const sure = first.confidence >= THRESHOLDS.answer && ahead >= THRESHOLDS.margin;
  if (contentful && sure && ranking.far < THRESHOLDS.foreignAnswer) return { kind: "answer", candidate: first };
  const some = 1 - ranking.unanswerable;
  if (some < THRESHOLDS.clarify || ranking.far > THRESHOLDS.foreign)
    return { kind: "abstain", nearest, smallTalk: undefined };
  const goesBefore = ahead / some >= THRESHOLDS.tentativeMargin;
  if (contentful && goesBefore && first.confidence / some >= THRESHOLDS.tentative)
    return { kind: "tentative", candidate: first, others: nearest.slice(1) };
  return { kind: "clarify", choices: nearest };
}
