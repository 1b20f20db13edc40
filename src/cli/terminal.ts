// Cards for a terminal: wrapped lines, emphasis only where colour is wanted, and no control characters of others.
import { styleText } from "node:util";
import { sourceName } from "../assistant/source-name.js";
import type { Card, CardBlock } from "../cards/card.js";
import { readInline, readItem } from "../explainer/inline.js";
import { wordingOf } from "../languages/languages.js";

export interface TerminalStyle {
  /** Columns to fill. */
  readonly width: number;
  readonly color: boolean;
}

type Emphasis = "bold" | "dim";

/** Words of `text` in lines of at most `width` columns, each behind `indent`. A longer word has a line of its own. */
export function wrap(text: string, width: number, indent = "", hanging = indent): string {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines.join("\n");
}

/** Strips what a terminal would obey rather than show. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\n" ? "\n" : ""));
}

/** A line's words, the addresses of its links beside them. */
function words(line: string): string {
  return readInline(line)
    .map(({ text, href }) =>
      href === undefined || text.includes(href) ? text : `${text.trimEnd()} (${href})${/\s$/.exec(text)?.[0] ?? ""}`,
    )
    .join("");
}

/** A card's words, its choices as a list. */
export function renderCard(card: Card, { width, color }: TerminalStyle): string {
  const { explainer, blocks, left, source, choices, choicesTitle } = card;
  const wording = wordingOf(explainer.language);
  const columns = Math.max(40, Math.min(width, 100));
  const styled = (emphasis: Emphasis, text: string): string =>
    color
      ? text
          .split("\n")
          .map((line) => styleText(emphasis, line))
          .join("\n")
      : text;
  const prose = (text: string, indent = "", hanging = indent): string =>
    wrap(printable(words(text)), columns, indent, hanging);
  const items = (lines: readonly string[]): string =>
    lines
      .map(readItem)
      .map(({ depth, line, numbered }) => {
        const indent = "  ".repeat(depth + 1);
        return numbered ? prose(line, indent, `${indent}   `) : prose(line, `${indent}- `, `${indent}  `);
      })
      .join("\n");

  const block = ({ kind, lines, heading }: CardBlock): string[] => {
    switch (kind) {
      case "list":
        return [items(lines)];
      case "table":
        return [lines.map((line) => prose(line, "  ", "    ")).join("\n")];
      case "caption":
        return [lines.map((line) => prose(wording.caption(line), "  ")).join("\n")];
      case "values":
        return [lines.map((line) => prose(line, "  ")).join("\n")];
      case "aside":
        return [styled("dim", prose(lines.join(" ")))];
      case "strong":
        return [
          ...(heading === undefined ? [] : [styled("dim", prose(heading))]),
          styled("bold", prose(lines.join(" "))),
        ];
      case "subheading":
        return [styled("bold", prose(lines.join(" ")))];
      case "paragraph":
        return [...(heading === undefined ? [] : [styled("dim", prose(heading))]), prose(lines.join(" "))];
    }
  };
  const sourceLines = source
    ? [
        wording.source(sourceName(source)),
        ...(source.asOf === "" ? [] : [wording.asOf(source.asOf)]),
        ...(source.url === undefined ? [] : [source.url]),
      ]
    : [];
  const offered = items(choices.map(({ label }) => label));
  return [
    ...blocks.flatMap(block),
    ...(left.length > 0 ? [`${prose(wording.left())}\n${items(left)}`] : []),
    ...(sourceLines.length > 0 ? [sourceLines.map((line) => styled("dim", prose(line))).join("\n")] : []),
    ...(choices.length > 0 ? [choicesTitle === undefined ? offered : `${prose(choicesTitle)}\n${offered}`] : []),
  ].join("\n\n");
}
