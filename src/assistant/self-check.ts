// An explainer that asks itself what its own headings and example utterances mean, and tells which are taken for something else.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { gistOf } from "../matching/alike.js";
import { spread } from "../matching/compare.js";
import { createMatcher, type MatcherOptions } from "../matching/matcher.js";
import { unpack } from "../matching/vector-store.js";

export interface Confusion {
  readonly kind: "heading" | "utterance";
  readonly text: string;
  readonly section: string;
  /** What it is taken for; of a heading, also what it can hardly be told from. */
  readonly taken: string;
  /** How much of the first's confidence what it is taken for has: 1 where it comes first itself. */
  readonly share: number;
}

export interface SelfCheck {
  readonly confusions: readonly Confusion[];
  /** Utterances that were asked, of all there are. */
  readonly asked: number;
  readonly utterances: number;
}

/** More tell nothing new, and take long. */
const MOST_UTTERANCES = 2_000;

/** A heading that is typed as it stands is far ahead of all others; this share of its confidence is too much for a second. */
const NEAR = 0.2;
/** An utterance is told of where it is taken for another section's this surely; what is less sure is loose talk, of which there is always some. */
const SURE = 0.8;
/** Of two that are worded alike, this share tells that they are still told apart. */
const TOLD_APART = 0.1;

/** Asks every heading, and utterances evenly spread over their order, as if nobody had typed them word for word. */
export async function selfCheck(
  explainer: Explainer,
  intents: Intents,
  options: Omit<MatcherOptions, "exact">,
): Promise<SelfCheck> {
  const matcher = await createMatcher(explainer, intents, { ...options, exact: false });
  const chosen = spread(intents.answerable, MOST_UTTERANCES);
  const asked = [
    ...explainer.sections.map(({ heading, id }) => ({ kind: "heading" as const, text: heading, section: id })),
    ...chosen.map(({ text, section }) => ({ kind: "utterance" as const, text, section })),
  ];
  const vectors = (await options.vectors?.vectors(asked.map(({ text }) => text))) ?? [];
  const stemsOf = (text: string): string => gistOf(text, explainer.language, undefined).stems.join(" ");
  /** Whether a section's heading is the text in other grammar, so that it is told from it by chance. */
  const twins = (text: string, section: string | undefined): boolean => {
    const heading = explainer.sections.find(({ id }) => id === section)?.heading;
    return heading !== undefined && stemsOf(heading) === stemsOf(text);
  };
  const confusions = asked.flatMap(({ kind, text, section }, index): Confusion[] => {
    const packed = vectors[index];
    const ranking = matcher.rank(text, packed ? unpack(packed) : undefined);
    const [first, second] = ranking.candidates;
    if (!first) return [];
    if (first.section !== section) {
      const told = kind === "heading" || first.confidence >= SURE;
      return told ? [{ kind, text, section, taken: first.section, share: 1 }] : [];
    }
    // A heading that is nearly another's: who types it a little otherwise gets choices.
    const lost = (second?.confidence ?? 0) / first.confidence;
    const share = lost > TOLD_APART && twins(text, second?.section) ? 1 : lost;
    return kind === "heading" && second && share > NEAR ? [{ kind, text, section, taken: second.section, share }] : [];
  });
  // Of two headings that are near to each other, the one that loses more says it.
  const told = confusions.filter(
    ({ kind, section, taken, share }) =>
      kind === "utterance" ||
      !confusions.some(
        (other) =>
          other.kind === "heading" && other.section === taken && other.taken === section && other.share > share,
      ),
  );
  return { confusions: told, asked: chosen.length, utterances: intents.answerable.length };
}
