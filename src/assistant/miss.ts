// Why a labelled question was missed, and which of the missed ones would teach most, were they utterances.
import type { Explanation } from "../matching/types.js";
import type { Reply } from "./reply.js";

/** What a reason is made of; absent parts do not apply. */
export interface Reason {
  /** Misspelt words and what they were taken for. */
  readonly corrected: Readonly<Record<string, string>>;
  /** Words that neither the article nor its utterances have. */
  readonly unknown: readonly string[];
  /** The nearest text, where it belongs to a section that does not answer. */
  readonly nearest?: { readonly text: string; readonly of: string };
  /** Two sections that are about as near. */
  readonly tied?: readonly [string, string];
  /** What each signal takes it for, where they disagree. */
  readonly signals?: Readonly<Record<string, string>>;
}

/** Sections this near to each other are tied. */
const TIED = 0.15;

function tiedIn(reply: Reply): readonly [string, string] | undefined {
  const choices =
    reply.kind === "clarify"
      ? reply.choices
      : reply.kind === "tentative"
        ? [{ section: reply.section, confidence: reply.confidence }, ...reply.others]
        : [];
  const [first, second] = choices;
  if (!first || !second) return undefined;
  return (first.confidence ?? 0) - (second.confidence ?? 0) < TIED ? [first.section, second.section] : undefined;
}

/** `accept`: ids or headings that would have been right; empty where nothing would. */
export function reasonOf(reply: Reply, accept: readonly string[]): Reason | undefined {
  const why: Explanation | undefined = reply.explain?.();
  if (!why) return undefined;
  const { corrected, unknownWords, nearest, signals } = why;
  const tied = tiedIn(reply);
  const says = Object.fromEntries(Object.entries(signals).map(([name, { section }]) => [name, section]));
  const apart = new Set(Object.values(says)).size > 1;
  return {
    corrected,
    unknown: unknownWords,
    ...(nearest && !accept.includes(nearest.of) ? { nearest: { text: nearest.text, of: nearest.of } } : {}),
    ...(tied ? { tied } : {}),
    ...(apart ? { signals: says } : {}),
  };
}

export interface Missed {
  readonly question: string;
  /** The section that answers; undefined where none does. */
  readonly section: string | undefined;
}

export interface Lesson extends Missed {
  /** Other misses of the same section that are near to it. */
  readonly near: number;
}

/** Cosine from which one question teaches another. */
const NEAR = 0.45;

/** Missed questions by how many others each would help, most first. `vectors`: one a question, of unit length; absent where there is no encoder. */
export function lessonsOf(missed: readonly Missed[], vectors: readonly (Float32Array | undefined)[]): Lesson[] {
  const likeness = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
    a && b ? a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) : 0;
  return missed
    .map((each, at) => ({
      ...each,
      near: missed.filter(
        (other, index) =>
          index !== at && other.section === each.section && likeness(vectors[at], vectors[index]) >= NEAR,
      ).length,
    }))
    .sort((a, b) => b.near - a.near);
}
