// Text to sparse lexical features: stems, pairs of stems, and character 3- and 4-grams, each group
// weighed by inverse document frequency and scaled to unit length. Knows no sections.
import { words } from "./normalise.js";

/** A sparse vector: `values[i]` stands at column `columns[i]`; columns are distinct. */
export interface SparseVector {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** A term of the vocabulary with its weight; its column is its place in the list. */
export type WeightedTerm = readonly [term: string, weight: number];

export interface LexicalFeatures {
  readonly size: number;
  readonly terms: readonly WeightedTerm[];
  vector(text: string): SparseVector;
  /** Inverse document frequency of a stem, or undefined where no training text has it. */
  stemWeight(stem: string): number | undefined;
}

type Group = "stems" | "pairs" | "grams";
const GROUP_WEIGHT: Record<Group, number> = { stems: 1, pairs: 0.6, grams: 0.9 };
const MAX_WORDS = 80;

function collect(text: string, stem: (word: string) => string): Record<Group, string[]> {
  const plain = words(text).slice(0, MAX_WORDS);
  const stems = plain.map(stem);
  const pairs = stems.slice(1).map((second, index) => `${stems[index] ?? ""} ${second}`);
  const grams: string[] = [];
  for (const word of plain) {
    const bounded = `^${word.slice(0, 30)}$`;
    for (const length of [3, 4]) {
      for (let start = 0; start + length <= bounded.length; start++) grams.push(bounded.slice(start, start + length));
    }
  }
  return { stems, pairs, grams };
}

const GROUPS: readonly Group[] = ["stems", "pairs", "grams"];
const key = (group: Group, term: string): string => `${group.charAt(0)}:${term}`;

/**
 * Learns the vocabulary of `texts`. A pair or character run of fewer than two texts is left out.
 * Weights are ln((1 + texts) / (1 + texts with the term)) + 1, as in scikit-learn's smoothed idf.
 */
export function learnTerms(texts: readonly string[], stem: (word: string) => string): WeightedTerm[] {
  const frequency = new Map<string, number>();
  for (const text of texts) {
    const groups = collect(text, stem);
    const seen = new Set<string>();
    for (const group of GROUPS) for (const term of groups[group]) seen.add(key(group, term));
    for (const term of seen) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return [...frequency]
    .filter(([term, count]) => count >= 2 || term.startsWith("s:"))
    .map(([term, count]) => [term, Math.log((1 + texts.length) / (1 + count)) + 1]);
}

/** Gives vectors over a vocabulary that {@link learnTerms} made. */
export function createLexicalFeatures(terms: readonly WeightedTerm[], stem: (word: string) => string): LexicalFeatures {
  const column = new Map(terms.map(([term], index) => [term, index]));

  function vector(text: string): SparseVector {
    const groups = collect(text, stem);
    const columns: number[] = [];
    const values: number[] = [];
    for (const group of GROUPS) {
      const counts = new Map<number, number>();
      for (const term of groups[group]) {
        const at = column.get(key(group, term));
        if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      let norm = 0;
      const start = columns.length;
      for (const [at, count] of counts) {
        const value = (1 + Math.log(count)) * (terms[at]?.[1] ?? 0);
        norm += value * value;
        columns.push(at);
        values.push(value);
      }
      const scale = norm > 0 ? GROUP_WEIGHT[group] / Math.sqrt(norm) : 0;
      for (let index = start; index < values.length; index++) values[index] = (values[index] ?? 0) * scale;
    }
    return { columns: Int32Array.from(columns), values: Float32Array.from(values) };
  }

  return {
    size: terms.length,
    terms,
    vector,
    stemWeight(stemmed) {
      const at = column.get(key("stems", stemmed));
      return at === undefined ? undefined : terms[at]?.[1];
    },
  };
}

/** How much the encoder's numbers weigh beside the words, whose three groups have length 1, 0.6 and 0.9. */
const ENCODER_WEIGHT = 1.2;

/** The encoder's numbers as a classifier reads them beside words. */
export const besideWords = (vector: Float32Array): Float32Array => vector.map((value) => ENCODER_WEIGHT * value);
