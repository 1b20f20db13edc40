// A card on pages, before any markup: what stands on a page, which buttons it has and what each means. A face turns it into its
// platform's markup and decides nothing.
import { label } from "../cards/label.js";
import { readItem } from "../explainer/inline.js";
import { whoOf, type Above, type Card, type CardBlock, type CardPlace } from "../cards/card.js";
import type { Attribution } from "../assistant/reply.js";
import { sourceName } from "../assistant/source-name.js";
import { wordingOf } from "../languages/languages.js";
import { paginate } from "./paging.js";
import type { Press } from "./press.js";

/** Characters of an answer that fit on one page of every platform that there is. */
export const SURE_PAGE = 2_300;

/** What a platform takes. */
export interface Budget {
  /** Characters of a card's own text on one page, as `measure` counts them. */
  readonly text: number;
  /** Characters of the lines that name the source; longer ones go into the text. */
  readonly source: number;
  /** Buttons of a card; more choices than this are a menu. */
  readonly buttons: number;
  readonly buttonLabel: number;
  readonly optionLabel: number;
  /** Length of a text on the platform, once escaped and marked up. */
  readonly measure: (text: string) => number;
}

export interface Line {
  readonly mark: "plain" | "strong" | "small" | "item";
  /** With what is set in it (`explainer/inline.ts`). */
  readonly text: string;
  /** Lists that an item's own stands in. */
  readonly depth: number;
}

export interface Button {
  readonly label: string;
  readonly press: Press;
}

export interface Layout {
  /** Paragraphs of lines. */
  readonly paragraphs: readonly (readonly Line[])[];
  /** On every page, where it fits beside the text. */
  readonly source: SourceLine | undefined;
  /** What the article does not say, on every page. */
  readonly left: readonly string[];
  readonly leftTitle: string;
  /** "Page 2 / 3"; undefined where there is one. */
  readonly numbered: string | undefined;
  readonly chart: Card["chart"];
  readonly choicesTitle: string | undefined;
  readonly placeholder: string;
  readonly choices: { readonly kind: "buttons" | "menu"; readonly buttons: readonly Button[] };
  /** Back, more, share. */
  readonly controls: readonly Button[];
}

export interface SourceLine {
  /** Headings of the sections shown, in quotation marks. */
  readonly headings: readonly string[];
  readonly source: Attribution;
  /** Title and publisher. */
  readonly name: string;
}

/** Characters of what the article does not say, on every page. */
const LEFT_TEXT = 300;

/** Marks at the start of a line, put on before paging and taken off after, so that no page ends inside markup. */
const MARKS = { "\u0001": "strong", "\u0002": "small", "\u0003": "item" } as const;

function blockLines({ kind, lines }: CardBlock): string[] {
  switch (kind) {
    case "list":
      return lines.map((line) => (readItem(line).numbered ? line : `\u0003${line}`));
    case "table":
      return lines.map((line) => `\u0003${line}`);
    case "caption":
    case "values":
      return lines.map((line) => `\u0002${line}`);
    case "paragraph":
      return [...lines];
    case "aside":
    case "subheading":
    case "strong":
      return lines.map((line) => `\u0001${line}`);
  }
}

function read(line: string): Line {
  const mark = MARKS[line.charAt(0) as keyof typeof MARKS] as Line["mark"] | undefined;
  const item = readItem(mark === undefined ? line : line.slice(1));
  return { mark: mark ?? "plain", text: item.line, depth: item.depth };
}

/** The source in words, a piece each. */
export function sourceWords({ headings, name, source }: SourceLine, language: string): string[] {
  const wording = wordingOf(language);
  return [
    ...headings.map(wording.inQuotes),
    wording.source(name),
    ...(source.asOf === "" ? [] : [wording.asOf(source.asOf)]),
  ];
}

/** How a platform writes what stands in the line above a card. */
export interface AboveMarkup {
  readonly escape: (text: string) => string;
  readonly reader: (id: string) => string;
  readonly channel: (id: string) => string;
  /** The message that was answered; undefined where it cannot be linked to. */
  readonly message: (link: string) => string | undefined;
}

/** The line above a card that says how it came there. */
export function aboveText(above: Above, language: string, markup: AboveMarkup): string {
  const wording = wordingOf(language);
  switch (above.kind) {
    case "asked":
      return wording.youAsked(markup.escape(above.typed));
    case "channel":
      return markup.channel(above.channel);
    case "silent":
      return above.until === undefined ? wording.place.notHere() : wording.place.quietUntil(above.until);
    case "corrected":
      return wording.corrected(above.at, markup.escape(above.wording));
    case "leaned":
      return wording.leaned(markup.escape(above.heading));
    case "shared": {
      const { by, answering } = above;
      return wording.sharedBy(markup.reader(by), answering === undefined ? undefined : markup.message(answering));
    }
  }
}

function sourceOf({ source, headings }: Card): SourceLine | undefined {
  if (!source) return undefined;
  return { headings, source, name: sourceName(source) };
}

function controlsOf(card: Card, page: number, pages: number, place: CardPlace): Button[] {
  const { subject, shareable } = card;
  if (!subject) return [];
  const wording = wordingOf(card.explainer.language);
  const who = whoOf(place);
  const { share, feedback } = place;
  const ticket = feedback?.ticket;
  const about = { subject, page: 0, who, ...(ticket === undefined ? {} : { ticket }) };
  const turn = (name: string, to: number): Button => ({ label: name, press: { action: "show", ...about, page: to } });
  // Whoever chose a section asked for it.
  const answers = card.confidence !== undefined && (subject.kind === "sections" || subject.kind === "tentative");
  return [
    ...(page > 0 ? [turn(wording.back(), page - 1)] : []),
    ...(page + 1 < pages ? [turn(wording.more(), page + 1)] : []),
    ...(share && shareable
      ? [{ label: wording.share(), press: { action: "share" as const, subject, page, who: share.target } }]
      : []),
    ...(feedback && answers ? [{ label: wording.desk.notAsked(), press: { action: "not" as const, ...about } }] : []),
    ...(ticket !== undefined && subject.kind === "abstain"
      ? [{ label: wording.desk.tellMe(), press: { action: "tell" as const, ...about } }]
      : []),
  ];
}

/** Lays a page of a card out. Pure. */
export function layOut(card: Card, place: CardPlace, budget: Budget): Layout {
  const { language } = card.explainer;
  const wording = wordingOf(language);
  const pieces = card.blocks.flatMap((block) => {
    const lines = blockLines(block);
    const joined = lines.join("\n");
    // Lists keep together while they fit on a page; a paragraph may break between sentences.
    return (block.kind === "list" || block.kind === "table") && budget.measure(joined) <= budget.text
      ? [joined]
      : lines;
  });
  const buttons = card.choices.length <= budget.buttons;
  const longest = buttons ? budget.buttonLabel : budget.optionLabel;
  const whole = card.choices.filter((choice) => choice.label.length > longest).map((choice) => `\u0003${choice.label}`);
  const source = sourceOf(card);
  const words = source ? sourceWords(source, language) : [];
  const { url } = card.source ?? {};
  const long = budget.measure(words.join(" · ")) + (url?.length ?? 0) > budget.source;
  const pages = paginate([...pieces, ...whole, ...(long ? [...words, ...(url === undefined ? [] : [url])] : [])], {
    budget: budget.text,
    language,
    measure: budget.measure,
  });
  const page = Math.min(place.page ?? 0, pages.length - 1);
  const who = whoOf(place);
  const left = card.left.map((each) => label(each, Math.floor(LEFT_TEXT / card.left.length)));
  return {
    paragraphs: (pages[page] ?? []).map((piece) => piece.split("\n").map(read)),
    source: long ? undefined : source,
    left,
    leftTitle: wording.left(),
    numbered: pages.length > 1 ? wording.page(page + 1, pages.length) : undefined,
    chart: page === 0 ? card.chart : undefined,
    choicesTitle: card.choices.length > 0 ? card.choicesTitle : undefined,
    placeholder: card.choicesTitle ?? wording.choose(),
    choices: {
      kind: buttons ? "buttons" : "menu",
      buttons: card.choices.map((choice) => ({
        label: label(choice.label, longest),
        press: { action: "show", subject: choice.subject, page: 0, who },
      })),
    },
    controls: controlsOf(card, page, pages.length, place),
  };
}
