// Times as people write them, zones as people name them, and when a daily time comes next. Zone rules are the runtime's own.
import Fuse from "fuse.js";
import { spoken } from "../languages/languages.js";

/** A moment that a daily post is due, and the local date that it is the post of. */
export interface Due {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** YYYY-MM-DD. */
  readonly date: string;
}

const { times: WORDS, zones: NAMES } = spoken;

/** A time of day as HH:MM: from "8am", "8.30 pm", "08:00", "0800", "8 o'clock", "half past eight", "noon". Undefined for what is none. */
export function readTime(text: string): string | undefined {
  const clean = text
    .trim()
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/(?<![,;])[,;]+$/, "")
    .replace(/^at\s+/, "")
    .replace(/\s+/g, " ");
  const word = WORDS[clean] ?? spoken.timeInWords(clean);
  if (word !== undefined) return word;
  const match = spoken.timeOfDay.exec(clean);
  if (!match) return undefined;
  const [, hourText = "", minuteText = "00", half = ""] = match;
  let hour = Number(hourText);
  const minute = Number(minuteText);
  if (half.startsWith("a") || half.startsWith("p")) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.startsWith("p") ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** An offset from UTC, as people write it: "UTC+2", "GMT-05:00", "+3". */
const OFFSET = /^(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?$/i;
const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];
const folded = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
const cityOf = (zone: string): string => folded(zone.split("/").at(-1) ?? zone);
const byName = new Map([...ZONES.map((zone) => [folded(zone), zone] as const), ...Object.entries(NAMES)]);
const byCity = new Map([...ZONES].reverse().map((zone) => [cityOf(zone), zone] as const));
let search: Fuse<string> | undefined;

export type ReadZone = { readonly zone: string } | { readonly zone: undefined; readonly nearest: readonly string[] };

/** A zone by its IANA name, its city, or what people call it; else the nearest three. */
export function readZone(text: string): ReadZone {
  const name = folded(text);
  const zone = byName.get(name) ?? byCity.get(name);
  if (zone !== undefined) return { zone };
  const offset = OFFSET.exec(text.trim());
  if (offset) {
    const [, sign = "+", hours = "", minutes = "0"] = offset;
    // The names of these zones count westwards, as POSIX does. Half hours have no such zone: the nearest are told.
    const named = Number(hours) === 0 ? "UTC" : `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
    if (Number(minutes) === 0 && isZone(named)) return { zone: named };
  }
  // An alias that the runtime knows and does not list, such as Asia/Calcutta.
  if (/^[a-z]+\/[a-z/ +0-9]+$/i.test(name) && isZone(text.trim()))
    return { zone: new Intl.DateTimeFormat("en", { timeZone: text.trim() }).resolvedOptions().timeZone };
  return { zone: undefined, nearest: suggestZones(text, 3) };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Zones that somebody may be typing, best first. */
export function suggestZones(typed: string, limit: number): string[] {
  const clean = folded(typed);
  if (clean === "")
    return ["Europe/London", "UTC", "Europe/Paris", "America/New_York", "America/Los_Angeles"].slice(0, limit);
  const named = byName.get(clean);
  const begun = ZONES.filter((zone) => cityOf(zone).startsWith(clean) || folded(zone).startsWith(clean));
  search ??= new Fuse(ZONES, { threshold: 0.5, ignoreLocation: true });
  const alike = search.search(typed.trim().slice(0, 40), { limit }).map(({ item }) => item);
  return [...new Set([...(named === undefined ? [] : [named]), ...begun, ...alike])].slice(0, limit);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks and calendars in `zone` show at a moment. */
export function localTime(at: number, zone: string): { readonly date: string; readonly time: string } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA-u-ca-iso8601-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = "", month = "", day = "", hour = "", minute = "" } = parts;
  return { date: `${year.padStart(4, "0")}-${month}-${day}`, time: `${hour}:${minute}` };
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/**
 * The moment at which clocks in `zone` show `time` on `date`. Of a time that comes twice, the first; for one that does not
 * exist, the first moment after it; undefined where the whole date does not exist.
 */
export function momentOf(date: string, time: string, zone: string): number | undefined {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const wanted = `${date} ${time}`;
  const shown = (at: number): string => {
    const local = localTime(at, zone);
    return `${local.date} ${local.time}`;
  };
  const offset = (at: number): number => {
    const local = localTime(at, zone);
    return Date.parse(`${local.date}T${local.time}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  };
  // Whatever changes, it changes between a day before and a day after: the offset is one of those two.
  const exact = [wall - offset(wall - DAY_MS), wall - offset(wall + DAY_MS)].filter((at) => shown(at) === wanted);
  if (exact.length > 0) return Math.min(...exact);
  // It was skipped: the first moment at which clocks show something later.
  let before = wall - DAY_MS * 1.5;
  let after = wall + DAY_MS * 1.5;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shown(middle) >= wanted) after = middle;
    else before = middle;
  }
  // A gap that ends at midnight leaves the first moment after it on the next date; the day was there all the same.
  return [after, after - 1].some((at) => localTime(at, zone).date === date) ? after : undefined;
}

/** The first time that `time` comes in `zone` after a moment. Each local date has one at most. */
export function nextDue(after: number, time: string, zone: string): Due {
  let { date } = localTime(after - DAY_MS, zone);
  for (let tries = 0; tries < 5; tries++) {
    const at = momentOf(date, time, zone);
    if (at !== undefined && at > after) return { at, date };
    date = dayAfter(date);
  }
  throw new RangeError(`no ${time} in ${zone} within four days`);
}
