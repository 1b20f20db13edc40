// What is found on a page, in its order: before it is decided what is a question and what is an answer.
import type { Mark } from "../inline.js";

export interface Found {
  readonly kind: "heading" | "prose" | "item" | "row" | "subheading" | "caption";
  readonly text: string;
  /** Heading level, 1 the highest. */
  readonly depth?: number;
  /** Items of one list and rows of one table share this. */
  readonly group?: number;
  /** Links, bold and code in its text. */
  readonly marks?: readonly Mark[];
  /** Of an item: how many lists its own stands in. */
  readonly nesting?: number;
  /** Words at its beginning that are set in bold, where there are any. */
  readonly lead?: string;
  /** How sure it is that this opens a section: the page's own data or elements say so. */
  readonly marked?: boolean;
  /** Of a heading: whether it stands inside an answer that its page folds away under another. */
  readonly inner?: boolean;
  /** Whether nearly all of it is a link. */
  readonly linked?: boolean;
  /** Where it stands. */
  readonly at?: Element;
}

/** Characters of a question that stands in plain words. */
export const LONGEST_PLAIN = 200;

/** Whether words read as a question, or are marked as one: "Q: …". */
export function isQuestion(text: string): boolean {
  return text.length <= 300 && (/[?？؟]["'”’)\]*]*$/.test(text.replace(OPENS, "")) || OPENER.test(text));
}

/** A sign behind a question that opens its answer. */
const OPENS = /(?<=[?？؟]) ?[+−▼▲▾▸►⌄⌃✕×›»\p{Extended_Pictographic}\p{Regional_Indicator}\ufe0f]{1,3}$/u;

/** "Q:" before a question. */
export const OPENER = /^(?:(?:Q|Question)\s?\d{0,3}\s?[:.)]\s|Q\s?>)/i;
const ANSWER = /^(?:(?:A|Answer)\s?\d{0,3}\s?[:.)]\s*|A\s?>\s*|:\s+)/;
/** The same alone, beside what it marks. */
export const LONE_MARK = /^(Q|Question|A|Answer)\s?[:.)>]?$/i;
const NUMBER = /^(?:[A-Z]?\d{1,3}(?:\.\d{1,3}){1,3}[.):]?|(?:\d{1,3}|[ivx]{1,5})[.)])\s+|^\d{1,3}[、．]\s*/i;

/** A question without "Q:" and its number. */
export function bareQuestion(text: string): string {
  const plain = text
    .replace(OPENS, "")
    .replace(/^\d{1,3}[、．]\s*/, "")
    .replace(OPENER, "")
    // A letter that stands beside it as a picture does.
    .replace(/^Q(?:0\d{1,2})? (?=\p{Lu})/u, "")
    .trim();
  return (isQuestion(plain) ? plain.replace(NUMBER, "") : plain)
    .replace(/^Q(?:uestion)?\s?\d{0,3}\s?[:.)>]\s*/i, "")
    .trim();
}

/** An answer without "A:". */
export const bareAnswer = (text: string): string => text.replace(ANSWER, "");

/** Text as it is compared: letters and figures alone. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

export const wordsOf = (text: string): string[] => folded(text).split(" ").filter(Boolean);

/** Words that two lists have in common, each counted as often as it stands in both. */
export function inCommon(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of a) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common++;
  }
  return common;
}
