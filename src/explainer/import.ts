// An article in text, Markdown or HTML to an explainer folder that an editor then tends. Words are carried over, none are added.
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { micromark } from "micromark";
import { parse } from "yaml";
import { outline, type Outline } from "./blocks.js";
import { frontMatterOf } from "./front-matter.js";
import { withoutContainers } from "./containers.js";
import { readArticle } from "./read-article.js";
import { readPlainText } from "./plain-text.js";
import { readMarkdown } from "./markdown.js";
import { folded, isQuestion } from "./page/found.js";
import { NOTHING_SAID, readFeed, readJsonData, type AskedData } from "./page/data.js";
import { readAsked, readMarked, readPage, type Page } from "./page/read-page.js";
import { isWebAddress } from "./schema.js";
import type { Explainer, Problem, Section } from "./types.js";

export type ArticleKind = "html" | "markdown" | "text" | "json" | "feed" | "word";

export interface Imported {
  /** Absent where nothing could be taken. */
  readonly explainer: Explainer | undefined;
  readonly problems: readonly Problem[];
  /** Texts that belong to no section. */
  readonly leftOut: readonly string[];
  /** What an editor should look at, in their words. */
  readonly notes: readonly string[];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** How an article is written, by its file's name and its own first words. */
export function kindOf(text: string, extension: string): ArticleKind {
  const start = text.slice(0, 2_000).trimStart();
  if (/^(?:<\?xml[^<>]*>\s*)?(?:<!--[^<>]*-->\s*)?<(?:rss|feed|rdf:RDF)\b/i.test(start)) return "feed";
  if (/^(?:<!doctype html|<html\b|<\?xml)/i.test(start)) return "html";
  if (extension === ".json" || (/^[{[]/.test(start) && isJson(text))) return "json";
  if (/^\.(?:md|mdx|markdown)$/i.test(extension)) return "markdown";
  if (/^\.(?:x?html?)$/i.test(extension)) return "html";
  if (/<(?:body|article|main)\b/i.test(text) || (/<h[1-6]\b/i.test(text) && /<\/h[1-6]>/i.test(text))) return "html";
  return /^\.txt$/i.test(extension) ? "text" : "markdown";
}

/** Runs of emphasis marks in one paragraph, at most: what reads Markdown takes time by their square. */
const MOST_MARKS = 2_000;

/** Longer front matter is none, but a rule at the start of a text. */
const LONGEST_FRONT = 20_000;

/** Front matter of Hugo's other kind: `key = "value"` between lines of `+++`. */
function tomlOf(
  text: string,
): { readonly front: Readonly<Record<string, unknown>>; readonly body: string } | undefined {
  const [whole, toml] = /^\ufeff?\+\+\+[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (whole === undefined || toml === undefined) return undefined;
  const entries = toml.split(/\r?\n/).flatMap((line) => {
    const [, key, quoted, bare] = /^(\w+)\s*=\s*(?:["']([^"']*)["']|(\S+))\s*$/.exec(line) ?? [];
    return key === undefined ? [] : [[key, quoted ?? bare ?? ""] as const];
  });
  return { front: Object.fromEntries(entries), body: text.slice(whole.length) };
}

/** Front matter of any site generator: what is known is used, the rest is left alone. */
function frontOf(text: string): { readonly front: Readonly<Record<string, unknown>>; readonly body: string } {
  const matter = frontMatterOf(text);
  if (!matter || matter.yaml.length > LONGEST_FRONT) return tomlOf(text) ?? { front: {}, body: text };
  try {
    const front: unknown = parse(matter.yaml);
    if (typeof front === "object" && front !== null)
      return { front: front as Record<string, unknown>, body: matter.body };
  } catch {
    // No front matter after all.
  }
  return { front: {}, body: text };
}

const said = (value: unknown): string | undefined => {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};

function languageOf(tag: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(tag ?? "en")[0] ?? "en";
  } catch {
    return "en";
  }
}

/** A moment as a date, where it is one. */
const dateOf = (text: string | undefined): string => /^\d{4}-\d{2}-\d{2}/.exec(text ?? "")?.[0] ?? "";

/** Sections that hold an answer, and what an editor should look at in them. */
function checked({ sections }: Outline): { readonly kept: readonly Section[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const kept = sections.filter((section) => {
    if (section.passages.some(({ kind }) => kind !== "subheading")) return true;
    notes.push(`“${section.heading}” has no answer under it and was left out.`);
    return false;
  });
  const seen = new Map<string, number>();
  for (const { heading } of kept) seen.set(folded(heading), (seen.get(folded(heading)) ?? 0) + 1);
  for (const { heading } of kept) {
    const count = seen.get(folded(heading)) ?? 0;
    if (count > 1) notes.push(`“${heading}” is the heading of ${count} sections; give each words of its own.`);
    seen.delete(folded(heading));
  }
  return { kept, notes };
}

function importedFrom(page: Page, front: Readonly<Record<string, unknown>>, id: string, file: string): Imported {
  const { metadata, blocks, leftOut, questions } = page;
  const language = languageOf(said(front["language"]) ?? said(front["lang"]) ?? metadata.language);
  const { kept, notes } = checked(outline(blocks, language, SECTION));
  if (kept.length === 0) {
    const message = "no section was found: a section is a question heading with its answer under it";
    const remedy = 'write each question as a heading, such as "## What happened?"';
    return { explainer: undefined, problems: [{ file, message, remedy }], leftOut, notes };
  }
  const title = said(front["title"]) ?? metadata.title ?? id;
  const explainer: Explainer = {
    id,
    title,
    language,
    timeZone: "UTC",
    source: {
      title,
      author: authorOf(said(front["author"]) ?? metadata.author),
      publisher: metadata.publisher,
      url: isWebAddress(metadata.canonical ?? "") ? metadata.canonical : undefined,
    },
    asOf: dateOf(said(front["date"])) || dateOf(metadata.modified ?? metadata.published),
    titleSection: undefined,
    summary: undefined,
    sections: kept,
    file,
    folder: undefined,
  };
  return {
    explainer,
    problems: [],
    leftOut,
    notes: questions ? notes : [...notes, NO_QUESTIONS],
  };
}

/** A person's name; not an address of theirs, nor half a sentence. */
const authorOf = (name: string | undefined): string | undefined =>
  name === undefined || name.length > 80 || /[/@<>]/.test(name) ? undefined : name;

const NO_QUESTIONS = "No questions were found: its headings are the sections. Write them as readers would ask.";

const SECTION = 2;

function dataPage(text: string, kind: "json" | "feed", address: string | undefined): Page {
  let data: AskedData | undefined;
  try {
    data = kind === "json" ? readJsonData(text) : readFeed(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RangeError(`it is no well-formed JSON (${error.message})`, { cause: error });
  }
  return readAsked(data ?? readJsonData("[]"), address);
}

/** Written as the house writes it. */
function written(text: string, kind: "markdown" | "text", id: string, file: string): Imported {
  const { explainer, problems, leftOut = [] } = readArticle(text, kind, id, file);
  const asks = explainer?.sections.some(({ heading }) => isQuestion(heading)) ?? false;
  const notes = explainer && kind === "text" && !asks ? [NO_QUESTIONS] : [];
  if (explainer || kind === "markdown") return { explainer, problems, leftOut, notes };
  // Text without a question is one section, for the editor to part.
  const [first, ...others] = readPlainText(text);
  if (!first || others.length === 0) return { explainer, problems, leftOut, notes: [] };
  const named = first.kind === "heading";
  const heading = { kind: "heading" as const, text: named ? first.text : id, line: 1, depth: SECTION };
  const blocks = [heading, ...(named ? others : [first, ...others])];
  const metadata = { ...NOTHING_SAID, title: heading.text };
  return importedFrom({ metadata, blocks, leftOut: [], questions: false, at: [] }, {}, id, file);
}

/** What may be a heading with an id of ours. */
const NAMED = /^#{1,6}[^\n]*\{#[^\s{}]+\}[ \t]*$/m;

/** Keys of front matter that no other house has. */
const OWN_KEYS = ["as_of", "time_zone", "title_section"];

/** Characters from which Markdown is read in parts: reading takes room by its square. */
const PART = 20_000;
/** What may go on over a heading, or be meant from far away. */
const ACROSS = /<!--|<(?:pre|script|style|textarea)\b|^ {0,3}(?:```|~~~|\[[^\]\n]+\]:)/im;

/** Markdown as HTML, with the HTML in it. */
function markdownHtml(text: string): string {
  const body = withoutContainers(text);
  const read = (part: string): string =>
    micromark(part, { allowDangerousHtml: true, extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] });
  if (body.length < 2 * PART || ACROSS.test(body)) return read(body);
  const parts: string[] = [];
  let part = "";
  for (const piece of body.split(/^(?=#{1,6} )/m)) {
    if (part.length > PART) {
      parts.push(read(part));
      part = "";
    }
    part += piece;
  }
  return [...parts, read(part)].join("\n");
}

function marked(text: string, id: string, file: string): Imported {
  const { front, body } = frontOf(text);
  for (const paragraph of body.split(/\n[ \t]*\n/))
    if ((paragraph.match(/[*_]+/g)?.length ?? 0) > MOST_MARKS)
      throw new RangeError(`a paragraph has more than ${MOST_MARKS} marks of emphasis`);
  if (
    OWN_KEYS.some((key) => key in front) ||
    (NAMED.test(body) && readMarkdown(body).blocks.some((block) => block.id !== undefined))
  )
    return written(text, "markdown", id, file);
  return importedFrom(readMarked(markdownHtml(body)), front, id, file);
}

const remedyOf = ({ cause }: RangeError): string =>
  cause instanceof SyntaxError ? "mend the JSON, or save the questions as .md" : "take the nesting out";

/** Reads an article as an import does. `id` names the explainer that comes of it; `address`: where a page was found. */
export function readForImport(text: string, kind: ArticleKind, id: string, file: string, address?: string): Imported {
  const nested = (error: unknown): Imported => {
    if (!(error instanceof RangeError)) throw error;
    const problem = { file, message: `this article cannot be read: ${error.message}`, remedy: remedyOf(error) };
    return { explainer: undefined, problems: [problem], leftOut: [], notes: [] };
  };
  try {
    switch (kind) {
      case "html":
        return importedFrom(readPage(text, address), {}, id, file);
      case "word":
        return importedFrom(readMarked(text), {}, id, file);
      case "json":
      case "feed":
        return importedFrom(dataPage(text, kind, address), {}, id, file);
      case "text":
        return written(text, kind, id, file);
      case "markdown":
        return marked(text, id, file);
    }
  } catch (error) {
    return nested(error);
  }
}
