// One matcher from no utterances to thousands: what an explainer's own words say, and what was learned from its utterances, pooled
// by how much was taught. One more utterance moves the balance a little; there is no count at which another matcher takes over.
import { utterancesASection, type Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { cleanUtterance, words } from "./normalise.js";
import { createStem } from "./stem.js";
import type { Candidate, Matcher, Ranking } from "./types.js";

/** Up to so many utterances there is nothing to learn that comparing with them does not tell: hundreds of small explainers need no model. */
const TOO_FEW = 60;
/** With so many more, what was learned weighs half as much as the article's own words, be they of few sections or of many. */
const HALF = 460;
const TINY = 1e-4;

/** How much what was learned weighs, 0–1, by the number of utterances. */
export function learnedWeight({ answerable }: Pick<Intents, "answerable">): number {
  const some = Math.max(0, answerable.length - TOO_FEW);
  return some / (some + HALF);
}

/** Up to so many utterances a section the article's own words weigh 1; from so many on they add nothing to what was learned. */
const FADES = { from: 150, to: 300 } as const;

/** With so many words a section the article's own words keep half of what they would lose to what was learned if they were none. */
const FEW_WORDS = 20;

/**
 * How much the article's own words weigh beside what was learned, 0–1: less where it says little by itself (a list of questions with a
 * line for an answer), and nothing where there are hundreds of utterances a section.
 */
export function ownWeight(explainer: Explainer, intents: Intents): number {
  const said = explainer.sections.reduce(
    (sum, { heading, passages }) => sum + words([heading, ...passages.map(({ text }) => text)].join(" ")).length,
    0,
  );
  const silent = FEW_WORDS / (FEW_WORDS + said / Math.max(1, explainer.sections.length));
  const fading = (FADES.to - utterancesASection(explainer, intents)) / (FADES.to - FADES.from);
  return Math.max(0, Math.min(1, fading)) * (1 - silent * learnedWeight(intents));
}

/** Pools two matchers' chances log-linearly: of what the article says itself, and of what was learned. */
export function poolMatchers(
  similar: Matcher,
  learned: Matcher,
  { own: ownShare, learned: weight }: { readonly own: number; readonly learned: number },
): Matcher {
  return {
    rank(utterance, vector) {
      const [own, taught] = [similar.rank(utterance, vector), learned.rank(utterance, vector)];
      const pooled = (a: number, b: number): number => (a + TINY) ** ownShare * (b + TINY) ** weight;
      const byId = new Map(taught.candidates.map((candidate) => [candidate.section, candidate]));
      const raw = own.candidates.map((candidate) => {
        const other = byId.get(candidate.section) ?? candidate;
        const leads = weight > 0.5 ? other : candidate;
        return { ...leads, confidence: pooled(candidate.confidence, other.confidence) };
      });
      const none = pooled(own.unanswerable, taught.unanswerable);
      const total = raw.reduce((sum, { confidence }) => sum + confidence, none) || 1;
      const candidates: Candidate[] = raw
        .map((candidate) => ({ ...candidate, confidence: candidate.confidence / total }))
        .sort((a, b) => b.confidence - a.confidence);
      return {
        candidates,
        unanswerable: none / total,
        far: own.far * (1 - weight) * ownShare,
        smallTalk: own.smallTalk ?? (weight > 0.5 ? taught.smallTalk : undefined),
        explain: () => (weight > 0.5 ? taught : own).explain(),
      };
    },
  };
}

/** Surest that there is: typed word for word. */
const CERTAIN = 0.99;

/** What is known word for word: the section that it belongs to, or that the article does not say. */
type Known = { readonly section: string; readonly passage: number | undefined } | "unanswered";

/**
 * A heading or an utterance that is typed word for word, but for endings, is its section's, whatever else is alike; two sections' is
 * nobody's; one that an editor put under what is not answered is not.
 */
export function withExact(
  matcher: Matcher,
  explainer: Pick<Explainer, "language" | "sections">,
  intents: Pick<Intents, "answerable" | "unanswerable">,
): Matcher {
  const stem = createStem(explainer.language);
  const keyOf = (text: string): string => words(cleanUtterance(text)).map(stem).join(" ");
  const known = new Map<string, Known | undefined>();
  const same = (a: Known | undefined, b: Known): boolean =>
    typeof a === "object" && typeof b === "object" ? a.section === b.section : a === b;
  const add = (text: string, what: Known): void => {
    const key = keyOf(text);
    if (key === "") return;
    const before = known.get(key);
    known.set(key, known.has(key) && !same(before, what) ? undefined : what);
  };
  for (const { text, section, passage } of intents.answerable) add(text, { section, passage });
  for (const { text } of intents.unanswerable) add(text, "unanswered");
  // A heading is its section's even where somebody taught it to another.
  for (const { heading } of explainer.sections) known.delete(keyOf(heading));
  for (const { heading, id } of explainer.sections) add(heading, { section: id, passage: undefined });
  return {
    rank(utterance, vector) {
      const ranking: Ranking = matcher.rank(utterance, vector);
      const exact = known.get(keyOf(utterance));
      if (!exact) return ranking;
      const left = 1 - CERTAIN;
      if (exact === "unanswered")
        return {
          ...ranking,
          candidates: ranking.candidates.map((each) => ({ ...each, confidence: each.confidence * left })),
          unanswerable: CERTAIN,
        };
      const candidates = ranking.candidates
        .map((candidate) =>
          candidate.section === exact.section
            ? {
                ...candidate,
                confidence: Math.max(candidate.confidence, CERTAIN),
                passage: exact.passage ?? candidate.passage,
              }
            : { ...candidate, confidence: candidate.confidence * left },
        )
        .sort((a, b) => b.confidence - a.confidence);
      return {
        ...ranking,
        candidates,
        unanswerable: ranking.unanswerable * left,
        far: 0,
        smallTalk: undefined,
        exact: true,
      };
    },
  };
}
