// Whether a passage states a value: in figures, with or without separators, in words up to twelve, or as times of day.
import { spoken } from "../languages/languages.js";
import type { FigureValue } from "./types.js";

const { numbers: NUMBER_WORDS, tens: TENS, magnitudes: MAGNITUDES } = spoken;

/** All numbers in a text, as numbers: "14,600", "1.5 million", "two". */
export function numbersIn(text: string): Set<number> {
  const found = new Set<number>();
  for (const match of text.matchAll(
    /(?<![\d.,])(\d{1,3}(?:[,\u202f\u00a0]\d{3}(?!\d))+|\d+)(?!\d)(\.\d+)?(?:\s*(thousand|million|billion|bn|m|k)\b)?/gi,
  )) {
    const value = Number(`${(match[1] ?? "").replace(/\D/g, "")}${match[2] ?? ""}`);
    found.add(value * (MAGNITUDES[match[3]?.toLowerCase() ?? ""] ?? 1));
  }
  let tens = 0;
  for (const word of text.toLowerCase().split(/[^a-z]+/)) {
    const value = NUMBER_WORDS.indexOf(word);
    const ten = (TENS.indexOf(word) + 2) * 10;
    if (value >= 0) found.add(value);
    if (tens > 0 && value > 0 && value < 10) {
      // "Seventy-eight" is one number, and neither of its words.
      found.delete(tens);
      found.delete(value);
      found.add(tens + value);
    }
    tens = ten > 10 ? ten : 0;
    if (tens > 0) found.add(tens);
  }
  return found;
}

/** All times of day in a text, as `HH:MM`: "8am", "4.30 p.m.", "17:00", "noon". */
function timesIn(text: string): Set<string> {
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
