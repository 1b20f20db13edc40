// Explainers that no weight was fitted on and no threshold was chosen by, without utterances: what a new user meets on the first day.
// Exits 1 where it falls below what it was.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { evaluate, type Evaluation } from "../src/assistant/evaluate.js";
import { readLabelledQuestions } from "../src/explainer/labelled.js";
import { openAssistant } from "../src/open-assistant.js";
import { SHIPPED, table } from "./measure.js";

const FOLDER = join("bench", "held-out");

/** Shares of what each counts, under or over which the matcher became worse. */
const BARS = { right: 0.35, shown: 0.57, helped: 0.7, wrong: 0.15, falseAnswers: 0.38 } as const;

export async function heldOut(): Promise<void> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const ids = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const found: Evaluation[] = [];
  for (const id of ids) {
    const { assistant } = await openAssistant({ ...SHIPPED, dataDir: FOLDER }, id);
    const { questions } = await readLabelledQuestions(join(FOLDER, id, "questions.jsonl"));
    found.push(await evaluate(assistant, questions));
  }
  const sum = (value: (of: Evaluation) => number): number => found.reduce((all, each) => all + value(each), 0);
  const answerable = sum((of) => of.answerable);
  const unanswerable = sum((of) => of.unanswerable);
  const mean = (key: "right" | "shown" | "helped" | "wrong"): number =>
    sum((of) => of[key] * of.answerable) / answerable;
  const shares = {
    right: mean("right"),
    shown: mean("shown"),
    helped: mean("helped"),
    wrong: mean("wrong"),
    falseAnswers: sum((of) => of.falseAnswers * of.unanswerable) / unanswerable,
  };
  const rows = Object.entries(shares).map(([name, value]) => [name, value.toFixed(3), BARS[name as keyof typeof BARS]]);
  process.stdout.write(
    `${ids.length} explainers, ${answerable} questions that they answer, ${unanswerable} that they do not\n\n${table(["", "share", "bar"], rows)}\n`,
  );
  const { right, shown, helped, wrong, falseAnswers } = shares;
  const holds =
    right >= BARS.right &&
    shown >= BARS.shown &&
    helped >= BARS.helped &&
    wrong <= BARS.wrong &&
    falseAnswers <= BARS.falseAnswers;
  if (!holds) process.exitCode = 1;
}
