import { describe, expect, it } from "vitest";
import { english } from "../../src/languages/en/grammar.js";
import { readArticle } from "../../src/explainer/read-article.js";
import { createSimilarityMatcher } from "../../src/matching/similarity.js";
import { SIGNALS } from "../../src/matching/similarity-features.js";
import { spellingOf } from "../../src/matching/learn.js";

const told = (question: string): RegExp | undefined => english.told.find(({ asked }) => asked.test(question))?.has;

describe("what a question asks to be told", () => {
  it.each([
    ["how old is the mayor", "The mayor, 54, was born in Castry.", "The mayor opened the bridge."],
    ["how much does a ticket cost", "A day ticket is £6.", "Tickets are sold at the gate."],
    ["how long will it be shut", "It stays shut for nine weeks.", "It is shut to cars and lorries."],
    ["when does it open again", "It opens on Monday 4 May.", "It opens once the cracks are filled."],
    ["how many people were hurt", "Fourteen were taken to hospital.", "Nobody has been named."],
    ["who is to blame", "Inspectors blame Halden Marine's director Ida Crane.", "It was rust that did it."],
    ["where do I park", "Park behind the hall in Mill Street.", "Parking takes a minute."],
    ["who is in charge of the bridge", "Mr Ostle runs it.", "It costs £3."],
    ["why does it cost so much", "It is dear because of the storm.", "It is £3."],
    ["why did they shut it", "It was shut because of cracks.", "It has three lanes."],
  ])("“%s”: “%s” has it, “%s” has not", (question, with_, without) => {
    expect([told(question)?.test(with_), told(question)?.test(without)]).toEqual([true, false]);
  });

  it("is nothing certain in a yes-or-no question", () => {
    expect(told("is the bridge safe")).toBeUndefined();
  });

  it("counts for the section that has it, and against the one that has not", () => {
    const { explainer } = readArticle(
      "## What does the ferry cost? {#cost}\n\nA crossing is £3.\n\n## Who runs the ferry? {#who}\n\nThe harbour trust runs the ferry.\n",
      "markdown",
      "ferry",
      "ferry.md",
    );
    const none = { answerable: [], unanswerable: [], smallTalk: [] };
    const matcher = createSimilarityMatcher(explainer!, none, spellingOf(explainer!, none), () => undefined);
    const rows = matcher.measure("how much is the ferry", undefined).sections;
    const column = (name: (typeof SIGNALS)[number]): (number | undefined)[] =>
      rows.map((row) => row[SIGNALS.indexOf(name)]);
    expect([column("holdsAsked"), column("lacksAsked")]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
