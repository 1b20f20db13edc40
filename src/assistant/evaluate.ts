// Asks labelled questions and counts: the measure that docs/matching.md reports and editors can run on their own.
import type { LabelledQuestion } from "../explainer/labelled.js";
import { reasonOf, type Reason } from "./miss.js";
import type { Assistant } from "./assistant.js";

export type Verdict =
  "right" | "wrong" | "shown" | "offered" | "missed" | "rightly abstained" | "offered in vain" | "false answer";

export interface Asked {
  readonly question: string;
  readonly accept: readonly string[];
  readonly verdict: Verdict;
  /** The section that was answered or thought likeliest. */
  readonly section: string;
  readonly confidence: number;
  /** Whether the lead holds the fact that was asked for; undefined where none was. */
  readonly leadHolds: boolean | undefined;
  /** Why it was missed; absent for one that was not. */
  readonly reason?: Reason;
}

/** Shares are 0–1. */
export interface Evaluation {
  readonly answerable: number;
  readonly unanswerable: number;
  /** Of the answerable: answered with the right section. */
  readonly right: number;
  /** Of the answerable: the right section shown at once, as an answer or as the closest. */
  readonly shown: number;
  /** Of the answerable: answered rightly, or the right section among the choices. */
  readonly helped: number;
  readonly wrong: number;
  /** Of the answerable: neither answered nor offered a choice. */
  readonly abstained: number;
  /** Of the unanswerable: answered all the same. */
  readonly falseAnswers: number;
  /** Of the unanswerable: offered choices. */
  readonly offeredInVain: number;
  /** Of the questions for one fact that were answered with the right section: the lead holds it. */
  readonly leadHolds: number;
  readonly facts: number;
  readonly asked: readonly Asked[];
}

/** Whether a reader did not get what they asked for. */
export const isMiss = (verdict: Verdict): boolean => ["wrong", "missed", "false answer"].includes(verdict);

async function judge(assistant: Assistant, question: LabelledQuestion, explainer: string | undefined): Promise<Asked> {
  const reply = await assistant.ask(question.q, { explainer });
  const fits = (choice: { section: string; heading: string }): boolean =>
    question.accept.includes(choice.section) || question.accept.includes(choice.heading);
  const top =
    reply.kind === "answer" || reply.kind === "tentative"
      ? reply
      : reply.kind === "clarify"
        ? reply.choices[0]
        : reply.nearest[0];
  const answerable = question.accept.length > 0;
  const verdict = ((): Verdict => {
    switch (reply.kind) {
      case "answer":
        return answerable ? (fits(reply) ? "right" : "wrong") : "false answer";
      case "tentative":
        if (!answerable) return "offered in vain";
        return fits(reply) ? "shown" : reply.others.some(fits) ? "offered" : "missed";
      case "clarify":
        return answerable ? (reply.choices.some(fits) ? "offered" : "missed") : "offered in vain";
      case "abstain":
        return answerable ? "missed" : "rightly abstained";
    }
  })();
  const gold = question.gold ?? undefined;
  const leadHolds =
    gold !== undefined && reply.kind === "answer" && verdict === "right"
      ? reply.lead.toLowerCase().includes(gold.toLowerCase())
      : undefined;
  const missed = isMiss(verdict) || leadHolds === false;
  const reason = missed ? reasonOf(reply, question.accept) : undefined;
  return {
    ...(reason ? { reason } : {}),
    question: question.q,
    accept: question.accept,
    verdict,
    section: top?.section ?? "",
    confidence: top?.confidence ?? 0,
    leadHolds,
  };
}

/** Asks each question in turn. `onProgress` hears the count. */
export async function evaluate(
  assistant: Assistant,
  questions: readonly LabelledQuestion[],
  explainer?: string,
  onProgress?: (done: number) => void,
): Promise<Evaluation> {
  const asked: Asked[] = [];
  for (const question of questions) {
    asked.push(await judge(assistant, question, explainer));
    onProgress?.(asked.length);
  }
  const answerable = asked.filter((each) => each.accept.length > 0);
  const unanswerable = asked.filter((each) => each.accept.length === 0);
  const facts = asked.filter((each) => each.leadHolds !== undefined);
  const share = (of: readonly Asked[], ...verdicts: Verdict[]): number =>
    of.length === 0 ? 0 : of.filter((each) => verdicts.includes(each.verdict)).length / of.length;
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    right: share(answerable, "right"),
    shown: share(answerable, "right", "shown"),
    helped: share(answerable, "right", "shown", "offered"),
    wrong: share(answerable, "wrong"),
    abstained: share(answerable, "missed"),
    falseAnswers: share(unanswerable, "false answer"),
    offeredInVain: share(unanswerable, "offered in vain"),
    leadHolds: facts.length === 0 ? 0 : facts.filter((each) => each.leadHolds === true).length / facts.length,
    facts: facts.length,
    asked,
  };
}
