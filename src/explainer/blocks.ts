// An article as a flat run of blocks: what the Markdown and plain-text readers both give, and how
// sections are made of it.
import { sliceRich, squeezeRich, type Mark } from "./inline.js";
import { sentenceSpans } from "./sentences.js";
import type { Passage, PassageKind, Section } from "./types.js";

export interface Block {
  readonly kind: "heading" | "prose" | Exclude<PassageKind, "sentence">;
  readonly text: string;
  readonly line: number;
  /** Heading level, 1 the highest; headings only. */
  readonly depth?: number;
  /** An id that the editor wrote behind the heading: `{#turnout}`. */
  readonly id?: string | undefined;
  /** Items of one list and rows of one table share this. */
  readonly group?: number;
  readonly marks?: readonly Mark[];
  /** Items only: how many lists the item's own stands in. */
  readonly nesting?: number;
}

const STOP = new Set(
  "a an the is are was were be been do does did have has had will would can could should to of in on at by for from with and or what who how why when where which that this there it its i my me you your we our they their if about".split(
    " ",
  ),
);

/** A short id from a heading: its telling words, at most six, joined by hyphens; `section` where it has none. */
function sectionIdFrom(heading: string, taken: ReadonlySet<string>): string {
  const plain = heading
    .normalize("NFC")
    .replace(/['’]/g, "")
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
  const telling = plain.filter((word) => !STOP.has(word));
  const base = (telling.length > 0 ? telling : plain).slice(0, 6).join("-").slice(0, 48) || "section";
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}-${count}`;
  return id;
}

/**
 * Which headings open sections: those with an id where any has one, else the level at which most headings
 * stand (the deeper of two with as many), leaving out a first heading that stands alone at its level.
 */
function sectionDepth(blocks: readonly Block[]): number {
  const headings = blocks.filter((block) => block.kind === "heading");
  const named = headings.find((heading) => heading.id !== undefined);
  if (named) return named.depth ?? 2;
  const count = (depth: number): number =>
    headings.filter((heading) => heading.depth === depth).reduce((sum, h) => sum + (h.text.endsWith("?") ? 3 : 1), 0);
  const depths = [...new Set(headings.map((heading) => heading.depth ?? 2))].sort((a, b) => a - b);
  return depths.reduce((best, depth) => (count(depth) > count(best) ? depth : best), depths[0] ?? 2);
}

function passagesOf(block: Block, number: number, language: string): Passage[] {
  const rich = { text: block.text, marks: block.marks ?? [] };
  const passage = (kind: PassageKind, start: number, end: number, line: number): Passage => {
    const { text, marks } = squeezeRich(sliceRich(rich, start, end));
    return {
      kind,
      text,
      block: number,
      line,
      ...(marks.length > 0 ? { marks } : {}),
      ...(block.nesting === undefined || block.nesting === 0 ? {} : { depth: block.nesting }),
    };
  };
  if (block.kind !== "prose") return [passage(block.kind as PassageKind, 0, block.text.length, block.line)];
  return sentenceSpans(block.text, language).map(({ start, end }) =>
    passage("sentence", start, end, block.line + (block.text.slice(0, start).match(/\n/g)?.length ?? 0)),
  );
}

export interface Outline {
  readonly title: string | undefined;
  readonly sections: readonly Section[];
  /** Texts that stand under no section heading. */
  readonly leftOut: readonly string[];
}

/** Blocks to sections; `depth`: of the headings that open one. Text that stands under no section heading is left out, and told. */
export function outline(blocks: readonly Block[], language: string, depth = sectionDepth(blocks)): Outline {
  const sections: { id: string; heading: string; passages: Passage[]; line: number }[] = [];
  const taken = new Set<string>();
  let title: string | undefined;
  let open = false;
  const leftOut: string[] = [];
  let number = -1;
  let group: number | undefined;
  for (const block of blocks) {
    if (block.kind === "heading" && (block.depth ?? 2) <= depth) {
      if ((block.depth ?? 2) < depth) {
        title ??= block.text;
        open = false;
        continue;
      }
      const id = block.id ?? sectionIdFrom(block.text, taken);
      taken.add(id);
      sections.push({ id, heading: block.text, passages: [], line: block.line });
      open = true;
      number = -1;
      group = undefined;
      continue;
    }
    const section = sections.at(-1);
    if (!section || !open) {
      leftOut.push(block.text);
      continue;
    }
    if (block.group === undefined || block.group !== group) number++;
    group = block.group;
    const plain: Block = block.kind === "heading" ? { ...block, kind: "subheading" } : block;
    section.passages.push(...passagesOf(plain, number, language));
  }
  return { title, sections, leftOut };
}
