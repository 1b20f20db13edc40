// Every question reports what came of it, from whatever face, and its words only where they are wanted.
import { describe, expect, it } from "vitest";
import { createAssistant } from "../../src/assistant/assistant.js";
import { createOutcomes, type Outcome } from "../../src/memory/outcomes.js";
import { openShipped } from "../support/shipped.js";

const HERE = { platform: "plain", place: "here", channel: "talk" };

describe("outcomes", () => {
  it("are told of every question, also of one that was answered before", async () => {
    const { live } = await openShipped({ ENCODER: "off" });
    const told: Outcome[] = [];
    const counted = createOutcomes();
    const assistant = createAssistant(live.shelf, undefined, {
      wantsWords: (from) => from === undefined,
      report(outcome) {
        told.push(outcome);
        counted.report(outcome);
      },
    });
    await assistant.ask("how many operations were cancelled?", { from: HERE });
    await assistant.ask("how many operations were cancelled?");
    await assistant.ask("who won the football last night?", { from: HERE });
    await assistant.ask("what did they say?", { from: HERE });
    await assistant.ask("thanks", { from: HERE });
    expect(told.map(({ outcome }) => outcome)).toEqual(["answered", "answered", "abstained", "choices", "small talk"]);
    expect(told[0]).toMatchObject({ section: "patients", explainer: "junior-doctors-strike", from: HERE });
    expect(told[0]!.confidence).toBeGreaterThan(0.5);
    expect(told.map(({ words }) => words !== undefined)).toEqual([false, true, false, false, false]);
    expect(counted.counts()).toEqual({ answered: 2, tentative: 0, choices: 1, abstained: 1, "small talk": 1 });
  });
});
