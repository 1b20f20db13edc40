// Whether such a question is one that articles do not answer, by its meaning alone: who will resign, what somebody earns, whether there
// will be compensation. A near miss about an article's own people is like it in words; what it asks for gives it away.
import { IN_VAIN } from "./in-vain-weights.js";

/** Log-odds, cut off where they say no more. `vector`: of the question, by the built-in encoder. */
export type AskedInVain = (vector: Float32Array) => number;

const MOST = 4;

/** `weights`: a number for each of the vector's, and a bias. */
export function createAskedInVain(weights: ArrayLike<number>, bias: number): AskedInVain {
  return (vector) => {
    if (vector.length !== weights.length) return 0;
    let sum = bias;
    for (let index = 0; index < vector.length; index++) sum += vector[index]! * weights[index]!;
    return Math.max(-MOST, Math.min(MOST, sum));
  };
}

/** As it was fitted on the questions of `bench/explainers`; nothing of a vector of another size. */
export const askedInVain: AskedInVain = createAskedInVain(
  Float32Array.from(new Int8Array(Buffer.from(IN_VAIN.weights, "base64")), (value) => value * IN_VAIN.scale),
  IN_VAIN.bias,
);
