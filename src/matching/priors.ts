// What a question's meaning alone says of it, whatever the article: whether it is one that articles do not answer (who will resign, what
// somebody earns, whether there will be compensation), and whether it is one of every day (a recipe, a stain, a game). A near miss about
// an article's own people is like it in words; what it asks for gives it away.
import { EVERYDAY, IN_VAIN, type PriorWeights } from "./prior-weights.js";
import { readBytes } from "./vector-store.js";

/** Log-odds, cut off where they say no more. `vector`: of the question, by the built-in encoder; of another size it says nothing. */
export type Prior = (vector: Float32Array) => number;

export interface Priors {
  readonly inVain: Prior;
  readonly everyday: Prior;
}

const MOST = 6;

/** `weights`: a number for each of the vector's, and a bias. */
export function createPrior(weights: ArrayLike<number>, bias: number): Prior {
  return (vector) => {
    if (vector.length !== weights.length) return 0;
    let sum = bias;
    for (let index = 0; index < vector.length; index++) sum += vector[index]! * weights[index]!;
    return Math.max(-MOST, Math.min(MOST, sum));
  };
}

const read = ({ weights, scale, bias }: PriorWeights): Prior => createPrior(readBytes(weights, scale), bias);

/** As they were fitted (prior-weights.ts). */
export const PRIORS: Priors = { inVain: read(IN_VAIN), everyday: read(EVERYDAY) };
export const NO_PRIORS: Priors = { inVain: () => 0, everyday: () => 0 };
