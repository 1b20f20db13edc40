// A part of a page as a run of what stands in it: headings, paragraphs, list items, rows, captions.
import { joinRich, plainRich, sliceRich, squeezeRich, tailOf, type Mark, type Rich } from "../inline.js";
import { isFurniture } from "./clean.js";
import { bareAnswer, folded, isQuestion, type Found } from "./found.js";
import { BLOCK, isToggle, panelsIn, plain, saysItOpens } from "./opens.js";
import { atBoldQuestions, isBold, leadIn, PLAIN, richOfRuns, styleOf, type Run, type Style } from "./runs.js";

/** Elements inside each other, at most; a page that nests more deeply is broken, or meant to break us. */
const DEEPEST = 500;
const QUESTION_NAME =
  /(?:^|[\s_-])(?:question|faq-?q|faq-?title|accordion-?(?:header|heading|title|button|toggle|trigger|label)|toggle-?(?:title|header)|collaps\w*-?(?:header|title|trigger))(?:$|[\s_-])/i;
const LONGEST_QUESTION = 300;
/** Share of a paragraph's letters from which it is a link. */
const LINKED = 0.85;
/** Level of a term that is no question: under whatever stands above it. */
const TERM = 9;
/** Share of terms, or of elements of one name, from which all are questions. */
const ASKING = 0.3;
const HALF = 0.5;
const MOSTLY = 0.6;
/** Level of what opens a section without being a heading. */
const LOOSE = 7;

export interface LineariseOptions {
  /** Questions that the page's own data names, folded. */
  readonly asked: ReadonlySet<string>;
  /** Address that the page's links start from. */
  readonly base?: string | undefined;
}

const withMarks = ({ text, marks }: Rich): { text: string; marks?: readonly Mark[] } =>
  marks.length > 0 ? { text, marks } : { text };

/** Throws a `RangeError` for a page that nests beyond measure. */
export function linearise(root: Element, { asked, base }: LineariseOptions): Found[] {
  const found: Found[] = [];
  let runs: Run[] = [];
  let groups = 0;
  /** The element that words belong to now. */
  let standing: Element = root;

  /** What `runs` hold, as lines: a line break ends one. */
  function flush(): void {
    const pending = runs;
    runs = [];
    const rich = squeezeRich(richOfRuns(pending), true);
    const { text } = rich;
    if (text === "" || isFurniture(text)) return;
    const letters = (of: readonly Run[]): number => of.reduce((sum, run) => sum + run.text.trim().length, 0);
    const linked = letters(pending.filter((run) => run.linked)) >= letters(pending) * LINKED;
    let at = 0;
    for (const part of text.split("\n\n")) {
      for (const words of atBoldQuestions(sliceRich(rich, at, at + part.length))) {
        const lead = leadIn(words);
        found.push({
          kind: "prose",
          ...withMarks(words),
          ...(lead === "" ? {} : { lead }),
          ...(linked ? { linked } : {}),
          at: standing,
        });
      }
      at += part.length + 2;
    }
  }

  /** The same, with what is set in it. */
  const richIn = (element: Element): Rich => {
    const text = plain(element);
    const rich = squeezeRich(richOfRuns(runsIn(element, PLAIN)));
    return rich.text === text ? rich : plainRich(text);
  };
  function runsIn(node: Node, style: Style): Run[] {
    return [...node.childNodes].flatMap((child): Run[] => {
      if (child.nodeType === 3) return [{ text: child.textContent ?? "", ...style }];
      return child.nodeType === 1 ? runsIn(child, styleOf(child as Element, style, base)) : [];
    });
  }
  const heads = (text: string): boolean => asked.has(folded(text));

  const questionBlocks = new Set<Element>();
  const beginsBold = (item: Element): boolean => {
    const first = item.querySelector("b, strong");
    return first !== null && plain(item).startsWith(plain(first));
  };
  const asks = (item: Element): boolean =>
    asksInBold(item) || (item.firstElementChild?.tagName === "P" && isQuestion(plain(item.firstElementChild)));
  /** Whether an item begins with a question in bold, or on a button. */
  const asksInBold = (item: Element): boolean =>
    [...item.querySelectorAll("b, strong, button, [style]")].some((element) => {
      if (element.tagName !== "BUTTON" && isBold(element) !== true) return false;
      const text = plain(element);
      return isQuestion(text) && plain(item).startsWith(text);
    });

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
      const rich = joinRich(cells.map(richIn), " · ");
      const { text } = rich;
      const head = index === 0 && cells.length > 1 && cells.every(({ tagName }) => tagName === "TH");
      if (text.replace(/[·\s]/g, "") !== "")
        found.push({ kind: head ? "subheading" : "row", ...withMarks(rich), group });
    }
  }

  /** Lists that are open. */
  let nesting = -1;

  function list(element: Element, depth: number): void {
    const group = ++groups;
    nesting++;
    items(element, depth, group);
    nesting--;
  }

  function items(element: Element, depth: number, group: number): void {
    const ordered = element.tagName === "OL";
    let number = Number(element.getAttribute("start") ?? 1) || 1;
    const all = [...element.children].filter(({ tagName }) => tagName === "LI");
    const asking = all.filter(asks).length;
    const listAsks = asking >= 2 && asking >= all.length * HALF;
    // In a list of questions the first paragraph of each item is one, with its answer behind it.
    for (const { firstElementChild: first } of all)
      if (first?.tagName === "P" && first.nextElementSibling && (listAsks || isQuestion(plain(first))))
        questionBlocks.add(first);
    for (const item of [...element.children]) {
      if (item.tagName !== "LI") {
        block(item, depth + 1);
        continue;
      }
      const inner = item.querySelector("h1, h2, h3, h4, h5, h6, dl, details, p + p, table, [itemprop=name]");
      const mark = ordered ? `${number++}. ` : "";
      if (inner || isQuestion(plain(item).slice(0, LONGEST_QUESTION)) || asks(item) || (listAsks && beginsBold(item))) {
        // Its parts are blocks of their own: a question with its answer.
        walk(item, depth + 1);
        flush();
        continue;
      }
      const before = found.length;
      walk(item, depth + 1);
      flush();
      const made = found.splice(before);
      const words = made
        .filter(({ kind }) => kind === "prose")
        .map(({ text, marks = [] }) => squeezeRich({ text, marks }));
      const rest = made.filter(({ kind }) => kind !== "prose");
      const linked = made.length > 0 && made.every((each) => each.linked === true);
      if (words.length > 0)
        found.push({
          kind: "item",
          ...withMarks(joinRich([plainRich(mark), joinRich(words, " ")])),
          group,
          nesting,
          ...(linked ? { linked } : {}),
        });
      found.push(...rest.map((each) => (each.kind === "item" ? { ...each, group } : each)));
    }
  }

  const panels = panelsIn(root);
  const insidePanel = (element: Element): boolean => {
    for (let around = element.parentElement; around && around !== root; around = around.parentElement)
      if (panels.has(around)) return true;
    return false;
  };
  const head = (text: string, at: Element, depth: number, marked: boolean): void => {
    if (text === "" || isFurniture(text)) return;
    const inner = /^H[1-6]$/.test(at.tagName) && panels.size > 1 && at.closest("summary") === null && insidePanel(at);
    found.push({
      kind: "heading",
      text,
      depth: inner ? TERM : depth,
      at,
      ...(inner ? { inner } : marked ? { marked } : {}),
    });
  };
  const namesAsk = new Map<string, boolean>();
  /** Whether most elements of the same kind and name are questions: then so is one that reads otherwise. */
  function peersAsk({ tagName, className }: Element): boolean {
    const key = `${tagName} ${className}`;
    const known = namesAsk.get(key);
    if (known !== undefined) return known;
    const peers = [...root.getElementsByTagName(tagName)].filter((each) => each.className === className).map(plain);
    const asks = peers.filter(isQuestion).length;
    namesAsk.set(key, asks >= 3 && asks >= peers.length * MOSTLY);
    return namesAsk.get(key) ?? false;
  }
  /** Whether a block's name, its place in the page's data or its words make it a question. */
  function isTitle(element: Element, text: string): boolean {
    if (text === "" || text.length > LONGEST_QUESTION) return false;
    if (element.querySelector("p, ul, ol, table, h1, h2, h3, h4, h5, h6") !== null) return false;
    const parent = element.parentElement?.closest('[itemtype$="/Question"]') ?? null;
    if (element.getAttribute("itemprop") === "name" && parent !== null) return true;
    return (
      heads(text) ||
      (QUESTION_NAME.test(element.getAttribute("class") ?? "") && (isQuestion(text) || peersAsk(element)))
    );
  }
  const shareAsking = (terms: readonly Element[]): number =>
    terms.map(plain).filter((term) => isQuestion(term) || heads(term)).length / Math.max(1, terms.length);
  const termsAsk = new Map<Element, boolean>();
  let outerAsk: boolean | undefined;
  /** Whether a definition list is one of questions: some of its terms are, or of all lists' that stand in no other. */
  function asksIn(list: Element | null): boolean {
    if (!list) return true;
    const known = termsAsk.get(list);
    if (known !== undefined) return known;
    const nested = list.closest("dd") !== null;
    outerAsk ??= shareAsking([...root.querySelectorAll("dt")].filter((term) => term.closest("dd") === null)) >= ASKING;
    const asks = (!nested && outerAsk) || shareAsking([...list.querySelectorAll("dt")]) >= ASKING;
    termsAsk.set(list, asks);
    return asks;
  }

  /** What is told whole; false for a block that has to be walked through. */
  function whole(element: Element, depth: number): boolean {
    const { tagName } = element;
    const text = plain(element);
    const level = /^H([1-6])$/.exec(tagName)?.[1] ?? (tagName === "LEGEND" ? 4 : undefined);
    if (level !== undefined) head(text, element, Number(level), heads(text));
    else if (tagName === "DT") {
      const listed = asksIn(element.closest("dl"));
      head(text, element, listed ? LOOSE : TERM, listed);
    } else if (tagName === "SUMMARY" || questionBlocks.has(element) || isTitle(element, text))
      head(text, element, LOOSE, true);
    else if (tagName === "TABLE") table(element);
    else if (tagName === "UL" || tagName === "OL" || tagName === "MENU") list(element, depth);
    else if (tagName === "FIGCAPTION" && text !== "") found.push({ kind: "caption", text });
    else if (tagName === "PRE" && text !== "")
      found.push({ kind: "prose", text: element.textContent.replace(/^\n/, "").trimEnd() });
    else return false;
    return true;
  }

  function block(element: Element, depth: number, style: Style = PLAIN): void {
    if (depth > DEEPEST) throw new RangeError(`it nests elements more than ${DEEPEST} deep`);
    flush();
    standing = element;
    if (whole(element, depth)) return;
    walk(element, depth + 1, styleOf(element, { ...style, linked: false, href: undefined }, base));
    flush();
  }

  function walk(node: Node, depth: number, style: Style = PLAIN): void {
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
      } else if (
        isToggle(element) &&
        (peersAsk(element) || (element.tagName === "A" && saysItOpens(element) && isQuestion(plain(element))))
      ) {
        flush();
        head(plain(element), element, LOOSE, true);
      } else if (BLOCK.has(tagName)) block(element, depth + 1, style);
      else if (element.getAttribute("itemprop") === "name" && element.closest('[itemtype$="/Question"]') !== null)
        block(element, depth + 1);
      else walk(element, depth + 1, styleOf(element, style, base));
    }
  }

  walk(root, 0);
  flush();
  return found.map((each) => {
    if (each.kind !== "prose") return each;
    // "Answer" in bold before one is no part of it.
    const labelled = each.lead !== undefined && /^answer$/i.test(each.lead) && each.text.length > each.lead.length;
    const text = labelled ? each.text.slice(each.lead.length).trimStart() : bareAnswer(each.text);
    const { lead, ...rest } = each;
    return {
      ...rest,
      ...(lead === undefined || labelled ? {} : { lead }),
      ...withMarks(tailOf({ text: each.text, marks: each.marks ?? [] }, text)),
    };
  });
}
