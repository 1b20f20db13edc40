// An explainer's file in pieces that a merge works on: its front matter, and each section's paragraphs as they are written.
import type { Explainer, Section } from "../explainer/types.js";
import { readArticle } from "../explainer/read-article.js";
import { problemLine } from "../explainer/problem-line.js";
import { ContentError } from "../explainer/content-error.js";

export interface Chunk {
  readonly id: string;
  readonly heading: string;
  /** The heading's line as written. */
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
  readonly sections: readonly Chunk[];
}

/** Texts between empty lines; a remark is one text, whatever it holds. */
function blocksOf(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  let block: string[] = [];
  let remark = false;
  const close = (): void => {
    if (block.length > 0) blocks.push(block.join("\n"));
    block = [];
  };
  for (const line of lines) {
    if (!remark && line.startsWith("<!--")) {
      close();
      remark = true;
    }
    if (remark || line.trim() !== "") block.push(line);
    else close();
    if (remark && line.includes("-->")) {
      remark = false;
      close();
    }
  }
  close();
  return blocks;
}

const wordsIn = (section: Section): string[] =>
  section.passages
    .map(({ text }) => text)
    .join(" ")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");

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
    preamble: lines.slice(0, start(0)).join("\n").trimEnd(),
    sections: sections.map((section, index) => {
      const [head = "", ...body] = lines.slice(start(index), start(index + 1));
      return {
        id: section.id,
        heading: section.heading,
        head,
        blocks: blocksOf(body),
        raw: [head, ...body].join("\n").trimEnd(),
        words: wordsIn(section),
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
