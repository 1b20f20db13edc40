// Cards as Block Kit: rich text, which is shown letter by letter as it is, a picture, the source in a context block, buttons.
// The text beside the blocks is the whole answer too: notifications and screen readers read it, and it stands in where Slack
// refuses the layout.
import type { types } from "@slack/bolt";
import { whoOf, type Card, type CardBlock, type CardPlace } from "../assistant/card.js";
import type { ChartOffer } from "../assistant/figure-desk.js";
import { label } from "../assistant/label.js";
import { paginate } from "../assistant/paging.js";
import { WORDING } from "../assistant/wording.js";
import {
  ALT_TEXT,
  BLOCK_TEXT,
  BUTTON_TEXT,
  BUTTON_VALUE,
  MENU_OPTIONS,
  MESSAGE_TEXT,
  OPTION_VALUE,
  PLACEHOLDER,
} from "./limits.js";
import { ACTIONS, encodePress } from "./press.js";
import { asOfText, escape } from "./text.js";

export interface RenderedCard {
  readonly text: string;
  /** The blocks, with the chart where a file of it is given. */
  readonly blocks: (picture?: string) => types.KnownBlock[];
  readonly chart: { readonly offer: ChartOffer; readonly explainer: string; readonly alt: string } | undefined;
}

/** Characters of an article's text on one page: it has to fit into one block, and into the text beside the blocks. */
const PAGE_TEXT = BLOCK_TEXT - 200;
const SOURCE_TEXT = 600;
const MOST_BUTTONS = 12;
/** Menus of a message: more would break the ceiling for all of its text, about 13,200 characters (bolt-js#2509). */
const MENUS = 1;
const STRONG = "\u0001";
const SMALL = "\u0002";
const ADDRESS = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]]/g;

function blockLines({ kind, lines }: CardBlock): string[] {
  switch (kind) {
    case "list":
      return lines.map((line) => (/^\d+\. /.test(line) ? line : `• ${line}`));
    case "table":
      return lines.map((line) => `• ${line}`);
    case "caption":
      return lines.map((line) => SMALL + line);
    case "paragraph":
      return [...lines];
    case "subheading":
    case "strong":
      return lines.map((line) => STRONG + line);
  }
}

const bare = (piece: string): string => piece.replaceAll(STRONG, "").replaceAll(SMALL, "");

function sourceName({ source }: Card): string {
  return source ? [source.title, source.publisher].filter(Boolean).join(", ") : "";
}

/** The source in words. */
function sourceWords(card: Card): string[] {
  const { source, headings } = card;
  if (!source) return [];
  return [
    ...headings.map((heading) => `“${heading}”`),
    `${WORDING.source}: ${sourceName(card)}`,
    ...(source.asOf === "" ? [] : [`${WORDING.asOf}: ${source.asOf}`]),
  ];
}

/** The source in mrkdwn. */
function sourceMarkup(card: Card): string {
  const { source, headings } = card;
  if (!source) return "";
  const name = escape(sourceName(card));
  const linked =
    source.url === undefined
      ? name
      : `<${source.url.replace(/[|<>]/g, encodeURIComponent)}|${name.replaceAll("|", "¦")}>`;
  return [
    ...headings.map((heading) => `“${escape(heading)}”`),
    `${WORDING.source}: ${linked}`,
    ...(source.asOf === "" ? [] : [`${WORDING.asOf}: ${asOfText(source.asOf)}`]),
  ].join(" · ");
}

function pagesOf(card: Card): { pages: string[][]; sourceApart: boolean } {
  const pieces = card.blocks.flatMap((block) => {
    const lines = blockLines(block);
    const joined = lines.join("\n");
    return (block.kind === "list" || block.kind === "table") && joined.length <= PAGE_TEXT ? [joined] : lines;
  });
  const long = card.choices.filter((choice) => choice.label.length > BUTTON_TEXT).map((choice) => `• ${choice.label}`);
  const words = sourceWords(card);
  const sourceApart = words.join(" · ").length <= SOURCE_TEXT;
  const all = [
    ...pieces,
    ...long,
    ...(sourceApart ? [] : [...words, ...(card.source?.url === undefined ? [] : [card.source.url])]),
  ];
  const pages = paginate(all, {
    budget: PAGE_TEXT,
    language: card.explainer.language,
    // As it stands in the text beside the blocks, where it takes more room.
    measure: (text) => escape(text).length,
  });
  return { pages, sourceApart };
}

function richText(pieces: readonly string[]): types.RichTextBlock {
  const elements = pieces.flatMap((piece, index): (types.RichTextText | types.RichTextLink)[] => {
    const style = piece.startsWith(STRONG) ? { bold: true } : piece.startsWith(SMALL) ? { italic: true } : undefined;
    const text = bare(piece);
    const parts: (types.RichTextText | types.RichTextLink)[] = [];
    const say = (words: string): void => {
      if (words !== "") parts.push({ type: "text", text: words, ...(style ? { style } : {}) });
    };
    if (index > 0) parts.push({ type: "text", text: "\n\n" });
    let from = 0;
    for (const match of text.matchAll(ADDRESS)) {
      if (!URL.canParse(match[0])) continue;
      say(text.slice(from, match.index));
      parts.push({ type: "link", url: match[0] });
      from = match.index + match[0].length;
    }
    say(text.slice(from));
    return parts;
  });
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: false });

function button(name: string, action: string, value: string, primary = false): types.Button {
  return {
    type: "button",
    text: plain(label(name, BUTTON_TEXT)),
    action_id: action,
    value,
    ...(primary ? { style: "primary" as const } : {}),
  };
}

function choiceBlocks({ choices, choicesTitle }: Card, who: string | undefined): types.ActionsBlock[] {
  if (choices.length === 0) return [];
  if (choices.length <= MOST_BUTTONS) {
    return [
      {
        type: "actions",
        elements: choices.map((choice, index) =>
          button(
            choice.label,
            `${ACTIONS.show}:${index}`,
            encodePress({ subject: choice.subject, page: 0, who }, BUTTON_VALUE),
          ),
        ),
      },
    ];
  }
  const blocks: types.ActionsBlock[] = [];
  for (let at = 0; at < choices.length && blocks.length < MENUS; at += MENU_OPTIONS) {
    blocks.push({
      type: "actions",
      elements: [
        {
          type: "static_select",
          action_id: `${ACTIONS.pick}:${at}`,
          placeholder: plain(label(choicesTitle ?? WORDING.choose, PLACEHOLDER)),
          options: choices.slice(at, at + MENU_OPTIONS).map((choice) => ({
            text: plain(label(choice.label, BUTTON_TEXT)),
            value: encodePress({ subject: choice.subject, page: 0, who }, OPTION_VALUE),
          })),
        },
      ],
    });
  }
  return blocks;
}

function controls({ subject, shareable }: Card, page: number, pages: number, place: CardPlace): types.ActionsBlock[] {
  if (!subject) return [];
  const { share } = place;
  const to = (next: number): string => encodePress({ subject, page: next, who: whoOf(place) }, BUTTON_VALUE);
  const elements: types.ActionsBlockElement[] = [
    ...(page > 0 ? [button(WORDING.back, `${ACTIONS.show}:back`, to(page - 1))] : []),
    ...(page + 1 < pages ? [button(WORDING.more, `${ACTIONS.show}:more`, to(page + 1))] : []),
    ...(share && shareable
      ? [button(WORDING.share, ACTIONS.share, encodePress({ subject, page, who: share.target }, BUTTON_VALUE), true)]
      : []),
  ];
  return elements.length > 0 ? [{ type: "actions", elements }] : [];
}

const context = (text: string): types.KnownBlock => ({ type: "context", elements: [{ type: "mrkdwn", text }] });

/** Lays a card out. Pure: the same card at the same place gives the same message. */
export function renderCard(card: Card, place: CardPlace = {}): RenderedCard {
  const { pages, sourceApart } = pagesOf(card);
  const page = Math.min(place.page ?? 0, pages.length - 1);
  const pieces = pages[page] ?? [];
  const chart =
    page === 0 && card.chart
      ? { offer: card.chart, explainer: card.explainer.id, alt: label(card.chart.alt, ALT_TEXT) }
      : undefined;
  const numbered = pages.length > 1 ? `${WORDING.page} ${page + 1} / ${pages.length}` : undefined;
  const source = sourceApart ? sourceMarkup(card) : "";
  const words = [
    ...(place.above === undefined ? [] : [place.above]),
    ...pieces.map((piece) => escape(bare(piece))),
    ...(sourceApart && card.source ? [escape(sourceWords(card).join(" · "))] : []),
  ];
  const text = label(words.join("\n\n"), MESSAGE_TEXT);
  return {
    text,
    chart,
    blocks: (picture) => [
      ...(place.above === undefined ? [] : [context(place.above)]),
      richText(pieces.length > 0 ? pieces : [card.explainer.title]),
      ...(chart && picture !== undefined
        ? [{ type: "image" as const, alt_text: chart.alt, slack_file: { id: picture } }]
        : []),
      ...(source === "" ? [] : [context(source)]),
      ...(numbered === undefined ? [] : [context(numbered)]),
      ...(card.choices.length > 0 && card.choicesTitle !== undefined ? [context(escape(card.choicesTitle))] : []),
      ...choiceBlocks(card, whoOf(place)),
      ...controls(card, page, pages.length, place),
    ],
  };
}
