// Figures as text. One place, so that a number is never said two ways.
import type { Figure, FigureValue, Qualifier } from "./types.js";

/** Signs that fit on a bar, in place of words. */
const SHORT: Record<Qualifier, (value: string) => string> = {
  "more than": (value) => `${value}+`,
  "at least": (value) => `${value}+`,
  almost: (value) => `almost ${value}`,
  "less than": (value) => `under ${value}`,
  "at most": (value) => `up to ${value}`,
  about: (value) => `≈${value}`,
};

/** Units that stand right behind the number. */
const ATTACHED = new Set(["%", "°C", "°F"]);
/** Measures of one thing, without which the number says nothing; what is counted stands in the label instead. */
const MEASURES =
  /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|miles?|metres?|km|kg|tonnes?|litres?|degrees?)$/i;
/** Units that stand before it. */
const LEADING = new Set(["£", "$", "€", "¥"]);

function clock(time: string, language: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  if (!/^en\b/i.test(language)) return time;
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  return `${hour}${minutes === 0 ? "" : `.${String(minutes).padStart(2, "0")}`}${hours < 12 ? "am" : "pm"}`;
}

function amount(value: number | string, language: string): string {
  return typeof value === "string"
    ? clock(value, language)
    : new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value);
}

function bare(value: FigureValue, language: string): string {
  if (typeof value === "number") return amount(value, language);
  return `${amount(value.from, language)} to ${amount(value.to, language)}`;
}

function withSign(text: string, unit: string): string {
  if (MEASURES.test(unit)) return `${text} ${unit}`;
  if (ATTACHED.has(unit)) return `${text}${unit}`;
  return LEADING.has(unit) ? `${unit}${text}` : text;
}

/** The number with its qualifier in words: "more than 125,000", "78%", "2 days", "8am to 5pm". Without what it counts. */
export function valueText(
  { value, unit, qualifier }: Pick<Figure, "value" | "unit" | "qualifier">,
  language: string,
): string {
  const text = withSign(bare(value, language), unit);
  return qualifier === undefined ? text : `${qualifier} ${text}`;
}

/** The same as short as a chart needs it: "125,000+", "≈14,600". */
export function shortValueText(
  { value, unit, qualifier }: Pick<Figure, "value" | "unit" | "qualifier">,
  language: string,
): string {
  const text = withSign(bare(value, language), unit);
  return qualifier === undefined ? text : SHORT[qualifier](text);
}

function attribution({ statedBy, kind }: Figure): string {
  return statedBy === undefined ? "" : `; ${kind === "count" ? "according to" : `${kind} by`} ${statedBy}`;
}

/** What it counts, when, and who says so. */
export function figureDetail(figure: Figure): string {
  const when = figure.period === undefined ? "" : ` (${figure.period})`;
  return `${figure.counts}${when}${attribution(figure)}`;
}

/** Number, what it counts, when, and who says so, in one line. */
export function figureLine(figure: Figure, language: string): string {
  return `${valueText(figure, language)}: ${figureDetail(figure)}`;
}

/** Label, number and who says so: a line of a list. */
export function figureEntry(figure: Figure, language: string): string {
  return `${figure.label}: ${valueText(figure, language)}${attribution(figure)}`;
}
