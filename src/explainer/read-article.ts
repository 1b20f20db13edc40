// An article as the house writes it, Markdown with front matter or plain text, to an explainer, with everything wrong in it told at once.
import { basename, extname } from "node:path";
import { outline } from "./blocks.js";
import { readMarkdown, type MarkdownArticle } from "./markdown.js";
import { readPlainText } from "./plain-text.js";
import { frontMatterSchema, type FrontMatter } from "./schema.js";
import type { Explainer, Problem, Section } from "./types.js";
import { checkYaml } from "./yaml.js";

export interface Loaded {
  /** Absent where the article cannot be used. */
  readonly explainer: Explainer | undefined;
  readonly problems: readonly Problem[];
  /** Texts that stand under no section heading and are not shown. */
  readonly leftOut?: readonly string[];
}

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

const correctionOf = (front: FrontMatter | undefined): Pick<Explainer, "correction"> =>
  front?.correction === undefined && front?.minor === undefined
    ? {}
    : { correction: { wording: front.correction, minor: front.minor ?? false } };

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
    ...correctionOf(front),
    sections,
    file,
    folder: undefined,
  };
  return { explainer, problems, leftOut };
}
