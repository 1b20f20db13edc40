import { describe, expect, it } from "vitest";
import { concepts } from "../../src/languages/en/concepts.js";
import { createConceptIndex } from "../../src/matching/concept-index.js";
import { lexiconOf } from "../../src/matching/lexicon.js";
import { words } from "../../src/matching/normalise.js";
import { createStem } from "../../src/matching/stem.js";

const stem = createStem("en");
const stems = (text: string): string[] => words(text).map(stem);
const lexicon = lexiconOf("en-GB")!;
const found = (text: string): string[] => {
  const typed = stems(text);
  return lexicon.mentions(typed).map(({ start, entry }) => [typed[start]!, ...entry.rest].join(" "));
};

describe("the lexicon", () => {
  it("is groups of several members, each group under a name of its own", () => {
    const groups = concepts();
    expect(groups.length).toBeGreaterThan(3_000);
    expect(groups.filter((members) => members.length < 3)).toEqual([]);
    expect(groups.filter((members) => members.some((member) => member.trim() !== member || member === ""))).toEqual([]);
    const names = groups.map(([name]) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it("finds words and phrases whatever their endings", () => {
    expect(found("my nut allergies")).toContain(stem("allergy"));
    expect(found("she stepped down on Monday")).toContain(stems("step down").join(" "));
  });

  it("finds nothing in words of grammar, nor in words that it does not have", () => {
    expect(found("is it the or of them")).toEqual([]);
    expect(found("xyzzy plugh")).toEqual([]);
  });

  it("is of a language: others have none", () => {
    expect(lexiconOf("en")).toBe(lexicon);
    expect(lexiconOf("fr")).toBeUndefined();
    expect(lexiconOf("ja-JP")).toBeUndefined();
  });
});

describe("comparing by what words stand for", () => {
  const sections = [
    {
      asks: ["Do you cater for dietary requirements?"],
      passages: ["Tell us when you book, and the kitchen will do its best."],
    },
    { asks: ["Where can I park?"], passages: ["There is a car park behind the hall."] },
    { asks: ["Can I get a refund?"], passages: ["We give the money back until the day before."] },
  ];
  const index = createConceptIndex(
    lexicon,
    sections.map(({ asks, passages }) => ({ asks: asks.map(stems), passages: passages.map(stems) })),
  );
  const compare = (text: string) => {
    const typed = stems(text);
    return index.compare(
      typed,
      typed.map(() => 1),
    );
  };
  const best = (text: string, signal: number): number => {
    const values = compare(text).sections.map((each) => each[signal]!);
    return values.indexOf(Math.max(...values));
  };

  it.each([
    ["i am coeliac and vegan", 0],
    ["somewhere to leave the motor", 1],
    ["reimbursement if i drop out", 2],
  ])("“%s” meets the section that has none of its words", (text, section) => {
    expect(best(text, 0)).toBe(section);
    expect(best(text, 4)).toBe(section);
  });

  it("tells how much of a question nothing meets, and counts what is said word for word as met", () => {
    expect(compare("gearbox").unmet).toBe(1);
    expect(compare("refund").unmet).toBe(0);
    expect(compare("gearbox").heaviest).toBe(1);
    expect(compare("coeliac").unmet).toBeLessThan(1);
  });

  it("counts a word that a section has itself as no likeness of another word", () => {
    expect(compare("refund").sections[2]![0]).toBe(0);
  });

  it("gives numbers from 0 to 1 for any text, and zeros for none", () => {
    for (const text of ["", "park park park", "can i get my money back if the car park is full and i am vegan", "🙂 ?"])
      for (const row of compare(text).sections)
        for (const value of row) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1.000_001);
        }
    expect(
      compare("")
        .sections.flat()
        .every((value) => value === 0),
    ).toBe(true);
  });
});
