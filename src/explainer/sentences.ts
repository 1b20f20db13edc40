// Prose into sentences, by the runtime's own segmenter (Unicode UAX #29), mended where it splits at an
// abbreviation, an initial or inside a quotation.

const ABBREVIATION =
  /(?:^|[\s("'“‘])(?:Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|Rev|Gen|Col|Lt|Sgt|Capt|Hon|Gov|Sen|Rep|No|vs|etc|e\.g|i\.e|approx|Inc|Ltd|Co|Corp|Dept|Ave|Blvd|Rd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.K|[A-Z](?:\.[A-Z])*)\.\s*$/;

/** Languages that put a dot behind the number of a day or a place (CLDR's `d.` dates). */
const ORDINALS = /^(?:de|da|nb|nn|no|fi|is|fo|et|lv|cs|sk|pl|sl|hr|sr|bs|hu|tr|lb|hsb|dsb)\b/i;
const ORDINAL = /(?:^|[\s(])\d{1,2}\.\s*$/;

function openQuotes(text: string): boolean {
  const curly = (text.match(/“/g)?.length ?? 0) - (text.match(/”/g)?.length ?? 0);
  return curly > 0 || (text.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** Where each sentence of `text` starts and ends (UTF-16 units, trimmed); empty text has none. */
export function sentenceSpans(text: string, language: string): { start: number; end: number }[] {
  const pieces = [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const [index, piece] of pieces.entries()) {
    const end = piece.index + piece.segment.length;
    const soFar = text.slice(start, end);
    const next = pieces[index + 1]?.segment ?? "";
    const goesOn =
      next !== "" &&
      (ABBREVIATION.test(soFar) ||
        (ORDINALS.test(language) && ORDINAL.test(soFar)) ||
        openQuotes(soFar) ||
        /^\s*\p{Ll}/u.test(next));
    if (goesOn && soFar.length < 600) continue;
    const lead = soFar.length - soFar.trimStart().length;
    const body = soFar.trim();
    if (body !== "") spans.push({ start: start + lead, end: start + lead + body.length });
    start = end;
  }
  return spans;
}

/** The sentences of `text`, trimmed, in order. */
export function splitSentences(text: string, language: string): string[] {
  return sentenceSpans(text, language).map(({ start, end }) => text.slice(start, end));
}
