// Words as Discord's Markdown, so that nothing an editor or a reader wrote is taken for markup or a mention.
import { momentOfAsOf } from "../cards/as-of.js";
import { readInline, type Span } from "../explainer/inline.js";

/** What Discord would read as markup anywhere in a line. */
const MARKUP = /[\\*_~`|<>[\]]/g;
/** And at the start of one: headings, quotes, lists, small print. */
const LINE_START = /^([^\S\n\r\u2028\u2029]*)(#{1,3}\s|-#?\s|\+\s)/gm;
const NUMBERED = /^([^\S\n\r\u2028\u2029]*\d+)\.(?=\s)/gm;
const ADDRESS = /https?:\/\/[^\s<>]+/g;

function escapeWords(text: string): string {
  return text.replace(MARKUP, "\\$&").replace(/@(?=everyone|here)/g, "@\u200b");
}

/** A web address without the characters that Discord would read as markup, or as the end of a link. */
export function encodeMarkup(address: string): string {
  return address.replace(
    /[\\*_~`|[\]()<>\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

/** Text that is shown as it was typed. Web addresses stay links. */
export function escape(text: string): string {
  let escaped = "";
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    escaped += escapeWords(text.slice(from, match.index)) + encodeMarkup(match[0]);
    from = match.index + match[0].length;
  }
  escaped += escapeWords(text.slice(from));
  return escaped.replace(LINE_START, "$1\\$2").replace(NUMBERED, "$1\\.");
}

/** White space stays outside of marks: within them there would be none. */
function around(text: string, wrap: (words: string) => string): string {
  const words = text.trim();
  if (words === "") return text;
  const start = text.indexOf(words);
  return text.slice(0, start) + wrap(words) + text.slice(start + words.length);
}

function spanText({ text, strong, code, href }: Span): string {
  // A link whose words are an address is not shown as one.
  if (href !== undefined && /:\/\/|^www\./i.test(text)) return around(text, () => escape(href));
  return around(text, (words) => {
    const set = code ? `\`${words.replace(/`/g, "ˋ")}\`` : escape(words);
    const bold = strong ? `**${set}**` : set;
    return href === undefined ? bold : `[${bold}](${encodeMarkup(href)})`;
  });
}

/** A line of a card, with what is set in it. `bold`: all of it is. */
export function lineMarkup(line: string, bold = false): string {
  const spans = readInline(line);
  if (spans.every(({ strong, code, href }) => !strong && !code && href === undefined))
    return escape(spans.map(({ text }) => text).join(""));
  return spans.map((span) => spanText(bold ? { ...span, strong: false } : span)).join("");
}

/** What {@link escape} was given, of one line. */
export function unescape(text: string): string {
  return text.replace(/\\([\\*_~`|<>[\]#+.-])/g, "$1").replaceAll("@\u200b", "@");
}

/** An as-of line; a date becomes Discord's own timestamp, shown in each reader's zone and language. */
export function asOfText(asOf: string): string {
  const moment = momentOfAsOf(asOf);
  return moment ? `<t:${moment.seconds}:${moment.timed ? "f" : "D"}>` : escape(asOf);
}
