// Words to stems, by language. Only English has a stemmer (Porter's); other languages keep their words.
import { stemmer } from "stemmer";

const LONG_WORD = 40;

/** A function that maps a folded word to its stem in the given BCP 47 language, with its results kept. */
export function createStem(language: string): (word: string) => string {
  if (!/^en\b/i.test(language)) return (word) => word;
  const known = new Map<string, string>();
  return (word) => {
    if (word.length > LONG_WORD) return word;
    let stem = known.get(word);
    if (stem === undefined) {
      stem = stemmer(word);
      if (known.size > 50_000) known.clear();
      known.set(word, stem);
    }
    return stem;
  };
}
