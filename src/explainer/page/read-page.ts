// A web page to the article in it: what its sections are, what it says of itself, and what was left out.
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { micromark } from "micromark";
import { clean, NEVER } from "./clean.js";
import { folded, inCommon, wordsOf, type Found } from "./found.js";
import { countInside } from "./inside.js";
import { linearise, type LineariseOptions } from "./linearise.js";
import type { AskedData } from "./data.js";
import { metadataOf, type Metadata } from "./metadata.js";
import { structure, type Structured } from "./structure.js";

export interface Page extends Structured {
  readonly metadata: Metadata;
}

/** What has no body gets one: what stands in none is lost. */
function withBody(html: string): string {
  const head = /<\/head\s*>/i.exec(html) ?? /<html\b[^<>]*>/i.exec(html);
  if (!head) return `<html><body>${html}</body></html>`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}<body>${html.slice(at)}</body>`;
}

function documentOf(html: string): Document {
  const whole = /<body\b/i.test(html) ? html : withBody(html);
  const { document } = parseHTML(whole);
  return document;
}

/** The smallest element that holds all of them, or nearly all where one stands far from the others. */
function around(elements: readonly Element[], body: Element): Element {
  const inside = countInside(elements);
  const smallest = (share: number): Element => {
    let found = body;
    for (;;) {
      const inner = [...found.children].find((child) => (inside.get(child) ?? 0) >= elements.length * share);
      if (!inner) return found;
      found = inner;
    }
  };
  const all = smallest(1);
  const most = elements.length >= 5 ? smallest(0.8) : all;
  return most.textContent.length < all.textContent.length * 0.5 ? most : all;
}

/** The element that the questions stand in, with the last one's answer. */
function questionRoot(elements: readonly Element[], body: Element): Element {
  let root = around(elements, body);
  const last = elements.findLast((each) => root.contains(each));
  const after = (): number => {
    const text = root.textContent;
    const heading = (last?.textContent ?? "").trim();
    return text.length - (text.lastIndexOf(heading) + heading.length);
  };
  while (root !== body && root.parentElement && (root === last || after() < 3)) root = root.parentElement;
  return root;
}

/** How much of the words of one is in the other, 0–1, by count. */
const shared = (of: readonly string[], inside: readonly string[]): number =>
  inCommon(of, inside) / Math.max(1, of.length);

const textOf = (found: readonly { readonly text: string }[]): string => found.map(({ text }) => text).join("\n");

/** What a page of running text holds: by the readability library, and where that chose wrongly, by what the page says of itself. */
function articleIn(html: string, document: Document, options: LineariseOptions, body: string | undefined): Found[] {
  const read = (element: Element): Found[] => linearise(element, options);
  const marked = [...document.querySelectorAll('[itemprop="articleBody"], article, main, [role=main]')];
  const sizes = new Map(marked.map((element) => [element, element.textContent.length]));
  const largest = marked.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))[0];
  const itself = document.querySelector('[itemprop="articleBody"]');
  const own = itself ?? largest ?? document.body;
  // Of a book nobody has to find the text, and finding it takes long.
  const all = document.body.textContent.length;
  if (all > BOOK && own.textContent.length > all * MOSTLY) return read(own);
  const found = new Readability<Element>(documentOf(html), {
    charThreshold: 250,
    serializer: (element) => element as Element,
  }).parse()?.content;
  if (found) clean(found, []);
  const kept = found ? read(found) : undefined;
  const first = kept ?? read(own);
  // Some pages have no more than the beginning there.
  if (body !== undefined && wordsOf(body).length > Math.max(80, wordsOf(textOf(first)).length * 0.5)) {
    const true_ = wordsOf(body);
    const fit = (found: Found[]): number => {
      const words = wordsOf(textOf(found));
      const [recall, precision] = [shared(true_, words), shared(words, true_)];
      return (2 * recall * precision) / Math.max(1e-9, recall + precision);
    };
    const elements = [...new Set([itself, largest, document.body])].filter((each) => each != null);
    const best = [first, ...elements.map(read)].sort((a, b) => fit(b) - fit(a))[0] ?? first;
    return fit(best) > 0.5 ? best : body.split(/\n+/).map((text) => ({ kind: "prose" as const, text }));
  }
  const size = (found: Found[]): number => wordsOf(textOf(found.filter(({ kind }) => kind === "prose"))).length;
  const words = size(first);
  // What the page itself marks as its article, where far more of it stands there.
  if (words >= 60 && words >= wordsOf(own.textContent).length * TOO_LITTLE) return first;
  const other = kept ? read(own) : read(document.body);
  return words < 60 || words < size(other) * TOO_LITTLE ? other : first;
}

/** Characters of text. */
const BOOK = 500_000;
const MOSTLY = 0.7;

/** Share of the words in what a page marks as its article under which the article was not found. */
const TOO_LITTLE = 0.35;

/** The page's own questions go before the data's where they are this share of as many: data is forgotten when a page is edited. */
const AS_MANY = 0.8;

/** Whether the questions with their answers are what the page holds, so that no article stands beside them. */
const isNearlyAll = ({ blocks }: Structured, body: Element): boolean =>
  blocks.filter(({ kind, depth }) => kind === "heading" && depth === 2).length >= 3 &&
  wordsOf(textOf(blocks)).length > wordsOf(body.textContent).length * 0.8;

/** Whether few questions are the page's article, and no box beside it. */
function isMost(inside: Structured, running: readonly Found[]): boolean {
  const count = inside.blocks.filter(({ kind, depth }) => kind === "heading" && depth === 2).length;
  const words = wordsOf(textOf(inside.blocks));
  const article = wordsOf(textOf(running.filter(({ linked }) => linked !== true)));
  if (article.length <= words.length) return true;
  const enough = count >= 8 ? 0.4 : count >= 5 ? 0.6 : count >= 3 ? 0.7 : 0.8;
  return words.length > count * 4 && shared(article, words) > enough;
}

/** Reads what is all article: Markdown that became HTML. Throws a `RangeError` for one that nests beyond measure. */
export function readMarked(html: string): Page {
  const document = documentOf(html);
  const metadata = metadataOf(document);
  withoutWhatIsNoText(document.body);
  return { ...structure(linearise(document.body, { asked: new Set() }), metadata.title), metadata };
}

function withoutWhatIsNoText(body: Element): Element {
  for (const element of [...body.querySelectorAll(NEVER)]) element.remove();
  return body;
}

const MARKUP = /<\/?[a-z][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6});/i;

/** An answer as HTML: what is none is read as Markdown, of which plain text is a part. */
const answerHtml = (answer: string): string => (MARKUP.test(answer) ? answer : micromark(answer));

function answerBody(answer: string): Element {
  return withoutWhatIsNoText(documentOf(answerHtml(answer)).body);
}

/** Reads questions that came as data. `base`: address that links start from. */
export function readAsked({ asked, metadata }: AskedData, base = metadata.canonical): Page {
  const found = asked.flatMap(({ question, answer }): Found[] => [
    {
      kind: "heading",
      text: question
        .replace(/<[^<>]*>/g, "")
        .replace(/\s+/g, " ")
        .trim(),
      depth: 2,
      marked: true,
    },
    ...linearise(answerBody(answer), { asked: new Set(), base }),
  ]);
  return { ...structure(found, undefined), metadata };
}

/** Reads a page. Throws a `RangeError` for one that nests beyond measure. */
export function readPage(html: string, address?: string): Page {
  const document = documentOf(html);
  const metadata = metadataOf(document);
  const own = document.querySelector("base[href]")?.getAttribute("href") ?? "";
  const page = address ?? metadata.canonical;
  const base = URL.canParse(own, page) ? new URL(own, page).href : page;
  const names = metadata.asked.map(({ question }) => question);
  const asked = new Set(names.map(folded));
  // Before its body is asked for: what stands beside it, such as a script, would be taken for one.
  for (const element of [...document.querySelectorAll(NEVER)]) element.remove();
  clean(document.body, names);
  const { title } = metadata;
  let running: Found[] | undefined;
  /** Finding it reads the page a second time. */
  const article = (): Found[] => (running ??= articleIn(html, document, { asked, base }, metadata.body));
  const whole = structure(linearise(document.body, { asked, base }), title);
  if (whole.questions && whole.at.length > 0) {
    const root = questionRoot(whole.at, document.body);
    const inside = root === document.body ? whole : structure(linearise(root, { asked, base }), title);
    const shown = new Set(inside.blocks.map(({ text }) => folded(text)));
    const missing = metadata.asked.filter(({ question }) => !shown.has(folded(question)));
    const most = (): boolean => isNearlyAll(inside, document.body) || isMost(inside, article());
    // Data for search engines names some of the questions, often the first ones alone.
    const known = metadata.asked.length;
    const shows = missing.length * 2 <= known || inside.at.length >= Math.max(3, known * AS_MANY);
    if (shows && (metadata.asked.length > 1 || most())) return { ...inside, metadata };
  }
  // Shown by a script only: the page's data has them.
  if (metadata.asked.length > 0) return readAsked({ asked: metadata.asked, metadata }, base);
  const read = structure(article(), title, whole.questions);
  // A few questions in an article of running text are its headings.
  const covers = wordsOf(textOf(read.blocks)).length / Math.max(1, wordsOf(textOf(article())).length);
  return { ...(read.questions && covers < 0.6 ? structure(article(), title, true) : read), metadata };
}
