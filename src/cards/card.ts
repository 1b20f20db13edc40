// What is shown, in no platform's markup: every face lays the same card out in its own way, so that all say the same words and
// numbers. A card is plain data and can be kept.
import type { ChartOffer } from "../assistant/figure-desk.js";
import type { Attribution, Choice, TextBlock } from "../assistant/reply.js";
import type { Explainer } from "../explainer/types.js";
import type { Subject } from "./subject.js";

/** A button: what it says, and what it shows when it is chosen. */
export interface CardChoice {
  readonly label: string;
  readonly subject: Subject;
}

export interface CardBlock {
  /** `values`: a chart's values in words; `aside`: a remark of ours between parts. */
  readonly kind: TextBlock["kind"] | "strong" | "values" | "aside";
  /** With what is set in them (`explainer/inline.ts`). */
  readonly lines: readonly string[];
  /** Of the sentence that answers: the question that the article puts it under. */
  readonly heading?: string;
  /** Of values: the chart that shows them. */
  readonly chart?: ChartOffer;
}

export interface Card {
  readonly explainer: { readonly id: string; readonly title: string; readonly language: string };
  readonly blocks: readonly CardBlock[];
  /** What the message asked besides and the article does not say, in the reader's words. */
  readonly left: readonly string[];
  /** Headings of the sections shown; empty where none is. */
  readonly headings: readonly string[];
  /** Absent where nothing of the article is quoted. */
  readonly source: Attribution | undefined;
  readonly chart: ChartOffer | undefined;
  readonly choices: readonly CardChoice[];
  readonly choicesTitle: string | undefined;
  /** Heading of the section that the question was taken to go on from, where that mattered. */
  readonly leaned?: string | undefined;
  /** How to show the same card again; absent for a passing notice. */
  readonly subject: Subject | undefined;
  /** How sure an answer is, 0–1; absent where nobody asked in words. */
  readonly confidence: number | undefined;
  /** Whether others may be shown it: not where it says nothing of the article. */
  readonly shareable: boolean;
}

/** A line above a card that says how it came there. */
export type Above =
  | { readonly kind: "asked"; readonly typed: string }
  /** What was said before was put right: when, and how. */
  | { readonly kind: "corrected"; readonly at: string; readonly wording: string }
  /** What it was taken to go on from. */
  | { readonly kind: "leaned"; readonly heading: string }
  /** Why only whoever asked sees it: never said there for everybody, or not until a time of day. */
  | { readonly kind: "silent"; readonly until: string | undefined }
  /** What it is about, shown as the platform's own link. */
  | { readonly kind: "channel"; readonly channel: string }
  | { readonly kind: "shared"; readonly by: string; readonly answering: string | undefined };

/** The line above an answer that was taken to go on from something. */
export const leanedAbove = ({ leaned }: Card): Above | undefined =>
  leaned === undefined ? undefined : { kind: "leaned", heading: leaned };

/** Where and for whom a card is laid out. */
export interface CardPlace {
  /** Page of the card, from 0. */
  readonly page?: number;
  /** Who asked: only they may have a public card changed under the others. */
  readonly asker?: string | undefined;
  /** Whether readers may say that it is no answer to what they asked, or be told when there is one; by which ticket. */
  readonly feedback?: { readonly ticket: string | undefined } | undefined;
  /** Whether to offer publishing it, and as an answer to which message. */
  readonly share?: { readonly target: string | undefined } | undefined;
  readonly above?: Above | undefined;
}

/** Who a button is for: on a private card nobody need be told apart, and the message that it answers is kept. */
export const whoOf = ({ asker, share }: CardPlace): string | undefined => (share ? share.target : asker);

export type Named = Card["explainer"];

/** What most cards have not. */
export const BARE = {
  left: [],
  headings: [],
  source: undefined,
  chart: undefined,
  choices: [],
  choicesTitle: undefined,
  subject: undefined,
  confidence: undefined,
  shareable: true,
} as const;

export const strong = (line: string): CardBlock => ({ kind: "strong", lines: [line] });
export const paragraph = (line: string): CardBlock => ({ kind: "paragraph", lines: [line] });
export const list = (lines: readonly string[]): CardBlock => ({ kind: "list", lines });

export const named = ({ id, title, language }: Named | Explainer): Named => ({ id, title, language });

export const choicesOf = (
  choices: readonly Pick<Choice, "section" | "heading" | "explainer">[],
  explainer: string,
): CardChoice[] =>
  choices.map(({ section, heading, explainer: other }) => ({
    label: other ? `${heading} (${other.title})` : heading,
    subject: { kind: "sections", explainer: other?.id ?? explainer, sections: [{ id: section }] },
  }));

/** Every section of an explainer as a choice. */
export const sectionChoices = (explainer: Explainer): CardChoice[] =>
  choicesOf(
    explainer.sections.map(({ id, heading }) => ({ section: id, heading })),
    explainer.id,
  );

/** A sentence of our own, such as why something cannot be shown. */
export function noticeCard(explainer: Named, notice: string, choices: readonly CardChoice[] = []): Card {
  return { ...BARE, explainer: named(explainer), blocks: [paragraph(notice)], choices, shareable: false };
}
