// What a chart shows, for those who do not see it: every value, in words.
import { valueText } from "./format.js";
import type { Figure } from "./types.js";

/** Platforms cut alt text at 1,024 characters (Discord) or 2,000 (Slack); a chart of many figures is told as far as it fits, by whole values. */
export const MAX_ALT_TEXT = 1_000;

export function chartAltText(title: string, figures: readonly Figure[], language: string): string {
  let text = `Bar chart. ${title}.`;
  for (const [index, figure] of figures.entries()) {
    const derived = figure.from.length > 0 ? ` (worked out: ${figure.statement})` : "";
    const next = ` ${figure.label}: ${valueText(figure, language)}${derived}.`;
    if (text.length + next.length > MAX_ALT_TEXT - 30) return `${text} And ${figures.length - index} more.`;
    text += next;
  }
  return text;
}
