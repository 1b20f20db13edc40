// A subject names exactly what was shown: whatever card there is, its subject gives the same card again.
import { beforeAll, describe, expect, it } from "vitest";
import type { Card } from "../../src/cards/card.js";
import { createShow, type Show } from "../../src/cards/show.js";
import { decodeSubject, encodeSubject } from "../../src/cards/subject.js";
import { PRESSES } from "../../src/discord/press.js";
import { openShipped } from "../support/shipped.js";
import { everySubject } from "../support/subjects.js";

let show: Show;
let subjects: Awaited<ReturnType<typeof everySubject>>;
beforeAll(async () => {
  const { assistant } = await openShipped({ ENCODER: "off" });
  show = createShow({ assistant, ways: ["a way"] });
  subjects = await everySubject(assistant);
});

/** The card of what a button of the card would hold. */
async function again(card: Card, limit: number): Promise<Card | undefined> {
  const subject = decodeSubject(encodeSubject(card.subject!, limit));
  return subject && show.subject(subject);
}

describe("the same card again", () => {
  it.each([
    "how many operations were cancelled?",
    "what do junior doctors say",
    "how many went on strike? And what food was taken to the picket lines?",
    "why is there a strike, and when is the next one?",
    "What did Cameron say? And did Theresa May agree, with a comma. | and a : bar?",
    "what did they say?",
    "who won the football last night?",
    "",
  ])("is what a reader was shown for %j", async (question) => {
    const card = await show.question(question);
    expect(await again(card, 2_000)).toEqual(card);
  });

  it("is every card that can be named", async () => {
    for (const subject of subjects) {
      const card = (await show.subject(subject))!;
      expect(await again(card, 2_000)).toEqual(card);
    }
  });

  it("keeps further reading in the hundred characters of a button, and leaves words to the card", async () => {
    const left = "when is the next one, and the one after that, if anybody knows that by now?";
    const asked = await show.question("why is there a strike, and when is the next one?");
    if (asked.subject?.kind !== "sections") throw new Error("it is meant to be answered");
    const card = { ...asked, left: [left], subject: { ...asked.subject, left: [left] } };
    const code = PRESSES.encode({ action: "show", subject: card.subject, page: 1, who: "900000000000000002" });
    expect(code.length).toBeLessThanOrEqual(100);
    const subject = PRESSES.decode(code)!.subject;
    if (subject.kind !== "sections") throw new Error("it was an answer");
    expect(subject.left).toBe("shown");
    const shown = await show.subject({ ...subject, left: card.left });
    expect(shown).toEqual(card);
  });

  it("needs no further reading where three answers leave no room for it", () => {
    const sections = ["today", "dispute", "turnout"].map((id) => ({ id, lead: 12, confidence: 1 }));
    const related = ["patients", "hospitals", "public"];
    const code = PRESSES.encode({
      action: "show",
      subject: { kind: "sections", explainer: "an-explainer-with-a-name-of-some-length", sections, related },
      page: 999,
      who: String(2n ** 63n),
    });
    expect(code.length).toBeLessThanOrEqual(100);
    expect(PRESSES.decode(code)).toMatchObject({ subject: { kind: "sections" }, page: 999 });
  });
});
