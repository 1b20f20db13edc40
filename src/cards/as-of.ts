// As-of lines that are a date, for platforms that show each reader dates in their own zone and language.

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/;

/** The moment of an as-of line, in seconds since 1970, and whether it has a time of day; undefined for other words. */
export function momentOfAsOf(asOf: string): { readonly seconds: number; readonly timed: boolean } | undefined {
  const match = DATE.exec(asOf);
  if (!match) return undefined;
  const timed = match[1] !== undefined;
  // A date without a time is noon, which is the same day nearly everywhere.
  const moment = Date.parse(timed ? asOf : `${asOf}T12:00:00Z`);
  return Number.isNaN(moment) ? undefined : { seconds: moment / 1000, timed };
}
