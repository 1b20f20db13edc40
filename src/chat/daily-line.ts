// `/daily` typed in one line: "start 8:30 am London changes about harbour".
import { readTime } from "../daily/when.js";
import { spoken } from "../languages/languages.js";

/** Words of the longest time: "half past eight in the morning". */
const LONGEST_TIME = 6;

/** A part, and its options: a time, a zone, an article, whether only for changes. */
export function readDaily(line: string): { readonly part: string; readonly options: Readonly<Record<string, string>> } {
  const { bare, about, aboutFirst, changes, changesPhrase, filler } = spoken.daily;
  const [typed = "", ...rest] = line.split(/\s+/);
  const part = typed.toLowerCase();
  const said = rest.join(" ");
  if (bare.test(part)) {
    const article = said.replace(aboutFirst, "").trim();
    return { part, options: article === "" ? {} : { article } };
  }
  const [before = "", article = ""] = said.split(about);
  const words = before
    .replace(changesPhrase, " ")
    .split(/[\s,;]+/)
    .filter((word) => word !== "" && !filler.test(word));
  // A time stands first or last, and may be several words; what is left is the zone.
  const places = Array.from({ length: Math.min(words.length, LONGEST_TIME) }, (_, index) => index + 1)
    .reverse()
    .flatMap((count) => [0, words.length - count].map((start) => ({ start, count })));
  const found = places.find(({ start, count }) => readTime(words.slice(start, start + count).join(" ")) !== undefined);
  // What stands first and is no time is told as such, unless it is a zone.
  const looksLikeTime = /^\d/.test(words[0] ?? "");
  const { start, count } = found ?? { start: 0, count: looksLikeTime ? 1 : 0 };
  const time = words.slice(start, start + count).join(" ");
  const zone = [...words.slice(0, start), ...words.slice(start + count)].join(" ");
  return {
    part,
    options: {
      ...(time === "" ? {} : { time }),
      ...(zone === "" ? {} : { zone }),
      ...(article.trim() === "" ? {} : { article: article.trim() }),
      ...(changes.test(before) ? { changes: "true" } : {}),
    },
  };
}
