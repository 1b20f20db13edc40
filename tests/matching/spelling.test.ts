import { describe, expect, it } from "vitest";
import { grammarOf } from "../../src/languages/languages.js";
import { correctText, createSpelling, slips } from "../../src/matching/spelling.js";

const spelling = createSpelling(
  [
    "Junior doctors went on strike over the contract",
    "Hospitals cancelled operations and appointments",
    "Rainsberry and Malawana spoke",
  ],
  ["the govt backs down", "stirke"],
);

describe("putting misspelt words right", () => {
  it.each([
    ["docters", "doctors"],
    ["stirke", "strike"],
    ["oprations", "operations"],
    ["contarct", "contract"],
    ["rainsbury", "rainsberry"],
    ["hosptials", "hospitals"],
  ])("%s → %s", (typed, right) => {
    expect(spelling.correct(typed)).toBe(right);
  });

  it.each(["xyzzy", "cat", "tho", "12800", "antidisestablishmentarianism", "__proto__", "constructor"])(
    "leaves %s alone",
    (word) => {
      expect(spelling.correct(word)).toBeUndefined();
    },
  );

  it("does not take a word that one reader wrote once as known", () => {
    expect(spelling.knows("govt")).toBe(false);
    expect(spelling.knows("strike")).toBe(true);
  });

  it("says which words it changed", () => {
    expect(correctText("junoir docters on strike", spelling)).toEqual({
      text: "junior doctors on strike",
      changed: { junoir: "junior", docters: "doctors" },
    });
  });
});

describe("what is no misspelling", () => {
  const english = createSpelling(
    ["They were paired with offers", "Paris paid for the strike", "a form from the council", "Camden market"],
    [],
    grammarOf("en")?.isWord,
  );

  it.each(["office", "pair", "stroke", "striker", "fork", "counsel", "marker", "colour", "color"])(
    "%s is a word of the language and stays",
    (word) => expect(english.correct(word)).toBeUndefined(),
  );

  it.each(["harris", "canton", "starmer", "comden-upon", "gove"])("%s may be a name and stays", (word) =>
    expect(english.correct(word)).toBeUndefined(),
  );

  it.each([
    ["stirke", "strike"],
    ["councl", "council"],
    ["marekt", "market"],
    ["pairs", undefined],
  ])("%s → %s", (typed, right) => expect(english.correct(typed)).toBe(right));

  it("leaves what is written as a name inside a sentence", () => {
    expect(correctText("what did Markey say about it", english).changed).toEqual({});
    expect(correctText("what did markey say about it", english).changed).toEqual({ markey: "market" });
    expect(correctText("WHAT DID THE COUNCL SAY", english).changed).toEqual({ councl: "council" });
  });

  it.each([
    ["ab", "ba", 1],
    ["strike", "strike", 0],
    ["", "abc", 3],
    ["council", "councl", 1],
    ["kitten", "sitting", 3],
  ])("from %s to %s are %d slips", (a, b, count) => expect(slips(a, b)).toBe(count));
});
