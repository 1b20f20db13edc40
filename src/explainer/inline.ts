// Words with what is set in them: links, bold, code. As marks beside plain text where it is read and searched, and within a line
// where it is shown.

export interface Mark {
  readonly kind: "strong" | "code" | "link";
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** Of a link: where it leads, `http(s)` only. */
  readonly href?: string;
}

export interface Rich {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A piece of a line that is shown in one way. */
export interface Span {
  readonly text: string;
  readonly strong: boolean;
  readonly code: boolean;
  readonly href: string | undefined;
}

/** Longer addresses fit no message. */
const LONGEST_HREF = 512;

/** An address that readers may be led to; undefined for any other. `base` makes a relative one whole. */
export function linkTarget(href: string, base?: string): string | undefined {
  const url = URL.canParse(href, base) ? new URL(href, base) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  const { href: whole } = url;
  // Some take what stands behind a backslash for plain.
  return whole.length <= LONGEST_HREF ? whole.replaceAll("\\", "%5C") : undefined;
}

export const plainRich = (text: string): Rich => ({ text, marks: [] });

export function sliceRich({ text, marks }: Rich, start: number, end = text.length): Rich {
  return {
    text: text.slice(start, end),
    marks: marks.flatMap((mark) => {
      const [from, to] = [Math.max(mark.start, start) - start, Math.min(mark.end, end) - start];
      return from < to ? [{ ...mark, start: from, end: to }] : [];
    }),
  };
}

/** The end of it that reads `tail`; without marks where it ends otherwise. */
export function tailOf(rich: Rich, tail: string): Rich {
  const end = rich.text.trimEnd().length;
  const start = end - tail.length;
  return rich.text.slice(start, end) === tail ? sliceRich(rich, start, end) : plainRich(tail);
}

export function joinRich(parts: readonly Rich[], between = ""): Rich {
  let text = "";
  const marks: Mark[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += between;
    marks.push(
      ...part.marks.map((mark) => ({ ...mark, start: mark.start + text.length, end: mark.end + text.length })),
    );
    text += part.text;
  }
  return { text, marks: merged(marks) };
}

/** Marks of one kind that meet are one. */
function merged(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  const last = new Map<string, number>();
  for (const mark of marks) {
    const key = `${mark.kind} ${mark.href ?? ""}`;
    const at = last.get(key);
    const before = at === undefined ? undefined : kept[at];
    if (at !== undefined && before && before.end === mark.start) kept[at] = { ...before, end: mark.end };
    else {
      last.set(key, kept.length);
      kept.push(mark);
    }
  }
  return kept;
}

/** Text made anew letter by letter; `keep` gives what stands for the letter at `index`. Marks follow. */
function mapRich({ text, marks }: Rich, keep: (letter: string, made: string) => string): Rich {
  const at: number[] = [];
  let made = "";
  for (let index = 0; index < text.length; index++) {
    at.push(made.length);
    made += keep(text[index] ?? "", made);
  }
  at.push(made.length);
  const end = made.trimEnd().length;
  const lead = made.length - made.trimStart().length;
  return sliceRich(
    {
      text: made,
      marks: marks.flatMap((mark) => {
        const [from, to] = [at[mark.start] ?? 0, at[mark.end] ?? made.length];
        return from < to ? [{ ...mark, start: from, end: to }] : [];
      }),
    },
    Math.min(lead, end),
    end,
  );
}

/** White space squeezed to single spaces. `lines`: but for line breaks, of which two at most stand together. */
export function squeezeRich(rich: Rich, lines = false): Rich {
  if (!/\s/.test(rich.text)) return rich;
  const squeezed = mapRich(rich, (letter, made) => {
    if (!/\s/.test(letter)) return letter;
    const last = made.at(-1) ?? "\n";
    if (lines && letter === "\n") return made.endsWith("\n\n") ? "" : "\n";
    return /\s/.test(last) ? "" : " ";
  });
  if (!lines || !squeezed.text.includes(" \n")) return squeezed;
  // A space before a break is one too many, and was not known to be.
  let at = 0;
  const parts = squeezed.text.split("\n").map((line) => {
    const start = at;
    at += line.length + 1;
    return sliceRich(squeezed, start, start + line.trimEnd().length);
  });
  return joinRich(parts, "\n");
}

/** Between the cells of a row. */
const CELL = " · ";

/** A row's cells. */
export function cellsOf(row: Rich): Rich[] {
  let at = 0;
  return row.text.split(CELL).map((cell) => {
    const start = at;
    at += cell.length + CELL.length;
    return sliceRich(row, start, start + cell.length);
  });
}

// Within a line marks are noncharacters, which no text may hold (The Unicode Standard, 23.7); an address is written in figures and
// letters, so that nothing takes its punctuation for a sentence's end.
const OPEN = { strong: "\ufdd0", code: "\ufdd1", link: "\ufdd2" } as const;
const CLOSE = { strong: "\ufdd4", code: "\ufdd5", link: "\ufdd6" } as const;
const HREF_END = "\ufdd3";
const SIGNS = /[\ufdd0-\ufdef]/g;
const PIECE = /\ufdd2([0-9a-f]*)(?:\ufdd3|$)|[\ufdd0-\ufdef]|[^\ufdd0-\ufdef]+/g;

/** Text with its marks, as a line that is shown. */
export function writeInline({
  text,
  marks = [],
}: {
  readonly text: string;
  readonly marks?: readonly Mark[] | undefined;
}): string {
  if (marks.length === 0) return text.replace(SIGNS, "");
  const inner = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const edges = [...new Set(inner.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  let line = "";
  let from = 0;
  for (const edge of edges) {
    line += text.slice(from, edge).replace(SIGNS, "");
    from = edge;
    for (const { kind, end } of inner.toReversed()) if (end === edge) line += CLOSE[kind];
    for (const { kind, start, href } of inner)
      if (start === edge)
        line += OPEN[kind] + (kind === "link" ? Buffer.from(href ?? "").toString("hex") + HREF_END : "");
  }
  return line + text.slice(from).replace(SIGNS, "");
}

/** The pieces of a line; a mark that is cut off ends with the line, and one whose beginning is gone is none. A link is one piece. */
export function readInline(line: string): Span[] {
  const spans: Span[] = [];
  let [strong, code] = [false, false];
  let href: string | undefined;
  let open = false;
  for (const [piece, address] of line.matchAll(PIECE)) {
    if (address !== undefined) {
      href = linkTarget(Buffer.from(address, "hex").toString());
      open = false;
    } else if (piece === OPEN.strong || piece === CLOSE.strong) strong = piece === OPEN.strong;
    else if (piece === OPEN.code || piece === CLOSE.code) code = piece === OPEN.code;
    else if (piece === CLOSE.link) href = undefined;
    else if (piece.replace(SIGNS, "") !== "") {
      const before = href !== undefined && open ? spans.pop() : undefined;
      spans.push({
        text: (before?.text ?? "") + piece,
        strong: strong && before?.strong !== false,
        code: code && before?.code !== false,
        href,
      });
      open = href !== undefined;
    }
  }
  return spans;
}

/** An item as a line: a tab for each list that its own stands in. */
export const writeItem = (depth: number, line: string): string => "\t".repeat(depth) + line;

export function readItem(line: string): { readonly depth: number; readonly line: string; readonly numbered: boolean } {
  const text = line.replace(/^\t+/, "");
  return { depth: line.length - text.length, line: text, numbered: /^\d+\. /.test(text) };
}

/** A line's words alone. */
export const plainInline = (line: string): string =>
  readInline(line)
    .map(({ text }) => text)
    .join("");
