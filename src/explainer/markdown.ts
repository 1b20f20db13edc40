// Markdown to blocks and front matter, with the line of each. CommonMark with tables.
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString } from "mdast-util-to-string";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTable } from "micromark-extension-gfm-table";
import type { List, RootContent } from "mdast";
import type { Block } from "./blocks.js";

export interface MarkdownArticle {
  readonly blocks: readonly Block[];
  /** The YAML between the opening `---` lines and the line on which it starts; absent where there is none. */
  readonly frontMatter: { readonly yaml: string; readonly line: number } | undefined;
}

const CAPTION = /^Caption:\s+/;
const HEADING_ID = /(?:(?<!\s)\s+)?\{#([^{}\s]+)\}\s*$/;

function listBlocks(list: List, group: number): Block[] {
  return list.children.flatMap((item, index) =>
    item.children.flatMap((child): Block[] => {
      const line = child.position?.start.line ?? 1;
      if (child.type === "list") return listBlocks(child, group);
      const mark = list.ordered ? `${(list.start ?? 1) + index}. ` : "";
      return [{ kind: "item", text: `${mark}${toString(child)}`, line, group }];
    }),
  );
}

function blocksOf(node: RootContent, group: number): Block[] {
  const line = node.position?.start.line ?? 1;
  switch (node.type) {
    case "heading": {
      const text = toString(node);
      const id = HEADING_ID.exec(text)?.[1];
      return [{ kind: "heading", text: text.replace(HEADING_ID, ""), line, depth: node.depth, id }];
    }
    case "list":
      return listBlocks(node, group);
    case "table": {
      const [head, ...rows] = node.children.map((row) => ({
        text: row.children.map((cell) => toString(cell)).join(" · "),
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
      const text = toString(node).trim();
      if (CAPTION.test(text)) return [{ kind: "caption", text: text.replace(CAPTION, ""), line }];
      return text === "" ? [] : [{ kind: "prose", text, line }];
    }
  }
}

/** Quotations and lists inside each other, at most; deeper ones are no article. */
const DEEPEST = 50;
const NESTED = new RegExp(`^(?:[ \\t]*[>*+-]){${DEEPEST},}`, "m");

/** Reads Markdown; raw HTML in it is left out. Throws a `RangeError` where it nests more deeply than an article does. */
export function readMarkdown(text: string): MarkdownArticle {
  if (NESTED.test(text)) throw new RangeError(`it nests quotations or lists more than ${DEEPEST} deep`);
  const tree = fromMarkdown(text, {
    extensions: [frontmatter(["yaml"]), gfmTable()],
    mdastExtensions: [frontmatterFromMarkdown(["yaml"]), gfmTableFromMarkdown()],
  });
  const first = tree.children[0];
  const matter = first?.type === "yaml" ? { yaml: first.value, line: 2 } : undefined;
  return { blocks: tree.children.flatMap((node, index) => blocksOf(node, index)), frontMatter: matter };
}
