import { describe, expect, it } from "vitest";
import { readArticle } from "../../src/explainer/read-article.js";
import type { Explainer } from "../../src/explainer/types.js";
import { readFigures } from "../../src/figures/load.js";
import { valueText } from "../../src/figures/format.js";
import { states } from "../../src/figures/stated.js";

function explainer(text: string): Explainer {
  const { explainer: read } = readArticle(text, "markdown", "story", "story.md");
  if (!read) throw new Error("the test's article has faults");
  return read;
}

const STORY = explainer(
  "## How many? {#many}\n\nAbout 14,600 were away, of which 12,800 were on strike. More than 125,000 operations went. Doors were open from 8am to 5pm for two days.\n",
);

const entry = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: "away",
  label: "Away",
  value: 14600,
  unit: "people",
  counts: "people away",
  kind: "count",
  section: "many",
  passage: "14,600 were away",
  ...over,
});
const read = (content: unknown) => readFigures(JSON.stringify(content), STORY, "figures.yaml");

describe("whether a passage states a value", () => {
  it.each([
    ["about 14,600 doctors", 14600, true],
    ["about 14600 doctors", 14600, true],
    ["114,600 doctors", 14600, false],
    ["14,6001", 14600, false],
    ["1.5 million people", 1_500_000, true],
    ["two days", 2, true],
    ["78% of them", 78, true],
    ["12,800 of 14,600", 12800, true],
    ["from 8am to 5pm", { from: "08:00", to: "17:00" }, true],
    ["from 8.30am until noon", { from: "08:30", to: "12:00" }, true],
    ["from 8am to 4pm", { from: "08:00", to: "17:00" }, false],
    ["10:00 a.m. to 8:00 p.m.", { from: "10:00", to: "20:00" }, true],
    ["between 5 and 10", { from: 5, to: 10 }, true],
    ["no number", 5, false],
    ["€4.1 million", 4_100_000, true],
    ["twelve thousand eight hundred doctors", 12800, true],
    ["a hundred and twenty-five thousand", 125_000, true],
    ["two million and five", 2_000_005, true],
    ["ten point two per cent", 10.2, true],
    ["one point five million", 1_500_000, true],
    ["a buck forty five", 1.45, true],
    ["fifteen sixty-five", 15.65, true],
    ["nineteen ninety", 1990, true],
    ["hundreds of people", 100, false],
    ["half a million pounds", 1_000_000, false],
    ["half a million pounds", 500_000, true],
    ["one and a half million", 1_500_000, true],
    ["several hundred people", 100, false],
    ["Of the three hundred, twenty were hurt", 20, true],
    ["Of the three hundred, twenty were hurt", 320, false],
    ["At one point two thousand people were inside", 1200, false],
    ["ten pounds. Fifty people paid", 10.5, false],
    ["on day ten, forty came", 1040, false],
    ["one constructor", 1, true],
    ["1234567890123 grains", 1_234_567_890_123, true],
    ["seventy-eight", 8, false],
  ] as const)("%j, %j: %s", (text, value, holds) => {
    expect(states(text, value)).toBe(holds);
  });
});

describe("money", () => {
  it.each([
    [3.6, "€", "€3.60"],
    [82.26, "£", "£82.26"],
    [890, "£", "£890"],
    [640, "₹", "₹640"],
    [4.99, "%", "4.99%"],
  ])("%d of %s is %s", (value, unit, text) => {
    expect(valueText({ value, unit, qualifier: undefined }, "en")).toBe(text);
  });
});

describe("reading figures", () => {
  it("takes other names of a figure and of one that is worked out", () => {
    const { book, problems } = read({
      figures: [entry({ names: ["missing"] }), entry({ id: "out", value: 12800, passage: "12,800 were on strike" })],
      derived: [{ id: "rest", label: "The rest", names: ["others"], counts: "others", subtract: ["away", "out"] }],
    });
    expect(problems).toEqual([]);
    expect(book.figures.map(({ names }) => names)).toEqual([["missing"], [], ["others"]]);
    const twice = [
      entry({ names: ["Gone"] }),
      entry({ id: "out", value: 12800, passage: "12,800 were on strike", names: ["gone"] }),
    ];
    expect(read({ figures: twice }).problems.map(({ message }) => message)).toEqual([
      '"away" and "out" are both called "gone"',
    ]);
    expect(read({ figures: [entry({ names: "missing" })] }).problems[0]?.message).toContain("is not a list of names");
  });

  it("gives a record with the sentence that states it", () => {
    const { book, problems } = read({ figures: [entry({ qualifier: "about" })] });
    expect(problems).toEqual([]);
    expect(book.figures[0]).toMatchObject({
      id: "away",
      value: 14600,
      qualifier: "about",
      section: "many",
      passage: 0,
      statement: "About 14,600 were away, of which 12,800 were on strike.",
    });
  });

  it.each([
    [{ value: 14700 }, /"away" is 14700, and the words "14,600 were away" do not hold that/],
    [{ value: 12800 }, /do not hold that/],
    [{ value: "14,600" }, /"value" of "away" is not a number or a range/],
    [{ unit: "5 people" }, /is not a unit/],
    [{ unit: "" }, /"unit" of "away" is empty/],
    [{ qualifier: "roughly" }, /is not a qualifier/],
    [{ kind: "guess" }, /is not a kind/],
    [{ section: "few" }, /names the section "few", and there is none/],
    [{ passage: "14,500 were away" }, /stands in no passage of "many"/],
    [{ colour: "red" }, /colour|Unrecognized/],
  ])("leaves a figure with %j out and says why, with its line", (over, message) => {
    const { book, problems } = read({
      figures: [entry(over), entry({ id: "strikers", value: 12800, passage: "12,800 were on strike" })],
    });
    expect(book.figures.map((figure) => figure.id)).toEqual(["strikers"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.line).toBeGreaterThan(0);
  });

  it("tells all faults at once, each with its own line", () => {
    const yaml = [
      "figures:",
      "  - { id: a, label: A, value: 1, unit: people, counts: c, kind: count, section: many, passage: 14,600 were away }",
      "  - { id: b, label: B, value: x, unit: people, counts: c, kind: count, section: many, passage: 12,800 were }",
      "  - { id: c, label: C, value: 12800, unit: people, counts: c, kind: count, section: many, passage: '12,800 were' }",
      "  - { id: c, label: C, value: 12800, unit: people, counts: c, kind: count, section: many, passage: '12,800 were' }",
      "derived:",
      "  - { id: d, label: D, counts: c, add: [a, c] }",
      "charts:",
      "  - { id: e, title: E, figures: [a] }",
    ].join("\n");
    const { book, problems } = readFigures(
      yaml.replaceAll("passage: 14,600 were away", "passage: '14,600 were away'"),
      STORY,
      "f.yaml",
    );
    expect(book.figures.map((figure) => figure.id)).toEqual(["c"]);
    expect([...new Set(problems.map((problem) => problem.line))].sort()).toEqual([2, 3, 5, 7, 9]);
  });

  it("is not stopped by a file that is no YAML", () => {
    expect(readFigures("figures: [", STORY, "f.yaml")).toMatchObject({
      book: { figures: [] },
      problems: [{ file: "f.yaml" }],
    });
  });
});

describe("figures worked out from others", () => {
  const strikers = entry({ id: "strikers", label: "On strike", value: 12800, passage: "12,800 were on strike" });
  const operations = (over: Record<string, unknown>) =>
    entry({ id: "ops", value: 125000, passage: "125,000 operations", ...over });

  it("show their working and keep the qualifiers", () => {
    const { book } = read({
      figures: [entry({ qualifier: "about" }), strikers],
      derived: [{ id: "rest", label: "Rest", counts: "others", subtract: ["away", "strikers"] }],
    });
    expect(book.figures[2]).toMatchObject({
      value: 1800,
      qualifier: "about",
      from: ["away", "strikers"],
      statement: "about 1,800: about 14,600 less 12,800",
    });
  });

  it.each([
    ["add", "more than", undefined, "more than"],
    ["add", "more than", "almost", "about"],
    ["add", "more than", "at least", "more than"],
    ["subtract", "more than", undefined, "more than"],
    ["subtract", undefined, "more than", "less than"],
    ["subtract", "almost", "more than", "less than"],
    ["subtract", "more than", "more than", "about"],
    ["add", undefined, undefined, undefined],
    ["add", "about", undefined, "about"],
  ])("%s of %s and %s is %s", (operation, first, second, qualifier) => {
    const { book } = read({
      figures: [operations({ qualifier: first }), { ...strikers, qualifier: second }],
      derived: [{ id: "sum", label: "Sum", counts: "c", [operation]: ["ops", "strikers"] }],
    });
    expect(book.figures[2]?.qualifier).toBe(qualifier);
  });

  it("are refused where the units differ", () => {
    const { book, problems } = read({
      figures: [entry(), operations({ unit: "operations" })],
      derived: [{ id: "sum", label: "Sum", counts: "c", add: ["away", "ops"] }],
    });
    expect(book.figures).toHaveLength(2);
    expect(problems[0]?.message).toContain('"away" is in people and "ops" in operations');
  });
});
