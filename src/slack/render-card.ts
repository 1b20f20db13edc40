// Cards as Block Kit: rich text, which is shown letter by letter as it is, a picture, the source in a context block, buttons.
// The text beside the blocks is the whole answer too: notifications and screen readers read it, and it stands in where Slack
// refuses the layout.
import type { types } from "@slack/bolt";
import type { ChartPicture } from "../assistant/figure-desk.js";
import type { Card, CardPlace } from "../cards/card.js";
import { label } from "../cards/label.js";
import type { Shown } from "../chat/event.js";
import {
  aboveText,
  layOut,
  sourceWords,
  type AboveMarkup,
  type Budget,
  type Button,
  type Layout,
  type Line,
} from "../chat/layout.js";
import { readInline, type Span } from "../explainer/inline.js";
import { wordingOf } from "../languages/languages.js";
import { ALT_TEXT, BLOCK_TEXT, BUTTON_TEXT, MENU_OPTIONS, MESSAGE_TEXT, PLACEHOLDER } from "./limits.js";
import { ACTIONS, OPTIONS, PRESSES } from "./press.js";
import { asOfText, escape, lineMarkup } from "./text.js";

export interface RenderedCard {
  readonly text: string;
  /** The blocks, with the chart where a file of it is given. */
  readonly blocks: (picture?: string) => types.KnownBlock[];
  readonly chart: { readonly spec: ChartPicture; readonly alt: string } | undefined;
  /** Whether it is to be sent as its text alone. */
  readonly plain?: boolean;
}

const MOST_BUTTONS = 12;
/** Menus of a message: more would break the ceiling for all of its text, about 13,200 characters (bolt-js#2509). */
const MENUS = 1;
const ADDRESS = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]]/g;

const BUDGET: Budget = {
  // It has to fit into one block, and into the text beside the blocks, where it takes more room.
  text: BLOCK_TEXT - 600,
  source: 600,
  buttons: MOST_BUTTONS,
  buttonLabel: BUTTON_TEXT,
  optionLabel: BUTTON_TEXT,
  measure: (text) => lineMarkup(text).length,
};

const BULLETS = ["•", "◦", "▪"] as const;

function plainLine({ mark, text, depth }: Line): string {
  const bullet = mark === "item" ? `${BULLETS[Math.min(depth, BULLETS.length - 1)] ?? ""} ` : "";
  return `${"    ".repeat(depth)}${bullet}${text}`;
}

function sourceMarkup({ source }: Layout, language: string): string {
  if (!source) return "";
  const wording = wordingOf(language);
  const { url, asOf } = source.source;
  const name = escape(source.name);
  const linked =
    url === undefined ? name : `<${url.replace(/[|<>]/g, encodeURIComponent)}|${name.replaceAll("|", "¦")}>`;
  return [
    ...source.headings.map((heading) => wording.inQuotes(escape(heading))),
    wording.source(linked),
    ...(asOf === "" ? [] : [wording.asOf(asOfText(asOf))]),
  ].join(" · ");
}

const ABOVE: AboveMarkup = {
  escape,
  reader: (id) => `<@${id}>`,
  channel: (id) => `<#${id}>`,
  message: () => undefined,
};

function elementsOf(
  { text, strong, code, href }: Span,
  mark: Line["mark"],
): (types.RichTextText | types.RichTextLink)[] {
  const set = {
    ...(strong || mark === "strong" ? { bold: true } : {}),
    ...(mark === "small" ? { italic: true } : {}),
    ...(code ? { code: true } : {}),
  };
  const style = Object.keys(set).length > 0 ? { style: set } : {};
  if (href !== undefined) return [{ type: "link", url: href, text, ...style }];
  const elements: (types.RichTextText | types.RichTextLink)[] = [];
  const say = (words: string): void => {
    if (words !== "") elements.push({ type: "text", text: words, ...style });
  };
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (!URL.canParse(match[0])) continue;
    say(text.slice(from, match.index));
    elements.push({ type: "link", url: match[0] });
    from = match.index + match[0].length;
  }
  say(text.slice(from));
  return elements;
}

function richText(paragraphs: readonly (readonly Line[])[]): types.RichTextBlock {
  const elements: (types.RichTextText | types.RichTextLink)[] = [];
  for (const [index, lines] of paragraphs.entries()) {
    if (index > 0) elements.push({ type: "text", text: "\n\n" });
    for (const [number, line] of lines.entries()) {
      for (const span of readInline(`${number > 0 ? "\n" : ""}${plainLine(line)}`))
        elements.push(...elementsOf(span, line.mark));
    }
  }
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: false });

const buttonOf = ({ label: name, press }: Button, id: string): types.Button => ({
  type: "button",
  text: plain(label(name, BUTTON_TEXT)),
  action_id: id,
  value: PRESSES.encode(press),
  ...(press.action === "share" ? { style: "primary" as const } : {}),
});

function choiceBlocks({ choices: { kind, buttons }, placeholder }: Layout): types.ActionsBlock[] {
  if (buttons.length === 0) return [];
  if (kind === "buttons")
    return [
      {
        type: "actions",
        elements: buttons.map((button, index) => buttonOf(button, `${ACTIONS.show}:${index}`)),
      },
    ];
  return Array.from({ length: Math.min(MENUS, Math.ceil(buttons.length / MENU_OPTIONS)) }, (_, menu) => ({
    type: "actions" as const,
    elements: [
      {
        type: "static_select" as const,
        action_id: `${ACTIONS.pick}:${menu * MENU_OPTIONS}`,
        placeholder: plain(label(placeholder, PLACEHOLDER)),
        options: buttons.slice(menu * MENU_OPTIONS, (menu + 1) * MENU_OPTIONS).map(({ label: name, press }) => ({
          text: plain(name),
          value: OPTIONS.encode(press),
        })),
      },
    ],
  }));
}

const controlId = ({ press }: Button, index: number): string =>
  press.action === "share" ? ACTIONS.share : `${ACTIONS.show}:turn${index}`;

const context = (text: string): types.KnownBlock => ({ type: "context", elements: [{ type: "mrkdwn", text }] });

/** Lays a card out. Pure: the same card at the same place gives the same message. */
export function renderCard(card: Card, place: CardPlace = {}): RenderedCard {
  const { language, title } = card.explainer;
  const page = layOut(card, place, BUDGET);
  const { paragraphs, chart: shown, left, leftTitle, numbered, choicesTitle, controls } = page;
  const chart = shown && { spec: shown.spec, alt: label(shown.alt, ALT_TEXT) };
  const source = sourceMarkup(page, language);
  const above = place.above === undefined ? [] : [aboveText(place.above, language, ABOVE)];
  const leftLines: Line[] = [
    { mark: "strong", text: leftTitle, depth: 0 },
    ...left.map((text): Line => ({ mark: "item", text, depth: 0 })),
  ];
  const body = [...(paragraphs.length > 0 ? paragraphs : [[{ mark: "plain" as const, text: title, depth: 0 }]])];
  if (left.length > 0) body.push(leftLines);
  const words = [
    ...above,
    ...body.map((lines) => lineMarkup(lines.map(plainLine).join("\n"))),
    ...(page.source ? [escape(sourceWords(page.source, language).join(" · "))] : []),
  ];
  return {
    text: label(words.join("\n\n"), MESSAGE_TEXT),
    chart,
    blocks: (picture) => [
      ...above.map(context),
      richText(body),
      ...(chart && picture !== undefined
        ? [{ type: "image" as const, alt_text: chart.alt, slack_file: { id: picture } }]
        : []),
      ...(source === "" ? [] : [context(source)]),
      ...(numbered === undefined ? [] : [context(numbered)]),
      ...(choicesTitle === undefined ? [] : [context(escape(choicesTitle))]),
      ...choiceBlocks(page),
      ...(controls.length > 0
        ? [
            {
              type: "actions" as const,
              elements: controls.map((button, index) => buttonOf(button, controlId(button, index))),
            },
          ]
        : []),
    ],
  };
}

/** As it is to be sent: where the layout was refused, its words alone. */
export function render({ card, place, plain: bare }: Shown): RenderedCard {
  const rendered = renderCard(card, place);
  return bare ? { ...rendered, chart: undefined, plain: true } : rendered;
}
