// How much a word counts: those that carry a question's grammar and not its matter count little.
import { grammarOf } from "../languages/languages.js";

/** How much a word of the question counts: 1, or little for a word of grammar. */
export function wordWeight(word: string, language: string): number {
  const stopWords = grammarOf(language)?.stopWords;
  return stopWords && (stopWords.has(word) || stopWords.has(word.replace(/'/g, ""))) ? 0.08 : 1;
}
