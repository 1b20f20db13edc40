// The built-in encoder reads something in every question, and something else in every passage: taken off both, what is left tells
// sections apart better. On 69 explainers the best cosine alone puts the right section first 55 times in 100 by it, 51 without.
import { toUnit } from "./encoder.js";
import { pack, unpack, type PackedVector } from "./vector-store.js";

/** The mean vectors of questions and of passages. */
export interface Means {
  readonly questions: Float32Array;
  readonly passages: Float32Array;
}

const less = (vector: Float32Array, mean: Float32Array): Float32Array =>
  toUnit(vector.map((value, index) => value - (mean[index] ?? 0)));

/** What is left of a question's vector. */
export const centredQuestion = (vector: Float32Array, means: Means): Float32Array => less(vector, means.questions);

/** What is left of a packed vector; `asked`: it is a question itself. */
export const centred = (vector: PackedVector, means: Means, asked: boolean): PackedVector =>
  pack(less(unpack(vector), asked ? means.questions : means.passages));

/** The mean of packed vectors; undefined where there are none. */
export function meanOf(vectors: readonly PackedVector[]): Float32Array | undefined {
  const [first] = vectors;
  if (!first) return undefined;
  const sum = new Float32Array(first.values.length);
  for (const { values, scale } of vectors)
    for (let index = 0; index < sum.length; index++) sum[index]! += (values[index]! * scale) / vectors.length;
  return sum;
}
