// A part of a page as a run of what stands in it: headings, paragraphs, list items, rows, captions.
import { isFurniture } from "./clean.js";
import { bareAnswer, folded, isQuestion, type Found } from "./found.js";

/** Elements inside each other, at most; a page that nests more deeply is broken, or meant to break us. */
const DEEPEST = 500;
const BLOCK = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LEGEND LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY THEAD TFOOT TR TD TH CAPTION UL MENU SEARCH HGROUP".split(
    " ",
  ),
);
const QUESTION_NAME =
  /(?:^|[\s_-])(?:question|faq-?q|faq-?title|accordion-?(?:header|heading|title|button|toggle|trigger|label)|toggle-?(?:title|header)|collaps\w*-?(?:header|title|trigger))(?:$|[\s_-])/i;
const LONGEST_QUESTION = 300;
/** Share of a paragraph's letters from which it is a link. */
const LINKED = 0.85;
/** Level of what opens a section without being a heading. */
const LOOSE = 7;
const PLAIN = { bold: false, linked: false } as const;

interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly linked: boolean;
}

export interface LineariseOptions {
  /** Questions that the page's own data names, folded. */
  readonly asked: ReadonlySet<string>;
}

/** Throws a `RangeError` for a page that nests beyond measure. */
export function linearise(root: Element, { asked }: LineariseOptions): Found[] {
  const found: Found[] = [];
  let runs: Run[] = [];
  let groups = 0;
  /** The element that words belong to now. */
  let standing: Element = root;

  /** What `runs` hold, as lines: a line break ends one. */
  function flush(): void {
    const pending = runs;
    runs = [];
    let bold = "";
    for (const run of pending) {
      if (run.text.trim() === "") bold += bold === "" ? "" : run.text;
      else if (run.bold) bold += run.text;
      else break;
    }
    const squeeze = (text: string): string =>
      text
        .replace(/[^\S\n]+/g, " ")
        .replace(/ ?\n ?/g, "\n")
        .trim();
    const text = squeeze(pending.map((run) => run.text).join("")).replace(/\n{3,}/g, "\n\n");
    if (text === "" || isFurniture(text)) return;
    const lead = squeeze(bold).split("\n", 1)[0] ?? "";
    const letters = (of: readonly Run[]): number => of.reduce((sum, run) => sum + run.text.trim().length, 0);
    const linked = letters(pending.filter((run) => run.linked)) >= letters(pending) * LINKED;
    for (const [index, part] of text.split("\n\n").entries()) {
      const leads = index === 0 && lead !== "" && part.startsWith(lead) ? { lead } : {};
      found.push({
        kind: "prose",
        text: part,
        ...leads,
        ...(linked ? { linked } : {}),
        at: standing,
      });
    }
  }

  const plain = (element: Element): string =>
    element.textContent
      .replace(/\s+/g, " ")
      // Marks that open and shut, and links to the heading itself.
      .replace(/ ?[+−▼▲▾▸►⌄⌃✕×¶#🔗]{1,3}\s?$/u, "")
      .trim();
  const heads = (text: string): boolean => asked.has(folded(text));

  function table(element: Element): void {
    const group = ++groups;
    const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element);
    const cellsOf = (row: Element): Element[] =>
      [...row.children].filter(({ tagName }) => tagName === "TD" || tagName === "TH");
    // A table of one column, or of long texts, is there for the layout.
    const laidOut =
      rows.every((row) => cellsOf(row).length < 2) ||
      element.querySelector("table, h1, h2, h3, h4, dl, details, p + p") !== null;
    if (laidOut) {
      for (const row of rows) for (const cell of cellsOf(row)) block(cell, 1);
      return;
    }
    const caption = element.querySelector("caption");
    if (caption) found.push({ kind: "prose", text: plain(caption) });
    for (const [index, row] of rows.entries()) {
      const cells = cellsOf(row);
      const text = cells.map(plain).join(" · ");
      const head = index === 0 && cells.length > 1 && cells.every(({ tagName }) => tagName === "TH");
      if (text.replace(/[·\s]/g, "") !== "") found.push({ kind: head ? "subheading" : "row", text, group });
    }
  }

  function list(element: Element, depth: number): void {
    const group = ++groups;
    const ordered = element.tagName === "OL";
    let number = Number(element.getAttribute("start") ?? 1) || 1;
    for (const item of [...element.children]) {
      if (item.tagName !== "LI") {
        block(item, depth + 1);
        continue;
      }
      const inner = item.querySelector("h1, h2, h3, h4, h5, h6, dl, details, p + p, table, [itemprop=name]");
      const mark = ordered ? `${number++}. ` : "";
      if (
        inner ||
        isQuestion(plain(item).slice(0, LONGEST_QUESTION)) ||
        [...item.children].some((child) => /^(?:B|STRONG|BUTTON)$/.test(child.tagName) && isQuestion(plain(child)))
      ) {
        // Its parts are blocks of their own: a question with its answer.
        walk(item, depth + 1);
        flush();
        continue;
      }
      const before = found.length;
      walk(item, depth + 1);
      flush();
      const made = found.splice(before);
      const words = made.filter(({ kind }) => kind === "prose").map(({ text }) => text.split(/\n+/).join(" "));
      const rest = made.filter(({ kind }) => kind !== "prose");
      const linked = made.length > 0 && made.every((each) => each.linked === true);
      if (words.length > 0)
        found.push({ kind: "item", text: mark + words.join(" "), group, ...(linked ? { linked } : {}) });
      found.push(...rest.map((each) => (each.kind === "item" ? { ...each, group } : each)));
    }
  }

  const head = (text: string, at: Element, depth: number, marked: boolean): void => {
    if (text !== "" && !isFurniture(text))
      found.push({ kind: "heading", text, depth, at, ...(marked ? { marked } : {}) });
  };
  /** Whether a block's name, its place in the page's data or its words make it a question. */
  function isTitle(element: Element, text: string): boolean {
    if (text === "" || text.length > LONGEST_QUESTION) return false;
    if (element.querySelector("p, ul, ol, table, h1, h2, h3, h4, h5, h6") !== null) return false;
    const parent = element.parentElement?.closest('[itemtype$="/Question"]') ?? null;
    if (element.getAttribute("itemprop") === "name" && parent !== null) return true;
    return heads(text) || (QUESTION_NAME.test(element.getAttribute("class") ?? "") && isQuestion(text));
  }
  /** What is told whole; false for a block that has to be walked through. */
  function whole(element: Element, depth: number): boolean {
    const { tagName } = element;
    const text = plain(element);
    const level = /^H([1-6])$/.exec(tagName)?.[1] ?? (tagName === "LEGEND" ? 4 : undefined);
    if (level !== undefined) head(text, element, Number(level), heads(text));
    else if (tagName === "DT" || tagName === "SUMMARY" || isTitle(element, text)) head(text, element, LOOSE, true);
    else if (tagName === "TABLE") table(element);
    else if (tagName === "UL" || tagName === "OL" || tagName === "MENU") list(element, depth);
    else if (tagName === "FIGCAPTION" && text !== "") found.push({ kind: "caption", text });
    else if (tagName === "PRE" && text !== "")
      found.push({ kind: "prose", text: element.textContent.replace(/^\n/, "").trimEnd() });
    else return false;
    return true;
  }

  function block(element: Element, depth: number): void {
    if (depth > DEEPEST) throw new RangeError(`it nests elements more than ${DEEPEST} deep`);
    flush();
    standing = element;
    if (whole(element, depth)) return;
    walk(element, depth + 1);
    flush();
  }

  function walk(node: Node, depth: number, style: { readonly bold: boolean; readonly linked: boolean } = PLAIN): void {
    if (depth > DEEPEST) throw new RangeError(`it nests elements more than ${DEEPEST} deep`);
    for (const child of [...node.childNodes]) {
      if (child.nodeType === 3) {
        runs.push({ text: (child.textContent ?? "").replace(/\s+/g, " "), ...style });
        continue;
      }
      if (child.nodeType !== 1) continue;
      const element = child as Element;
      const { tagName } = element;
      if (tagName === "BR") runs.push({ text: "\n", ...style });
      else if (
        tagName === "BUTTON" ||
        (element.getAttribute("role") === "button" && element.hasAttribute("aria-expanded"))
      ) {
        flush();
        head(plain(element), element, LOOSE, true);
      } else if (BLOCK.has(tagName)) block(element, depth + 1);
      else if (element.getAttribute("itemprop") === "name" && element.closest('[itemtype$="/Question"]') !== null)
        block(element, depth + 1);
      else
        walk(element, depth + 1, {
          bold:
            style.bold ||
            /^(?:B|STRONG)$/.test(tagName) ||
            /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(element.getAttribute("style") ?? ""),
          linked: style.linked || tagName === "A",
        });
    }
  }

  walk(root, 0);
  flush();
  return found.map((each) => (each.kind === "prose" ? { ...each, text: bareAnswer(each.text) } : each));
}
