import { describe, expect, it } from "vitest";
import { sentenceSpans, splitSentences } from "../../src/explainer/sentences.js";

describe("splitting prose into sentences", () => {
  it.each([
    ["One. Two! Three?", ["One.", "Two!", "Three?"]],
    ["Dr Anne Rainsberry spoke. She left.", ["Dr Anne Rainsberry spoke.", "She left."]],
    ["Dr. Anne Rainsberry spoke to Mr. Hunt. She left.", ["Dr. Anne Rainsberry spoke to Mr. Hunt.", "She left."]],
    [
      "It opens at 10:00 a.m. and ends at 4:30 p.m. on Monday.",
      ["It opens at 10:00 a.m. and ends at 4:30 p.m. on Monday."],
    ],
    ['He said: "It is hard. It is late." Then he left.', ['He said: "It is hard. It is late."', "Then he left."]],
    ["Costs rose by 1.5 per cent. Wages did not.", ["Costs rose by 1.5 per cent.", "Wages did not."]],
    ["", []],
    ["   ", []],
    ["no full stop", ["no full stop"]],
  ])("%j", (text, sentences) => {
    expect(splitSentences(text, "en")).toEqual(sentences);
  });

  it("gives spans that hold just the sentence", () => {
    const text = "  First one.  Second one. ";
    expect(sentenceSpans(text, "en").map(({ start, end }) => text.slice(start, end))).toEqual([
      "First one.",
      "Second one.",
    ]);
  });

  it("splits German where a full stop ends a sentence", () => {
    expect(splitSentences("Er kam um 8 Uhr. Danach ging er.", "de")).toEqual(["Er kam um 8 Uhr.", "Danach ging er."]);
  });
});
