// Questions as data, JSON or a feed, to the same as a page gives: its questions, their answers, and what it says of itself.
import { DOMParser } from "linkedom";
import type { Asked, Metadata } from "./metadata.js";

export interface AskedData {
  readonly metadata: Metadata;
  readonly asked: readonly Asked[];
}

type Json = Readonly<Record<string, unknown>>;

const MOST_NODES = 20_000;
const QUESTION_KEYS = ["question", "q", "title", "name", "heading", "prompt"] as const;
const ANSWER_KEYS = [
  "answer",
  "a",
  "acceptedAnswer",
  "suggestedAnswer",
  "content_html",
  "content_text",
  "answer_html",
  "content",
  "body",
  "html",
  "text",
  "response",
  "description",
  "summary",
] as const;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Words in a value, or in what it holds: `{"text": "…"}`, `{"rendered": "…"}`, a list of paragraphs. */
function wordsIn(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value.trim();
  if (Array.isArray(value)) {
    // Of texts all, of the same in several forms the first.
    const parts = value.map(wordsIn).filter((each) => each !== undefined);
    return value.every((each) => typeof each === "string") && parts.length > 0 ? parts.join("\n\n") : parts[0];
  }
  return isObject(value) ? (wordsIn(value["text"]) ?? wordsIn(value["rendered"]) ?? wordsIn(value["html"])) : undefined;
}

const firstOf = (node: Json, keys: readonly string[]): string | undefined => {
  const byName = new Map(Object.entries(node).map(([key, value]) => [key.toLowerCase(), value]));
  for (const key of keys) {
    const words = wordsIn(byName.get(key.toLowerCase()));
    if (words !== undefined) return words;
  }
  return undefined;
};

const ASKS = /[?？؟]\s*$/;

function pairOf(node: Json): Asked | undefined {
  const question = firstOf(node, QUESTION_KEYS);
  const answer = firstOf(node, ANSWER_KEYS);
  return question !== undefined && answer !== undefined && question !== answer && question.length <= 300
    ? { question, answer }
    : undefined;
}

const QUESTION_KEY = /question|(?:^|_)q(?=_?\d|$)/i;

/** Questions whose keys tell them from their answers by one word: `faq_question_1` and `faq_answer_1`. */
function numberedIn(node: Json): Asked[] {
  const byName = new Map(Object.entries(node).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(node).flatMap(([key, value]): Asked[] => {
    const word = QUESTION_KEY.exec(key)?.[0];
    const question = word === undefined ? undefined : wordsIn(value);
    if (word === undefined || question === undefined || question.length > 300) return [];
    const other = word.length > 2 ? "answer" : word.replace(/q/i, "a");
    const answer = wordsIn(byName.get(key.replace(word, other).toLowerCase()));
    return answer === undefined ? [] : [{ question, answer }];
  });
}

/** The questions in a JSON value, in its order, wherever they stand; undefined where there are none. */
function askedIn(value: unknown): Asked[] {
  const found: Asked[] = [];
  let nodes = 0;
  const look = (node: unknown, depth: number): void => {
    if (++nodes > MOST_NODES || depth > 50) return;
    if (Array.isArray(node)) {
      for (const each of node) {
        // A pair in a list: ["Do night buses run?", "No."]
        const [question, answer, ...more] = Array.isArray(each) ? (each as unknown[]) : [];
        if (typeof question === "string" && typeof answer === "string" && more.length === 0 && ASKS.test(question))
          found.push({ question, answer });
        else look(each, depth + 1);
      }
      return;
    }
    if (!isObject(node)) return;
    const holdsList = Object.values(node).some((each) => Array.isArray(each) && each.some(isObject));
    const pair = holdsList ? undefined : pairOf(node);
    if (pair) {
      found.push(pair);
      return;
    }
    found.push(...numberedIn(node));
    for (const [key, each] of Object.entries(node)) {
      const words = typeof each === "string" || Array.isArray(each) ? wordsIn(each) : undefined;
      if (ASKS.test(key) && words !== undefined) found.push({ question: key, answer: words });
      else look(each, depth + 1);
    }
  };
  look(value, 0);
  return found;
}

/** What says nothing of itself. */
export const NOTHING_SAID: Metadata = {
  title: undefined,
  language: undefined,
  publisher: undefined,
  author: undefined,
  published: undefined,
  modified: undefined,
  canonical: undefined,
  asked: [],
  body: undefined,
};

/** Throws a `SyntaxError` for what is no JSON. */
export function readJsonData(text: string): AskedData {
  const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const asked = askedIn(value);
  if (!isObject(value)) return { metadata: NOTHING_SAID, asked };
  const author: unknown = Array.isArray(value["authors"]) ? value["authors"][0] : value["author"];
  return {
    asked,
    metadata: {
      ...NOTHING_SAID,
      title: firstOf(value, ["title", "name", "headline"]),
      language: firstOf(value, ["language", "lang", "inLanguage"]),
      publisher: firstOf(value, ["publisher", "site_name"]),
      author: isObject(author) ? wordsIn(author["name"]) : wordsIn(author),
      published: firstOf(value, ["date", "date_published", "datePublished", "published"]),
      modified: firstOf(value, ["date_modified", "dateModified", "modified", "updated"]),
      canonical: firstOf(value, ["home_page_url", "url", "link"]),
    },
  };
}

const RFC_822 = /^(?:\w{3},\s+)?\d{1,2}\s+\w{3}\s+\d{4}/;

const dayOf = (text: string | undefined): string | undefined => {
  if (text === undefined || !RFC_822.test(text)) return text;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
};

/** RSS or Atom: each entry's title with its content. Undefined for XML that is neither. */
export function readFeed(xml: string): AskedData | undefined {
  const document = new DOMParser().parseFromString(xml, "text/xml") as unknown as Document;
  const root = document.documentElement as Element | null;
  if (!root || !/^(?:rss|feed|rdf:RDF)$/i.test(root.tagName)) return undefined;
  const child = (of: Element | undefined, ...names: string[]): string | undefined => {
    for (const name of names) {
      const found = [...(of?.children ?? [])].find(({ tagName }) => tagName.toLowerCase() === name);
      const words = (found?.getAttribute("type") === "xhtml" ? found.innerHTML : found?.textContent)?.trim();
      if (words !== undefined && words !== "") return words;
    }
    return undefined;
  };
  const head = [...root.children].find(({ tagName }) => tagName.toLowerCase() === "channel") ?? root;
  const entries = [...root.querySelectorAll("item, entry")];
  const asked = entries.flatMap((entry): Asked[] => {
    const question = child(entry, "title");
    const answer = child(entry, "content:encoded", "content", "description", "summary");
    return question !== undefined && answer !== undefined ? [{ question, answer }] : [];
  });
  const link = [...head.children].find(({ tagName }) => tagName.toLowerCase() === "link");
  return {
    asked,
    metadata: {
      ...NOTHING_SAID,
      title: child(head, "title"),
      language: child(head, "language") ?? root.getAttribute("xml:lang") ?? undefined,
      canonical: link?.getAttribute("href") ?? child(head, "link"),
      modified: dayOf(child(head, "lastbuilddate", "updated", "pubdate")),
    },
  };
}
