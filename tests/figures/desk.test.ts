import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createFigureDesk, type FigureDesk } from "../../src/assistant/figure-desk.js";
import { loadExplainer } from "../../src/explainer/load.js";
import type { Explainer } from "../../src/explainer/types.js";
import { chartAltText, MAX_ALT_TEXT } from "../../src/figures/alt-text.js";
import { comparisonRefusal } from "../../src/figures/compare.js";
import { drawChart } from "../../src/figures/chart.js";
import { createFigureFinder } from "../../src/figures/find.js";
import { shortValueText, valueText } from "../../src/figures/format.js";
import { loadFigures } from "../../src/figures/load.js";
import { createStudio } from "../../src/figures/studio.js";
import type { Figure } from "../../src/figures/types.js";

let explainer: Explainer;
let desk: FigureDesk;
beforeAll(async () => {
  explainer = (await loadExplainer("data/junior-doctors-strike")).explainer!;
  const { book, problems } = await loadFigures(explainer);
  expect(problems).toEqual([]);
  desk = createFigureDesk(explainer, book);
});

describe("the shipped figures", () => {
  it.each([
    ["not-reporting", "78%", "count", "NHS England"],
    ["absent", "about 14,600", "count", undefined],
    ["on-strike", "12,800", "count", undefined],
    ["cancelled-latest", "more than 125,000", "count", undefined],
    ["cancelled-earlier", "almost 25,000", "count", undefined],
    ["cancelled-east-lancashire", "more than 100", "count", "Kevin McGee"],
    ["weekend-deaths", "15%", "claim", "Jeremy Hunt"],
    ["pay-offer", "11%", "offer", "Jeremy Hunt"],
    ["strike-hours", "8am to 5pm", "count", undefined],
    ["strike-days", "2 days", "count", undefined],
    ["absent-otherwise", "about 1,800", "count", undefined],
    ["cancelled-in-all", "about 150,000", "count", undefined],
  ])("%s is %s, a %s", (id, text, kind, who) => {
    const figure = desk.figures().find((each) => each.id === id)!;
    expect(valueText(figure, explainer.language)).toBe(text);
    expect({ kind: figure.kind, who: figure.statedBy }).toEqual({ kind, who });
  });

  it("are all of the article's numbers: no passage holds a number that no figure states", () => {
    const stated = new Set(desk.figures().map((figure) => `${figure.section} ${figure.passage}`));
    const numbered = explainer.sections.flatMap((section) =>
      section.passages.flatMap((passage, index) => (/\d/.test(passage.text) ? [`${section.id} ${index}`] : [])),
    );
    expect(numbered.filter((each) => !stated.has(each))).toEqual([]);
  });
});

describe("finding a figure by name", () => {
  it.each([
    ["cancelled-latest", "cancelled-latest"],
    ["Cancelled because of the latest strike", "cancelled-latest"],
    ["canceled because of latest strike", "cancelled-latest"],
    ["pay ofer", "pay-offer"],
    ["est lancashire", "cancelled-east-lancashire"],
    ["did not reprot for duty", "not-reporting"],
    ["HOURS OF THE WALKOUT", "strike-hours"],
  ])("%j is %s", (name, id) => {
    expect(desk.figure(name).figure?.id).toBe(id);
  });

  it.each([
    ["salary increase", "pay-offer"],
    ["turnout", "not-reporting"],
    ["strikers", "on-strike"],
    ["ops caled off this time", "cancelled-latest"],
    ["11%", "pay-offer"],
    ["125k", "cancelled-latest"],
    ["12,800", "on-strike"],
    ["twelve thousand eight hundred", "on-strike"],
    ["seventy-eight per cent", "not-reporting"],
    ["11pc", "pay-offer"],
    ["a hundred and twenty five thousand", "cancelled-latest"],
    ["08:00-17:00", "strike-hours"],
    ["8 to 5", "strike-hours"],
    ["Kevin McGee", "cancelled-east-lancashire"],
  ])("%j is %s by its meaning, its value or who said it", (name, id) => {
    expect(desk.figure(name).figure?.id).toBe(id);
  });

  it.each(["price of petrol", "how tall is Big Ben", "90%", "£400 million", "population of Leeds"])(
    "%j is none",
    (name) => {
      expect(desk.figure(name).figure).toBeUndefined();
    },
  );

  const named = (over: Partial<Figure>): Figure => ({ ...desk.figures()[2]!, names: [], ...over });

  it("goes by id before label, and by label before another name; what two go by alike is neither", () => {
    const finder = createFigureFinder({
      figures: [
        named({ id: "rise", label: "Growth", names: ["dogs", "cats"] }),
        named({ id: "growth-2", label: "Rise", names: ["cats"] }),
        named({ id: "third", label: "Dogs" }),
      ],
      charts: [],
    });
    expect(["rise", "growth", "dogs", "cats"].map((name) => finder.named(name)?.id)).toEqual([
      "rise",
      "rise",
      "third",
      undefined,
    ]);
  });

  it("is found by a name in full, however long", () => {
    const long = "x".repeat(30).split("").join(" word ");
    const finder = createFigureFinder({
      figures: [named({ id: "a", label: `${long} one` }), named({ id: "b", label: `${long} two` })],
      charts: [],
    });
    expect(finder.find(`${long} two`).figure?.id).toBe("b");
  });

  it("finds money in signs and in words, and times by two numbers only", () => {
    const finder = createFigureFinder({
      figures: [
        named({ id: "cost", label: "Cost", value: 2_000_000, unit: "pounds" }),
        named({ id: "gain", label: "Gain", value: 3_000_000, unit: "£" }),
        named({ id: "open", label: "Open", value: { from: "12:00", to: "17:00" }, unit: "time of day" }),
        named({ id: "day", label: "Day", value: { from: "09:00", to: "21:00" }, unit: "time of day" }),
      ],
      charts: [],
    });
    expect(["£2m", "£3 million", "12 to 5"].map((name) => finder.find(name).figure?.id)).toEqual([
      "cost",
      "gain",
      "open",
    ]);
    expect(finder.find("9 people").figure).toBeUndefined();
  });

  it("takes a word that several are called by for none of them", () => {
    expect(desk.figure("previous strike").figure).toBeUndefined();
    expect(desk.figure("previous strike").nearest.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["absent", "on-strike"]),
    );
  });

  it.each(["zebra", "", "%%%", "__proto__", "x".repeat(5_000), "cancelled"])(
    "names the nearest for %j and guesses none",
    (name) => {
      const { figure, nearest } = desk.figure(name);
      expect(figure).toBeUndefined();
      expect(nearest.length).toBeGreaterThan(0);
      expect(nearest.length).toBeLessThanOrEqual(3);
    },
  );

  it("suggests names as they are typed, and all for nothing typed", () => {
    expect(desk.suggest("canc", 25).map((figure) => figure.id)).toEqual(
      expect.arrayContaining(["cancelled-latest", "cancelled-earlier"]),
    );
    expect(desk.suggest("pya", 25).map((figure) => figure.id)).toContain("pay-offer");
    expect(desk.suggest("", 25)).toHaveLength(desk.figures().length);
    expect(desk.suggest("", 3)).toHaveLength(3);
  });

  it("never gives more than asked, for any text and any number of figures", () => {
    const one = desk.figures()[0]!;
    const many: Figure[] = Array.from({ length: 200 }, (_, index) => ({
      ...one,
      id: `figure-${index}`,
      label: `Figure number ${index}`,
    }));
    const finder = createFigureFinder({ figures: many, charts: [] });
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 25 }), (typed, limit) => {
        const found = finder.suggest(typed, limit);
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("comparing", () => {
  it("sets two of a unit side by side, with both values", () => {
    expect(desk.compare("cancelled-latest", "cancelled-earlier")).toMatchObject({
      kind: "comparison",
      sentence:
        "Cancelled because of the latest strike: more than 125,000. Cancelled in the previous walkouts: almost 25,000.",
    });
  });

  it.each([
    ["absent", "cancelled-latest", /count different things/],
    ["pay-offer", "not-reporting", /not of the same/],
    ["strike-hours", "absent", /is a range/],
    ["absent", "absent", /same figure/],
  ])("refuses %s and %s, with the reason", (a, b, reason) => {
    const found = desk.compare(a, b);
    expect(found.kind === "refusal" && comparisonRefusal(found, "en")).toMatch(reason);
    expect(desk.chart(`${a},${b}`)).toBeUndefined();
  });

  it("names the nearest where a name is unknown", () => {
    expect(desk.compare("absent", "zebra")).toMatchObject({ kind: "unknown", name: "zebra" });
  });
});

describe("charts", () => {
  it.each([
    ["cancellations", ["125,000+", "almost 25,000"]],
    ["previous-strike", ["≈14,600", "12,800", "≈1,800"]],
    ["turnout", ["78%"]],
    ["cancelled-latest,cancelled-east-lancashire", ["125,000+", "100+"]],
  ])("%s shows its values, a title and the source as text", (id, values) => {
    const offer = desk.chart(id)!;
    const svg = drawChart({ ...offer.spec, theme: "light" });
    for (const value of values) expect(svg).toContain(`>${value}<`);
    const shown = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map((match) => match[1]).join(" ");
    expect(shown).toContain("Source: Has the junior doctors strike been effective?");
    expect(shown).toContain(offer.title.split(" ")[0]!);
  });

  it("says every value in the alt text", () => {
    for (const offer of desk.charts())
      for (const figure of offer.figures) expect(offer.alt).toContain(`${figure.label}: ${valueText(figure, "en-GB")}`);
  });

  it("keeps alt text within what platforms take, by whole values", () => {
    const one = desk.figures()[5]!;
    const alt = chartAltText(
      "Many",
      Array.from({ length: 200 }, () => one),
      "en",
    );
    expect(alt.length).toBeLessThanOrEqual(MAX_ALT_TEXT);
    expect(alt).toMatch(/And \d+ more\.$/);
  });

  it.each(["light", "dark"] as const)(
    "are PNG at twice the size and SVG without fonts, alike every time, in %s",
    async (theme) => {
      const spec = { ...desk.chart("cancellations")!.spec, theme };
      const [png, again] = [await createStudio().draw(spec, "png"), await createStudio().draw(spec, "png")];
      expect(Buffer.from(png.bytes.subarray(1, 4)).toString()).toBe("PNG");
      const view = Buffer.from(png.bytes);
      expect(view.readUInt32BE(16)).toBe(1280);
      expect(Buffer.compare(view, Buffer.from(again.bytes))).toBe(0);
      const svg = Buffer.from((await createStudio().draw(spec, "svg")).bytes).toString();
      expect(svg).not.toMatch(/<text|font-family/);
      expect(svg).toContain(`<title>${png.alt}</title>`);
    },
  );

  it("are drawn once for the same content", async () => {
    const studio = createStudio();
    const spec = { ...desk.chart("turnout")!.spec, theme: "light" as const };
    expect(await studio.draw(spec, "png")).toBe(await studio.draw({ ...spec }, "png"));
    expect(await studio.draw({ ...spec, theme: "dark" }, "png")).not.toBe(await studio.draw(spec, "png"));
  });

  it("draw zero, one and hostile labels", () => {
    const one = desk.figures()[5]!;
    const spec = { ...desk.chart("turnout")!.spec, theme: "light" as const };
    for (const label of ["", "<script>alert(1)</script>", "x".repeat(500), "😀 & \u202e"]) {
      const svg = drawChart({ ...spec, figures: [{ ...one, value: 0, label }] });
      expect(svg).not.toContain("<script>");
      expect(svg).toMatch(/^<svg/);
    }
  });
});

describe("values as text", () => {
  it.each([
    [{ value: 125000, unit: "cancellations", qualifier: "more than" }, "more than 125,000", "125,000+"],
    [{ value: 14600, unit: "people", qualifier: "about" }, "about 14,600", "≈14,600"],
    [{ value: 25000, unit: "people", qualifier: "almost" }, "almost 25,000", "almost 25,000"],
    [{ value: 1.5, unit: "%", qualifier: undefined }, "1.5%", "1.5%"],
    [{ value: 20, unit: "£", qualifier: "at most" }, "at most £20", "up to £20"],
    [
      { value: { from: "08:30", to: "12:00" }, unit: "time of day", qualifier: undefined },
      "8.30am to 12pm",
      "8.30am to 12pm",
    ],
    [{ value: { from: 5, to: 10 }, unit: "days", qualifier: undefined }, "5 to 10 days", "5 to 10 days"],
  ] as const)("%j", (figure, long, short) => {
    expect([valueText(figure, "en-GB"), shortValueText(figure, "en-GB")]).toEqual([long, short]);
  });

  it("follows the explainer's language", () => {
    expect(valueText({ value: 14600, unit: "Ärzte", qualifier: undefined }, "de")).toBe("14.600");
    expect(valueText({ value: { from: "08:00", to: "17:00" }, unit: "Uhr", qualifier: undefined }, "de")).toBe(
      "08:00 to 17:00",
    );
  });
});
