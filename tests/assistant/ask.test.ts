import { beforeAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../src/assistant/assistant.js";
import { evaluate, type Evaluation } from "../../src/assistant/evaluate.js";
import { toJson } from "../../src/assistant/json.js";
import { readLabelledQuestions } from "../../src/explainer/labelled.js";
import { openShipped } from "../support/shipped.js";

const LABELLED = "data/junior-doctors-strike/questions.jsonl";

describe.each([
  ["with the encoder", "on"],
  ["without the encoder", "off"],
])("asking the shipped explainer %s", (_, encoder) => {
  let assistant: Assistant;
  beforeAll(async () => {
    assistant = (await openShipped({ ENCODER: encoder })).assistant;
  });

  it.each([
    ["how many operations were cancelled", "patients", "125,000"],
    ["what share of the junior doctors stayed away", "turnout", "78%"],
    ["who runs the BMA's junior doctors committee?", "junior-doctors", "Malawana"],
    ["did anyone bring pizza", "public", "pizza"],
    ["does the prime minister back hunt", "difference", "Cameron"],
    ["hw mny oprations wer canceld", "patients", "125,000"],
    ["Has the junior doctors strike been effective?", "difference", "remains to be seen"],
  ])("answers %j from %s, the fact in the lead", async (question, section, fact) => {
    const reply = await assistant.ask(question);
    expect(reply).toMatchObject({ kind: "answer", section });
    expect(reply.kind === "answer" && reply.lead).toContain(fact);
  });

  it.each([
    "when is the next strike",
    "how much does a junior doctor earn",
    "what is the capital of peru",
    "who won the cup final",
  ])("does not answer %j", async (question) => {
    expect((await assistant.ask(question)).kind).not.toBe("answer");
  });

  it.each([
    ["hello there", "greeting"],
    ["thanks a lot!", "thanks"],
    ["help", "help"],
    ["are you a bot?", "who-are-you"],
    ["goodbye", "goodbye"],
  ])("replies to %j with an editor's %s", async (typed, kind) => {
    const reply = await assistant.ask(typed);
    expect(reply).toMatchObject({ kind: "abstain", smallTalk: { kind }, nearest: [] });
  });

  it("answers two questions in one message, in their order", async () => {
    const reply = await assistant.ask(
      "How many junior doctors went on strike? And what food was taken to the picket lines?",
    );
    expect(reply).toMatchObject({ kind: "answer", section: "turnout", also: [{ section: "public" }] });
  });

  it.each([
    ["why is there a strike, and when is the next one?", "dispute", ["when is the next one?"]],
    ["What did Cameron say? And did Theresa May agree?", "difference", ["And did Theresa May agree?"]],
    ["are you a robot? and what did Hunt say about being popular", "health-secretary", []],
  ])("answers the half of %j that it can, and says which half it cannot", async (message, section, unanswered) => {
    expect(await assistant.ask(message)).toMatchObject({ kind: "answer", section, unanswered });
  });

  it("carries the figures of the sentence that leads, and their chart", async () => {
    const reply = await assistant.ask("how many operations were cancelled");
    if (reply.kind !== "answer") throw new Error("it did not answer");
    expect(reply.figures[0]).toMatchObject({ id: "cancelled-latest", value: 125000, statement: reply.lead });
    expect(reply.chart?.id).toBe("cancellations");
    expect(toJson(reply).figures[0]).toMatchObject({
      id: "cancelled-latest",
      label: expect.any(String),
      value: 125000,
      unit: "cancellations",
      qualifier: "more than",
    });
  });

  it("shows only words of the article as an answer", async () => {
    const { explainer } = await assistant.topics();
    const written = new Set(explainer.sections.flatMap((section) => section.passages.map((passage) => passage.text)));
    const reply = await assistant.ask("what did mcgee tell the bbc");
    if (reply.kind !== "answer") throw new Error("it did not answer");
    expect(written).toContain(reply.lead);
    for (const block of reply.rest)
      for (const line of block.lines)
        expect([...written].filter((text) => line.includes(text)).join(" ").length).toBe(line.length);
  });

  it.each([
    ["nothing", ""],
    ["white space", " \n\t "],
    ["10,000 of one letter", "a".repeat(10_000)],
    ["a very long story", "my mum had an appointment and it was moved ".repeat(3_000)],
    ["emoji", "🎉🎉🎉👩‍⚕️"],
    ["zero-width characters", "\u200b\u200d\u2060\ufeff"],
    ["right to left", "كم عدد الأطباء الذين أضربوا؟ \u202e strike"],
    ["Chinese", "有多少医生参加了罢工"],
    ["control characters", "\u0000\u0001\u001b[2Jstrike\u0007"],
    ["half a character", "\ud83d strike \udc00"],
    ["a prototype name", "__proto__"],
    ["another prototype name", "constructor prototype toString hasOwnProperty"],
    ["markup", "<script>alert(1)</script> ${jndi:ldap://x} '; DROP TABLE users; --"],
    ["combining marks", `s${"\u0301".repeat(500)}trike`],
    ["only punctuation", "?!?!?!... ---"],
    ["only stop words", "what is the of and to"],
  ])("gives a sane reply to %s", async (_name, typed) => {
    const reply = await assistant.ask(typed);
    expect(["answer", "tentative", "clarify", "abstain"]).toContain(reply.kind);
    expect(reply.question).toBe(typed);
    const json = JSON.parse(JSON.stringify(toJson(reply))) as { confidence: number };
    expect(json.confidence).toBeGreaterThanOrEqual(0);
    expect(json.confidence).toBeLessThanOrEqual(1);
  });

  it("does not answer noise", async () => {
    for (const noise of ["a".repeat(10_000), "🎉🎉", "__proto__", "", "%%%%", "qwrtplk zxcvb"])
      expect((await assistant.ask(noise)).kind).not.toBe("answer");
  });

  it("says why: what it read, matched, corrected and found nearest", async () => {
    const reply = await assistant.ask("how mnay docturs brought pizza??");
    const why = reply.explain?.();
    expect(why?.corrected).toMatchObject({ docturs: "doctors" });
    expect(why?.matchedWords).toContain("pizza");
    expect(why?.nearest?.text).toBeTruthy();
    expect(Object.keys(why?.signals ?? {})).toEqual(encoder === "on" ? ["words", "encoder"] : ["words"]);
  });

  it("answers the same question alike, every time and after another opening", async () => {
    const again = (await openShipped({ ENCODER: encoder })).assistant;
    for (const question of ["what are the nhs bosses saying", "weekends"])
      expect(toJson(await again.ask(question))).toEqual(toJson(await assistant.ask(question)));
  });
});

describe("the bars on the labelled questions", () => {
  const results = new Map<string, Evaluation>();
  beforeAll(async () => {
    const { questions } = await readLabelledQuestions(LABELLED);
    for (const encoder of ["on", "off"])
      results.set(encoder, await evaluate((await openShipped({ ENCODER: encoder })).assistant, questions));
  });

  it.each(["on", "off"])("hold with the encoder %s", (encoder) => {
    const result = results.get(encoder)!;
    expect(result.answerable + result.unanswerable).toBe(180);
    expect(result.right).toBeGreaterThanOrEqual(0.88);
    expect(result.helped).toBeGreaterThanOrEqual(0.96);
    expect(result.wrong).toBeLessThanOrEqual(0.03);
    expect(result.falseAnswers).toBeLessThanOrEqual(0.05);
    expect(result.leadHolds).toBeGreaterThanOrEqual(0.85);
  });
});
