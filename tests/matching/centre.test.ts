import { describe, expect, it } from "vitest";
import { centred, centredQuestion, meanOf } from "../../src/matching/centre.js";
import { ENCODER_MEANS } from "../../src/matching/encoder-means.js";
import { toUnit } from "../../src/matching/encoder.js";
import { likeness, pack } from "../../src/matching/vector-store.js";

const unit = (...values: number[]): Float32Array => toUnit(Float32Array.from(values));
const means = { questions: Float32Array.from([0.5, 0, 0]), passages: Float32Array.from([0, 0.5, 0]) };
const length = (vector: Float32Array): number => Math.hypot(...vector);

describe("centred vectors", () => {
  it("are of unit length, less the mean of their kind", () => {
    const left = centredQuestion(unit(1, 0, 1), means);
    expect(length(left)).toBeCloseTo(1, 5);
    expect(left[0]! / left[2]!).toBeCloseTo((Math.SQRT1_2 - 0.5) / Math.SQRT1_2, 5);
    const packed = pack(unit(0, 1, 1));
    expect(likeness(unit(0, 1, 0), centred(packed, means, false))).toBeLessThan(likeness(unit(0, 1, 0), packed));
    expect(likeness(unit(0, 1, 0), centred(packed, means, true))).toBeGreaterThan(0.5);
  });

  it("have a mean where there are any", () => {
    expect(meanOf([])).toBeUndefined();
    expect([...meanOf([pack(unit(1, 0)), pack(unit(0, 1))])!]).toEqual([0.5, 0.5]);
  });

  it("are of the built-in encoder's size", () => {
    for (const mean of [ENCODER_MEANS.questions, ENCODER_MEANS.passages]) {
      expect(mean).toHaveLength(512);
      expect(length(mean)).toBeGreaterThan(0.1);
    }
  });
});
