// Whether a passage states a value: in figures, with or without separators, in words, or as times of day.
import { spoken } from "../languages/languages.js";
import type { FigureValue } from "./types.js";

/** Digits that a number is right to. */
const PRECISE = 15;
/** What was worked out, without what is left over from how numbers are kept: 4.1 million is 4,100,000. */
export const exact = (value: number): number => Number(value.toPrecision(PRECISE));

/** All numbers in a text, as numbers: "14,600", "1.5 million", "125k", "two", "twelve thousand eight hundred". */
export function numbersIn(text: string): Set<number> {
  const found = new Set<number>();
  for (const match of text.matchAll(
    /(?<![\d.,])(\d{1,3}(?:[,\u202f\u00a0]\d{3}(?!\d))+|\d+)(?!\d)(\.\d+)?(?:\s*(thousand|million|billion|bn|m|k)\b)?/gi,
  )) {
    const value = Number(`${(match[1] ?? "").replace(/\D/g, "")}${match[2] ?? ""}`);
    const times = spoken.magnitudes[match[3]?.toLowerCase() ?? ""] ?? 1;
    found.add(exact(value * times));
  }
  for (const value of spoken.numbersInWords(text)) found.add(value);
  return found;
}

/** All times of day in a text, as `HH:MM`: "8am", "4.30 p.m.", "17:00", "noon". */
export function timesIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const match of text.matchAll(spoken.twelveHour)) {
    const hour = (Number(match[1]) % 12) + (match[3]?.toLowerCase().startsWith("p") ? 12 : 0);
    found.add(`${String(hour).padStart(2, "0")}:${match[2] ?? "00"}`);
  }
  for (const match of text.matchAll(/\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?!\s*[ap]\.?m)/gi))
    found.add(`${(match[1] ?? "").padStart(2, "0")}:${match[2]}`);
  for (const [word, time] of Object.entries(spoken.times))
    if (new RegExp(`\\b${word}\\b`, "i").test(text)) found.add(time);
  return found;
}

/** Whether `text` holds the value; of a range, both ends. */
export function states(text: string, value: FigureValue): boolean {
  const holds = (each: number | string): boolean =>
    typeof each === "number" ? numbersIn(text).has(each) : timesIn(text).has(each);
  return typeof value === "object" ? holds(value.from) && holds(value.to) : holds(value);
}
