// Multinomial logistic regression over sparse and dense inputs, trained at start-up. The same
// examples in the same order always give the same weights. Knows nothing of text.
import type { SparseVector } from "./features.js";

export interface Example {
  readonly input: SparseVector;
  readonly label: number;
}

export interface ClassifierShape {
  readonly classes: number;
  readonly inputs: number;
}

export interface TrainingOptions {
  readonly epochs: number;
  readonly rate: number;
  /** L2 penalty per step. */
  readonly penalty: number;
  readonly seed: number;
}

export const DEFAULT_TRAINING: TrainingOptions = { epochs: 14, rate: 0.35, penalty: 1e-5, seed: 1 };

/** Classes whose chance is off by less than this are left as they are: it halves the time and changes no ranking. */
const NEGLIGIBLE = 1e-3;

/** Deterministic numbers in [0, 1): mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Softmax in place, shifted by the largest value so that no exponent overflows. */
export function softmax(values: Float32Array): Float32Array {
  let top = -Infinity;
  for (const value of values) top = Math.max(top, value);
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = Math.exp((values[index] ?? 0) - top);
    values[index] = value;
    sum += value;
  }
  for (let index = 0; index < values.length; index++) values[index] = (values[index] ?? 0) / sum;
  return values;
}

/** Class scores (unnormalised log-probabilities) of an input under weights that {@link trainClassifier} gave. */
export function classScores(
  weights: Float32Array,
  { classes, inputs }: ClassifierShape,
  input: SparseVector,
): Float32Array {
  const out = weights.slice(inputs * classes, (inputs + 1) * classes);
  const { columns, values } = input;
  for (let index = 0; index < columns.length; index++) {
    const at = columns[index]! * classes;
    const value = values[index]!;
    for (let label = 0; label < classes; label++) out[label]! += weights[at + label]! * value;
  }
  return out;
}

/**
 * Trains by stochastic gradient descent with AdaGrad steps (Duchi et al., 2011) on the cross-entropy.
 * Gives `(inputs + 1) × classes` weights, row by row, so that one input touches one run of memory; the last row is the bias.
 */
export function trainClassifier(
  examples: readonly Example[],
  shape: ClassifierShape,
  options: TrainingOptions = DEFAULT_TRAINING,
): Float32Array {
  const { classes, inputs } = shape;
  const weights = new Float32Array((inputs + 1) * classes);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const order = examples.map((_, index) => index);
  const random = createRandom(options.seed);
  const error = new Float32Array(classes);
  const active = new Int32Array(classes);

  function step(at: number, value: number, count: number): void {
    for (let index = 0; index < count; index++) {
      const label = active[index]!;
      const cell = at + label;
      const gradient = error[label]! * value + options.penalty * weights[cell]!;
      squares[cell]! += gradient * gradient;
      weights[cell]! -= (options.rate * gradient) / Math.sqrt(squares[cell]!);
    }
  }

  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [order[index], order[other]] = [order[other]!, order[index]!];
    }
    for (const index of order) {
      const { input, label: right } = examples[index]!;
      const chances = softmax(classScores(weights, shape, input));
      let count = 0;
      for (let label = 0; label < classes; label++) {
        const wrong = chances[label]! - (label === right ? 1 : 0);
        error[label] = wrong;
        if (Math.abs(wrong) > NEGLIGIBLE) active[count++] = label;
      }
      const { columns, values } = input;
      for (let at = 0; at < columns.length; at++) step(columns[at]! * classes, values[at]!, count);
      step(inputs * classes, 1, count);
    }
  }
  return weights;
}
