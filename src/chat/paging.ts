// Long text in pages that a platform takes. Breaks between paragraphs, else between sentences, else between words; a page
// never ends inside a word unless the word alone is longer than a page.
import { sentenceSpans, splitSentences } from "../explainer/sentences.js";

export interface PageOptions {
  /** The most that a page holds, as `measure` counts it. */
  readonly budget: number;
  readonly language: string;
  /** Length of a text on the platform, once escaped; its UTF-16 units where nothing else is said. */
  readonly measure?: (text: string) => number;
}

const BETWEEN_PARAGRAPHS = 2;

/** Pieces of at most the budget, whole sentences where they fit. */
export function splitText(text: string, { budget, language, measure = (each) => each.length }: PageOptions): string[] {
  if (measure(text) <= budget) return text === "" ? [] : [text];
  const pieces: string[] = [];
  let piece = "";
  const add = (next: string, between: string): void => {
    const joined = piece === "" ? next : piece + between + next;
    if (measure(joined) <= budget) {
      piece = joined;
      return;
    }
    if (piece !== "") pieces.push(piece);
    piece = next;
  };
  for (const sentence of splitSentences(text, language)) {
    if (measure(sentence) <= budget) {
      add(sentence, " ");
      continue;
    }
    for (const word of sentence.split(/\s+/u)) {
      let rest = Array.from(word);
      while (measure(rest.join("")) > budget) {
        let taken = Math.min(rest.length - 1, budget);
        while (taken > 1 && measure(rest.slice(0, taken).join("")) > budget) taken = Math.floor(taken * 0.8);
        add(rest.slice(0, taken).join(""), " ");
        rest = rest.slice(taken);
      }
      add(rest.join(""), " ");
    }
  }
  if (piece !== "") pieces.push(piece);
  return pieces;
}

/** The sentences of `text` that fit into `room`, and the rest. */
function takeFitting(
  text: string,
  room: number,
  { language, measure = (each) => each.length }: PageOptions,
): [string, string] {
  let head = "";
  let at = 0;
  for (const { end } of sentenceSpans(text, language)) {
    const next = text.slice(0, end);
    if (measure(next) > room) break;
    head = next;
    at = end;
  }
  return [head, text.slice(at).trimStart()];
}

/** Paragraphs on pages, in order; nothing is left out. No paragraphs give one empty page. */
export function paginate(paragraphs: readonly string[], options: PageOptions): string[][] {
  const { budget, measure = (each: string) => each.length } = options;
  const pages: string[][] = [];
  let page: string[] = [];
  let used = 0;
  const turn = (): void => {
    if (page.length > 0) pages.push(page);
    page = [];
    used = 0;
  };
  const put = (piece: string): void => {
    if (page.length > 0 && used + measure(piece) + BETWEEN_PARAGRAPHS > budget) turn();
    page.push(piece);
    used += measure(piece) + BETWEEN_PARAGRAPHS;
  };
  for (const paragraph of paragraphs) {
    const room = budget - used - BETWEEN_PARAGRAPHS;
    const fits = measure(paragraph) <= (page.length > 0 ? room : budget);
    // A list is kept whole if a page can hold it; prose fills the page up.
    if (fits || (paragraph.includes("\n") && measure(paragraph) <= budget)) {
      if (paragraph !== "") put(paragraph);
      continue;
    }
    const [head, tail] = page.length > 0 ? takeFitting(paragraph, room, options) : ["", paragraph];
    if (head !== "") put(head);
    for (const piece of splitText(tail, options)) put(piece);
  }
  turn();
  return pages.length > 0 ? pages : [[]];
}
