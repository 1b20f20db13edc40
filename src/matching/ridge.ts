// Ridge regression from sentence vectors to classes, solved exactly (Cholesky): the encoder's vote.
import type { PackedVector } from "./vector-store.js";
import { unpack } from "./vector-store.js";

export interface Ridge {
  /** One score a class, near 1 for its own examples and near 0 for others'. */
  scores(vector: Float32Array): Float32Array;
}

/** Rebuilds a ridge from weights that {@link fitRidge} gave. */
export function ridgeFrom(weights: Float32Array, size: number, classes: number): Ridge {
  return {
    scores(vector) {
      const out = weights.slice(size * classes, (size + 1) * classes);
      for (let row = 0; row < size; row++) {
        const value = vector[row]!;
        for (let label = 0; label < classes; label++) out[label]! += value * weights[row * classes + label]!;
      }
      return out;
    },
  };
}

/**
 * Least squares with an L2 penalty on one-hot labels (Hoerl and Kennard, 1970); the intercept, the last row of
 * the weights, is not penalised. Weights are `(size + 1) × classes`, row by row.
 */
export function fitRidge(
  examples: readonly { readonly vector: PackedVector; readonly label: number }[],
  size: number,
  classes: number,
  penalty = 5,
): Float32Array {
  const rows = size + 1;
  const gram = new Float64Array(rows * rows);
  const target = new Float64Array(rows * classes);
  for (const { vector, label } of examples) {
    const input = Float64Array.from([...unpack(vector), 1]);
    for (let i = 0; i < rows; i++) {
      const left = input[i]!;
      for (let j = 0; j <= i; j++) gram[i * rows + j]! += left * input[j]!;
      target[i * classes + label]! += left;
    }
  }
  for (let i = 0; i < size; i++) gram[i * rows + i]! += penalty;
  gram[rows * rows - 1]! += 1e-6;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * rows + j]!;
      for (let k = 0; k < j; k++) sum -= gram[i * rows + k]! * gram[j * rows + k]!;
      gram[i * rows + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / gram[j * rows + j]!;
    }
  }
  for (let label = 0; label < classes; label++) {
    for (let i = 0; i < rows; i++) {
      let sum = target[i * classes + label]!;
      for (let k = 0; k < i; k++) sum -= gram[i * rows + k]! * target[k * classes + label]!;
      target[i * classes + label] = sum / gram[i * rows + i]!;
    }
    for (let i = rows - 1; i >= 0; i--) {
      let sum = target[i * classes + label]!;
      for (let k = i + 1; k < rows; k++) sum -= gram[k * rows + i]! * target[k * classes + label]!;
      target[i * classes + label] = sum / gram[i * rows + i]!;
    }
  }
  return Float32Array.from(target);
}
