// Figures by name, typing errors forgiven, and names as somebody types them. Fuse.js puts single words right; which figure
// is meant is decided by the words it has and others have not.
import Fuse from "fuse.js";
import type { Figure, FigureBook } from "./types.js";

export type FoundFigure =
  | { readonly figure: Figure; readonly nearest: readonly [] }
  | { readonly figure: undefined; readonly nearest: readonly Figure[] };

export interface FigureFinder {
  /** The figure of that id, label or a near spelling; else the nearest three. */
  find(name: string): FoundFigure;
  /** Figures that somebody may be naming, best first; all of them for nothing typed. */
  suggest(typed: string, limit: number): Figure[];
}

const NEAREST = 3;
/** Share of what was typed (rare words weigh more) that a figure must have to be taken for it. */
const ENOUGH = 0.6;
/** And by how much it must go before the next. */
const CLEARLY = 0.12;
/** Fuse scores run from 0 (the same) to 1: beyond this two words are strangers. */
const FARTHEST_WORD = 0.36;
const LONGEST_NAME = 64;
const SHORTEST_TYPO = 3;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}%]+/u)
    .filter((word) => word !== "");

interface Entry {
  readonly figure: Figure;
  /** Words of id and label, the label's first. */
  readonly words: readonly string[];
}

export function createFigureFinder({ figures }: FigureBook): FigureFinder {
  const entries: Entry[] = figures.map((figure) => ({
    figure,
    words: [...new Set([...wordsOf(figure.label), ...wordsOf(figure.id), ...wordsOf(figure.counts)])],
  }));
  const exact = new Map(
    figures.flatMap((figure) => [figure.id, figure.label].map((name) => [wordsOf(name).join(" "), figure] as const)),
  );
  const having = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const word of entry.words) having.set(word, (having.get(word) ?? new Set()).add(entry));
  }
  const vocabulary = new Fuse([...having.keys()], {
    includeScore: true,
    threshold: FARTHEST_WORD,
    ignoreFieldNorm: true,
    distance: 20,
  });
  const weight = (word: string): number => Math.log(1 + figures.length / (having.get(word)?.size ?? 1));

  /** The known words that a typed one stands for: itself, those it begins, else the nearest. */
  function meant(word: string): string[] {
    if (having.has(word)) return [word];
    const begun = [...having.keys()].filter((known) => known.startsWith(word));
    if (begun.length > 0) return begun;
    if (word.length < SHORTEST_TYPO) return [];
    const near = vocabulary
      .search(word, { limit: 5 })
      .filter((match) => Math.abs(match.item.length - word.length) <= 2);
    return near[0] ? [near[0].item] : [];
  }

  /** Figures with the share of the typed words' weight that each has, best first. */
  function ranked(typed: readonly string[]): { entry: Entry; share: number }[] {
    const shares = new Map<Entry, number>();
    let whole = 0;
    for (const word of typed) {
      const known = meant(word);
      const weights = known.map(weight);
      whole += Math.max(...weights, known.length === 0 ? Math.log(1 + figures.length) : 0);
      const gained = new Map<Entry, number>();
      for (const [index, each] of known.entries()) {
        for (const entry of having.get(each) ?? [])
          gained.set(entry, Math.max(gained.get(entry) ?? 0, weights[index] ?? 0));
      }
      for (const [entry, gain] of gained) shares.set(entry, (shares.get(entry) ?? 0) + gain);
    }
    // Of two that have the same words, the one with fewer others is nearer.
    return [...shares]
      .map(([entry, sum]) => ({ entry, share: sum / whole - entry.words.length / 10_000 }))
      .sort((a, b) => b.share - a.share);
  }

  return {
    find(name) {
      const typed = wordsOf(name.slice(0, LONGEST_NAME));
      const same = exact.get(typed.join(" "));
      if (same) return { figure: same, nearest: [] };
      const [first, second, ...rest] = ranked(typed);
      if (first && first.share >= ENOUGH && first.share - (second?.share ?? 0) >= CLEARLY)
        return { figure: first.entry.figure, nearest: [] };
      const nearest = [first, second, ...rest].slice(0, NEAREST).flatMap((each) => (each ? [each.entry.figure] : []));
      return { figure: undefined, nearest: nearest.length > 0 ? nearest : figures.slice(0, NEAREST) };
    },
    suggest(typed, limit) {
      const folded = wordsOf(typed.slice(0, LONGEST_NAME));
      if (folded.length === 0) return figures.slice(0, limit);
      return ranked(folded)
        .slice(0, limit)
        .map(({ entry }) => entry.figure);
    },
  };
}
