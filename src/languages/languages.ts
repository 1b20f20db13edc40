// The languages that the bot speaks and reads. English is the only one so far: a second is a folder beside `en/` and a line here.
import { english as englishGrammar } from "./en/grammar.js";
import { english } from "./en/wording.js";
import type { Grammar } from "./grammar.js";
import type { Wording } from "./wording.js";

const WORDINGS: Readonly<Record<string, Wording>> = { en: english };

/** What is said in `language` (BCP 47); English where there is no wording for it. */
export function wordingOf(language: string): Wording {
  return WORDINGS[language.slice(0, 2).toLowerCase()] ?? english;
}

/** Word lists and patterns of `language`; undefined where there are none, so that English rules bend no other language. */
export function grammarOf(language: string): Grammar | undefined {
  return /^en\b/i.test(language) ? englishGrammar : undefined;
}

/** What those who set the bot up type: times, zones, commands. English whatever the article's language is. */
export const spoken: Grammar = englishGrammar;
