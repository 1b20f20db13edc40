// Questions of an explainer that a reader may be typing.
import Fuse from "fuse.js";
import type { Intents } from "../explainer/intents.js";

/** Questions that go on as `typed`, then those that hold it, then those with a word for each typed one, then the merely alike. */
export type Suggester = (typed: string, limit: number) => string[];

/** Characters; what the narrowest platform shows of a suggestion. */
const LONGEST_SUGGESTION = 100;

export function createSuggester(headings: readonly string[], intents: Intents): Suggester {
  const questions = intents.answerable
    .filter(({ text, suggested }) => suggested && text.length <= LONGEST_SUGGESTION && text.endsWith("?"))
    .map((each) => each.text);
  const texts = [...new Set([...headings, ...questions])];
  const fuse = new Fuse(texts, { threshold: 0.35, ignoreLocation: true, useTokenSearch: true });
  return (typed, limit) => {
    const begun = typed.toLowerCase();
    const words = begun.split(/\s+/);
    const ranks: string[][] = [[], [], []];
    for (const text of texts) {
      const lower = text.toLowerCase();
      if (lower.startsWith(begun)) ranks[0]?.push(text);
      else if (lower.includes(begun)) ranks[1]?.push(text);
      else if (words.every((word) => lower.startsWith(word) || lower.includes(` ${word}`))) ranks[2]?.push(text);
    }
    const plain = ranks.flat();
    const alike = plain.length < limit ? fuse.search(typed, { limit }).map((match) => match.item) : [];
    return [...new Set([...plain, ...alike])].slice(0, limit);
  };
}
