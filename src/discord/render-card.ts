// Cards as Discord messages, in its second component layout: text, chart, buttons. It needs no permission to embed links and
// is shown to those who have previews turned off.
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
} from "discord.js";
import { paginate } from "../assistant/paging.js";
import { whoOf, type Card, type CardBlock, type CardPlace } from "../assistant/card.js";
import type { ChartOffer } from "../assistant/figure-desk.js";
import { label } from "../assistant/label.js";
import { encodeSubject } from "../assistant/subject.js";
import { WORDING } from "../assistant/wording.js";
import { encodePress } from "./custom-id.js";
import {
  ALT_TEXT,
  BUTTON_LABEL,
  MESSAGE_TEXT,
  OPTION_LABEL,
  PLACEHOLDER,
  ROW_BUTTONS,
  SELECT_OPTIONS,
} from "./limits.js";
import { asOfText, encodeMarkup, escape } from "./text.js";

export interface RenderedCard {
  readonly components: APIMessageTopLevelComponent[];
  /** To be attached under {@link CHART_FILE}; absent where no chart is shown. */
  readonly chart: { readonly offer: ChartOffer; readonly explainer: string; readonly alt: string } | undefined;
}

export const CHART_FILE = "chart.png";

/** Left for the source, the lines above and page numbers. */
const AROUND = 1_200;
/** Characters of an article's text on one page. */
const PAGE_TEXT = MESSAGE_TEXT - AROUND;
/** Characters of the line that names the source; a longer one goes into the text. */
const SOURCE_TEXT = 700;
/** More choices than this are a menu. */
const MOST_BUTTONS = 2 * ROW_BUTTONS;

/** Marks at the start of a piece, put on before paging and turned into markup after, so that no page ends inside it. */
const STRONG = "\u0001";
const SMALL = "\u0002";
/** What the markup of a piece takes. */
const MARKUP_ROOM = 4;

function marked(piece: string): string {
  if (piece.startsWith(STRONG)) return `**${piece.slice(1)}**`;
  return piece.startsWith(SMALL) ? `-# ${piece.slice(1)}` : piece;
}

function blockLines({ kind, lines }: CardBlock): string[] {
  switch (kind) {
    case "list":
      return lines.map((line) => {
        const number = /^\d+\. /.exec(line)?.[0];
        // The dot is escaped: Discord would count anew, and the answering item may stand elsewhere.
        return number === undefined ? `- ${escape(line)}` : escape(line);
      });
    case "table":
      return lines.map((line) => `- ${escape(line)}`);
    case "caption":
      return lines.map((line) => SMALL + escape(line));
    case "paragraph":
      return lines.map(escape);
    case "subheading":
    case "strong":
      return lines.map((line) => STRONG + escape(line));
  }
}

function sourceParts({ source, headings }: Card): { line: string; parts: string[] } | undefined {
  if (!source) return undefined;
  const { title, publisher, url, asOf } = source;
  const name = escape([title, publisher].filter(Boolean).join(", "));
  const told = asOf === "" ? [] : [`${WORDING.asOf}: ${asOfText(asOf)}`];
  const from = headings.map((heading) => `“${escape(heading)}”`);
  const linked = url === undefined ? name : `[${name}](${encodeMarkup(url)})`;
  return {
    line: `-# ${[...from, `${WORDING.source}: ${linked}`, ...told].join(" · ")}`,
    parts: [...from, `${WORDING.source}: ${name}`, ...(url === undefined ? [] : [url]), ...told],
  };
}

/** Labels that have to be shortened, whole. */
function longLabels({ choices }: Card): string[] {
  const limit = choices.length <= MOST_BUTTONS ? BUTTON_LABEL : OPTION_LABEL;
  return choices.filter((choice) => choice.label.length > limit).map((choice) => `- ${escape(choice.label)}`);
}

/** The text of a card on pages, and the line that stands below each of them. */
function pagesOf(card: Card): { pages: string[][]; source: string | undefined } {
  // Lists keep together while they fit on a page; a paragraph may break between sentences.
  const pieces = card.blocks.flatMap((block) => {
    const lines = blockLines(block);
    const joined = lines.join("\n");
    return (block.kind === "list" || block.kind === "table") && joined.length <= PAGE_TEXT ? [joined] : lines;
  });
  const source = sourceParts(card);
  const long = source !== undefined && source.line.length > SOURCE_TEXT;
  const all = [...pieces, ...longLabels(card), ...(long ? source.parts : [])];
  const pages = paginate(all, {
    budget: PAGE_TEXT,
    language: card.explainer.language,
    measure: (text) => text.length + MARKUP_ROOM,
  });
  return { pages: pages.map((page) => page.map(marked)), source: long ? undefined : source?.line };
}

const text = (content: string): APIMessageTopLevelComponent => ({ type: ComponentType.TextDisplay, content });

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

function choiceRows({ choices, choicesTitle }: Card, who: string | undefined): Row[] {
  if (choices.length === 0) return [];
  if (choices.length <= MOST_BUTTONS) {
    const rows: Row[] = [];
    for (let at = 0; at < choices.length; at += ROW_BUTTONS) {
      rows.push({
        type: ComponentType.ActionRow,
        components: choices.slice(at, at + ROW_BUTTONS).map((choice) => ({
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: label(choice.label, BUTTON_LABEL),
          custom_id: encodePress({ action: "show", subject: choice.subject, page: 0, who }),
        })),
      });
    }
    return rows;
  }
  const first = choices[0]!.subject;
  const rows: Row[] = [];
  for (let at = 0; at < choices.length && rows.length < 4; at += SELECT_OPTIONS) {
    const options = choices.slice(at, at + SELECT_OPTIONS);
    rows.push({
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          // Menus of one message need ids of their own: the page tells them apart.
          custom_id: encodePress({
            action: "pick",
            subject: { kind: "topics", explainer: first.explainer },
            page: rows.length,
            who,
          }),
          placeholder: label(choicesTitle ?? WORDING.choose, PLACEHOLDER),
          options: options.map((choice) => ({
            label: label(choice.label, OPTION_LABEL),
            value: encodeSubject(choice.subject, OPTION_LABEL),
          })),
        },
      ],
    });
  }
  return rows;
}

function controls({ subject, shareable }: Card, page: number, pages: number, place: CardPlace): Row[] {
  if (!subject) return [];
  const { share } = place;
  const button = (name: string, to: number): APIComponentInMessageActionRow => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: name,
    custom_id: encodePress({ action: "show", subject, page: to, who: whoOf(place) }),
  });
  const buttons: APIComponentInMessageActionRow[] = [
    ...(page > 0 ? [button(WORDING.back, page - 1)] : []),
    ...(page + 1 < pages ? [button(WORDING.more, page + 1)] : []),
    ...(share && shareable
      ? [
          {
            type: ComponentType.Button as const,
            style: ButtonStyle.Primary as const,
            label: WORDING.share,
            custom_id: encodePress({ action: "share", subject, page, who: share.target }),
          },
        ]
      : []),
  ];
  return buttons.length > 0 ? [{ type: ComponentType.ActionRow, components: buttons }] : [];
}

/** Lays a card out. Pure: the same card at the same place gives the same message. */
export function renderCard(card: Card, place: CardPlace = {}): RenderedCard {
  const { pages, source } = pagesOf(card);
  const page = Math.min(place.page ?? 0, pages.length - 1);
  const chart = page === 0 ? card.chart : undefined;
  const alt = chart ? label(chart.alt, ALT_TEXT) : "";
  const choices = choiceRows(card, whoOf(place));
  const components: APIMessageTopLevelComponent[] = [
    ...(place.above === undefined ? [] : [text(`-# ${place.above}`)]),
    text((pages[page] ?? []).join("\n\n") || escape(card.explainer.title)),
    ...(chart
      ? [
          {
            type: ComponentType.MediaGallery as const,
            items: [{ media: { url: `attachment://${CHART_FILE}` }, description: alt }],
          },
        ]
      : []),
    ...(source === undefined ? [] : [text(source)]),
    ...(pages.length > 1 ? [text(`-# ${WORDING.page} ${page + 1} / ${pages.length}`)] : []),
    ...(choices.length > 0 && card.choicesTitle !== undefined ? [text(`-# ${escape(card.choicesTitle)}`)] : []),
    ...choices,
    ...controls(card, page, pages.length, place),
  ];
  return { components, chart: chart && { offer: chart, explainer: card.explainer.id, alt } };
}
