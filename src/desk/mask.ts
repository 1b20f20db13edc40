// What may stand in the editors' queue of a reader's question: its words without what names, reaches or numbers a person.

/** Longer questions are cut: an editor reads them at a glance. */
const LONGEST = 300;

/** Each with what stands in its place. The order matters: an address holds numbers, and a mention may look like one. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  // Mentions as the platforms write them, and as people type them.
  [/<[@#!&][^<>\s]{1,80}>/g, "[somebody]"],
  [/(?:https?:\/\/|www\.)[^\s<>"]+/gi, "[a link]"],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, "[an address]"],
  [/(?<![\w@])@[\p{L}\d_.-]{2,40}/gu, "[somebody]"],
  // Record numbers: letters and digits mixed, such as NHS, insurance and case numbers; then anything of six digits or more, however
  // it is grouped, but for amounts with thousands between commas.
  [/\b(?=[A-Z\d-]{6,24}\b)(?=(?:[A-Z-]{0,20}\d){4})(?=[\d-]{0,20}[A-Z])[A-Z\d-]{6,24}\b/g, "[a number]"],
  [/(?<![\w,.])\+?\(?\d(?:[ .()/-]{0,2}\d){6,18}(?![\w%])/g, "[a number]"],
  // Postal codes of the United Kingdom.
  [/\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/g, "[a place]"],
];

/** Amounts such as 1,250,000, dates, and years such as 2023-2024 are no numbers of a person. */
const HARMLESS =
  /^(?:\d{1,3}(?:[, .]\d{3})+|(?:19|20)\d\d[-/–](?:19|20)?\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)$/;

/** The words as they may be kept and shown to an editor. */
export function mask(words: string): string {
  let masked = words.replace(/\p{Cc}|\p{Cf}/gu, " ");
  for (const [pattern, by] of MASKS) masked = masked.replace(pattern, (found) => (HARMLESS.test(found) ? found : by));
  masked = masked.replace(/\s+/g, " ").trim();
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST - 1).trimEnd()}…`;
}
