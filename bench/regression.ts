// The regressions that the matcher's numbers are fitted by.

/** A loss at `weights`, its gradient written to `gradient`. */
export type Loss = (weights: Float64Array, gradient: Float64Array) => number;

const KEPT = 12;
const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
};

/** Where a smooth convex loss is least, by L-BFGS with a backtracking line search (Nocedal & Wright, Algorithm 7.4 and 3.1). */
function minimise(size: number, loss: Loss, steps = 80): Float64Array {
  let weights = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = loss(weights, gradient);
  const moves: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < steps; step++) {
    const direction = gradient.map((each) => -each);
    const alphas: number[] = [];
    for (const { s, y, rho } of [...moves].reverse()) {
      const alpha = rho * dot(s, direction);
      alphas.push(alpha);
      for (let index = 0; index < size; index++) direction[index]! -= alpha * y[index]!;
    }
    const last = moves.at(-1);
    const scale = last
      ? dot(last.s, last.y) / dot(last.y, last.y)
      : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
    for (let index = 0; index < size; index++) direction[index]! *= scale;
    for (const [at, { s, y, rho }] of moves.entries()) {
      const beta = rho * dot(y, direction);
      const alpha = alphas[moves.length - 1 - at]!;
      for (let index = 0; index < size; index++) direction[index]! += (alpha - beta) * s[index]!;
    }
    const slope = dot(gradient, direction);
    if (slope > -1e-10) break;
    let rate = 1;
    let next = weights;
    let nextValue = Infinity;
    const nextGradient = new Float64Array(size);
    for (; rate > 1e-8; rate /= 2) {
      next = weights.map((each, index) => each + rate * direction[index]!);
      nextValue = loss(next, nextGradient);
      if (nextValue <= value + 1e-4 * rate * slope) break;
    }
    const s = next.map((each, index) => each - weights[index]!);
    const y = nextGradient.map((each, index) => each - gradient[index]!);
    const curved = dot(s, y);
    if (curved > 1e-12) moves.push({ s, y, rho: 1 / curved });
    if (moves.length > KEPT) moves.shift();
    const gained = value - nextValue;
    [weights, gradient, value] = [next, nextGradient, nextValue];
    if (gained < 1e-9) break;
  }
  return weights;
}

export interface Example {
  readonly values: Float32Array;
  readonly yes: boolean;
  readonly weight: number;
}

/** Logistic regression: the weights of `values`, and last a bias, which is not penalised. */
export function logistic(examples: readonly Example[], penalty: number): Float64Array {
  const size = examples[0]!.values.length;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  return minimise(size + 1, (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let index = 0; index < size; index++) {
      loss += penalty * weights[index]! ** 2;
      gradient[index] = 2 * penalty * weights[index]!;
    }
    for (const { values, yes, weight } of examples) {
      let score = weights[size]!;
      for (let index = 0; index < size; index++) score += values[index]! * weights[index]!;
      const margin = yes ? score : -score;
      loss += (weight / total) * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
      const error = (1 / (1 + Math.exp(-score)) - (yes ? 1 : 0)) * (weight / total);
      for (let index = 0; index < size; index++) gradient[index]! += error * values[index]!;
      gradient[size]! += error;
    }
    return loss;
  });
}

/** A question among the sections of an explainer. */
export interface Choice {
  /** Section by section, feature by feature. */
  readonly sections: Float32Array;
  readonly count: number;
  readonly question: Float32Array;
  /** Indexes of sections that answer; empty where none does. */
  readonly right: readonly number[];
  readonly weight: number;
}

/** Conditional logistic regression over the sections and "none of them": weights of a section's features, of the question's, a bias. */
export function conditional(choices: readonly Choice[], own: number, ask: number, penalty: number): Float64Array {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  return minimise(own + ask + 1, (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let index = 0; index < own + ask; index++) {
      loss += penalty * weights[index]! ** 2;
      gradient[index] = 2 * penalty * weights[index]!;
    }
    for (const { sections, count, question, right, weight } of choices) {
      const scores = new Float64Array(count + 1);
      for (let slot = 0, at = 0; slot < count; slot++)
        for (let index = 0; index < own; index++, at++) scores[slot]! += sections[at]! * weights[index]!;
      scores[count] = weights[own + ask]!;
      for (let index = 0; index < ask; index++) scores[count] += question[index]! * weights[own + index]!;
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const sum = powers.reduce((all, power) => all + power, 0);
      const slots = right.length > 0 ? right : [count];
      const mass = slots.reduce((all, slot) => all + powers[slot]!, 0);
      loss -= (weight / total) * Math.log(mass / sum + 1e-300);
      for (let slot = 0; slot <= count; slot++) {
        const wanted = slots.includes(slot) ? powers[slot]! / mass : 0;
        const error = ((powers[slot]! / sum - wanted) * weight) / total;
        if (Math.abs(error) < 1e-12) continue;
        if (slot < count)
          for (let index = 0; index < own; index++) gradient[index]! += error * sections[slot * own + index]!;
        else {
          for (let index = 0; index < ask; index++) gradient[own + index]! += error * question[index]!;
          gradient[own + ask]! += error;
        }
      }
    }
    return loss;
  });
}
