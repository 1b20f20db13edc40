// What rankings come to for readers, counted: what `classify`, `retrieve`, `unseen` and `accuracy` report.
import { decide } from "../src/assistant/decide.js";
import type { Ranking } from "../src/matching/types.js";

export interface Outcome {
  readonly ranking: Ranking;
  /** Ids of sections that answer; empty where none does. */
  readonly accept: readonly string[];
}

/** Shares, 0–1; null where there is nothing to count. Of those that have an answer, but `falseAnswers`, which is of the others. */
export interface Tally {
  readonly first: number | null;
  readonly inThree: number | null;
  readonly right: number | null;
  /** The right section at once, as an answer or as the closest. */
  readonly shown: number | null;
  /** Answered rightly, or the right section among what is offered. */
  readonly helped: number | null;
  readonly wrong: number | null;
  readonly falseAnswers: number | null;
}

export function shareOf<T>(some: readonly T[], is: (each: T) => boolean): number | null {
  return some.length === 0 ? null : some.filter(is).length / some.length;
}

/** Whether the right section is among the first so many. */
const isIn =
  (count: number) =>
  ({ ranking, accept }: Outcome): boolean =>
    ranking.candidates.slice(0, count).some(({ section }) => accept.includes(section));

const isAnswered = ({ ranking }: Outcome): boolean => decide(ranking).kind === "answer";
export const isAbstained = ({ ranking }: Outcome): boolean => decide(ranking).kind === "abstain";

export function tally(outcomes: readonly Outcome[]): Tally {
  const answerable = outcomes.filter(({ accept }) => accept.length > 0);
  const others = outcomes.filter(({ accept }) => accept.length === 0);
  const first = isIn(1);
  const three = isIn(3);
  return {
    first: shareOf(answerable, first),
    inThree: shareOf(answerable, three),
    right: shareOf(answerable, (each) => isAnswered(each) && first(each)),
    shown: shareOf(answerable, (each) => ["answer", "tentative"].includes(decide(each.ranking).kind) && first(each)),
    helped: shareOf(answerable, (each) => !isAbstained(each) && (isAnswered(each) ? first(each) : three(each))),
    wrong: shareOf(answerable, (each) => isAnswered(each) && !first(each)),
    falseAnswers: shareOf(others, isAnswered),
  };
}
