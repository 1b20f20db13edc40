// Commands in plain words are known, and questions about the story are not taken for them.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { requestIn } from "../../src/assistant/request.js";
import { loadIntents } from "../../src/explainer/intents.js";
import { createShow, type Show } from "../../src/cards/show.js";
import { openShipped } from "../support/shipped.js";

describe("a command in plain words", () => {
  it.each([
    ["summarise it", "summary"],
    ["Can you summarize this please?", "summary"],
    ["summarise the whole thing in three bullets", "summary"],
    ["give me a quick summary", "summary"],
    ["tl;dr", "summary"],
    ["TLDR", "summary"],
    ["sum it up", "summary"],
    ["what's new?", "summary"],
    ["what has changed", "summary"],
    ["any updates?", "summary"],
    ["in a nutshell please", "summary"],
    ["show me the figures", "figures"],
    ["list all the numbers", "figures"],
    ["what can I ask?", "topics"],
    ["what do you know about", "topics"],
    ["where is this from?", "source"],
    ["what's your source", "source"],
    ["how old is this?", "source"],
    ["how up to date is the article", "source"],
    ["when was this written", "source"],
  ])("%s → %s", (text, kind) => {
    expect(requestIn(text)?.kind).toBe(kind);
  });

  it("names what a chart is to be of", () => {
    expect(requestIn("chart of the cancellations")).toEqual({ kind: "chart", name: "cancellations" });
    expect(requestIn("draw me a graph of how many walked out!")).toEqual({
      kind: "chart",
      name: "how many walked out",
    });
  });

  it("names the figure that is asked for", () => {
    expect(requestIn("what's the figure for the pay rise?")).toEqual({ kind: "figure", name: "pay rise" });
  });

  it.each([
    "what's new about the contract",
    "quick summary of Wednesday please",
    "what can I do if my operation was cancelled",
    "where is the strike",
    "how old is Jeremy Hunt",
    "figures",
    "summary of what Hunt said",
    "who wrote the contract",
  ])("%s is none, or no less than the whole", (text) => {
    expect(["figures", undefined]).toContain(requestIn(text)?.kind);
  });

  it("is none of the questions that readers were known to ask", () => {
    const asked = readFileSync("data/junior-doctors-strike/questions.jsonl", "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { q: string }).q);
    expect(asked.filter((question) => requestIn(question))).toEqual([]);
  });
});

describe("what was taught", () => {
  it("is hardly ever taken for a figure by its name, and answered as taught where it is", async () => {
    const { assistant } = await openShipped({ ENCODER: "off" });
    const explainer = (await assistant.topics()).explainer;
    const { intents } = await loadIntents("intents", explainer);
    const taken = intents.answerable.filter(({ text }) => requestIn(text)?.kind === "figure");
    expect(taken.length).toBeLessThan(10);
    const show = createShow({ assistant });
    for (const { text, section } of taken)
      expect((await show.question(text)).subject).toMatchObject({ kind: "sections", sections: [{ id: section }] });
  });
});

describe("what it shows", () => {
  let show: Show;
  beforeAll(async () => {
    show = createShow({ assistant: (await openShipped({ ENCODER: "off" })).assistant, ways: ["a way"] });
  });

  it("is what the command shows", async () => {
    expect(await show.question("tl;dr")).toEqual(await show.overview("summary", undefined));
    expect(await show.question("show me the figures")).toEqual(await show.overview("figures", undefined));
    expect(await show.question("what can I ask")).toEqual(await show.overview("topics", undefined));
    expect(await show.question("chart of cancelled-latest")).toEqual(await show.figure("cancelled-latest"));
    expect(await show.question("what's the figure for turnout?")).toEqual(await show.figure("turnout"));
  });

  it("is an editor's chart by its name, or by what a name may mean of it, and that again from its button", async () => {
    const drawn = await show.question("chart of the cancellations");
    expect(drawn.chart?.id).toBe("cancellations");
    expect(drawn.blocks.flatMap(({ lines }) => lines).join("\n")).toMatch(/more than 125,000[^]*almost 25,000/);
    expect((await show.question("draw a graph of the previous strike")).chart?.id).toBe("previous-strike");
    expect(await show.subject(drawn.subject!)).toEqual(drawn);
  });

  it("is an answer of the article where there is no figure of that name", async () => {
    const asked = "what is the number for moon landings";
    expect((await show.question(asked)).subject?.kind).toBe("abstain");
    for (const near of ["what's the number for Jeremy Hunt's office", "what is the statistic on weekday deaths"])
      expect((await show.question(near)).subject?.kind).not.toBe("figure");
  });

  it.each(["chart of cats", "chart of flights cancelled by Ryanair", "graph of train drivers"])(
    "is no chart for “%s”",
    async (asked) => {
      expect((await show.question(asked)).chart).toBeUndefined();
    },
  );

  it("is the chart of exactly that title", async () => {
    const title = "Appointments, operations and procedures cancelled by the strikes";
    expect((await show.question(`chart of ${title}`)).chart?.id).toBe("cancellations");
  });

  it("tells where the article comes from, and what moment it speaks of", async () => {
    const { blocks, source } = await show.question("how old is this?");
    expect(blocks[0]?.lines[0]).toContain("Has the junior doctors strike been effective?");
    expect(blocks[0]?.lines[0]).toContain("The second day of the strike");
    expect(source?.asOf).toContain("The second day of the strike");
  });
});
