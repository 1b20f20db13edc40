// Replies for a terminal: wrapped lines, emphasis only where colour is wanted, and no control characters of others.
import { styleText } from "node:util";
import { WORDING } from "../assistant/wording.js";
import type { Answer, Attribution, Reply, TextBlock } from "../assistant/reply.js";

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

export function renderReply(reply: Reply, { width, color }: TerminalStyle): string {
  const columns = Math.max(40, Math.min(width, 100));
  const styled = (emphasis: Emphasis, text: string): string =>
    color
      ? text
          .split("\n")
          .map((line) => styleText(emphasis, line))
          .join("\n")
      : text;
  const prose = (text: string, indent = "", hanging = indent): string =>
    wrap(printable(text), columns, indent, hanging);

  const block = ({ kind, lines }: TextBlock): string => {
    if (kind === "list")
      return lines
        .map((line) => (/^\d+\. /.test(line) ? prose(line, "  ", "     ") : prose(line, "  - ", "    ")))
        .join("\n");
    if (kind === "table") return lines.map((line) => prose(line, "  ", "    ")).join("\n");
    if (kind === "caption") return lines.map((line) => prose(`Caption: ${line}`, "  ")).join("\n");
    if (kind === "subheading") return styled("bold", prose(lines.join(" ")));
    return prose(lines.join(" "));
  };
  const answer = (given: Answer): string[] => [
    styled("dim", prose(given.heading)),
    styled("bold", prose(given.lead)),
    ...given.rest.map(block),
  ];
  const source = ({ title, publisher, url, asOf }: Attribution): string[] => {
    const from = `${WORDING.source}: ${[title, publisher].filter(Boolean).join(", ")}`;
    const when = asOf === "" ? [] : [`${WORDING.asOf}: ${asOf}`];
    return [[from, ...when, ...(url === undefined ? [] : [url])].map((line) => styled("dim", prose(line))).join("\n")];
  };
  const list = (headings: readonly string[]): string =>
    headings.map((heading) => prose(heading, "  - ", "    ")).join("\n");

  switch (reply.kind) {
    case "answer":
      return [
        ...answer(reply),
        ...reply.also.flatMap((other) => [styled("dim", WORDING.also), ...answer(other)]),
        ...(reply.unanswered.length > 0 ? [`${WORDING.unanswered}\n${list(reply.unanswered)}`] : []),
        ...source(reply.source),
        ...(reply.related.length > 0
          ? [`${WORDING.related}:\n${list(reply.related.map((each) => each.heading))}`]
          : []),
      ].join("\n\n");
    case "clarify":
      return [styled("bold", WORDING.clarify), list(reply.choices.map((choice) => choice.heading))].join("\n\n");
    case "abstain": {
      if (reply.smallTalk) return prose(reply.smallTalk.reply);
      const first = reply.empty ? prose(WORDING.emptyQuestion) : styled("bold", WORDING.abstain);
      const nearest = list(reply.nearest.map((choice) => choice.heading));
      return [first, ...(nearest === "" ? [] : [reply.empty ? nearest : `${WORDING.nearest}\n${nearest}`])].join(
        "\n\n",
      );
    }
  }
}
