// Cards as Discord messages, in its second component layout: text, chart, buttons. It needs no permission to embed links and
// is shown to those who have previews turned off.
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
} from "discord.js";
import type { ChartPicture } from "../assistant/figure-desk.js";
import type { Card, CardPlace } from "../cards/card.js";
import { label } from "../cards/label.js";
import { encodeSubject } from "../cards/subject.js";
import type { Shown } from "../chat/event.js";
import {
  aboveText,
  layOut,
  type AboveMarkup,
  type Budget,
  type Button,
  type Layout,
  type Line,
} from "../chat/layout.js";
import { wordingOf } from "../languages/languages.js";
import {
  ALT_TEXT,
  BUTTON_LABEL,
  MESSAGE_CONTENT,
  MESSAGE_TEXT,
  OPTION_LABEL,
  PLACEHOLDER,
  ROW_BUTTONS,
  SELECT_OPTIONS,
} from "./limits.js";
import { PRESSES } from "./press.js";
import { asOfText, encodeMarkup, escape, lineMarkup, unescape } from "./text.js";

export interface RenderedCard {
  /** Set where the second layout is not taken: words alone. */
  readonly content?: string | undefined;
  readonly components: APIMessageTopLevelComponent[];
  /** To be attached under {@link CHART_FILE}; absent where no chart is shown. */
  readonly chart: { readonly spec: ChartPicture; readonly alt: string } | undefined;
}

export const CHART_FILE = "chart.png";

/** Left for the source, the lines above, page numbers and what is not answered. */
const AROUND = 1_700;
/** What the markup of a line takes. */
const MARKUP_ROOM = 4;
const MENUS = 4;
/** The component that holds what is not answered, so that it can be read back with a press. */
const LEFT_ID = 7_001;

const BUDGET: Budget = {
  text: MESSAGE_TEXT - AROUND,
  source: 700,
  buttons: 2 * ROW_BUTTONS,
  buttonLabel: BUTTON_LABEL,
  optionLabel: OPTION_LABEL,
  measure: (text) => lineMarkup(text).length + MARKUP_ROOM,
};

const NUMBERED = /^\d+\. /;

function lineText({ mark, text, depth }: Line): string {
  const words = lineMarkup(text, mark === "strong");
  const indent = "  ".repeat(depth);
  switch (mark) {
    case "strong":
      return `**${words}**`;
    case "small":
      return `-# ${words}`;
    case "item":
      return `${indent}- ${words}`;
    case "plain":
      // The dot is escaped: Discord would count anew, and the answering item may stand elsewhere.
      return indent + (NUMBERED.test(text) ? words.replace(/^(\d+)\. /, "$1\\. ") : words);
  }
}

function sourceText({ source }: Layout, language: string): string | undefined {
  if (!source) return undefined;
  const wording = wordingOf(language);
  const { url, asOf } = source.source;
  const name = escape(source.name);
  return `-# ${[
    ...source.headings.map((heading) => wording.inQuotes(escape(heading))),
    wording.source(url === undefined ? name : `[${name}](${encodeMarkup(url)})`),
    ...(asOf === "" ? [] : [wording.asOf(asOfText(asOf))]),
  ].join(" · ")}`;
}

const ABOVE: AboveMarkup = {
  escape,
  reader: (id) => `<@${id}>`,
  channel: (id) => `<#${id}>`,
  message: (link) => link,
};

const text = (content: string): APIMessageTopLevelComponent => ({ type: ComponentType.TextDisplay, content });

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const buttonOf = ({ label: name, press }: Button): APIComponentInMessageActionRow => ({
  type: ComponentType.Button,
  style: press.action === "share" ? ButtonStyle.Primary : ButtonStyle.Secondary,
  label: name,
  custom_id: PRESSES.encode(press),
});

function choiceRows({ choices: { kind, buttons }, placeholder }: Layout): Row[] {
  const rows: Row[] = [];
  const size = kind === "buttons" ? ROW_BUTTONS : SELECT_OPTIONS;
  for (let at = 0; at < buttons.length && (kind === "buttons" || rows.length < MENUS); at += size) {
    const some = buttons.slice(at, at + size);
    const { subject, who } = some[0]!.press;
    rows.push({
      type: ComponentType.ActionRow,
      components:
        kind === "buttons"
          ? some.map(buttonOf)
          : [
              {
                type: ComponentType.StringSelect,
                // Menus of one message need ids of their own: the page tells them apart.
                custom_id: PRESSES.encode({
                  action: "pick",
                  subject: { kind: "topics", explainer: subject.explainer },
                  page: rows.length,
                  who,
                }),
                placeholder: label(placeholder, PLACEHOLDER),
                options: some.map(({ label: name, press }) => ({
                  label: name,
                  value: encodeSubject(press.subject, OPTION_LABEL),
                })),
              },
            ],
    });
  }
  return rows;
}

const leftText = ({ leftTitle, left }: Layout): string =>
  [`**${escape(leftTitle)}**`, ...left.map((each) => `- ${escape(each)}`)].join("\n");

/** What a message of ours says that the article does not say: undefined where it says nothing of the kind. */
export function leftIn(components: readonly unknown[]): string[] | undefined {
  const found = (components as { id?: number; content?: string }[]).find(({ id }) => id === LEFT_ID);
  const lines = found?.content?.split("\n- ").slice(1);
  return lines && lines.length > 0 ? lines.map(unescape) : undefined;
}

/** Lays a card out. Pure: the same card at the same place gives the same message. */
export function renderCard(card: Card, place: CardPlace = {}): RenderedCard {
  const { language, title } = card.explainer;
  const page = layOut(card, place, BUDGET);
  const { chart, left, numbered, choicesTitle, controls } = page;
  const alt = chart ? label(chart.alt, ALT_TEXT) : "";
  const source = sourceText(page, language);
  const words = page.paragraphs.map((lines) => lines.map(lineText).join("\n")).join("\n\n");
  const components: APIMessageTopLevelComponent[] = [
    ...(place.above === undefined ? [] : [text(`-# ${aboveText(place.above, language, ABOVE)}`)]),
    text(words || escape(title)),
    ...(left.length > 0 ? [{ type: ComponentType.TextDisplay as const, id: LEFT_ID, content: leftText(page) }] : []),
    ...(chart
      ? [
          {
            type: ComponentType.MediaGallery as const,
            items: [{ media: { url: `attachment://${CHART_FILE}` }, description: alt }],
          },
        ]
      : []),
    ...(source === undefined ? [] : [text(source)]),
    ...(numbered === undefined ? [] : [text(`-# ${numbered}`)]),
    ...(choicesTitle === undefined ? [] : [text(`-# ${escape(choicesTitle)}`)]),
    ...choiceRows(page),
    ...(controls.length > 0 ? [{ type: ComponentType.ActionRow as const, components: controls.map(buttonOf) }] : []),
  ];
  return { components, chart: chart && { spec: chart.spec, alt } };
}

/** As it is to be sent: where the layout was refused, its words alone, without buttons. */
export function render({ card, place, plain }: Shown): RenderedCard {
  const rendered = renderCard(card, place);
  if (!plain) return rendered;
  const words = rendered.components.flatMap((each) => (each.type === ComponentType.TextDisplay ? [each.content] : []));
  return { content: label(words.join("\n\n"), MESSAGE_CONTENT), components: [], chart: undefined };
}
