// An explainer as the Markdown that an editor tends. What it reads back as is the same.
import { stringify } from "yaml";
import { cellsOf, sliceRich, type Mark, type Rich } from "./inline.js";
import { readMarkdown } from "./markdown.js";
import type { Explainer, Passage, Section } from "./types.js";

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

const LETTER = /[\p{L}\p{N}]/u;

/** Whether a mark that stands in no other and begins and ends with a letter reads back as one, whatever stands around it (CommonMark, 6.2). */
const isPlain = (text: string, { kind, start, end }: Mark): boolean =>
  LETTER.test(text.charAt(start)) &&
  LETTER.test(text.charAt(end - 1)) &&
  (kind !== "code" || !text.slice(start, end).includes("`"));

/** A passage as Markdown that reads back as the same; without those marks that would not. */
function passageMarkdown({ text, marks = [] }: Pick<Passage, "text" | "marks">): string {
  const plain = asMarkdown(text);
  const wanted: readonly (readonly Mark["kind"][])[] = [
    ["link", "strong", "code"],
    ["link", "code"],
    ["link"],
    ["strong"],
  ];
  for (const kinds of wanted) {
    const some = marks.filter(({ kind }) => kinds.includes(kind));
    const line = some.length > 0 ? markedLine(text, some, plain) : undefined;
    if (line !== undefined) return line;
  }
  return plain;
}

function markedLine(text: string, marks: readonly Mark[], plain: string): string | undefined {
  const marked = richMarkdown({ text, marks });
  const line =
    plain.startsWith("\\") && !marked.startsWith("\\") && marks.every(({ start }) => start > 0)
      ? `\\${marked}`
      : marked;
  // Signs of two marks that touch would be read as one.
  const apart = marks.every((mark, index) => index === 0 || mark.start > (marks[index - 1]?.end ?? 0));
  if (apart && marks.every((mark) => isPlain(text, mark))) return line;
  const [block, ...more] = readMarkdown(line).blocks;
  return more.length === 0 && block?.kind === "prose" && block.text === text ? line : undefined;
}

function tableLines(rows: readonly Passage[]): string {
  const cells = rows.map(({ text, marks = [] }) =>
    cellsOf({ text, marks }).map((cell) => passageMarkdown(cell).replace(/(?<!\\)\|/g, "\\|")),
  );
  const columns = Math.max(...cells.map((row) => row.length));
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: columns }, (_, index) => row[index] ?? "").join(" | ")} |`;
  const [head, ...body] = rows[0]?.kind === "subheading" ? cells : [[], ...cells];
  return [line(head ?? []), line(Array.from({ length: columns }, () => "---")), ...body.map(line)].join("\n");
}

const NUMBER = /^(\d{1,9})\. /;

/** Items whose numbers count on from one to the next, so that a list of them reads back with the same ones. */
function countedItems(items: readonly Passage[]): ReadonlySet<Passage> {
  const counted = new Set<Passage>();
  const before: (number | undefined)[] = [];
  for (const item of items) {
    const depth = item.depth ?? 0;
    before.length = Math.min(before.length, depth + 1);
    const number = Number(NUMBER.exec(item.text)?.[1] ?? Number.NaN);
    const last = before[depth];
    // Within another list only what begins with 1 is a list (CommonMark, 5.2).
    const begins = last === undefined && (depth === 0 || number === 1);
    const counts = Number.isFinite(number) && (begins || number === (last ?? 0) + 1);
    if (counts) counted.add(item);
    before[depth] = counts ? number : Number.NaN;
  }
  return counted;
}

function listLines(items: readonly Passage[]): string {
  const counted = countedItems(items);
  let before = -1;
  return items
    .map((item) => {
      const depth = Math.min(item.depth ?? 0, before + 1);
      before = depth;
      const number = counted.has(item) ? NUMBER.exec(item.text)?.[0] : undefined;
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

/** A section's heading line; `signs`: of its level. */
export const headingLine = ({ heading, id }: Pick<Section, "heading" | "id">, signs = "##"): string =>
  `${signs} ${asMarkdown(heading)} {#${id}}`;

/** The `explainer.md` of an explainer, ready to be edited. What the article does not say is left out. */
export function explainerMarkdown(explainer: Explainer): string {
  const front = {
    title: explainer.title,
    language: explainer.language,
    time_zone: explainer.timeZone,
    source: {
      title: explainer.source.title,
      ...(explainer.source.author === undefined ? {} : { author: explainer.source.author }),
      ...(explainer.source.publisher === undefined ? {} : { publisher: explainer.source.publisher }),
      ...(explainer.source.url === undefined ? {} : { url: explainer.source.url }),
    },
    ...(explainer.asOf === "" ? {} : { as_of: explainer.asOf }),
    ...(explainer.titleSection === undefined ? {} : { title_section: explainer.titleSection }),
    ...(explainer.correction?.wording === undefined ? {} : { correction: explainer.correction.wording }),
    ...(explainer.correction?.minor === true ? { minor: true } : {}),
    ...(explainer.summary === undefined ? {} : { summary: explainer.summary }),
  };
  const sections = explainer.sections.map(
    (section) => `${headingLine(section)}\n\n${blockTexts(section.passages).join("\n\n")}\n`,
  );
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${sections.join("\n")}`;
}
