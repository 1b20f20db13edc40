// An article in text, Markdown or HTML to an explainer folder that an editor then tends. Words are carried over, none are added.
import { stringify } from "yaml";
import TurndownService from "turndown";
import type { Explainer, Passage } from "./types.js";

/** The telling part of a page: its article or main element, without scripts, navigation and the like. */
export function htmlToMarkdown(html: string): string {
  const body =
    /<(article|main)\b[^>]*>([\s\S]*?)<\/\1>/i.exec(html)?.[2] ??
    /<body\b[^>]*>([\s\S]*?)<\/body>/i.exec(html)?.[1] ??
    html;
  const title = /<title\b[^>]*>([\s\S]*?)<\/title>/i.exec(html)?.[1];
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

function passageLines(passages: readonly Passage[]): string {
  const blocks: { block: number; kind: Passage["kind"]; texts: string[] }[] = [];
  for (const { block, kind, text } of passages) {
    const last = blocks.at(-1);
    if (last && last.block === block && last.kind === kind) last.texts.push(text);
    else blocks.push({ block, kind, texts: [text] });
  }
  return blocks
    .map(({ kind, texts }) => {
      if (kind === "item") return texts.map((text) => (/^\d+\. /.test(text) ? text : `- ${text}`)).join("\n");
      if (kind === "subheading") return texts.map((text) => `### ${text}`).join("\n\n");
      if (kind === "caption") return texts.map((text) => `Caption: ${text}`).join("\n\n");
      if (kind === "row")
        return [
          "| | |",
          "| --- | --- |",
          ...texts.map((text) => `| ${text.replace(" · ", " | ").replace(/ · /g, ", ")} |`),
        ].join("\n");
      return texts.map((text) => text.replace(/^([#>*+-]|\d+\.)/, "\\$1")).join("\n");
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
    (section) => `## ${section.heading} {#${section.id}}\n\n${passageLines(section.passages)}\n`,
  );
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${sections.join("\n")}`;
}
