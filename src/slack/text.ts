// Words as Slack's mrkdwn, so that nothing an editor or a reader wrote comes alive, and Slack's own markup as plain words.
import { momentOfAsOf } from "../cards/as-of.js";
import { readInline } from "../explainer/inline.js";

/** The three characters that Slack wants escaped (messaging/formatting-message-text). */
function escapeEntities(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Text that is shown as it was typed; an invisible space keeps asterisks and the like from formatting. */
export function escape(text: string): string {
  return escapeEntities(text).replace(/[*_~`]/g, "\u200b$&");
}

const target = (href: string): string => href.replace(/[|<>]/g, encodeURIComponent).replace(/&/g, "&amp;");

/** A line of a card as words, its links beside them. */
export function lineMarkup(line: string): string {
  return readInline(line)
    .map(({ text, href }) =>
      href === undefined ? escape(text) : `<${target(href)}|${escape(text).replaceAll("|", "¦")}>`,
    )
    .join("");
}

/** An as-of line; a date becomes Slack's own, shown in each reader's zone. */
export function asOfText(asOf: string): string {
  const moment = momentOfAsOf(asOf);
  if (!moment) return escape(asOf);
  return `<!date^${moment.seconds}^${moment.timed ? "{date_long} {time}" : "{date_long}"}|${escapeEntities(asOf)}>`;
}

/** The words of a message as somebody typed them: mentions gone, links and channels by their names, entities undone. */
export function wordsOf(text: string): string {
  return text
    .replace(/<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|<!(?:channel|here|everyone)(?:\|[^<>]*)?>|<!subteam\^[^<>]*>/g, " ")
    .replace(/<#C[A-Z0-9]+\|([^<>]*)>/g, "#$1")
    .replace(/<(?:https?|mailto):[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<((?:https?|mailto):[^<>|]*)>/g, "$1")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/[ \t]+/g, " ")
    .trim();
}
