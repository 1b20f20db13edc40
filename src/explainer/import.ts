// An article in text, Markdown or HTML to an explainer folder that an editor then tends. Words are carried over, none are added.
import { stringify } from "yaml";
import TurndownService from "turndown";
import type { Explainer, Passage } from "./types.js";

/** What stands between the widest `<name …>` and `</name>` of a page, found in one pass; undefined where there is none. */
function widest(html: string, name: string): string | undefined {
  const tags = new RegExp(`<(/?)${name}\\b[^<>]{0,2000}>`, "gi");
  const open: number[] = [];
  let best: { start: number; end: number } | undefined;
  for (const match of html.matchAll(tags)) {
    if (match[1] === "") {
      if (open.length < 200) open.push(match.index + match[0].length);
      continue;
    }
    const start = open.pop();
    if (start !== undefined && (!best || match.index - start > best.end - best.start))
      best = { start, end: match.index };
  }
  return best && html.slice(best.start, best.end);
}

/** Elements inside each other, at most; a page that nests more deeply is broken, or meant to break us. */
const DEEPEST = 500;

/** Throws a `RangeError` for a page that nests beyond measure. The telling part of a page: its longest article, else its main element or body, without scripts, navigation and the like. */
export function htmlToMarkdown(html: string): string {
  const body = widest(html, "article") ?? widest(html, "main") ?? widest(html, "body") ?? html;
  const title = /<title\b[^<>]{0,500}>([^<]{0,500})/i.exec(html)?.[1];
  let depth = 0;
  for (const match of body.matchAll(/<(\/?)(?:div|section|article|span|blockquote|ul|ol|table)\b/gi)) {
    depth += match[1] === "" ? 1 : -1;
    if (depth > DEEPEST) throw new RangeError(`it nests elements more than ${DEEPEST} deep`);
  }
  const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-" });
  service.remove(["script", "style", "nav", "aside", "form", "footer", "iframe", "button", "noscript"]);
  const markdown = service.turndown(body);
  const hasTitle = /^# /m.test(markdown);
  return hasTitle || title === undefined ? markdown : `# ${service.turndown(title)}\n\n${markdown}`;
}

/** Whether a text is a web page rather than Markdown. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html\b|<\?xml)|<(?:body|article|h[1-3])\b/i.test(text.slice(0, 5_000));
}

/** Text as Markdown that reads back as the same text. */
function asMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&|~]/g, "\\$&")
    .replace(/^([#+=-])/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

function tableLines(rows: readonly { kind: Passage["kind"]; text: string }[]): string {
  const cells = rows.map((row) => row.text.split(" · ").map(asMarkdown));
  const columns = Math.max(...cells.map((row) => row.length));
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, index) => row[index] ?? "").join(" | ")} |`;
  const [head, ...body] = rows[0]?.kind === "subheading" ? cells : [[], ...cells];
  return [line(head ?? []), line(Array.from({ length: columns }, () => "---")), ...body.map(line)].join("\n");
}

function passageLines(passages: readonly Passage[]): string {
  const blocks = new Map<number, Passage[]>();
  for (const passage of passages) blocks.set(passage.block, [...(blocks.get(passage.block) ?? []), passage]);
  return [...blocks.values()]
    .map((block) => {
      if (block.some((passage) => passage.kind === "row")) return tableLines(block);
      const texts = block.map((passage) => passage.text);
      switch (block[0]?.kind) {
        case "item":
          return texts
            .map((text) =>
              /^\d+\. /.test(text)
                ? text.replace(/^(\d+\. )(.*)$/s, (_, mark: string, rest: string) => mark + asMarkdown(rest))
                : `- ${asMarkdown(text)}`,
            )
            .join("\n");
        case "subheading":
          return texts.map((text) => `### ${asMarkdown(text)}`).join("\n\n");
        case "caption":
          return texts.map((text) => `Caption: ${asMarkdown(text)}`).join("\n\n");
        default:
          return texts.map(asMarkdown).join("\n");
      }
    })
    .join("\n\n");
}

/** The `explainer.md` of an explainer, ready to be edited. What the article does not say is left out. */
export function explainerMarkdown(explainer: Explainer): string {
  const front = {
    title: explainer.title,
    language: explainer.language,
    time_zone: explainer.timeZone,
    source: {
      title: explainer.source.title,
      ...(explainer.source.publisher === undefined ? {} : { publisher: explainer.source.publisher }),
      ...(explainer.source.url === undefined ? {} : { url: explainer.source.url }),
    },
    ...(explainer.asOf === "" ? {} : { as_of: explainer.asOf }),
  };
  const sections = explainer.sections.map(
    (section) => `## ${asMarkdown(section.heading)} {#${section.id}}\n\n${passageLines(section.passages)}\n`,
  );
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${sections.join("\n")}`;
}
