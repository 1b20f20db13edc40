// What words and phrases have to do with one another, from a language's groups of them (`languages/en/concepts.txt`): so that a reader's
// "nut allergy" meets the article's "dietary requirements".
import { grammarOf } from "../languages/languages.js";
import { words } from "./normalise.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";

/** A word or phrase of the lexicon. */
export interface Entry {
  readonly stems: readonly string[];
  readonly groups: readonly number[];
  /** What it has of each group, of about unit length: the more members a group has, the less it tells. */
  readonly shares: readonly number[];
  /** How surely it stands for each of its groups, 0–1: a phrase is sure, a word that is in many groups is in none surely. */
  readonly strength: number;
}

/** Where an entry stands in a text. */
export interface Mention {
  readonly start: number;
  readonly entry: Entry;
}

export interface Lexicon {
  /** Every entry that stands in the stems of a text; they may overlap. */
  mentions(stems: readonly string[]): Mention[];
}

/** A word of grammar alone stands for nothing. */
const MATTER = 0.3;
/** Keeps what is in one large group from counting as much as what is in a narrow one. */
const SMOOTH = 0.2;

function build(groups: readonly (readonly string[])[], language: string): Lexicon {
  const stem = createStem(language);
  const members = new Map<string, { stems: string[]; groups: number[] }>();
  for (const [group, texts] of groups.entries()) {
    for (const text of texts) {
      const typed = words(text);
      const [first] = typed;
      if (first === undefined || (typed.length === 1 && wordWeight(first, language) < MATTER)) continue;
      const stems = typed.map(stem);
      const key = stems.join(" ");
      const member = members.get(key) ?? { stems, groups: [] };
      if (member.groups.at(-1) !== group) member.groups.push(group);
      members.set(key, member);
    }
  }
  const byFirst = new Map<string, Entry[]>();
  for (const { stems, groups: own } of members.values()) {
    const raw = own.map((group) => 1 / Math.log2(2 + groups[group]!.length));
    const norm = Math.sqrt(raw.reduce((sum, share) => sum + share * share, SMOOTH));
    const strength = stems.length > 1 ? 1 : 1 / Math.sqrt(own.length);
    const entry = { stems, groups: own, shares: raw.map((share) => share / norm), strength };
    const list = byFirst.get(stems[0]!);
    if (list) list.push(entry);
    else byFirst.set(stems[0]!, [entry]);
  }
  return {
    mentions(stems) {
      const found: Mention[] = [];
      for (const [start, first] of stems.entries())
        for (const entry of byFirst.get(first) ?? [])
          if (entry.stems.every((each, index) => stems[start + index] === each)) found.push({ start, entry });
      return found;
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
