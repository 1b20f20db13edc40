// Numbers of an imported article as figures for an editor to accept: what each is, what it seems to count, and the words that state it.
import { stringify } from "yaml";
import type { Explainer, Section } from "../explainer/types.js";
import { states } from "../figures/stated.js";
import type { Qualifier } from "../figures/types.js";
import { grammarOf, spoken } from "../languages/languages.js";
import type { AmountGrammar } from "../languages/grammar.js";

interface Proposal {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly qualifier?: Qualifier;
  readonly unit: string;
  readonly share_of?: string;
  readonly counts: string;
  readonly kind: "count";
  readonly section: string;
  readonly passage: string;
  readonly proposed: true;
}

/** More are nobody's to read through. */
const MOST = 40;
const LONGEST_UNIT = 4;
const NUMBER =
  /(?<![\p{L}\d.,])(\p{Sc})?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:\s(thousand|million|billion|bn|m)\b)?(?![\p{L}\d])/gu;
const PERCENT = /^\s?(?:%|per cent\b|percent\b)/i;

/** The words behind a number that say what is counted, and where they end. */
function countedIn(
  text: string,
  from: number,
  { ends, plural }: AmountGrammar,
): { readonly words: string; readonly end: number } {
  const words: string[] = [];
  let end = from;
  for (const match of text.slice(from).matchAll(/(\s?)([\p{L}\p{M}’'-]+)([^\p{L}\p{M}’'\s-]?)/gu)) {
    const [whole, , word = "", stop = ""] = match;
    if (match.index !== end - from || words.length >= LONGEST_UNIT || ends.test(word)) break;
    // "of" joins a part with its whole, and begins nothing that is counted.
    if (word.toLowerCase() === "of") break;
    words.push(word);
    end += whole.length - stop.length;
    if (stop !== "" || plural.test(word)) break;
  }
  return { words: words.join(" "), end };
}

function qualifierBefore(
  before: string,
  { qualifiers }: AmountGrammar,
): { readonly qualifier?: Qualifier; readonly length: number } {
  for (const [qualifier, pattern] of qualifiers) {
    const found = pattern.exec(before)?.[0];
    if (found !== undefined) return { qualifier, length: found.length };
  }
  return { length: 0 };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Amount {
  readonly value: number;
  readonly unit: string;
  readonly shareOf?: string;
  readonly label: string;
  readonly passage: string;
  readonly qualifier?: Qualifier;
}

/** Whether a bare number names something rather than counts: a year, a page, what follows a month. */
const isName = (before: string, digits: string, { named }: AmountGrammar): boolean =>
  named.test(before) || /^(?:1[5-9]|20)\d\d$/.test(digits);

/** The amounts that a sentence states; dates, times, years, numbers of things and their like are none. */
function amountsIn(text: string, grammar: AmountGrammar): Amount[] {
  return [...text.matchAll(NUMBER)].flatMap((match): Amount[] => {
    const [whole, currency, digits = "", fraction = "", magnitude] = match;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + whole.length);
    const percent = PERCENT.exec(after)?.[0] ?? "";
    const { qualifier, length } = qualifierBefore(before, grammar);
    const plain = currency === undefined && percent === "" && magnitude === undefined;
    if (grammar.moments.test(after) || (plain && qualifier === undefined && isName(before, digits, grammar))) return [];
    const from = match.index + whole.length + percent.length;
    const part = percent === "" ? undefined : /^ of (?:the |all )?/.exec(text.slice(from))?.[0];
    const { words, end } = countedIn(text, from + (part?.length ?? 0), grammar);
    if (plain && words === "") return [];
    const value = Number(`${digits.replace(/,/g, "")}${fraction}`) * (spoken.magnitudes[magnitude ?? ""] ?? 1);
    const passage = text.slice(match.index - length, words === "" ? from : end).trim();
    const rounded = Math.round(value * 100) / 100;
    if (!Number.isFinite(rounded) || !states(passage, rounded)) return [];
    const unit = percent !== "" ? "%" : currency !== undefined ? currency : words;
    return [
      {
        value: rounded,
        unit,
        ...(part !== undefined && words !== "" ? { shareOf: words } : {}),
        label: words,
        passage,
        ...(qualifier === undefined ? {} : { qualifier }),
      },
    ];
  });
}

function proposalsIn(section: Section, grammar: AmountGrammar, taken: Set<string>): Proposal[] {
  const holding = (words: string): number => section.passages.filter(({ text }) => text.includes(words)).length;
  return section.passages.flatMap(({ kind, text }) => {
    if (kind !== "sentence" && kind !== "item") return [];
    return amountsIn(text.replace(/^\d+\. /, ""), grammar).flatMap((amount): Proposal[] => {
      const passage = holding(amount.passage) === 1 ? amount.passage : text;
      if (holding(passage) !== 1) return [];
      const base = section.id.slice(0, 44);
      let id = base;
      for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
      taken.add(id);
      return [
        {
          id,
          label: capital(amount.label === "" ? section.heading.replace(/[?？؟]\s*$/, "") : amount.label),
          value: amount.value,
          ...(amount.qualifier === undefined ? {} : { qualifier: amount.qualifier }),
          unit: amount.unit,
          ...(amount.shareOf === undefined ? {} : { share_of: amount.shareOf }),
          counts: amount.passage,
          kind: "count",
          section: section.id,
          passage,
          proposed: true,
        },
      ];
    });
  });
}

const HEAD = `# Numbers that the import found. Each is off until you have read it: mend its label and what it counts, say who states it
# (stated_by), and take its line "proposed: true" out. Take out what is no figure. docs/figures.md says what belongs here.
`;

/** A `figures.yaml` with what an import found; nothing where the article's language has no grammar here. */
export function proposedFigures({ sections, language }: Explainer): { readonly text: string; readonly count: number } {
  const grammar = grammarOf(language)?.amounts;
  const taken = new Set<string>();
  const figures = grammar ? sections.flatMap((section) => proposalsIn(section, grammar, taken)).slice(0, MOST) : [];
  return { text: HEAD + stringify({ figures }, { lineWidth: 0 }), count: figures.length };
}
