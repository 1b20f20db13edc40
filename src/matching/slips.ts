// Slips in common words, put right: by trying every word that is one slip away (Damerau, 1964; Norvig, "How to write a spelling
// corrector", 2007). Words of an explainer are put right by spelling.ts, which knows fewer and looks further.
import { grammarOf } from "../languages/languages.js";

const SHORTEST = 4;
const LONGEST = 20;
const KEPT = 5_000;
const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");

/** Words one slip away, likeliest kind of slip first: two letters swapped, one left out, one too many, one changed. */
function* neighbours(word: string): Generator<string> {
  for (let at = 0; at < word.length - 1; at++)
    yield word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  for (let at = 0; at <= word.length; at++)
    for (const letter of LETTERS) yield word.slice(0, at) + letter + word.slice(at);
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
  for (let at = 1; at < word.length; at++)
    for (const letter of LETTERS) yield word.slice(0, at) + letter + word.slice(at + 1);
}

type Corrector = (word: string) => string | undefined;

function build(common: readonly (readonly string[])[], isWord: (word: string) => boolean): Corrector {
  const ranks = new Map<string, number>();
  for (const [rank, words] of common.entries()) for (const word of words) if (!ranks.has(word)) ranks.set(word, rank);
  const kept = new Map<string, string | undefined>();

  function nearest(word: string): string | undefined {
    let best: string | undefined;
    let least = common.length;
    for (const each of neighbours(word)) {
      const rank = ranks.get(each) ?? common.length;
      if (rank < least && each.length >= SHORTEST) [best, least] = [each, rank];
      if (least === 0) break;
    }
    return best;
  }

  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word) || isWord(word)) return undefined;
    if (!kept.has(word)) {
      if (kept.size >= KEPT) kept.clear();
      kept.set(word, nearest(word));
    }
    return kept.get(word);
  };
}

const correctors = new Map<string, Corrector>();

/** What a folded word that is none of the language is likely meant to be; undefined where it is a word, or nothing common is near. */
export function commonWordFor(word: string, language: string): string | undefined {
  const grammar = grammarOf(language);
  if (!grammar) return undefined;
  const key = language.slice(0, 2).toLowerCase();
  const correct = correctors.get(key) ?? build(grammar.common(), grammar.isWord);
  correctors.set(key, correct);
  return correct(word);
}
