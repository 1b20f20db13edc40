// Figures by name, typing errors forgiven, and names as somebody types them. Fuse.js puts single words right; which figure
// is meant is decided by the words it has and others have not.
import Fuse from "fuse.js";
import { spoken } from "../languages/languages.js";
import { numbersIn } from "./stated.js";
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
  /** Words that it goes by, and how much each counts: its name in full, who said it and where it stands less. */
  readonly words: ReadonlyMap<string, number>;
}

/** What a word counts that does not stand in the name. */
const BESIDE = 0.6;
/** Share of a word that an inflected one must have in common with it. */
const COMMON_STEM = 0.6;
const SHORTEST_STEM = 4;

function wordsFor({ label, id, counts, statement, section, statedBy = "", period = "" }: Figure): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of wordsOf([statement, section, statedBy, period].join(" "))) found.set(word, BESIDE);
  for (const word of wordsOf([label, id, counts].join(" "))) found.set(word, 1);
  return found;
}

/** Figures with a value that was typed, such as "11%", "125k" or "seventy-eight per cent"; none where no number was. */
function withValue(typed: string, figures: readonly Figure[]): Figure[] {
  const wanted = numbersIn(typed);
  if (wanted.size === 0) return [];
  const percent = spoken.percent.test(typed);
  return figures.filter(({ value, unit }) => {
    const values = typeof value === "number" ? [value] : [value.from, value.to];
    return values.some((each) => typeof each === "number" && wanted.has(each)) && (!percent || unit === "%");
  });
}

export function createFigureFinder({ figures }: FigureBook): FigureFinder {
  const entries: Entry[] = figures.map((figure) => ({
    figure,
    words: wordsFor(figure),
  }));
  const exact = new Map(
    figures.flatMap((figure) => [figure.id, figure.label].map((name) => [wordsOf(name).join(" "), figure] as const)),
  );
  const having = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const word of entry.words.keys()) having.set(word, (having.get(word) ?? new Set()).add(entry));
  }
  // Typing errors are forgiven in names: among all the words of sentences something is always alike.
  const names = [...having].filter(([word, those]) => [...those].some((each) => each.words.get(word) === 1));
  const vocabulary = new Fuse(
    names.map(([word]) => word),
    { includeScore: true, threshold: FARTHEST_WORD, ignoreFieldNorm: true, distance: 20 },
  );
  const weight = (word: string): number => Math.log(1 + figures.length / (having.get(word)?.size ?? 1));

  /** The known words that a typed one stands for: itself, those it begins, else the nearest. */
  function meant(word: string): string[] {
    if (having.has(word)) return [word];
    const begun = [...having.keys()].filter((known) => known.startsWith(word));
    if (begun.length > 0) return begun;
    if (word.length < SHORTEST_TYPO) return [];
    // "strikers" where the name has "strike": the longest beginning in common.
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length * COMMON_STEM); length--) {
      const alike = [...having.keys()].filter((known) => known.startsWith(word.slice(0, length)));
      if (alike.length > 0) return alike;
    }
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
          gained.set(entry, Math.max(gained.get(entry) ?? 0, (weights[index] ?? 0) * (entry.words.get(each) ?? 0)));
      }
      for (const [entry, gain] of gained) shares.set(entry, (shares.get(entry) ?? 0) + gain);
    }
    // Of two that have the same words, the one with fewer others is nearer.
    return [...shares]
      .map(([entry, sum]) => ({ entry, share: sum / whole - entry.words.size / 100_000 }))
      .sort((a, b) => b.share - a.share);
  }

  return {
    find(name) {
      const typed = wordsOf(name.slice(0, LONGEST_NAME));
      const same = exact.get(typed.join(" "));
      if (same) return { figure: same, nearest: [] };
      const [valued, ...others] = withValue(name.slice(0, LONGEST_NAME), figures);
      if (valued && others.length === 0) return { figure: valued, nearest: [] };
      if (valued) return { figure: undefined, nearest: [valued, ...others].slice(0, NEAREST) };
      const [first, second, ...rest] = ranked(typed);
      if (first && first.share >= ENOUGH && first.share - (second?.share ?? 0) >= CLEARLY)
        return { figure: first.entry.figure, nearest: [] };
      const nearest = [first, second, ...rest].slice(0, NEAREST).flatMap((each) => (each ? [each.entry.figure] : []));
      return { figure: undefined, nearest: nearest.length > 0 ? nearest : figures.slice(0, NEAREST) };
    },
    suggest(typed, limit) {
      const folded = wordsOf(typed.slice(0, LONGEST_NAME));
      if (folded.length === 0) return figures.slice(0, limit);
      const byName = ranked(folded).map(({ entry }) => entry.figure);
      return [...new Set([...withValue(typed.slice(0, LONGEST_NAME), figures), ...byName])].slice(0, limit);
    },
  };
}
