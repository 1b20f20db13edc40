// What words and phrases have to do with one another, from a language's groups of them (`languages/en/concepts.txt`): so that a reader's
// "nut allergy" meets the article's "dietary requirements".
import { grammarOf } from "../languages/languages.js";
import { words } from "./normalise.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";

/** A word or phrase of the lexicon. */
export interface Entry {
  /** Stems behind the first one. */
  readonly rest: readonly string[];
  /** The groups that it is in. */
  readonly groups: readonly number[];
}

/** Where an entry stands in a text. */
export interface Mention {
  readonly start: number;
  readonly entry: Entry;
}

export interface Lexicon {
  /** Every entry that stands in the stems of a text; they may overlap. */
  mentions(stems: readonly string[]): Mention[];
  /** What an entry has of each of its groups, of about unit length: the more members a group has, the less it tells. */
  sharesOf(entry: Entry): number[];
}

/** How surely an entry stands for each of its groups, 0–1: a phrase is sure, a word that is in many groups is in none surely. */
export const strengthOf = ({ rest, groups }: Entry): number => (rest.length > 0 ? 1 : 1 / Math.sqrt(groups.length));

/** A word of grammar alone stands for nothing. */
const MATTER = 0.3;
/** Keeps what is in one large group from counting as much as what is in a narrow one. */
const SMOOTH = 0.2;
const ALONE: readonly string[] = [];

function build(groups: readonly (readonly string[])[], language: string): Lexicon {
  const stem = createStem(language);
  const entries = new Map<string, { first: string; rest: readonly string[]; groups: number[] }>();
  for (const [group, texts] of groups.entries()) {
    for (const text of texts) {
      const typed = words(text);
      const [first] = typed;
      if (first === undefined || (typed.length === 1 && wordWeight(first, language) < MATTER)) continue;
      const stems = typed.map(stem);
      const key = stems.join(" ");
      const entry = entries.get(key);
      if (!entry) {
        const rest = stems.length === 1 ? ALONE : stems.slice(1);
        entries.set(key, { first: stems[0]!, rest, groups: [group] });
      } else if (entry.groups.at(-1) !== group) entry.groups.push(group);
    }
  }
  const byFirst = new Map<string, Entry[]>();
  for (const { first, rest, groups: own } of entries.values()) {
    const entry = { rest, groups: own };
    const list = byFirst.get(first);
    if (list) list.push(entry);
    else byFirst.set(first, [entry]);
  }
  const tells = Float32Array.from(groups, (members) => 1 / Math.log2(2 + members.length));
  return {
    mentions(stems) {
      const found: Mention[] = [];
      for (const [start, first] of stems.entries())
        for (const entry of byFirst.get(first) ?? [])
          if (entry.rest.every((each, index) => stems[start + 1 + index] === each)) found.push({ start, entry });
      return found;
    },
    sharesOf({ groups: own }) {
      const norm = Math.sqrt(own.reduce((sum, group) => sum + tells[group]! ** 2, SMOOTH));
      return own.map((group) => tells[group]! / norm);
    },
  };
}

const known = new Map<string, Lexicon>();

/** The lexicon of a BCP 47 language; undefined where there is none. Read at the first call. */
export function lexiconOf(language: string): Lexicon | undefined {
  const grammar = grammarOf(language);
  if (!grammar) return undefined;
  const key = language.slice(0, 2).toLowerCase();
  const lexicon = known.get(key) ?? build(grammar.concepts(), language);
  known.set(key, lexicon);
  return lexicon;
}
