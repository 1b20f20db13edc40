// Every zone that there is, ten years on: every minute that clocks pass over has its post, at the first moment after it, and every
// day has one post.
import { describe, expect, it } from "vitest";
import { localTime, momentOf, nextDue } from "../../src/daily/when.js";

const DAY = 86_400_000;
const FIRST = Date.UTC(2021, 0, 1);
const LAST = Date.UTC(2031, 0, 1);
const MINUTE = 60_000;
const ZONES = Intl.supportedValuesOf("timeZone");

/** What clocks show, as a moment of UTC. */
function wall(at: number, zone: string): number {
  const { date, time } = localTime(at, zone);
  return Date.parse(`${date}T${time}:00Z`);
}
const offset = (at: number, zone: string): number => wall(at, zone) - Math.floor(at / MINUTE) * MINUTE;

/** Moments at which clocks are put forward. */
function gapsOf(zone: string): number[] {
  const found: number[] = [];
  let before = offset(FIRST, zone);
  for (let at = FIRST + DAY; at < LAST; at += DAY) {
    const now = offset(at, zone);
    if (now > before) {
      let [early, late] = [at - DAY, at];
      while (late - early > 1) {
        const middle = Math.floor((early + late) / 2);
        if (offset(middle, zone) > before) late = middle;
        else early = middle;
      }
      found.push(late);
    }
    before = now;
  }
  return found;
}

const spelled = (moment: number): { date: string; time: string } => {
  const text = new Date(moment).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
};

describe("times that clocks pass over", () => {
  it("are there in a good part of all zones", () => {
    expect(ZONES.length).toBeGreaterThan(400);
  });

  it("have their post at the first moment after, in every zone, for every minute", () => {
    let minutes = 0;
    const wrong: string[] = [];
    for (const zone of ZONES)
      for (const gap of gapsOf(zone)) {
        const last = wall(gap, zone);
        for (let skipped = wall(gap - 1, zone) + MINUTE; skipped < last; skipped += MINUTE) {
          const { date, time } = spelled(skipped);
          minutes += 1;
          // A date of which nothing is left has no post; no other is without.
          const there = [gap, gap - 1].some((at) => localTime(at, zone).date === date);
          const found = momentOf(date, time, zone);
          if (found !== (there ? gap : undefined)) wrong.push(`${zone} ${date} ${time}: ${found} instead of ${gap}`);
        }
        // Around it every day has one, at a time inside the gap and at midnight.
        for (const time of [spelled(last - MINUTE).time, "00:00", "23:59"]) {
          const dates: string[] = [];
          for (let at = gap - 3 * DAY; dates.length < 6;) {
            const next = nextDue(at, time, zone);
            if (next.at <= at) wrong.push(`${zone} ${next.date} ${time}: not after`);
            dates.push(next.date);
            at = next.at;
          }
          const days = dates.map((date) => Date.parse(date) / DAY);
          if (days.some((day, index) => index > 0 && day !== days[index - 1]! + 1))
            wrong.push(`${zone} ${time}: ${dates.join(" ")}`);
        }
      }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(minutes).toBeGreaterThan(40_000);
  });
});
