// How often a source is looked at, as an editor writes it.

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const SHORTEST = 5 * 60_000;
const LONGEST = 30 * 86_400_000;

/** "30m", "1h", "1d" in milliseconds; undefined for anything else, and under five minutes or over thirty days. */
export function parseRefresh(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d{1,4})\s?([mhd])$/.exec(text.trim()) ?? [];
  const time = Number(number) * (UNITS[unit] ?? Number.NaN);
  return time >= SHORTEST && time <= LONGEST ? time : undefined;
}
