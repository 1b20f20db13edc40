// `/daily` typed in one line: "start 8:30 am London changes about harbour".
import { readTime } from "../daily/when.js";
import { spoken } from "../languages/languages.js";

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
    .split(/\s+/)
    .filter((word) => word !== "" && !filler.test(word));
  const taken = [2, 1].find(
    (count) => words.length >= count && readTime(words.slice(0, count).join(" ")) !== undefined,
  );
  // What stands first and is no time is told as such, unless it is a zone.
  const looksLikeTime = words[0] !== undefined && /\d/.test(words[0]);
  const count = taken ?? (looksLikeTime ? 1 : 0);
  const time = words.slice(0, count).join(" ");
  const zone = words.slice(count).join(" ");
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
