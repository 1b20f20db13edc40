// A message as it is meant, for the encoder and for comparing: short forms written out, slips in common words put right.
import type { Grammar } from "../languages/grammar.js";
import { grammarOf } from "../languages/languages.js";
import { fold, MAX_UTTERANCE_LENGTH, words } from "./normalise.js";
import { commonWordFor } from "./slips.js";
import { wordWeight } from "./stop-words.js";

const TYPED =
  /(?<![\p{L}\p{N}/.&@-])[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’]\p{L}+)*(?!['’]?[\p{L}\p{N}]|[/&@-]|\.\p{L})/gu;
/** Written as a name, where it stands inside a sentence; and in capitals, where the rest is not. */
const NAME = /^\p{Lu}\p{Ll}/u;
const CAPITALS = /^\p{Lu}[\p{Lu}\p{N}]+$/u;
/** Words of a message that are put right; more are another language. */
const MOST = 12;

/**
 * `clean`: as `cleanUtterance` gives it. Words that `knows`, names, what is joined to other words and every word of the language stay.
 * `onChange` hears what a folded word was taken for.
 */
export function readable(
  clean: string,
  language: string,
  knows: (word: string) => boolean,
  onChange?: (word: string, meant: string) => void,
): string {
  const grammar = grammarOf(language);
  if (!grammar) return clean;
  const shouted = clean === clean.toUpperCase();
  let left = MOST;
  const read = clean.replace(TYPED, (typed, at: number) => {
    const isName = !shouted && (CAPITALS.test(typed) || (at > 0 && NAME.test(typed)));
    if (left === 0 || isName) return typed;
    const word = fold(typed).replace(/['’]/g, "");
    const meant = grammar.shortForms.get(word) ?? commonWordFor(word, language);
    if (meant === undefined || knows(word)) return typed;
    left--;
    onChange?.(word, meant);
    return meant;
  });
  return plain(read, language, grammar).slice(0, MAX_UTTERANCE_LENGTH).toWellFormed();
}

/** Words, one of them of matter, that must be left when courtesies are taken off: "thank you" is all there is. */
const LEFT = 2;
const MATTER = 0.5;
const AT_MOST = 6;

/** The question without what politeness put around it. */
function plain(read: string, language: string, { courtesies }: Grammar): string {
  let text = read;
  for (const pattern of [courtesies.before, courtesies.behind])
    for (let round = 0; round < AT_MOST; round++) {
      const rest = text.replace(pattern, "");
      const left = words(rest);
      if (rest === text || left.length < LEFT || !left.some((word) => wordWeight(word, language) >= MATTER)) break;
      text = rest;
    }
  return text.replace(/[\s,;:-]{1,8}$/u, "");
}
