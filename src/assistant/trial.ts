// What one more utterance would change: the explainer asks itself everything it knows, without it and with it.
import type { Intents } from "../explainer/intents.js";
import type { LabelledQuestion } from "../explainer/labelled.js";
import type { Explainer } from "../explainer/types.js";
import { createMatcher, type MatcherOptions } from "../matching/matcher.js";
import type { Matcher } from "../matching/types.js";
import { unpack, type PackedVector } from "../matching/vector-store.js";
import { decide } from "./decide.js";

export interface Worsened {
  readonly text: string;
  /** Headings; undefined for "the article does not say". */
  readonly was: string | undefined;
  readonly now: string | undefined;
}

export interface Trial {
  /** Known utterances that were asked. */
  readonly utterances: number;
  readonly questions: number;
  readonly worse: readonly Worsened[];
}

/** What becomes of a question: its section where it is answered, `none` where it is not. */
function outcomeOf(matcher: Matcher, text: string, vector: Float32Array | undefined): string {
  const decision = decide(matcher.rank(text, vector));
  return decision.kind === "answer" ? decision.candidate.section : NONE;
}
const NONE = "";

interface Known {
  readonly text: string;
  /** Sections that are right; empty for a question that is not answered. */
  readonly accept: readonly string[];
}

/** Asks without `added` and with it; utterances as if nobody had typed them word for word. */
export async function tryUtterance(
  explainer: Explainer,
  intents: Intents,
  added: Intents,
  labelled: readonly LabelledQuestion[],
  options: Omit<MatcherOptions, "exact">,
): Promise<Trial> {
  const bare = { ...options, exact: false };
  const [before, after] = [await createMatcher(explainer, intents, bare), await createMatcher(explainer, added, bare)];
  const utterances: Known[] = [
    ...intents.answerable.map(({ text, section }) => ({ text, accept: [section] })),
    ...intents.unanswerable.map(({ text }) => ({ text, accept: [] })),
  ];
  const known = [...utterances, ...labelled.map(({ q, accept }) => ({ text: q, accept }))];
  const vectors: readonly PackedVector[] = (await options.vectors?.vectors(known.map(({ text }) => text))) ?? [];
  const headingOf = (id: string): string | undefined =>
    explainer.sections.find((section) => section.id === id)?.heading;
  const worse = known.flatMap(({ text, accept }, index): Worsened[] => {
    const packed = vectors[index];
    const vector = packed && unpack(packed);
    const was = outcomeOf(before, text, vector);
    const right = accept.length > 0 ? accept.includes(was) : was === NONE;
    if (!right) return [];
    const now = outcomeOf(after, text, vector);
    return now === was ? [] : [{ text, was: headingOf(was), now: headingOf(now) }];
  });
  return { utterances: utterances.length, questions: labelled.length, worse };
}
