import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classScores, createRandom, softmax, trainClassifier } from "../../src/matching/classifier.js";
import { createLexicalFeatures, learnTerms, type SparseVector } from "../../src/matching/features.js";
import { pack, unpack, likeness } from "../../src/matching/vector-store.js";
import { createStem } from "../../src/matching/stem.js";
import { toUnit } from "../../src/matching/encoder.js";

const texts = [
  "doctors walk out",
  "a walkout of doctors",
  "doctor walkouts",
  "cats sleep",
  "a cat slept",
  "sleeping cats",
];
const labels = [0, 0, 0, 1, 1, 1];
const stem = createStem("en");
const features = createLexicalFeatures(learnTerms(texts, stem), stem);
const shape = { classes: 2, inputs: features.size, dense: 0 };
const train = () =>
  trainClassifier(
    texts.map((text, index) => ({ input: { sparse: features.vector(text) }, label: labels[index]! })),
    shape,
  );

describe("the lexical classifier", () => {
  it("learns what it was shown and tells unseen texts of the same words apart", () => {
    const weights = train();
    const chance = (text: string): number =>
      softmax(classScores(weights, shape, { sparse: features.vector(text) }))[0]!;
    expect(chance("doctors walked out")).toBeGreaterThan(0.8);
    expect(chance("the cat sleeps")).toBeLessThan(0.2);
  });

  it("gives the same weights for the same examples", () => {
    expect(train()).toEqual(train());
  });

  it("scales each group of features, so that a long text weighs no more than a short one", () => {
    const norm = (text: string): number => Math.hypot(...features.vector(text).values);
    expect(norm("doctors walk out a walkout of doctors cats sleep a cat slept")).toBeCloseTo(
      norm("doctors walk out"),
      1,
    );
  });
});

describe("softmax", () => {
  it("gives chances that sum to 1, for any scores", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (scores) => {
          const chances = softmax(Float32Array.from(scores));
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 3);
          expect(chances.every((chance) => chance >= 0 && chance <= 1.000001)).toBe(true);
        },
      ),
    );
  });
});

describe("packed vectors", () => {
  const random = createRandom(7);
  const vector = (): Float32Array => toUnit(Float32Array.from({ length: 512 }, () => random() - 0.5));

  it("come back within half a step of what they were", () => {
    const whole = vector();
    const packed = pack(whole);
    for (const [index, value] of unpack(packed).entries())
      expect(Math.abs(value - whole[index]!)).toBeLessThanOrEqual(packed.scale / 2 + 1e-7);
  });

  it("keep cosines to the second decimal", () => {
    const [a, b] = [vector(), vector()];
    const exact = a.reduce((sum, value, index) => sum + value * b[index]!, 0);
    expect(likeness(a, pack(b))).toBeCloseTo(exact, 2);
    expect(likeness(a, pack(a))).toBeCloseTo(1, 2);
  });

  it("of zeros stay zeros", () => {
    expect(unpack(pack(new Float32Array(4)))).toEqual(new Float32Array(4));
  });

  it("teach a classifier, beside words or without any, to tell two clouds apart", () => {
    const [left, right] = [vector(), vector()];
    const near = (centre: Float32Array): Float32Array => toUnit(centre.map((value) => value + 0.02 * (random() - 0.5)));
    const clouds = { classes: 2, inputs: features.size, dense: 512 };
    const chance = (sparse: SparseVector): number => {
      const weights = trainClassifier(
        Array.from({ length: 40 }, (_, index) => ({
          input: { sparse, dense: near(index % 2 === 0 ? left : right) },
          label: index % 2,
        })),
        clouds,
      );
      return softmax(classScores(weights, clouds, { sparse, dense: near(left) }))[0]!;
    };
    expect(chance(features.vector("doctors"))).toBeGreaterThan(0.8);
    expect(chance(features.vector("…"))).toBeGreaterThan(0.8);
  });
});
