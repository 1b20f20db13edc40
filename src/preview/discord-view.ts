// A Discord message as Discord would show it, drawn from the very payload that is sent.
import { html, raw } from "hono/html";
import type { Html } from "../web/render-figures.js";
import { escapeHtml } from "./escape-html.js";

interface Component {
  readonly type: number;
  readonly content?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string }[];
  readonly components?: readonly Component[];
  readonly items?: readonly { readonly description?: string }[];
}

/** Component types (components/reference). */
const TYPE = { row: 1, button: 2, select: 3, text: 10, gallery: 12 } as const;

const INLINE =
  /\\([^0-9A-Za-z\s])|`([^`]*)`|\[((?:\\.|[^\]\\]){1,300})\]\((https?:\/\/[^\s()]+)\)|\*\*|<t:(\d+):(\w)>|<[@#]!?(\d+)>|(https?:\/\/[^\s<>*_`[\]()]+)/g;

function momentText(seconds: number, style: string): string {
  const format =
    style === "D" ? ({ dateStyle: "long" } as const) : ({ dateStyle: "long", timeStyle: "short" } as const);
  return new Intl.DateTimeFormat("en-GB", { ...format, timeZone: "UTC" }).format(seconds * 1000);
}

/** A line's marks as HTML: what our own texts may hold, and no more. */
function inline(text: string): string {
  let made = "";
  let from = 0;
  let bold = false;
  for (const match of text.matchAll(INLINE)) {
    made += escapeHtml(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, escaped, code, label, href, seconds, style, mention, address] = match;
    if (escaped !== undefined) made += escapeHtml(escaped);
    else if (code !== undefined) made += `<code>${escapeHtml(code)}</code>`;
    else if (label !== undefined && href !== undefined)
      made += `<a href="${escapeHtml(href)}" rel="noopener noreferrer">${inline(label)}</a>`;
    else if (whole === "**") {
      made += bold ? "</strong>" : "<strong>";
      bold = !bold;
    } else if (seconds !== undefined) made += escapeHtml(momentText(Number(seconds), style ?? "f"));
    else if (mention !== undefined) made += `<span class="mention">@somebody</span>`;
    else made += `<a href="${escapeHtml(address ?? "")}" rel="noopener noreferrer">${escapeHtml(address ?? "")}</a>`;
  }
  return made + escapeHtml(text.slice(from)) + (bold ? "</strong>" : "");
}

/** Discord's Markdown, line by line (support article 210298617). */
function markdown(content: string): Html {
  const lines = content.split("\n").map((line) => {
    const item = /^( *)- (.*)$/.exec(line);
    if (item)
      return `<div class="item" data-depth="${Math.min(5, Math.floor((item[1] ?? "").length / 2))}">${inline(item[2] ?? "")}</div>`;
    const small = /^-# (.*)$/.exec(line);
    if (small) return `<div class="small">${inline(small[1] ?? "")}</div>`;
    return line === "" ? `<div class="gap"></div>` : `<div>${inline(line)}</div>`;
  });
  return html`${raw(lines.join(""))}`;
}

/** `picture`: where its chart can be fetched. */
export function discordView(components: readonly unknown[], picture: string | undefined): Html {
  const one = (component: Component): Html | "" => {
    switch (component.type) {
      case TYPE.text:
        return html`<div class="text">${markdown(component.content ?? "")}</div>`;
      case TYPE.gallery:
        return html`${(component.items ?? []).map(({ description }) =>
          picture === undefined ? "" : html`<img src="${picture}" alt="${description ?? ""}" width="400" />`,
        )}`;
      case TYPE.row:
        return html`<div class="row">${(component.components ?? []).map(one)}</div>`;
      case TYPE.button:
        return html`<span class="button">${component.label ?? ""}</span>`;
      case TYPE.select:
        return html`<details class="menu">
          <summary>${component.placeholder ?? ""}</summary>
          ${(component.options ?? []).map(({ label }) => html`<div>${label}</div>`)}
        </details>`;
      default:
        return "";
    }
  };
  return html`<div class="discord">${(components as readonly Component[]).map(one)}</div>`;
}
