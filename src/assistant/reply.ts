// What the assistant tells a reader, in no platform's words. Faces render these and nothing else.
import type { Figure } from "../figures/types.js";
import type { Explanation } from "../matching/types.js";
import type { ChartOffer } from "./figure-desk.js";

/** A section offered to the reader. */
export interface Choice {
  readonly section: string;
  readonly heading: string;
  /** Chance that it answers, 0–1; absent where it is offered as further reading. */
  readonly confidence?: number;
  /** Where it stands in another article than the others. */
  readonly explainer?: { readonly id: string; readonly title: string };
}

/** A run of passages as it is shown: prose as one paragraph, a list or table line by line. */
export interface TextBlock {
  readonly kind: "paragraph" | "list" | "table" | "caption" | "subheading";
  /** With what is set in them (`explainer/inline.ts`). */
  readonly lines: readonly string[];
}

/** Where the words come from. */
export interface Attribution {
  readonly title: string;
  readonly author?: string;
  readonly publisher: string | undefined;
  readonly url: string | undefined;
  /** What moment the article speaks of; empty where it does not say. */
  readonly asOf: string;
}

export interface Answer {
  readonly section: string;
  readonly heading: string;
  /** Index in the section of the passage that leads. */
  readonly passage: number;
  /** The sentence that answers. */
  readonly lead: string;
  /** The same with what is set in it (`explainer/inline.ts`). */
  readonly leadLine: string;
  /** The rest of the section, in its order. */
  readonly rest: readonly TextBlock[];
  readonly confidence: number;
  /** Figures that the section states, those of the lead first. */
  readonly figures: readonly Figure[];
  /** A chart of the lead's own figures, where an editor planned one. */
  readonly chart: ChartOffer | undefined;
}

interface Common {
  readonly question: string;
  readonly explainer: { readonly id: string; readonly title: string; readonly language: string };
  readonly source: Attribution;
  /** Why, worked out when asked for; absent where the reader chose the section. */
  readonly explain?: () => Explanation;
  /** Heading of the section shown before, where the question was taken to go on from it and would have come to something else. */
  readonly leaned?: string;
  /** What the encoder reads in the question, where it does. */
  readonly vector?: Float32Array;
}

export interface AnswerReply extends Common, Answer {
  readonly kind: "answer";
  readonly related: readonly Choice[];
  /** Answers to what else the message asked. */
  readonly also: readonly Answer[];
  /** Questions of the message, in the reader's words, that the article does not answer. */
  readonly unanswered: readonly string[];
}

/** The closest that the article comes; never worded as an answer. */
export interface TentativeReply extends Common, Answer {
  readonly kind: "tentative";
  /** What else it may be. */
  readonly others: readonly Choice[];
}

export interface ClarifyReply extends Common {
  readonly kind: "clarify";
  readonly choices: readonly Choice[];
}

export interface AbstainReply extends Common {
  readonly kind: "abstain";
  /** Sections nearest to the question; never answers to it. */
  readonly nearest: readonly Choice[];
  readonly smallTalk: { readonly kind: string; readonly reply: string } | undefined;
  /** Whether nothing was asked: no words that can be read. */
  readonly empty: boolean;
}

export type Reply = AnswerReply | TentativeReply | ClarifyReply | AbstainReply;
