// Words as Discord's Markdown, so that nothing an editor or a reader wrote is taken for markup or a mention.
import { momentOfAsOf } from "../cards/as-of.js";

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

/** What {@link escape} was given, of one line. */
export function unescape(text: string): string {
  return text.replace(/\\([\\*_~`|<>[\]#+.-])/g, "$1").replaceAll("@\u200b", "@");
}

/** An as-of line; a date becomes Discord's own timestamp, shown in each reader's zone and language. */
export function asOfText(asOf: string): string {
  const moment = momentOfAsOf(asOf);
  return moment ? `<t:${moment.seconds}:${moment.timed ? "f" : "D"}>` : escape(asOf);
}
