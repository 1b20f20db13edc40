// Times and zones as people write them, and when a daily time comes: over zones, dates and clock changes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTime, momentOf, nextDue, readTime, readZone, suggestZones } from "../../src/daily/when.js";

describe("a time as people write it", () => {
  it.each([
    ["8am", "08:00"],
    ["8 am", "08:00"],
    ["8:30pm", "20:30"],
    ["8.30 p.m.", "20:30"],
    ["08:00", "08:00"],
    ["0800", "08:00"],
    ["8", "08:00"],
    ["at 7", "07:00"],
    ["8 o'clock", "08:00"],
    ["12am", "00:00"],
    ["12pm", "12:00"],
    ["noon", "12:00"],
    ["Midnight", "00:00"],
    ["23:59", "23:59"],
    ["20h", "20:00"],
    ["8 o’clock", "08:00"],
    ["eight o'clock", "08:00"],
    ["12 noon", "12:00"],
    ["12 midnight", "00:00"],
    ["half past eight", "08:30"],
    ["half past 8 in the evening", "20:30"],
    ["quarter to nine", "08:45"],
    ["a quarter past 12", "12:15"],
    ["ten to six pm", "17:50"],
    ["eight thirty", "08:30"],
    ["8 in the morning", "08:00"],
    ["8am,", "08:00"],
  ])("reads %s as %s", (text, expected) => expect(readTime(text)).toBe(expected));

  it.each([
    "",
    "soon",
    "25:00",
    "8:60",
    "13pm",
    "0am",
    "eight",
    "8am tomorrow",
    "24:00",
    "-1",
    "half past",
    "half past 14 pm",
    "quarter to",
  ])("refuses %j", (text) => expect(readTime(text)).toBeUndefined());
});

describe("a zone as people name it", () => {
  it.each([
    ["London", "Europe/London"],
    ["BST", "Europe/London"],
    ["gmt", "UTC"],
    ["Kyiv", "Europe/Kyiv"],
    ["europe/london", "Europe/London"],
    ["new york", "America/New_York"],
    ["EST", "America/New_York"],
    ["New_York", "America/New_York"],
    ["UTC", "UTC"],
    ["IST", "Asia/Kolkata"],
    ["ET", "America/New_York"],
    ["SGT", "Asia/Singapore"],
    ["Mumbai", "Asia/Kolkata"],
    ["San Francisco", "America/Los_Angeles"],
    ["UTC+2", "Etc/GMT-2"],
    ["utc +02:00", "Etc/GMT-2"],
    ["GMT-5", "Etc/GMT+5"],
    ["+0", "UTC"],
  ])("takes %s for %s", (text, expected) => expect(readZone(text)).toEqual({ zone: expected }));

  it("names the nearest of one that it does not know", () => {
    const read = readZone("Londn");
    expect(read.zone).toBeUndefined();
    expect("nearest" in read && read.nearest).toContain("Europe/London");
    // There is no zone for half an hour, nor beyond fourteen hours: choices are offered.
    for (const none of ["UTC+5:30", "UTC+25"]) expect(readZone(none).zone).toBeUndefined();
    expect(readZone("Atlantis").zone).toBeUndefined();
    expect(suggestZones("lond", 5)[0]).toBe("Europe/London");
    expect(suggestZones("", 5)).toHaveLength(5);
  });
});

const London = "Europe/London";
const iso = (at: number | undefined): string => (at === undefined ? "none" : new Date(at).toISOString());

describe("a daily time", () => {
  it.each([
    ["2026-07-01", "08:00", London, "2026-07-01T07:00:00.000Z"],
    ["2026-12-01", "08:00", London, "2026-12-01T08:00:00.000Z"],
    // Clocks go forward at 01:00 UTC: 01:30 does not exist, and the first moment after it is 02:00.
    ["2026-03-29", "01:30", London, "2026-03-29T01:00:00.000Z"],
    // Clocks go back at 01:00 UTC: 01:30 comes twice, and the first counts.
    ["2026-10-25", "01:30", London, "2026-10-25T00:30:00.000Z"],
    ["2026-03-08", "02:30", "America/New_York", "2026-03-08T07:00:00.000Z"],
    ["2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30:00.000Z"],
    // Midnight is skipped here: the first moment of the day is 01:00.
    ["2026-04-24", "00:00", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
    // Half an hour.
    ["2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"],
    // A whole day that never was.
    ["2011-12-30", "08:00", "Pacific/Apia", "none"],
    ["2026-05-05", "05:45", "Asia/Kathmandu", "2026-05-05T00:00:00.000Z"],
    // The last hour of the day is skipped: the day's moment is the first after it, which is the next day's first.
    ["2025-03-29", "23:30", "America/Godthab", "2025-03-30T01:00:00.000Z"],
    ["2025-03-29", "23:00", "America/Scoresbysund", "2025-03-30T01:00:00.000Z"],
  ])("on %s at %s in %s is %s", (date, time, zone, expected) => {
    expect(iso(momentOf(date, time, zone))).toBe(expected);
  });

  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  const times = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
  const moments = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) });

  it("comes after the moment asked from, within two days, on the date that it says, at the time asked or the first after it", () => {
    fc.assert(
      fc.property(moments, times, zones, (after, time, zone) => {
        const due = nextDue(after, time, zone);
        expect(due.at).toBeGreaterThan(after);
        expect(due.at - after).toBeLessThanOrEqual(50 * 3_600_000);
        const local = localTime(due.at, zone);
        if (local.time === time) expect(local.date).toBe(due.date);
        else {
          // Only where the time does not exist: a moment earlier, clocks showed something before it, on that very date.
          expect(`${local.date} ${local.time}` > `${due.date} ${time}`).toBe(true);
          const before = localTime(due.at - 1, zone);
          expect(`${before.date} ${before.time}` < `${due.date} ${time}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("comes once a date, every date that exists, over years", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2030 }), times, zones, (year, time, zone) => {
        let at = Date.UTC(year, 0, 1);
        let last = "";
        for (let day = 0; day < 400; day++) {
          const due = nextDue(at, time, zone);
          expect(due.date > last).toBe(true);
          if (last !== "") {
            const gap = (Date.parse(due.date) - Date.parse(last)) / 86_400_000;
            expect(
              gap === 1 ||
                (gap === 2 &&
                  momentOf(new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10), time, zone) ===
                    undefined),
            ).toBe(true);
          }
          last = due.date;
          at = due.at;
        }
      }),
      { numRuns: 25 },
    );
  });
});
