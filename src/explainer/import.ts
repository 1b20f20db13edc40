// An article in text, Markdown or HTML to an explainer folder that an editor then tends. Words are carried over, none are added.
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { micromark } from "micromark";
import { parse, stringify } from "yaml";
import { outline, type Outline } from "./blocks.js";
import { readArticle } from "./load.js";
import { sliceRich, type Rich } from "./inline.js";
import { readMarkdown } from "./markdown.js";
import { folded } from "./page/found.js";
import { readMarked, readPage, type Page } from "./page/read-page.js";
import type { Explainer, Passage, Problem, Section } from "./types.js";

export type ArticleKind = "html" | "markdown" | "text";

export interface Imported {
  /** Absent where nothing could be taken. */
  readonly explainer: Explainer | undefined;
  readonly problems: readonly Problem[];
  /** Texts that belong to no section. */
  readonly leftOut: readonly string[];
  /** What an editor should look at, in their words. */
  readonly notes: readonly string[];
}

/** How an article is written, by its file's name and its own first words. */
export function kindOf(text: string, extension: string): ArticleKind {
  const start = text.slice(0, 2_000).trimStart();
  if (/^(?:<!doctype html|<html\b|<\?xml)/i.test(start)) return "html";
  if (/^\.(?:md|mdx|markdown)$/i.test(extension)) return "markdown";
  if (/^\.(?:x?html?)$/i.test(extension)) return "html";
  if (/<(?:body|article|main)\b/i.test(text) || (/<h[1-6]\b/i.test(text) && /<\/h[1-6]>/i.test(text))) return "html";
  return /^\.txt$/i.test(extension) ? "text" : "markdown";
}

/** Runs of emphasis marks in one paragraph, at most: what reads Markdown takes time by their square. */
const MOST_MARKS = 2_000;

/** Front matter of any site generator: what is known is used, the rest is left alone. */
function frontOf(text: string): { readonly front: Readonly<Record<string, unknown>>; readonly body: string } {
  const [whole, yaml] = /^\ufeff?---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (whole === undefined || yaml === undefined) return { front: {}, body: text };
  try {
    const front: unknown = parse(yaml);
    if (typeof front === "object" && front !== null)
      return { front: front as Record<string, unknown>, body: text.slice(whole.length) };
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
      publisher: metadata.publisher,
      url: /^https?:\/\//.test(metadata.canonical ?? "") ? metadata.canonical : undefined,
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
    notes: questions
      ? notes
      : [...notes, "No questions were found: its headings are the sections. Write them as readers would ask."],
  };
}

const SECTION = 2;

/** Reads an article as an import does. `id` names the explainer that comes of it; `address`: where a page was found. */
export function readForImport(text: string, kind: ArticleKind, id: string, file: string, address?: string): Imported {
  const nested = (error: unknown): Imported => {
    if (!(error instanceof RangeError)) throw error;
    const problem = { file, message: `this article cannot be read: ${error.message}`, remedy: "take the nesting out" };
    return { explainer: undefined, problems: [problem], leftOut: [], notes: [] };
  };
  try {
    if (kind === "html") return importedFrom(readPage(text, address), {}, id, file);
    const { front, body } = kind === "markdown" ? frontOf(text) : { front: {}, body: text };
    for (const paragraph of kind === "markdown" ? body.split(/\n[ \t]*\n/) : [])
      if ((paragraph.match(/[*_]+/g)?.length ?? 0) > MOST_MARKS)
        throw new RangeError(`a paragraph has more than ${MOST_MARKS} marks of emphasis`);
    const named = kind === "markdown" && readMarkdown(body).blocks.some((block) => block.id !== undefined);
    if (kind === "text" || named) {
      // Written as the house writes it.
      const { explainer, problems, leftOut = [] } = readArticle(text, kind, id, file);
      return { explainer, problems, leftOut, notes: [] };
    }
    const html = micromark(body, {
      allowDangerousHtml: true,
      extensions: [gfmTable()],
      htmlExtensions: [gfmTableHtml()],
    });
    return importedFrom(readMarked(html), front, id, file);
  } catch (error) {
    return nested(error);
  }
}

/** Text as Markdown that reads back as the same text. */
function asMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&|~]/g, "\\$&")
    .replace(/^([#+=-])/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

function codeMarkdown(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = /^[\s`]|[\s`]$/.test(text) ? " " : "";
  return `${fence}${room}${text}${room}${fence}`;
}

/** What is set within words: innermost last. */
const LAYERS = ["link", "strong", "code"] as const;

function richMarkdown({ text, marks }: Rich, layer = 0): string {
  const kind = LAYERS[layer];
  if (kind === undefined) return text === "" ? "" : asMarkdown(`x${text}`).slice(1);
  let line = "";
  let from = 0;
  for (const mark of marks.filter((each) => each.kind === kind)) {
    if (mark.start < from) continue;
    // White space at its edges would be no mark.
    const words = text.slice(mark.start, mark.end);
    const start = mark.start + words.length - words.trimStart().length;
    const end = start + words.trim().length;
    if (start >= end) continue;
    line += richMarkdown(sliceRich({ text, marks }, from, start), layer + 1);
    const inner = sliceRich({ text, marks }, start, end);
    if (kind === "code") line += codeMarkdown(inner.text);
    else {
      const words = richMarkdown(inner, layer + 1);
      line += kind === "strong" ? `**${words}**` : `[${words}](<${mark.href ?? ""}>)`;
    }
    from = end;
  }
  return line + richMarkdown(sliceRich({ text, marks }, from), layer + 1);
}

/** A passage as Markdown that reads back as the same; its words alone where the marks would not. */
function passageMarkdown({ text, marks = [] }: Pick<Passage, "text" | "marks">): string {
  const plain = asMarkdown(text);
  if (marks.length === 0) return plain;
  const marked = richMarkdown({ text, marks });
  const line =
    plain.startsWith("\\") && !marked.startsWith("\\") && marks.every(({ start }) => start > 0)
      ? `\\${marked}`
      : marked;
  const [block, ...more] = readMarkdown(line).blocks;
  return more.length === 0 && block?.kind === "prose" && block.text === text ? line : plain;
}

function tableLines(rows: readonly Passage[]): string {
  const cells = rows.map((row) => {
    const rich = { text: row.text, marks: row.marks ?? [] };
    let at = 0;
    return row.text.split(" · ").map((cell) => {
      const start = at;
      at += cell.length + " · ".length;
      return passageMarkdown(sliceRich(rich, start, start + cell.length)).replace(/(?<!\\)\|/g, "\\|");
    });
  });
  const columns = Math.max(...cells.map((row) => row.length));
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, index) => row[index] ?? "").join(" | ")} |`;
  const [head, ...body] = rows[0]?.kind === "subheading" ? cells : [[], ...cells];
  return [line(head ?? []), line(Array.from({ length: columns }, () => "---")), ...body.map(line)].join("\n");
}

function listLines(items: readonly Passage[]): string {
  let before = -1;
  return items
    .map((item) => {
      const depth = Math.min(item.depth ?? 0, before + 1);
      before = depth;
      const number = /^\d+\. /.exec(item.text)?.[0];
      const rich = sliceRich({ text: item.text, marks: item.marks ?? [] }, number?.length ?? 0);
      return `${"    ".repeat(depth)}${number ?? "- "}${passageMarkdown(rich)}`;
    })
    .join("\n");
}

/** The paragraphs, lists and tables of a section as Markdown, each a text of its own. */
export function blockTexts(passages: readonly Passage[]): string[] {
  const blocks = new Map<number, Passage[]>();
  for (const passage of passages) blocks.set(passage.block, [...(blocks.get(passage.block) ?? []), passage]);
  return [...blocks.values()].flatMap((block) => {
    if (block.some((passage) => passage.kind === "row")) return [tableLines(block)];
    switch (block[0]?.kind) {
      case "item":
        return [listLines(block)];
      case "subheading":
        return block.map((passage) => `### ${passageMarkdown(passage)}`);
      case "caption":
        return block.map((passage) => `Caption: ${passageMarkdown(passage)}`);
      default:
        return [block.map(passageMarkdown).join("\n")];
    }
  });
}

/** A section's heading line. */
export const headingLine = ({ heading, id }: Pick<Section, "heading" | "id">): string =>
  `## ${asMarkdown(heading)} {#${id}}`;

/** The `explainer.md` of an explainer, ready to be edited. What the article does not say is left out. */
export function explainerMarkdown(explainer: Explainer): string {
  const front = {
    title: explainer.title,
    language: explainer.language,
    time_zone: explainer.timeZone,
    source: {
      title: explainer.source.title,
      ...(explainer.source.publisher === undefined ? {} : { publisher: explainer.source.publisher }),
      ...(explainer.source.url === undefined ? {} : { url: explainer.source.url }),
    },
    ...(explainer.asOf === "" ? {} : { as_of: explainer.asOf }),
  };
  const sections = explainer.sections.map(
    (section) => `${headingLine(section)}\n\n${blockTexts(section.passages).join("\n\n")}\n`,
  );
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${sections.join("\n")}`;
}
