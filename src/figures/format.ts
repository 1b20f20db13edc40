// Figures as text. One place, so that a number is never said two ways.
import { grammarOf, spoken, wordingOf } from "../languages/languages.js";
import type { Figure, FigureValue } from "./types.js";

/** Units that stand right behind the number. */
const ATTACHED = new Set(["%", "°C", "°F"]);
/** Units that stand before it: signs of currencies. */
const LEADING = /^\p{Sc}$/u;

function amount(value: number | string, unit: string, language: string): string {
  if (typeof value === "string") return grammarOf(language) ? wordingOf(language).clock(value) : value;
  // "£3.60", not "£3.6": of what is not whole, hundredths in full.
  const hundredths = LEADING.test(unit) && !Number.isInteger(value) ? 2 : 0;
  return new Intl.NumberFormat(language, { minimumFractionDigits: hundredths, maximumFractionDigits: 6 }).format(value);
}

function bare(value: FigureValue, unit: string, language: string): string {
  if (typeof value === "number") return amount(value, unit, language);
  return wordingOf(language).range(amount(value.from, unit, language), amount(value.to, unit, language));
}

function withSign(text: string, unit: string, language: string): string {
  if ((grammarOf(language) ?? spoken).measures.test(unit)) return `${text} ${unit}`;
  if (ATTACHED.has(unit)) return `${text}${unit}`;
  return LEADING.test(unit) ? `${unit}${text}` : text;
}

/** The number with its qualifier in words: "more than 125,000", "78%", "2 days", "8am to 5pm". Without what it counts. */
export function valueText(
  { value, unit, qualifier }: Pick<Figure, "value" | "unit" | "qualifier">,
  language: string,
): string {
  const text = withSign(bare(value, unit, language), unit, language);
  return qualifier === undefined ? text : wordingOf(language).qualified(qualifier, text);
}

/** The same as short as a chart needs it: "125,000+", "≈14,600". */
export function shortValueText(
  { value, unit, qualifier }: Pick<Figure, "value" | "unit" | "qualifier">,
  language: string,
): string {
  const text = withSign(bare(value, unit, language), unit, language);
  return qualifier === undefined ? text : wordingOf(language).qualifiedShort(qualifier, text);
}

function attribution({ statedBy, kind }: Figure, language: string): string {
  return statedBy === undefined ? "" : `; ${wordingOf(language).attribution(kind, statedBy)}`;
}

/** What it counts, when, and who says so. */
export function figureDetail(figure: Figure, language: string): string {
  const when = figure.period === undefined ? "" : ` (${figure.period})`;
  return `${figure.counts}${when}${attribution(figure, language)}`;
}

/** Number, what it counts, when, and who says so, in one line. */
export function figureLine(figure: Figure, language: string): string {
  return wordingOf(language).valued(valueText(figure, language), figureDetail(figure, language));
}

/** Label, number and who says so: a line of a list. */
export function figureEntry(figure: Figure, language: string): string {
  return wordingOf(language).valued(figure.label, `${valueText(figure, language)}${attribution(figure, language)}`);
}
