// How much a word counts: those that carry a question's grammar and not its matter count little.
import { grammarOf } from "../languages/languages.js";

/** How much a word of the question counts: 1, or little for a word of grammar. */
export function wordWeight(word: string, language: string): number {
  const grammar = grammarOf(language);
  if (!grammar) return 1;
  if (grammar.stopWords.has(word)) return 0.08;
  return grammar.commonWords.get(word) ?? 1;
}
