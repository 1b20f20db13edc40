// Words of English names that everybody knows, from the runtime's own data.

const ALPHABET = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

/** Days, months, countries, languages, the cities of time zones, and those of `more`: every word of theirs, in lower case. */
export function names(more: readonly string[]): string[] {
  const dates = Array.from({ length: 12 }, (_, month) => new Date(2026, month, month + 1));
  const told = (of: Intl.DateTimeFormatOptions): string[] => {
    const format = new Intl.DateTimeFormat("en", of);
    return dates.map((date) => format.format(date));
  };
  const called = (type: "region" | "language"): string[] => {
    const known = new Intl.DisplayNames("en", { type, fallback: "none" });
    return ALPHABET.flatMap((a) =>
      ALPHABET.map((b) => known.of(type === "region" ? a + b : (a + b).toLowerCase()) ?? ""),
    );
  };
  const cities = Intl.supportedValuesOf("timeZone").flatMap((zone) => zone.split("/"));
  return [
    ...told({ weekday: "long" }),
    ...told({ month: "long" }),
    ...called("region"),
    ...called("language"),
    ...cities,
    ...more,
  ]
    .flatMap((name) =>
      name
        .toLowerCase()
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .split(/[^a-z]+/),
    )
    .filter((word) => word.length > 3);
}
