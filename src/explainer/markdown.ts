// Markdown to blocks and front matter, with the line of each. CommonMark with tables.
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTable } from "micromark-extension-gfm-table";
import type { List, Nodes, RootContent } from "mdast";
import type { Block } from "./blocks.js";
import { joinRich, linkTarget, plainRich, sliceRich, tailOf, type Rich } from "./inline.js";

export interface MarkdownArticle {
  readonly blocks: readonly Block[];
  /** The YAML between the opening `---` lines and the line on which it starts; absent where there is none. */
  readonly frontMatter: { readonly yaml: string; readonly line: number } | undefined;
}

const CAPTION = /^Caption:\s+/;
const HEADING_ID = /(?:(?<!\s)\s+)?\{#([^{}\s]+)\}\s*$/;

/** A node's words as `mdast-util-to-string` gives them, with what is set in them. */
function richOf(node: Nodes): Rich {
  // HTML is left out: a remark is not for readers.
  if (node.type === "html") return plainRich("");
  if (!("children" in node)) {
    const text = toString(node);
    return node.type === "inlineCode" && text !== ""
      ? { text, marks: [{ kind: "code", start: 0, end: text.length }] }
      : plainRich(text);
  }
  const inner = joinRich(node.children.map(richOf));
  const around = { start: 0, end: inner.text.length };
  if (inner.text === "") return inner;
  if (node.type === "strong") return { ...inner, marks: [{ kind: "strong", ...around }, ...inner.marks] };
  const href = node.type === "link" ? linkTarget(node.url) : undefined;
  return href === undefined ? inner : { ...inner, marks: [{ kind: "link", href, ...around }, ...inner.marks] };
}

const marked = ({ text, marks }: Rich): { text: string; marks?: Rich["marks"] } =>
  marks.length > 0 ? { text, marks } : { text };

function listBlocks(list: List, group: number, nesting = 0): Block[] {
  return list.children.flatMap((item, index) =>
    item.children.flatMap((child): Block[] => {
      const line = child.position?.start.line ?? 1;
      if (child.type === "list") return listBlocks(child, group, nesting + 1);
      const mark = list.ordered ? `${(list.start ?? 1) + index}. ` : "";
      const rich = joinRich([plainRich(mark), richOf(child)]);
      return [{ kind: "item", ...marked(rich), line, group, nesting }];
    }),
  );
}

function blocksOf(node: RootContent, group: number): Block[] {
  const line = node.position?.start.line ?? 1;
  switch (node.type) {
    case "heading": {
      const { text } = richOf(node);
      const id = HEADING_ID.exec(text)?.[1];
      return [{ kind: "heading", text: text.replace(HEADING_ID, ""), line, depth: node.depth, id }];
    }
    case "list":
      return listBlocks(node, group);
    case "table": {
      const [head, ...rows] = node.children.map((row) => ({
        ...marked(joinRich(row.children.map(richOf), " · ")),
        line: row.position?.start.line ?? line,
      }));
      const named =
        head && head.text.replace(/[·\s]/g, "") !== "" ? [{ kind: "subheading" as const, ...head, group }] : [];
      return [...named, ...rows.map((row) => ({ kind: "row" as const, ...row, group }))];
    }
    case "blockquote":
      return node.children.flatMap((child) => blocksOf(child, group));
    case "html":
    case "yaml":
    case "thematicBreak":
    case "definition":
      return [];
    default: {
      const rich = richOf(node);
      const text = rich.text.trim();
      const caption = CAPTION.exec(text)?.[0];
      if (caption !== undefined)
        return [{ kind: "caption", ...marked(tailOf(rich, text.slice(caption.length))), line }];
      const start = rich.text.length - rich.text.trimStart().length;
      return text === "" ? [] : [{ kind: "prose", ...marked(sliceRich(rich, start, start + text.length)), line }];
    }
  }
}

/** Quotations and lists inside each other, at most; deeper ones are no article. */
const DEEPEST = 50;
const MARKS = /^[ \t>*+-]+/;

/** Whether a line opens more than that; a line of one mark alone is a rule. */
function isNested(line: string): boolean {
  const marks = (MARKS.exec(line)?.[0] ?? "").replace(/[ \t]+/g, "");
  return (
    marks.length >= DEEPEST && !(/^([*-])\1*$/.test(marks) && MARKS.exec(line)?.[0].length === line.trimEnd().length)
  );
}

/** Reads Markdown; raw HTML in it is left out. Throws a `RangeError` where it nests more deeply than an article does. */
export function readMarkdown(text: string): MarkdownArticle {
  if (text.split("\n").some(isNested)) throw new RangeError(`it nests quotations or lists more than ${DEEPEST} deep`);
  const tree = fromMarkdown(text, {
    extensions: [frontmatter(["yaml"]), gfmTable()],
    mdastExtensions: [frontmatterFromMarkdown(["yaml"]), gfmTableFromMarkdown()],
  });
  const first = tree.children[0];
  const matter = first?.type === "yaml" ? { yaml: first.value, line: 2 } : undefined;
  return { blocks: tree.children.flatMap((node, index) => blocksOf(node, index)), frontMatter: matter };
}
