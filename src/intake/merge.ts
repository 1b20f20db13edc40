// A page imported again: what it says now, what it said at the last import, and what the editor made of that, brought together.
// The editor's words are never overwritten: where both changed the same, the editor's stay and the page's stand beside them, marked.
import { diff3Merge, diffComm } from "node-diff3";
import { parseDocument } from "yaml";
import { headingLine } from "../explainer/write-article.js";
import { folded } from "../explainer/page/found.js";
import { writeChunks, type Chunk, type Chunks } from "./chunks.js";
import { lookMark } from "./look.js";
import { matchSections } from "./match-sections.js";

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

/** One paragraph that both changed, line by line; undefined where they changed the same lines. */
function mergedLines(
  edited: readonly string[],
  base: readonly string[],
  fresh: readonly string[],
): string[] | undefined {
  const lines = (blocks: readonly string[]): string[] => blocks.join("\n\n").split("\n");
  const parts = diff3Merge(lines(edited), lines(base), lines(fresh), { excludeFalseConflicts: true });
  if (parts.some((part) => part.conflict)) return undefined;
  return parts
    .flatMap((part) => part.ok ?? [])
    .join("\n")
    .split("\n\n")
    .filter((block) => block !== "");
}

interface MergedBlocks {
  readonly blocks: readonly string[];
  readonly conflict: boolean;
}

function mergeBlocks(
  edited: readonly string[],
  base: readonly string[],
  fresh: readonly string[],
  { accept }: MergeOptions,
): MergedBlocks {
  if (same(base, fresh)) return { blocks: edited, conflict: false };
  let conflict = false;
  const blocks = diff3Merge([...edited], [...base], [...fresh], { excludeFalseConflicts: true }).flatMap((part) => {
    if (part.ok) return part.ok;
    const { a = [], o = [], b = [] } = part.conflict ?? {};
    const lines = mergedLines(a, o, b);
    if (lines) return lines;
    conflict = true;
    if (accept) return b;
    const mark =
      b.length > 0
        ? lookMark("the page now says this here; take it over, or take this remark out.", b.join("\n\n"))
        : lookMark("the page has the passage above no longer; take it out, or take this remark out.");
    return [...a, mark];
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

/** The front matter, with what the page changed and the editor did not. */
function mergeFront(edited: Chunks, base: Chunks | undefined, fresh: Chunks): string {
  const [whole = "", yaml] = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(edited.preamble) ?? [];
  if (yaml === undefined || !base) return edited.preamble;
  const valueIn = ({ preamble }: Chunks, path: readonly string[]): unknown =>
    parseDocument(/^---[ \t]*\n([\s\S]*?)\n---/.exec(preamble)?.[1] ?? "").getIn(path);
  const document = parseDocument(yaml);
  let changed = false;
  for (const path of FIELDS) {
    const [was, now] = [valueIn(base, path), valueIn(fresh, path)];
    if (now === undefined || was === now || document.getIn(path) !== was) continue;
    document.setIn(path, now);
    changed = true;
  }
  if (!changed) return edited.preamble;
  return `---\n${document.toString({ lineWidth: 0 })}---\n${edited.preamble.slice(whole.length)}`.trimEnd();
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
}

const told = (
  { changes }: Merging,
  { heading, id }: Pick<Chunk, "heading" | "id">,
  kind: Change["kind"],
  more: Partial<Pick<Change, "before" | "now" | "look">> = {},
): void => void changes.push({ kind, heading, id, before: [], now: [], look: false, ...more });

/** A section of the editor's that the page has not, or no longer. */
function placeAlone(section: Chunk, was: Chunk | undefined, merging: Merging): Placed[] {
  const { id, head, blocks, raw } = section;
  if (!was) return [{ id, head, blocks, raw, fresh: undefined }];
  if (merging.accept && same(blocks, was.blocks)) {
    told(merging, section, "withdrawn", { before: was.blocks });
    return [];
  }
  told(merging, section, "withdrawn", { look: true });
  const mark = lookMark("the page has this section no longer; take it out, or take this remark out to keep it.");
  return [{ id, head, blocks: [mark, ...blocks], fresh: undefined }];
}

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
    ? { head: headingLine({ id, heading: now.heading }), blocks: [] }
    : { head, blocks: [lookMark(`the page now asks “${now.heading}”; take that over, or take this remark out.`)] };
}

/** A section that both have. */
function placeBoth(section: Chunk, was: Chunk | undefined, now: Chunk, merging: Merging): Placed {
  const { id, blocks, raw } = section;
  const merged = mergeBlocks(blocks, was?.blocks ?? [], now.blocks, merging);
  const lines = differences(was?.blocks ?? blocks, now.blocks);
  if (merged.conflict) told(merging, section, "both changed", { ...lines, look: !merging.accept });
  else if (was && lines.before.length + lines.now.length > 0) told(merging, section, "changed", lines);
  const heading = mergeHeading(section, was, now, merging);
  if (was && merging.moved.has(was)) told(merging, section, "moved");
  const untouched = heading.head === section.head && heading.blocks.length === 0 && same(merged.blocks, blocks);
  return {
    id,
    head: heading.head,
    blocks: [...heading.blocks, ...merged.blocks],
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
    placed.splice(behind + 1, 0, { id, head: headingLine({ id, heading }), blocks, fresh: now });
  }
}

/** Brings the three together. `base`: undefined where no import is known, so that it cannot be told who changed what. */
export function mergeImport(edited: Chunks, base: Chunks | undefined, fresh: Chunks, { accept }: MergeOptions): Merged {
  const before = base?.sections ?? [];
  const ofPage = matchSections(before, fresh.sections, false);
  const ofEditor = matchSections(before, edited.sections, true);
  const wasOf = new Map([...ofEditor].map(([was, section]) => [section, was]));
  const known = new Set([...ofPage.values(), ...ofEditor.values()]);
  const unknown = (of: readonly Chunk[]): Chunk[] => of.filter((each) => !known.has(each));
  /** Without a common ancestor: the editor's section and the page's. */
  const alike = matchSections(unknown(edited.sections), unknown(fresh.sections), base === undefined);
  const moved = movedIn(ofPage, before, fresh.sections);
  const merging: Merging = { accept, fresh: fresh.sections, changes: [], ofPage, moved };

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
  return { text: writeChunks(mergeFront(edited, base, fresh), sections), changes: merging.changes };
}
