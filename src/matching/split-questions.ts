// A message that asks two things, taken apart. Where there are no words for the language, only question marks part.
import { spoken } from "../languages/languages.js";

const { startsAsking: STARTS_ASKING, joinsQuestions: JOINED } = spoken;

/** Questions read in one message at most. */
export const MAX_QUESTIONS = 3;
const FEWEST_WORDS = 2;

/** The separate questions of a cleaned message, in order; empty where it asks one thing only. */
export function splitQuestions(message: string): string[] {
  const sentences = message.split(/(?<=\?)\s*|(?<=[.!;])\s+/).map((part) => part.trim());
  const parts = sentences.flatMap((sentence) =>
    STARTS_ASKING.test(sentence) || sentence.endsWith("?") ? sentence.split(JOINED) : [],
  );
  const asking = parts
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/).length >= FEWEST_WORDS && (STARTS_ASKING.test(part) || part.endsWith("?")));
  return asking.length > 1 ? asking.slice(0, MAX_QUESTIONS) : [];
}
