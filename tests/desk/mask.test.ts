// What the editors' queue keeps of a question: its words, and nobody's name or number.
import { describe, expect, it } from "vitest";
import { mask } from "../../src/desk/mask.js";

describe("a question in the queue", () => {
  it.each([
    ["ask <@U02ABCDEF> or <@!900000000000000001> in <#C1|general>", "ask [somebody] or [somebody] in [somebody]"],
    ["why does @dr_jones say so", "why does [somebody] say so"],
    ["write to anna.b+news@mail.example.co.uk", "write to [an address]"],
    ["see https://example.org/a?b=c for more", "see [a link] for more"],
    ["ring 07700 900123", "ring [a number]"],
    ["ring +44 (0)20 7946 0958 now", "ring [a number] now"],
    ["my NHS number is 943 476 5919", "my NHS number is [a number]"],
    ["case AB-1234-56 is mine", "case [a number] is mine"],
    ["I am at SW1A 1AA", "I am at [a place]"],
    ["two\nlines\u200b and\ttabs", "two lines and tabs"],
  ])("is kept without who it is about: %s", (asked, kept) => expect(mask(asked)).toBe(kept));

  it.each([
    "is it 12,800 or 1,250,000 people?",
    "why 35% of 125000 and not 78%",
    "did it start on 26.04.2016 or on 2016-04-26?",
    "what changed in 2015-2016 after COVID-19?",
    "£300,000 – who pays?",
  ])("keeps amounts, dates and years: %s", (asked) => expect(mask(asked)).toBe(asked));

  it("is cut where it is long, and takes linear time", () => {
    expect(mask("a".repeat(100_000))).toHaveLength(300);
    expect(mask("1 ".repeat(50_000)).length).toBeLessThanOrEqual(300);
    expect(mask("@a".repeat(50_000)).length).toBeLessThanOrEqual(300);
  });
});
