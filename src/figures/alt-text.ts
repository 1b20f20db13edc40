// What a chart shows, for those who do not see it: every value, in words.
import { wordingOf } from "../languages/languages.js";
import { valueText } from "./format.js";
import type { Figure } from "./types.js";

/** Platforms cut alt text at 1,024 characters (Discord) or 2,000 (Slack); a chart of many figures is told as far as it fits, by whole values. */
export const MAX_ALT_TEXT = 1_000;

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export function chartAltText(title: string, figures: readonly Figure[], language: string): string {
  const wording = wordingOf(language);
  let text = wording.chart(title);
  for (const [index, figure] of figures.entries()) {
    const derived = figure.from.length > 0 ? ` (${lowered(wording.workedOut(figure.statement))})` : "";
    const next = ` ${wording.valued(figure.label, valueText(figure, language))}${derived}.`;
    if (text.length + next.length > MAX_ALT_TEXT - 30) return `${text} ${wording.andMore(figures.length - index)}`;
    text += next;
  }
  return text;
}
