// Slips in common words, put right: by trying every word that is one slip away (Damerau, 1964; Norvig, "How to write a spelling
// corrector", 2007). Words of an explainer are put right by spelling.ts, which knows fewer and looks further.
import type { Grammar } from "../languages/grammar.js";
import { grammarOf } from "../languages/languages.js";
import { words } from "./normalise.js";

const SHORTEST = 4;
const LONGEST = 20;
const KEPT = 5_000;
const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");

/** Words of so many letters may have one changed; in shorter ones that is likelier a word that we do not know. */
const CHANGED_FROM = 6;

/**
 * Words one slip away, likeliest kind of slip first: two letters swapped, one left out, one too many, one changed. The first letter is
 * the surest.
 */
function* neighbours(word: string): Generator<string> {
  for (let at = 1; at < word.length - 1; at++)
    yield word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  for (let at = 1; at <= word.length; at++)
    for (const letter of LETTERS) yield word.slice(0, at) + letter + word.slice(at);
  for (let at = 1; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
  if (word.length < CHANGED_FROM) return;
  for (let at = 1; at < word.length; at++)
    for (const letter of LETTERS) yield word.slice(0, at) + letter + word.slice(at + 1);
}

type Corrector = (word: string) => string | undefined;

function build(grammar: Grammar): Corrector {
  const common = grammar.common();
  /** Words that the list of the language lacks: of grammar, of the lexicon, and names. */
  const others = new Set([...grammar.stopWords, ...grammar.names(), ...grammar.concepts().flat().flatMap(words)]);
  const ranks = new Map<string, number>();
  for (const [rank, each] of common.entries()) for (const word of each) if (!ranks.has(word)) ranks.set(word, rank);
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
    if (word.length < SHORTEST || word.length > LONGEST || !/^[a-z]+$/.test(word)) return undefined;
    if (others.has(word) || grammar.isWord(word)) return undefined;
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
  const correct = correctors.get(key) ?? build(grammar);
  correctors.set(key, correct);
  return correct(word);
}
