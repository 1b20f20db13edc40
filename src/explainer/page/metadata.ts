// What a page says of itself: in its head, and as data for search engines. What it does not say is not made up.

import { isQuestion } from "./found.js";

export interface Asked {
  readonly question: string;
  /** HTML or text. */
  readonly answer: string;
}

export interface Metadata {
  readonly title: string | undefined;
  readonly language: string | undefined;
  readonly publisher: string | undefined;
  readonly author: string | undefined;
  /** As the page gives it. */
  readonly published: string | undefined;
  readonly modified: string | undefined;
  readonly canonical: string | undefined;
  /** Questions with their answers, as the page's data has them. */
  readonly asked: readonly Asked[];
  /** The article's words, as its data has them. */
  readonly body: string | undefined;
}

type Json = Record<string, unknown>;
const MOST_NODES = 5_000;

/** Every object in the page's JSON-LD. */
function nodesOf(document: Document): Json[] {
  const found: Json[] = [];
  const waiting: unknown[] = [];
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      waiting.push(JSON.parse(script.textContent.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, "")));
    } catch {
      // Broken data tells nothing.
    }
  }
  for (let node = waiting.shift(); node !== undefined && found.length < MOST_NODES; node = waiting.shift()) {
    if (Array.isArray(node)) for (const each of node as readonly unknown[]) waiting.push(each);
    else if (typeof node === "object" && node !== null) {
      found.push(node as Json);
      waiting.push(...Object.values(node as Json).filter((value) => typeof value === "object"));
    }
  }
  return found;
}

const words = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
const nameOf = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return words(first) ?? (typeof first === "object" && first !== null ? words((first as Json)["name"]) : undefined);
};
const isA = (node: Json, type: RegExp): boolean =>
  [node["@type"]].flat().some((each) => typeof each === "string" && type.test(each));

function askedIn(nodes: readonly Json[]): Asked[] {
  return nodes.flatMap((node) => {
    if (!isA(node, /^Question$/)) return [];
    const question = words(node["name"]) ?? words(node["text"]);
    const given = [node["acceptedAnswer"], node["suggestedAnswer"]]
      .flat()
      .find((each) => typeof each === "object" && each !== null) as Json | undefined;
    const answer = words(given?.["text"]);
    return question !== undefined && answer !== undefined ? [{ question, answer }] : [];
  });
}

/** A title without the site's name: what stands behind the last bar or dash, where that is the site, or the shorter part. */
function withoutSite(title: string, site: string | undefined): string {
  const parts = title.split(/(?<!\s)\s+[|–—·»:-]{1,2}\s+/);
  if (parts.length < 2) return title;
  const isSite = (part: string): boolean => site !== undefined && part.toLowerCase() === site.toLowerCase();
  const kept = parts.filter((part) => !isSite(part));
  if (kept.length < parts.length && kept.length > 0)
    return title.slice(0, title.lastIndexOf(kept.at(-1) ?? "") + (kept.at(-1) ?? "").length).trim();
  const last = parts.at(-1) ?? "";
  const rest = title.slice(0, title.lastIndexOf(last)).replace(/(?<!\s)\s+[|–—·»:-]{1,2}\s+$/, "");
  return /\s[|»]\s|\s::\s/.test(title) && last.length < rest.length ? rest : title;
}

export function metadataOf(document: Document): Metadata {
  const meta = (...names: string[]): string | undefined => {
    for (const name of names) {
      const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`);
      const value = words(found?.getAttribute("content"));
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const nodes = nodesOf(document);
  const article = nodes.find(
    (node) =>
      isA(node, /Article$|BlogPosting|Report$|^WebPage$|^FAQPage$|^QAPage$/) &&
      (node["headline"] !== undefined || node["datePublished"] !== undefined),
  );
  const site = meta("og:site_name", "application-name") ?? nameOf(article?.["publisher"]);
  const headings = [...document.querySelectorAll("h1")]
    .map((each) => each.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean);
  const told = words(document.querySelector("title")?.textContent)?.replace(/\s+/g, " ");
  const og = meta("og:title", "twitter:title");
  // Several headings of the first level that ask are the questions.
  const asks = headings.length > 1 && headings.filter(isQuestion).length * 2 > headings.length;
  const first = asks ? undefined : headings[0];
  const title = headings.length === 1 ? headings[0] : (words(article?.["headline"]) ?? first ?? og ?? told);
  const html = document.documentElement;
  return {
    title: title === undefined ? undefined : withoutSite(title.replace(/(?:(?<!\s)\s+)?[¶#]\s?$/, ""), site),
    language:
      words(html.getAttribute("lang") ?? html.getAttribute("xml:lang")) ??
      meta("og:locale", "language")?.replace("_", "-"),
    publisher: site,
    author: nameOf(article?.["author"]) ?? meta("author", "article:author"),
    published: meta("article:published_time", "datePublished", "date", "dc.date") ?? words(article?.["datePublished"]),
    modified: meta("article:modified_time", "dateModified") ?? words(article?.["dateModified"]),
    canonical: words(document.querySelector('link[rel="canonical"]')?.getAttribute("href")) ?? meta("og:url"),
    asked: askedIn(nodes),
    body: words(nodes.map((node) => node["articleBody"]).find((body) => typeof body === "string")),
  };
}
