// An explainer's file in pieces that a merge works on: its front matter, and each section's paragraphs as they are written.
import type { Explainer } from "../explainer/types.js";
import { wordsOf } from "../explainer/page/found.js";
import { readArticle } from "../explainer/read-article.js";
import { problemLine } from "../explainer/problem-line.js";
import { ContentError } from "../explainer/content-error.js";

export interface Chunk {
  readonly id: string;
  readonly heading: string;
  /** The heading as written, of one line or, underlined, of several. */
  readonly head: string;
  /** Paragraphs, lists, tables and remarks as written, without the empty lines between them. */
  readonly blocks: readonly string[];
  /** All of it as it is written. */
  readonly raw: string;
  /** The answer's words. */
  readonly words: readonly string[];
}

export interface Chunks {
  readonly explainer: Explainer;
  /** All that stands before the first section. */
  readonly preamble: string;
  /** Signs of a section's heading: `##`. */
  readonly signs: string;
  readonly sections: readonly Chunk[];
}

/** Texts between empty lines; a remark is one text, whatever it holds. */
function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let remark = false;
  /** What shuts the code that is open. */
  let fence: string | undefined;
  const close = (): void => {
    if (block.length > 0) blocks.push(block.join("\n"));
    block = [];
  };
  for (const line of lines) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && !remark && /^ {0,3}<!--/.test(line)) {
      close();
      remark = true;
    }
    if (remark || fence !== undefined || line.trim() !== "") block.push(line);
    else close();
    if (remark && line.includes("-->")) {
      remark = false;
      close();
    } else if (!remark && mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined;
    }
  }
  close();
  return blocks;
}

/** Lines of a heading at the start of `lines`: one behind signs, or all until its underline. */
function headHeight(lines: readonly string[]): number {
  if (/^ {0,3}#{1,6}(?:\s|$)/.test(lines[0] ?? "")) return 1;
  const underline = lines.findIndex((line, index) => index > 0 && /^ {0,3}(?:=+|-+)\s*$/.test(line));
  return underline < 0 ? 1 : underline + 1;
}

/** Takes an explainer's file apart. Throws {@link ContentError} for one that has faults. */
export function chunksOf(text: string, id: string, file: string): Chunks {
  const { explainer, problems } = readArticle(text, "markdown", id, file);
  if (!explainer)
    throw new ContentError(
      `${file} has faults and cannot be brought together with a new import; mend it first:\n${problems.map(problemLine).join("\n")}`,
    );
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const { sections } = explainer;
  const start = (index: number): number => (sections[index]?.line ?? lines.length + 1) - 1;
  return {
    explainer,
    signs: /^ {0,3}(#{1,6})\s/.exec(lines[start(0)] ?? "")?.[1] ?? "##",
    preamble: lines.slice(0, start(0)).join("\n").trimEnd(),
    sections: sections.map((section, index) => {
      const own = lines.slice(start(index), start(index + 1));
      const height = headHeight(own);
      const head = own.slice(0, height).join("\n");
      const body = own.slice(height);
      return {
        id: section.id,
        heading: section.heading,
        head,
        blocks: blocksOf(body),
        raw: [head, ...body].join("\n").trimEnd(),
        words: wordsOf(section.passages.map(({ text }) => text).join(" ")),
      };
    }),
  };
}

/** An explainer's file of its pieces; `raw`: a section that is as it was. */
export const writeChunks = (
  preamble: string,
  sections: readonly { readonly head: string; readonly blocks: readonly string[]; readonly raw?: string | undefined }[],
): string =>
  [`${preamble}\n`, ...sections.map(({ head, blocks, raw }) => `${raw ?? [head, ...blocks].join("\n\n")}\n`)].join(
    "\n",
  );
