// From a folder or a plain article file to an explainer, with everything wrong in it told at once.
import { readFile, readdir, stat } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { outline } from "./blocks.js";
import { readMarkdown, type MarkdownArticle } from "./markdown.js";
import { readPlainText } from "./plain-text.js";
import { frontMatterSchema, type FrontMatter } from "./schema.js";
import type { Explainer, Problem, Section } from "./types.js";
import { checkYaml } from "./yaml.js";

/** The article file of an explainer folder. */
export const ARTICLE_FILE = "explainer.md";
/** Its intents file is the one that all explainers share. */
const RESERVED_ID = "common";
const MAX_ARTICLE_BYTES = 4 * 1024 * 1024;

export interface Loaded {
  /** Absent where the article cannot be used. */
  readonly explainer: Explainer | undefined;
  readonly problems: readonly Problem[];
  /** Texts that stand under no section heading and are not shown. */
  readonly leftOut?: readonly string[];
}

/** A content folder or file that is not there or cannot be read. Its message is for the person who named it. */
export class ContentError extends Error {
  readonly code = "CONTENT";
}

const shown = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
};

function sectionProblems(sections: readonly Section[], file: string): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const section of sections) {
    const at = { file, line: section.line };
    const before = seen.get(section.id);
    if (before !== undefined) {
      problems.push({
        ...at,
        message: `the section id "${section.id}" stands at line ${before} too`,
        remedy: "give one of them another id",
      });
    }
    seen.set(section.id, section.line);
    if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,47}$/u.test(section.id)) {
      problems.push({
        ...at,
        message: `"${section.id}" cannot be a section id`,
        remedy: "use up to 48 letters, figures and hyphens",
      });
    }
    if (section.passages.every((passage) => passage.kind === "subheading")) {
      problems.push({
        ...at,
        message: `the section "${section.heading}" has no answer under it`,
        remedy: "write its answer, the answering sentence first, or take the heading out",
      });
    }
  }
  return problems;
}

/** Reads an article's text. `kind` says how it is written; `id` names the explainer that comes of it. */
export function readArticle(text: string, kind: "markdown" | "text", id: string, file: string): Loaded {
  const problems: Problem[] = [];
  let markdown: MarkdownArticle | undefined;
  try {
    if (kind === "markdown") markdown = readMarkdown(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      explainer: undefined,
      problems: [{ file, message: `this article cannot be read: ${error.message}`, remedy: "take the nesting out" }],
    };
  }
  const blocks = markdown?.blocks ?? readPlainText(text);
  let front: FrontMatter | undefined;
  let lineOf: (path: readonly PropertyKey[]) => number = () => 1;
  if (markdown?.frontMatter) {
    const checked = checkYaml(markdown.frontMatter.yaml, frontMatterSchema, file, markdown.frontMatter.line);
    problems.push(...checked.problems);
    if (!checked.value) return { explainer: undefined, problems };
    front = checked.value;
    lineOf = checked.lineOf;
  }
  const language = front?.language ?? "en";
  const { title, sections, leftOut } = outline(blocks, language);
  if (sections.length === 0) {
    problems.push({
      file,
      message: "no section was found: a section is a question heading with its answer under it",
      remedy:
        kind === "markdown"
          ? 'write each question as a heading, such as "## What happened?"'
          : 'put each question on a line of its own that ends in "?"',
    });
    return { explainer: undefined, problems };
  }
  problems.push(...sectionProblems(sections, file));
  const titleSection = front?.title_section;
  if (titleSection !== undefined && !sections.some((section) => section.id === titleSection)) {
    problems.push({
      file,
      line: lineOf(["title_section"]),
      message: `"title_section" names "${titleSection}", and no section has that id`,
      remedy: `use one of ${sections.map((section) => section.id).join(", ")}`,
    });
  }
  if (problems.length > 0) return { explainer: undefined, problems };
  const heading = front?.title ?? title ?? basename(file, extname(file));
  const explainer: Explainer = {
    id,
    title: heading,
    language,
    timeZone: front?.time_zone ?? "UTC",
    source: front?.source ?? { title: title ?? heading },
    asOf: front?.as_of ?? "",
    titleSection,
    summary: front?.summary,
    sections,
    file,
    folder: undefined,
  };
  return { explainer, problems, leftOut };
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_ARTICLE_BYTES)
    throw new ContentError(`${shown(path)} is larger than 4 MiB; an article is text, so take out what is not`);
  const bytes = await readFile(path);
  if (bytes.includes(0)) throw new ContentError(`${shown(path)} is not text; save the article as .txt or .md`);
  return bytes.toString("utf8");
}

/** Reads one explainer folder, or one plain article file (`.txt`, `.md`). Throws {@link ContentError} where it cannot be read at all. */
export async function loadExplainer(path: string): Promise<Loaded> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry)
    throw new ContentError(
      `there is no explainer at ${shown(path)}; name an id under the data folder, a folder or a .txt or .md file`,
    );
  const file = entry.isDirectory() ? join(path, ARTICLE_FILE) : path;
  const extension = extname(file).toLowerCase();
  if (![".md", ".markdown", ".txt"].includes(extension)) {
    throw new ContentError(
      `${shown(file)} is not an article that can be read here; use .txt or .md, or run "npm run import" for a web page`,
    );
  }
  const text = await readText(file).catch((error: unknown) => {
    if (error instanceof ContentError) throw error;
    throw new ContentError(`${shown(file)} cannot be read; an explainer folder holds its article in ${ARTICLE_FILE}`, {
      cause: error,
    });
  });
  const id = entry.isDirectory() ? basename(path) : basename(path, extname(path));
  if (entry.isDirectory() && id === RESERVED_ID) {
    throw new ContentError(
      `"${RESERVED_ID}" cannot be an explainer's id, for intents/${RESERVED_ID}.yaml is everybody's; rename the folder`,
    );
  }
  const { explainer, problems } = readArticle(text, extension === ".txt" ? "text" : "markdown", id, shown(file));
  return { explainer: explainer && entry.isDirectory() ? { ...explainer, folder: path } : explainer, problems };
}

/** The same, with a file that cannot be read told as a problem, so that one of many does not stop the others. */
export async function tryLoadExplainer(path: string): Promise<Loaded> {
  return loadExplainer(path).catch((error: unknown) => {
    if (!(error instanceof ContentError)) throw error;
    return {
      explainer: undefined,
      problems: [{ file: shown(path), message: error.message, remedy: "it is left out until it is mended" }],
    };
  });
}

/** The explainer folders under `dataDir`, by name. A folder is one if it holds an article. Throws {@link ContentError} where `dataDir` is not there. */
async function listExplainers(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { withFileTypes: true }).catch((error: unknown) => {
    throw new ContentError(
      `the content folder ${shown(dataDir)} cannot be read; set DATA_DIR to the folder that holds your explainers`,
      { cause: error },
    );
  });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const found = await Promise.all(
    folders.map(async (name) =>
      (await stat(join(dataDir, name, ARTICLE_FILE)).catch(() => undefined)) ? name : undefined,
    ),
  );
  return found.filter((name) => name !== undefined).sort();
}

/**
 * Where the explainers are that a command is to read: all under `dataDir`, or the one that `only` names (an id under
 * `dataDir`, a folder, an article file). Throws {@link ContentError} where `dataDir` is not there.
 */
export async function explainerPaths(dataDir: string, only: string | undefined): Promise<string[]> {
  if (only === undefined) return (await listExplainers(dataDir)).map((id) => join(dataDir, id));
  const asId = join(dataDir, only);
  const isId = !/[/\\]/.test(only) && (await stat(asId).catch(() => undefined));
  return [isId ? asId : only];
}
