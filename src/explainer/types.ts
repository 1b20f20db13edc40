// What an explainer is once it is read: plain values that every other module shares.
import type { Mark } from "./inline.js";

/** Where a fault in a content file stands and how to mend it. */
export interface Problem {
  readonly file: string;
  /** 1-based line, absent where the whole file is meant. */
  readonly line?: number;
  readonly message: string;
  readonly remedy: string;
}

export type PassageKind = "sentence" | "item" | "row" | "caption" | "subheading";

/** The smallest thing that can be shown as an answer: a sentence, list item, table row or picture caption. */
export interface Passage {
  readonly kind: PassageKind;
  readonly text: string;
  /** Passages of one paragraph, list or table share this number; it counts from 0 within the section. */
  readonly block: number;
  readonly line: number;
  /** Links, bold and code in it; absent where there are none. */
  readonly marks?: readonly Mark[];
  /** Of an item: how many lists its own stands in; absent for one that stands in none. */
  readonly depth?: number;
}

/** A question heading and its answer. */
export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly passages: readonly Passage[];
  readonly line: number;
}

export interface Source {
  readonly title: string;
  readonly author?: string | undefined;
  readonly publisher?: string | undefined;
  readonly url?: string | undefined;
  /** Milliseconds between looks at it; absent where nobody looks. */
  readonly refresh?: number | undefined;
}

/** The editor's own summing up, for the daily post. */
export interface Summary {
  readonly headline: string;
  readonly lines: readonly string[];
}

export interface Explainer {
  readonly id: string;
  readonly title: string;
  /** BCP 47 tag, such as `en-GB`. */
  readonly language: string;
  /** IANA zone, such as `Europe/London`. */
  readonly timeZone: string;
  readonly source: Source;
  /** What moment the article speaks of, in the editor's words; empty where the source does not say. */
  readonly asOf: string;
  /** The section that answers the title, where the title is a question. */
  readonly titleSection: string | undefined;
  readonly summary: Summary | undefined;
  /** How this edition puts right what was said before it; absent where nobody wrote that. */
  readonly correction?: { readonly wording: string | undefined; readonly minor: boolean };
  readonly sections: readonly Section[];
  /** The file it was read from. */
  readonly file: string;
  /** The folder whose other files belong to it; undefined for a plain article file. */
  readonly folder: string | undefined;
}
