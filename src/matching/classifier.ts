// Multinomial logistic regression over sparse and dense inputs, trained at start-up. The same
// examples in the same order always give the same weights. Knows nothing of text.
import type { SparseVector } from "./features.js";

/** What a classifier reads: sparse inputs, and behind them dense ones, if it has any. */
export interface Input {
  readonly sparse: SparseVector;
  readonly dense?: Float32Array | undefined;
}

export interface Example {
  readonly input: Input;
  readonly label: number;
}

export interface ClassifierShape {
  readonly classes: number;
  /** Sparse inputs. */
  readonly inputs: number;
  /** Dense inputs; 0 where there are none. */
  readonly dense: number;
}

export interface Weights {
  /** `(inputs + 1) × classes`, an input's weights side by side, so that one input touches one run of memory; the last row is the bias. */
  readonly sparse: Float32Array;
  /** `classes × dense`, a class's weights side by side: dense inputs are always all there. */
  readonly dense: Float32Array;
}

export interface TrainingOptions {
  readonly epochs: number;
  /** Length of the first steps of sparse inputs' weights. */
  readonly rate: number;
  /** The same of dense inputs' weights, which are moved by every example. */
  readonly denseRate: number;
  /** L2 penalty per step. */
  readonly penalty: number;
  readonly seed: number;
}

export const DEFAULT_TRAINING: TrainingOptions = { epochs: 14, rate: 0.2, denseRate: 0.4, penalty: 1e-5, seed: 1 };

/** Classes whose chance is off by less than this are left as they are: it halves the time and changes no ranking. */
const NEGLIGIBLE = 1e-3;

/** What a sum of squared gradients starts from, so that a word that is seen once is not believed at once (ten an intent of BANKING77: 2 in 100). */
const FIRST_SQUARE = 0.1;

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

function dot(values: Float32Array, weights: Float32Array, from: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let index = 0;
  for (; index + 3 < values.length; index += 4) {
    a += values[index]! * weights[from + index]!;
    b += values[index + 1]! * weights[from + index + 1]!;
    c += values[index + 2]! * weights[from + index + 2]!;
    d += values[index + 3]! * weights[from + index + 3]!;
  }
  for (; index < values.length; index++) a += values[index]! * weights[from + index]!;
  return a + b + c + d;
}

/** Class scores (unnormalised log-probabilities) of an input under weights that {@link trainClassifier} gave. */
export function classScores(
  weights: Weights,
  { classes, inputs }: ClassifierShape,
  { sparse: { columns, values }, dense }: Input,
): Float32Array {
  const out = weights.sparse.slice(inputs * classes, (inputs + 1) * classes);
  for (let index = 0; index < columns.length; index++) {
    const at = columns[index]! * classes;
    const value = values[index]!;
    for (let label = 0; label < classes; label++) out[label]! += weights.sparse[at + label]! * value;
  }
  if (dense)
    for (let label = 0; label < classes; label++) out[label]! += dot(dense, weights.dense, label * dense.length);
  return out;
}

/** Trains by stochastic gradient descent with AdaGrad steps (Duchi et al., 2011) on the cross-entropy. */
export function trainClassifier(
  examples: readonly Example[],
  shape: ClassifierShape,
  options: TrainingOptions = DEFAULT_TRAINING,
): Weights {
  const { classes, inputs } = shape;
  const sparse = new Float32Array((inputs + 1) * classes);
  const weights: Weights = { sparse, dense: new Float32Array(classes * shape.dense) };
  const squares = new Float32Array(sparse.length).fill(FIRST_SQUARE);
  // Dense inputs are always there and of one size: a class's steps are as long for all of them.
  const denseSquares = new Float32Array(classes).fill(FIRST_SQUARE);
  const order = examples.map((_, index) => index);
  const random = createRandom(options.seed);
  const error = new Float32Array(classes);
  const active = new Int32Array(classes);

  function step(at: number, value: number, count: number): void {
    for (let index = 0; index < count; index++) {
      const label = active[index]!;
      const cell = at + label;
      const gradient = error[label]! * value + options.penalty * sparse[cell]!;
      squares[cell]! += gradient * gradient;
      sparse[cell]! -= (options.rate * gradient) / Math.sqrt(squares[cell]!);
    }
  }

  function denseStep(dense: Float32Array, count: number): void {
    const square = dot(dense, dense, 0) / dense.length;
    for (let index = 0; index < count; index++) {
      const label = active[index]!;
      denseSquares[label]! += error[label]! ** 2 * square;
      const length = (options.denseRate * error[label]!) / Math.sqrt(denseSquares[label]!);
      const at = label * dense.length;
      for (let column = 0; column < dense.length; column++) weights.dense[at + column]! -= length * dense[column]!;
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
      const { columns, values } = input.sparse;
      for (let at = 0; at < columns.length; at++) step(columns[at]! * classes, values[at]!, count);
      step(inputs * classes, 1, count);
      if (input.dense) denseStep(input.dense, count);
    }
  }
  return weights;
}
