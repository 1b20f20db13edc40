import { describe, expect, it } from "vitest";
import { MAX_QUESTIONS, splitQuestions } from "../../src/matching/split-questions.js";

describe("taking a message of several questions apart", () => {
  it.each([
    ["How many went on strike? What does Hunt say?", ["How many went on strike?", "What does Hunt say?"]],
    ["how many went on strike and what does hunt say", ["how many went on strike", "what does hunt say"]],
    ["who is Malawana, and how have hospitals coped?", ["who is Malawana", "how have hospitals coped?"]],
    ["My op was cancelled. How many others were?", []],
    ["what do doctors and nurses say", []],
    ["why? how?", []],
    ["strike", []],
    ["", []],
  ])("%j", (message, parts) => {
    expect(splitQuestions(message)).toEqual(parts);
  });

  it("reads a few at most", () => {
    expect(splitQuestions("what is this? ".repeat(50))).toHaveLength(MAX_QUESTIONS);
  });
});
