// Misspelt words to words that the explainer and its utterances use. Fuse.js judges how near two words are;
// a letter-pair index hands it a few candidates, so that the cost does not grow with the vocabulary.
import Fuse from "fuse.js";
import { words } from "./normalise.js";

export interface Spelling {
  /** Whether the word itself is known. */
  knows(word: string): boolean;
  /** The nearest known word, or undefined where none is near enough. A known word is its own. */
  correct(word: string): string | undefined;
}

const SHORTEST = 4;
/** Words of so many letters are put right over one slip; longer ones over two. */
const SHORT = 7;
const LONGEST = 24;
const CANDIDATES = 12;
/** Fuse scores run from 0 (the same) to 1; beyond this two words are strangers. */
const FARTHEST = 0.34;
const KEPT = 5_000;

const pairsOf = (word: string): string[] => {
  const bounded = `^${word}$`;
  return Array.from({ length: bounded.length - 1 }, (_, index) => bounded.slice(index, index + 2));
};

/**
 * Slips between two words, optimal string alignment: letters left out, added, changed, or two neighbours swapped each count one
 * (Damerau, 1964).
 */
export function slips(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** Whether a word may be another one misspelt. The shorter it is, the likelier it is a word or a name that we do not know. */
function mayBe(typed: string, meant: string): boolean {
  const count = slips(typed, meant);
  if (typed.length === SHORTEST) return count <= 1 && typed.length !== meant.length;
  return count <= (typed.length <= SHORT ? 1 : 2);
}

/**
 * Learns the words of `texts`. A word seen once only, in `doubtful` texts (readers' own spelling), is not
 * taken as known: it may be a typing error itself. What `isWord` of the language is never corrected: a wrong correction is worse
 * than none.
 */
export function createSpelling(
  texts: readonly string[],
  doubtful: readonly string[] = [],
  isWord: (word: string) => boolean = () => false,
): Spelling {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of words(text)) counts.set(word, (counts.get(word) ?? 0) + 3);
  for (const text of doubtful) for (const word of words(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = new Set([...counts].filter(([, count]) => count >= 3).map(([word]) => word));
  const targets = [...known].filter((word) => word.length >= SHORTEST && word.length <= LONGEST && !/\d/.test(word));
  const byPair = new Map<string, number[]>();
  for (const [index, word] of targets.entries()) {
    for (const pair of new Set(pairsOf(word))) {
      const list = byPair.get(pair);
      if (list) list.push(index);
      else byPair.set(pair, [index]);
    }
  }
  const kept = new Map<string, string | undefined>();

  function nearest(word: string): string | undefined {
    const shared = new Map<number, number>();
    for (const pair of new Set(pairsOf(word))) {
      for (const index of byPair.get(pair) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    const candidates = [...shared]
      .map(([index, count]) => ({ word: targets[index] ?? "", count }))
      .filter((each) => Math.abs(each.word.length - word.length) <= 2)
      .map((each) => ({ word: each.word, near: (2 * each.count) / (each.word.length + word.length + 2) }))
      .filter((each) => each.near >= 0.3)
      .sort((a, b) => b.near - a.near || (a.word < b.word ? -1 : 1))
      .slice(0, CANDIDATES)
      .map((each) => each.word);
    if (candidates.length === 0) return undefined;
    const fuse = new Fuse(candidates, { includeScore: true, threshold: FARTHEST, ignoreFieldNorm: true, distance: 20 });
    const found = fuse
      .search(word, { limit: 6 })
      .filter((match) => mayBe(word, match.item))
      .map((match) => ({
        word: match.item,
        score: (match.score ?? 1) + 0.04 * Math.abs(match.item.length - word.length),
      }))
      .sort((a, b) => a.score - b.score || (counts.get(b.word) ?? 0) - (counts.get(a.word) ?? 0))[0];
    return found && found.score <= FARTHEST ? found.word : undefined;
  }

  return {
    knows: (word) => known.has(word),
    correct(word) {
      if (known.has(word)) return word;
      if (word.length < SHORTEST || word.length > LONGEST || /\d/.test(word) || isWord(word)) return undefined;
      if (!kept.has(word)) {
        if (kept.size >= KEPT) kept.clear();
        kept.set(word, nearest(word));
      }
      return kept.get(word);
    },
  };
}

/** Words that are written as names inside a sentence: with a capital where the rest mostly has none. */
function namesIn(text: string): ReadonlySet<string> {
  const typed = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const capital = typed.slice(1).filter((word) => /^\P{L}*\p{Lu}\p{Ll}/u.test(word));
  return capital.length * 2 > typed.length ? new Set() : new Set(capital.flatMap((word) => words(word)));
}

/** The text's words with misspelt ones put right, joined by spaces, and which were changed. */
export function correctText(text: string, spelling: Spelling): { text: string; changed: Record<string, string> } {
  const changed = new Map<string, string>();
  const names = namesIn(text);
  const corrected = words(text).map((word) => {
    if (names.has(word)) return word;
    const right = spelling.correct(word);
    if (right === undefined || right === word) return word;
    changed.set(word, right);
    return right;
  });
  return { text: corrected.join(" "), changed: Object.fromEntries(changed) };
}
