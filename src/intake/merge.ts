// A page imported again: what it says now, what it said at the last import, and what the editor made of that, brought together.
// The editor's words are never overwritten: where both changed the same, the editor's stay and the page's stand beside them, marked.
import { diff3Merge, diffComm } from "node-diff3";
import { parseDocument } from "yaml";
import { frontMatterOf } from "../explainer/front-matter.js";
import { headingLine } from "../explainer/write-article.js";
import { folded, wordsOf } from "../explainer/page/found.js";
import { writeChunks, type Chunk, type Chunks } from "./chunks.js";
import { isLookMark, lookMark } from "./look.js";
import { likeness, matchSections } from "./match-sections.js";

export interface Change {
  readonly kind: "changed" | "new" | "renamed" | "moved" | "withdrawn" | "both changed" | "taken out";
  /** The section's heading in the editor's file, or on the page where it is new. */
  readonly heading: string;
  readonly id: string;
  /** Lines that the page had and has no longer, and those that are new there. */
  readonly before: readonly string[];
  readonly now: readonly string[];
  /** Whether an editor has to decide. */
  readonly look: boolean;
}

export interface Merged {
  readonly text: string;
  readonly changes: readonly Change[];
  /** What of the front matter the page changed, a line each. */
  readonly front: readonly string[];
  /** Sections that the text has to hold. */
  readonly sections: number;
}

export interface MergeOptions {
  /** Whether the page is right where both changed the same, and what it withdrew goes. */
  readonly accept: boolean;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** What stands on one side alone, line by line. */
function differences(before: readonly string[], now: readonly string[]): Pick<Change, "before" | "now"> {
  const lines = (blocks: readonly string[]): string[] => blocks.flatMap((block) => block.split("\n"));
  const parts = diffComm(lines(before), lines(now));
  return {
    before: parts.flatMap((part) => ("buffer1" in part ? part.buffer1 : [])),
    now: parts.flatMap((part) => ("buffer2" in part ? part.buffer2 : [])),
  };
}

/** Lines that stand beside each other and were changed by one side each; undefined where both changed one. */
function lineByLine(
  edited: readonly string[],
  base: readonly string[],
  fresh: readonly string[],
): string[] | undefined {
  if (edited.length !== base.length || fresh.length !== base.length) return undefined;
  const lines = base.map((was, index) => {
    const [own, now] = [edited[index], fresh[index]];
    return own === was ? now : now === was || now === own ? own : undefined;
  });
  return lines.every((line) => line !== undefined) ? lines : undefined;
}

/** One paragraph that both changed, line by line; undefined where they changed the same lines. */
function mergedLines(
  edited: readonly string[],
  base: readonly string[],
  fresh: readonly string[],
): string[] | undefined {
  const lines = (blocks: readonly string[]): string[] => blocks.join("\n\n").split("\n");
  const parts = diff3Merge(lines(edited), lines(base), lines(fresh), { excludeFalseConflicts: true });
  const merged = parts.map((part) =>
    part.conflict ? lineByLine(part.conflict.a, part.conflict.o, part.conflict.b) : (part.ok ?? []),
  );
  if (merged.some((part) => part === undefined)) return undefined;
  return merged
    .flatMap((part) => part ?? [])
    .join("\n")
    .split("\n\n")
    .filter((block) => block !== "");
}

interface MergedBlocks {
  readonly blocks: readonly string[];
  readonly conflict: boolean;
}

/** Paragraphs of the editor's that stand for none of the page's. */
const added = (own: readonly string[], page: readonly string[]): string[] =>
  own.filter((block) => !page.some((other) => likeness(wordsOf(block), wordsOf(other)) >= ALIKE));

/** Share of words from which one paragraph stands for another. */
const ALIKE = 0.4;

function mergeBlocks(
  edited: readonly string[],
  base: readonly string[],
  fresh: readonly string[],
  { accept }: MergeOptions,
): MergedBlocks {
  if (same(base, fresh)) {
    // Asked to take the page's side, where a remark of an earlier import still stands.
    const own = edited.filter((block) => !isLookMark(block));
    return accept && own.length < edited.length
      ? { blocks: [...fresh, ...added(own, fresh)], conflict: true }
      : { blocks: edited, conflict: false };
  }
  let conflict = false;
  const blocks = diff3Merge([...edited], [...base], [...fresh], { excludeFalseConflicts: true }).flatMap((part) => {
    if (part.ok) return part.ok;
    const { a = [], o = [], b = [] } = part.conflict ?? {};
    // A remark of an earlier import is not the editor's: it gives way to what the page says now.
    const own = a.filter((block) => !isLookMark(block));
    if (same(own, b)) return b;
    if (same(own, o)) return b;
    const lines = mergedLines(own, o, b);
    if (lines) return lines;
    conflict = true;
    if (accept) return [...b, ...added(own, o)];
    const mark =
      b.length > 0
        ? lookMark("the page now says this here; take it over, or take this remark out.", b.join("\n\n"))
        : lookMark("the page has the passage above no longer; take it out, or take this remark out.");
    return [...own, mark];
  });
  return { blocks, conflict };
}

/** Fields of the front matter that an import writes. */
const FIELDS = [
  ["title"],
  ["language"],
  ["as_of"],
  ["source", "title"],
  ["source", "author"],
  ["source", "publisher"],
  ["source", "url"],
];

const plainValue = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** The front matter, with what the page changed and the editor did not. */
function mergeFront(edited: Chunks, base: Chunks | undefined, fresh: Chunks): { text: string; told: string[] } {
  const matter = frontMatterOf(edited.preamble);
  if (!matter || !base) return { text: edited.preamble, told: [] };
  const valueIn = ({ preamble }: Chunks, path: readonly string[]): unknown =>
    parseDocument(frontMatterOf(preamble)?.yaml ?? "").getIn(path);
  const document = parseDocument(matter.yaml);
  const told: string[] = [];
  for (const path of FIELDS) {
    const [was, now] = [valueIn(base, path), valueIn(fresh, path)];
    if (now === undefined || was === now || document.getIn(path) !== was) continue;
    // What the editor took out as a whole stays out.
    if (path.length > 1 && !document.has(path[0])) continue;
    document.setIn(path, now);
    told.push(`${path.join(".")}: ${was === undefined ? "" : `${plainValue(was)} → `}${plainValue(now)}`);
  }
  if (told.length === 0) return { text: edited.preamble, told };
  const text = `---\n${document.toString({ lineWidth: 0 })}---\n${matter.body}`.trimEnd();
  return { text, told };
}

/** Sections in the page's new order, where the editor kept to its old one; those of the editor's own stay behind what they stood behind. */
function inOrder(sections: readonly Placed[], fresh: readonly Chunk[]): Placed[] {
  const at = (each: Placed): number => (each.fresh ? fresh.indexOf(each.fresh) : -1);
  const own = new Map<Placed | undefined, Placed[]>();
  let last: Placed | undefined;
  for (const each of sections) {
    if (each.fresh) last = each;
    else own.set(last, [...(own.get(last) ?? []), each]);
  }
  const ordered = sections.filter((each) => each.fresh).sort((a, b) => at(a) - at(b));
  return [...(own.get(undefined) ?? []), ...ordered.flatMap((each) => [each, ...(own.get(each) ?? [])])];
}

interface Placed {
  readonly id: string;
  readonly head: string;
  readonly blocks: readonly string[];
  readonly fresh: Chunk | undefined;
  /** As it stands in the editor's file, where nothing of it changes. */
  readonly raw?: string | undefined;
}

/** Whether sections that both have stand in the same order. */
function sameOrder(pairs: ReadonlyMap<Chunk, Chunk>, a: readonly Chunk[], b: readonly Chunk[]): boolean {
  const places = a.flatMap((each) => {
    const other = pairs.get(each);
    return other ? [b.indexOf(other)] : [];
  });
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}

/** Sections that have to move for one order to become the other: all but the longest run that keeps its order. */
function movedIn(pairs: ReadonlyMap<Chunk, Chunk>, base: readonly Chunk[], fresh: readonly Chunk[]): Set<Chunk> {
  const kept = base.filter((each) => pairs.has(each));
  const now = fresh.flatMap((each) => kept.find((one) => pairs.get(one) === each) ?? []);
  const staying = new Set(
    diffComm(
      kept.map(({ id }) => id),
      now.map(({ id }) => id),
    ).flatMap((part) => ("common" in part ? part.common : [])),
  );
  return new Set(kept.filter(({ id }) => !staying.has(id)));
}

/** What is known while versions are brought together. */
interface Merging extends MergeOptions {
  readonly fresh: readonly Chunk[];
  readonly changes: Change[];
  /** The page's section of today for one of the last import. */
  readonly ofPage: ReadonlyMap<Chunk, Chunk>;
  readonly moved: ReadonlySet<Chunk>;
  /** Of a section's heading in the editor's file. */
  readonly signs: string;
}

const told = (
  { changes }: Merging,
  { heading, id }: Pick<Chunk, "heading" | "id">,
  kind: Change["kind"],
  more: Partial<Pick<Change, "before" | "now" | "look">> = {},
): void => void changes.push({ kind, heading, id, before: [], now: [], look: false, ...more });

const WITHDRAWN = lookMark("the page has this section no longer; take it out, or take this remark out to keep it.");

/** A section of the editor's that the page has not, or no longer. */
function placeAlone(section: Chunk, was: Chunk | undefined, merging: Merging): Placed[] {
  const { id, head, blocks, raw } = section;
  if (!was) return [{ id, head, blocks, raw, fresh: undefined }];
  if (merging.accept && same(blocks, was.blocks)) {
    told(merging, section, "withdrawn", { before: was.blocks });
    return [];
  }
  told(merging, section, "withdrawn", { look: true });
  return [{ id, head, blocks: [WITHDRAWN, ...blocks.filter((block) => block !== WITHDRAWN)], fresh: undefined }];
}

const ASKS = "<!-- look: the page now asks ";

/** The heading's line, and a remark where both changed it. */
function mergeHeading(
  section: Chunk,
  was: Chunk | undefined,
  now: Chunk,
  merging: Merging,
): Pick<Placed, "head" | "blocks"> {
  const { id, heading, head } = section;
  if (!was || folded(was.heading) === folded(now.heading) || heading === now.heading) return { head, blocks: [] };
  const takes = heading === was.heading || merging.accept;
  told(merging, section, "renamed", { before: [was.heading], now: [now.heading], look: !takes });
  return takes
    ? { head: headingLine({ id, heading: now.heading }, merging.signs), blocks: [] }
    : { head, blocks: [lookMark(`the page now asks “${now.heading}”; take that over, or take this remark out.`)] };
}

/** A section that both have. */
function placeBoth(section: Chunk, was: Chunk | undefined, now: Chunk, merging: Merging): Placed {
  const { id, raw } = section;
  // It is back.
  const back = folded(section.heading) === folded(now.heading);
  const blocks = section.blocks.filter((block) => !back || block !== WITHDRAWN);
  const merged = mergeBlocks(blocks, was?.blocks ?? [], now.blocks, merging);
  const lines = differences(was?.blocks ?? blocks, now.blocks);
  if (merged.conflict) told(merging, section, "both changed", { ...lines, look: !merging.accept });
  else if (was && lines.before.length + lines.now.length > 0) told(merging, section, "changed", lines);
  const heading = mergeHeading(section, was, now, merging);
  const others = heading.blocks.length > 0 ? merged.blocks.filter((block) => !block.startsWith(ASKS)) : merged.blocks;
  if (was && merging.moved.has(was)) told(merging, section, "moved");
  const untouched = heading.head === section.head && heading.blocks.length === 0 && same(merged.blocks, section.blocks);
  return {
    id,
    head: heading.head,
    blocks: [...heading.blocks, ...others],
    fresh: now,
    raw: untouched ? raw : undefined,
  };
}

/** Puts the page's new sections where the page has them. */
function placeNew(placed: Placed[], added: ReadonlySet<Chunk>, merging: Merging): void {
  const ids = new Set(placed.map(({ id }) => id));
  for (const [index, now] of merging.fresh.entries()) {
    if (!added.has(now)) continue;
    const { heading, blocks } = now;
    let { id } = now;
    for (let count = 2; ids.has(id); count++) id = `${now.id.slice(0, 44)}-${count}`;
    ids.add(id);
    told(merging, { heading, id }, "new", { now: blocks });
    const earlier = merging.fresh.slice(0, index);
    const behind = placed.findLastIndex((each) => each.fresh !== undefined && earlier.includes(each.fresh));
    placed.splice(behind + 1, 0, { id, head: headingLine({ id, heading }, merging.signs), blocks, fresh: now });
  }
}

/** Headings, folded, that page and editor have and the last import had not: sections under them are each other's, however like another. */
function newOnBothSides(before: readonly Chunk[], edited: readonly Chunk[], fresh: readonly Chunk[]): Set<string> {
  const heads = (of: readonly Chunk[]): Set<string> => new Set(of.map(({ heading }) => folded(heading)));
  const ids = new Set(before.map(({ id }) => id));
  const [old, now] = [heads(before), heads(fresh)];
  return new Set([...heads(edited.filter(({ id }) => !ids.has(id)))].filter((head) => now.has(head) && !old.has(head)));
}

/** Brings the three together. `base`: undefined where no import is known, so that it cannot be told who changed what. */
export function mergeImport(edited: Chunks, base: Chunks | undefined, fresh: Chunks, { accept }: MergeOptions): Merged {
  const before = base?.sections ?? [];
  const both = newOnBothSides(before, edited.sections, fresh.sections);
  const others = (of: readonly Chunk[]): Chunk[] => of.filter(({ heading }) => !both.has(folded(heading)));
  const ofPage = matchSections(before, others(fresh.sections), false);
  const ofEditor = matchSections(before, others(edited.sections), true);
  const wasOf = new Map([...ofEditor].map(([was, section]) => [section, was]));
  const known = new Set([...ofPage.values(), ...ofEditor.values()]);
  const unknown = (of: readonly Chunk[]): Chunk[] => of.filter((each) => !known.has(each));
  /** Without a common ancestor: the editor's section and the page's. */
  const alike = matchSections(unknown(edited.sections), unknown(fresh.sections), base === undefined);
  const moved = movedIn(ofPage, before, fresh.sections);
  const merging: Merging = { accept, fresh: fresh.sections, changes: [], ofPage, moved, signs: edited.signs };

  const placed = edited.sections.flatMap((section): Placed[] => {
    const was = wasOf.get(section);
    const now = was ? ofPage.get(was) : alike.get(section);
    return now ? [placeBoth(section, was, now, merging)] : placeAlone(section, was, merging);
  });
  for (const was of before) {
    const now = ofPage.get(was);
    if (ofEditor.has(was) || !now || same(was.blocks, now.blocks)) continue;
    told(merging, { heading: now.heading, id: was.id }, "taken out", differences(was.blocks, now.blocks));
  }
  const taken = new Set(alike.values());
  placeNew(placed, new Set(unknown(fresh.sections).filter((each) => !taken.has(each))), merging);

  const follows = base !== undefined && sameOrder(ofEditor, before, edited.sections);
  const sections = follows ? inOrder(placed, fresh.sections) : placed;
  const front = mergeFront(edited, base, fresh);
  return {
    text: writeChunks(front.text, sections),
    changes: merging.changes,
    front: front.told,
    sections: sections.length,
  };
}
