import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, MAX_CHOICES, THRESHOLDS } from "../../src/assistant/decide.js";
import type { Ranking } from "../../src/matching/types.js";

function ranking(
  confidences: readonly number[],
  unanswerable = 1 - confidences.reduce((sum, each) => sum + each, 0),
  smallTalk?: string,
  far = 0,
): Ranking {
  return {
    candidates: confidences.map((confidence, index) => ({ section: `s${index}`, confidence, passage: 0 })),
    unanswerable,
    far,
    smallTalk,
    explain: () => ({
      read: "",
      corrected: {},
      matchedWords: [],
      unknownWords: [],
      nearest: undefined,
      margin: 0,
      signals: {},
    }),
  };
}

describe("deciding", () => {
  it.each([
    ["a sure section", [0.9, 0.05], "answer"],
    ["two sections near to each other", [0.5, 0.5 - THRESHOLDS.tentativeMargin / 2], "clarify"],
    ["a sure section that hardly goes before another", [0.52, 0.52 - THRESHOLDS.margin / 1.5], "tentative"],
    ["one of several possible sections that goes before the others", [0.4, 0.3, 0.2], "tentative"],
    ["several sections that are as possible", [0.251, 0.25, 0.24, 0.2], "clarify"],
    ["hardly any section", [0.02, 0.01], "abstain"],
    ["no sections at all", [], "abstain"],
  ])("%s → %s", (_, confidences, kind) => {
    expect(decide(ranking(confidences)).kind).toBe(kind);
  });

  it("abstains from what is about something else, and answers it only where it is surer of that than of the question", () => {
    expect(decide(ranking([0.4, 0.1], 0.5, undefined, 0.7)).kind).toBe("abstain");
    expect(decide(ranking([0.7, 0.1], 0.2, undefined, 0.7)).kind).toBe("answer");
    expect(decide(ranking([0.7, 0.1], 0.2, undefined, 0.9)).kind).toBe("abstain");
  });

  it("never answers what has no words of matter", () => {
    expect(decide(ranking([0.9, 0.05]), false).kind).toBe("clarify");
  });

  it("lets small talk go before any section", () => {
    expect(decide(ranking([0.9], 0.1, "greeting"))).toMatchObject({
      kind: "abstain",
      smallTalk: "greeting",
      nearest: [],
    });
  });

  it("never answers below its threshold and never offers more than it may, for any ranking", () => {
    const shares = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
      .map((values) => {
        const sum = values.reduce((all, value) => all + value, 0) + 0.1;
        return values.map((value) => value / sum).sort((a, b) => b - a);
      });
    fc.assert(
      fc.property(shares, (confidences) => {
        const decision = decide(ranking(confidences));
        if (decision.kind === "answer") expect(decision.candidate.confidence).toBeGreaterThanOrEqual(THRESHOLDS.answer);
        if (decision.kind === "clarify") expect(decision.choices.length).toBeLessThanOrEqual(MAX_CHOICES);
        if (decision.kind === "abstain") expect(decision.nearest.length).toBeLessThanOrEqual(MAX_CHOICES);
      }),
    );
  });
});
