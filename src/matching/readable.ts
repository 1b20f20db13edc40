// A message as it is meant, for the encoder and for comparing: short forms written out, slips in common words put right.
import { grammarOf } from "../languages/languages.js";
import { fold } from "./normalise.js";
import { commonWordFor } from "./slips.js";

const TYPED = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’]\p{L}+)*\/?/gu;
/** Written as a name inside a sentence. */
const NAME = /^\p{Lu}\p{Ll}/u;

/** `clean`: as `cleanUtterance` gives it. Words that `knows`, names and every word of the language stay. */
export function readable(clean: string, language: string, knows: (word: string) => boolean): string {
  const grammar = grammarOf(language);
  if (!grammar) return clean;
  return clean.replace(TYPED, (typed, at: number) => {
    const word = fold(typed).replace(/['’]/g, "");
    if (knows(word)) return typed;
    const short = grammar.shortForms.get(word);
    if (short !== undefined) return short;
    if (typed.endsWith("/") || (at > 0 && NAME.test(typed))) return typed;
    return commonWordFor(word, language) ?? typed;
  });
}
