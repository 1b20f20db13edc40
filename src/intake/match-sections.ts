// Which section of one version is which of another: by its name, by its heading, by its words.
import { folded, inCommon } from "../explainer/page/found.js";
import type { Chunk } from "./chunks.js";

/** Share of words that two sections have in common from which one is the other under a new heading. */
const ALIKE = 0.6;

/** Dice's coefficient of two lists of words, each counted as often as it stands there; 0–1. */
export const likeness = (a: readonly string[], b: readonly string[]): number =>
  a.length + b.length === 0 ? 0 : (2 * inCommon(a, b)) / (a.length + b.length);

/** Pairs sections of `a` with those of `b`; each stands in one pair at most. `byId`: whether ids mean the same on both sides. */
export function matchSections(a: readonly Chunk[], b: readonly Chunk[], byId: boolean): Map<Chunk, Chunk> {
  const pairs = new Map<Chunk, Chunk>();
  const taken = new Set<Chunk>();
  const pair = (one: Chunk, other: Chunk | undefined): void => {
    if (!other) return;
    pairs.set(one, other);
    taken.add(other);
  };
  const open = (of: readonly Chunk[]): Chunk[] => of.filter((each) => !pairs.has(each) && !taken.has(each));
  const sameHeading = (one: Chunk, other: Chunk): boolean => folded(other.heading) === folded(one.heading);
  if (byId)
    for (const one of a)
      pair(
        one,
        open(b).find((other) => other.id === one.id && sameHeading(one, other)),
      );
  for (const one of open(a))
    pair(
      one,
      open(b).find((other) => sameHeading(one, other)),
    );
  // An id alone may have been given to another section since.
  if (byId)
    for (const one of open(a))
      pair(
        one,
        open(b).find(({ id }) => id === one.id),
      );
  const left = open(b);
  const likely = open(a)
    .flatMap((one) => left.map((other) => ({ one, other, how: likeness(one.words, other.words) })))
    .filter(({ how }) => how >= ALIKE)
    .sort((x, y) => y.how - x.how);
  for (const { one, other } of likely) if (!pairs.has(one) && !taken.has(other)) pair(one, other);
  return pairs;
}
