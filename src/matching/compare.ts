// Comparing a question with many texts: by terms, and what is the best of a column of measures.
import { toUnit } from "./encoder.js";
import { createLexicalFeatures, learnTerms } from "./features.js";
import { pack, unpack, type PackedVector } from "./vector-store.js";

/** At most `limit` of the items, evenly spread over their order. */
export function spread<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from({ length: limit }, (_, index) => items[Math.floor((index * items.length) / limit)]!);
}

/** The middle of vectors, of unit length; undefined where there are none. */
export function middleOf(vectors: readonly (PackedVector | undefined)[]): PackedVector | undefined {
  const there = vectors.flatMap((vector) => vector ?? []);
  const [first] = there;
  if (!first) return undefined;
  const sum = new Float32Array(first.values.length);
  for (const vector of there) for (const [index, value] of unpack(vector).entries()) sum[index]! += value;
  return pack(toUnit(sum));
}

/** The best and the second of a column, and where the best stands. */
export function topTwo(
  rows: readonly (readonly number[])[],
  column: number,
): { first: number; second: number; where: number } {
  let first = 0;
  let second = 0;
  let where = -1;
  for (const [at, row] of rows.entries()) {
    const value = row[column] ?? 0;
    if (where < 0 || value > first) {
      second = where < 0 ? 0 : first;
      first = value;
      where = at;
    } else if (value > second) second = value;
  }
  return { first, second, where };
}

/** Likeness, 0–1, of a text to each of `texts` by stems, pairs and character runs: cosines, through an inverted index. */
export function createTermIndex(
  texts: readonly string[],
  stem: (word: string) => string,
): (text: string) => Float32Array {
  const features = createLexicalFeatures(learnTerms(texts, stem), stem);
  const postings: { texts: number[]; values: number[] }[] = Array.from({ length: features.size }, () => ({
    texts: [],
    values: [],
  }));
  const norms = texts.map((text, index) => {
    const { columns, values } = features.vector(text);
    let sum = 0;
    for (let at = 0; at < columns.length; at++) {
      const posting = postings[columns[at]!]!;
      posting.texts.push(index);
      posting.values.push(values[at]!);
      sum += values[at]! * values[at]!;
    }
    return Math.sqrt(sum) || 1;
  });
  return (text) => {
    const { columns, values } = features.vector(text);
    const sums = new Float32Array(texts.length);
    let norm = 0;
    for (let at = 0; at < columns.length; at++) {
      const value = values[at]!;
      norm += value * value;
      const { texts: where, values: weights } = postings[columns[at]!]!;
      for (let index = 0; index < where.length; index++) sums[where[index]!]! += value * weights[index]!;
    }
    const own = Math.sqrt(norm) || 1;
    for (let index = 0; index < sums.length; index++) sums[index]! /= own * norms[index]!;
    return sums;
  };
}
