// The same utterance twice: under two intents it teaches nothing, and beside a labelled question it spoils the measuring.
import type { Intents } from "./intents.js";
import type { Problem } from "./types.js";

const plain = (text: string): string => {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%#@]+/gu, " ")
    .trim();
  return words === "" ? text.trim() : words;
};

/** Faults of the utterances of `file` that stand under two intents, twice under one, or are a labelled question. */
export function repeatedUtterances(
  file: string,
  own: Intents,
  common: Intents,
  labelled: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  const asked = new Set(labelled.map(plain));
  const seen = new Map<string, string>();
  const all = [
    ...common.smallTalk.flatMap(({ kind, utterances }) =>
      utterances.map((text) => ({ text, of: `small talk "${kind}"` })),
    ),
    ...[...own.answerable].map(({ text, section }) => ({ text, of: `section "${section}"` })),
    ...[...own.unanswerable, ...common.unanswerable].map(({ text, kind }) => ({ text, of: `unanswerable "${kind}"` })),
  ];
  for (const { text, of } of all) {
    const key = plain(text);
    const before = seen.get(key);
    if (before !== undefined) {
      const where = before === of ? `twice under ${of}` : `under ${before} and under ${of}`;
      problems.push({ file, message: `"${text}" stands ${where}`, remedy: "keep it in one place" });
    }
    if (asked.has(key))
      problems.push({
        file,
        message: `"${text}" is one of the labelled questions`,
        remedy: "take it out of the intents",
      });
    seen.set(key, of);
  }
  return problems;
}
