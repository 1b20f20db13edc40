// A Slack message as Slack would show it, drawn from the very blocks that are sent.
import { html, raw } from "hono/html";
import type { Html } from "../web/render-figures.js";
import { escapeHtml } from "./escape-html.js";

interface Piece {
  readonly type: string;
  readonly text?: string | { readonly text: string };
  readonly url?: string;
  readonly style?: { readonly bold?: boolean; readonly italic?: boolean; readonly code?: boolean } | string;
  readonly elements?: readonly Piece[];
  readonly alt_text?: string;
  readonly placeholder?: { readonly text: string };
  readonly options?: readonly { readonly text: { readonly text: string } }[];
}

const wordsOf = ({ text }: Piece): string => (typeof text === "string" ? text : (text?.text ?? ""));

/** mrkdwn of our own lines: entities, links, dates; nothing in them is set in bold. */
function mrkdwn(text: string): Html {
  const plain = (words: string): string =>
    escapeHtml(words.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"));
  let made = "";
  let from = 0;
  for (const match of text.matchAll(/<([^<>|]+)(?:\|([^<>]*))?>/g)) {
    const [whole, target = "", label] = match;
    made += plain(text.slice(from, match.index));
    from = match.index + whole.length;
    if (/^https?:/.test(target))
      made += `<a href="${plain(target)}" rel="noopener noreferrer">${plain(label ?? target)}</a>`;
    else made += /^[@#]/.test(target) ? `<span class="mention">@somebody</span>` : plain(label ?? "");
  }
  return html`${raw(made + plain(text.slice(from)))}`;
}

function rich(piece: Piece): Html {
  const words = wordsOf(piece);
  const style = typeof piece.style === "object" ? piece.style : {};
  let shown = html`${raw(escapeHtml(words === "" ? (piece.url ?? "") : words).replace(/\n/g, "<br />"))}`;
  if (style.code === true) shown = html`<code>${shown}</code>`;
  if (style.italic === true) shown = html`<em>${shown}</em>`;
  if (style.bold === true) shown = html`<strong>${shown}</strong>`;
  return piece.type === "link" ? html`<a href="${piece.url ?? ""}" rel="noopener noreferrer">${shown}</a>` : shown;
}

/** `picture`: where its chart can be fetched. */
export function slackView(blocks: readonly unknown[], picture: string | undefined): Html {
  const one = (block: Piece): Html | "" => {
    switch (block.type) {
      case "rich_text":
        return html`<div class="text">
          ${(block.elements ?? []).map((section) => (section.elements ?? []).map(rich))}
        </div>`;
      case "context":
        return html`<div class="small">${(block.elements ?? []).map((each) => mrkdwn(wordsOf(each)))}</div>`;
      case "section":
        return html`<div class="text">${mrkdwn(wordsOf(block))}</div>`;
      case "image":
        return picture === undefined ? "" : html`<img src="${picture}" alt="${block.alt_text ?? ""}" width="360" />`;
      case "actions":
        return html`<div class="row">${(block.elements ?? []).map(one)}</div>`;
      case "button":
        return html`<span class="button">${wordsOf(block)}</span>`;
      case "static_select":
        return html`<details class="menu">
          <summary>${block.placeholder?.text ?? ""}</summary>
          ${(block.options ?? []).map(({ text }) => html`<div>${text.text}</div>`)}
        </details>`;
      default:
        return "";
    }
  };
  return html`<div class="slack">${(blocks as readonly Piece[]).map(one)}</div>`;
}
