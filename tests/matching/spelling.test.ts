import { describe, expect, it } from "vitest";
import { correctText, createSpelling } from "../../src/matching/spelling.js";

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
