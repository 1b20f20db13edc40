// `npm run evaluate`: how well an explainer answers labelled questions.
import { stat } from "node:fs/promises";
import { evaluate as evaluateQuestions, type Evaluation } from "../assistant/evaluate.js";
import { readLabelledQuestions } from "../explainer/labelled.js";
import { openAssistant } from "../open-assistant.js";
import { createProgress, EXIT, readArguments, UsageError, type Command } from "./command.js";
import { problemLine } from "../explainer/problem-line.js";
import { printable } from "./terminal.js";

type Measure = "right" | "shown" | "helped" | "wrong" | "false-answers" | "lead";

/** Which way a bar is passed: from below, or from above. */
const BARS: Record<Measure, { value: (of: Evaluation) => number; over: (of: Evaluation) => number; least: boolean }> = {
  right: { value: (of) => of.right, over: (of) => of.answerable, least: true },
  shown: { value: (of) => of.shown, over: (of) => of.answerable, least: true },
  helped: { value: (of) => of.helped, over: (of) => of.answerable, least: true },
  lead: { value: (of) => of.leadHolds, over: (of) => of.facts, least: true },
  wrong: { value: (of) => of.wrong, over: (of) => of.answerable, least: false },
  "false-answers": { value: (of) => of.falseAnswers, over: (of) => of.unanswerable, least: false },
};

function readBars(text: string): { name: Measure; bar: number }[] {
  return text.split(",").map((part) => {
    const [name = "", bar = ""] = part.split("=").map((each) => each.trim());
    if (!Object.hasOwn(BARS, name) || !/^\d(?:\.\d+)?$/.test(bar)) {
      throw new UsageError(`"${part}" is not a bar; write ${Object.keys(BARS).join("=0.9, ")}=0.9`);
    }
    return { name: name as Measure, bar: Number(bar) };
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function table(of: Evaluation): string {
  const rows: [string, string][] = [
    ["questions", `${of.answerable} that the article answers, ${of.unanswerable} that it does not`],
    ["right", percent(of.right)],
    ["shown at once", percent(of.shown)],
    ["helped", percent(of.helped)],
    ["wrong", percent(of.wrong)],
    ["abstained", percent(of.abstained)],
    ["false answers", percent(of.falseAnswers)],
    ["offered in vain", percent(of.offeredInVain)],
    ["lead holds the fact", of.facts === 0 ? "none asked" : `${percent(of.leadHolds)} of ${of.facts}`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(22)}${value}`).join("\n");
}

export const evaluate: Command = {
  about: "Asks labelled questions and reports how well they were answered.",
  usage: [
    "npm run evaluate -- LABELLED.jsonl [--json] [--explainer ID-or-PATH]",
    '  a line of the file: {"q": "how many went on strike?", "accept": ["turnout"], "gold": "78%"}',
    "  --bars right=0.88,wrong=0.03   exit 1 where a share does not reach (right, helped, lead) or exceeds (wrong, false-answers) its bar",
  ].join("\n"),
  async run(args, config, streams) {
    const { values, positionals } = readArguments(args, {
      json: { type: "boolean", default: false },
      explainer: { type: "string" },
      bars: { type: "string" },
    });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError("name one file of labelled questions");
    const bars = values.bars === undefined ? [] : readBars(values.bars);
    if (!(await stat(file).catch(() => undefined))) throw new UsageError(`there is no file ${file}`);
    const progress = createProgress(streams);
    const opened = await openAssistant(config, values.explainer, progress.show);
    const only = opened.explainers.length === 1 ? (await opened.assistant.topics()).explainer : undefined;
    const { questions, problems } = await readLabelledQuestions(file, only);
    progress.clear();
    for (const problem of [...opened.problems, ...problems]) streams.err.write(`${problemLine(problem)}\n`);
    if (questions.length === 0) throw new UsageError(`${file} holds no labelled questions`);
    const result = await evaluateQuestions(opened.assistant, questions, undefined, (done) => {
      if (done % 25 === 0) progress.show("asking", done, questions.length);
    });
    progress.clear();
    if (values.json) {
      streams.out.write(`${JSON.stringify(result)}\n`);
    } else {
      const misses = result.asked.filter(
        (each) => ["wrong", "missed", "false answer"].includes(each.verdict) || each.leadHolds === false,
      );
      const lines = misses.map(
        (each) =>
          `${(each.leadHolds === false ? "lead" : each.verdict).padEnd(14)}${printable(each.question)}  (${each.section} ${each.confidence.toFixed(2)}; accepted: ${each.accept.join(", ") || "none"})`,
      );
      streams.out.write(`${table(result)}\n${lines.length > 0 ? `\n${lines.join("\n")}\n` : ""}`);
    }
    const idle = bars.filter(({ name }) => BARS[name].over(result) === 0);
    for (const { name } of idle)
      streams.err.write(`${name} cannot be measured: no labelled question is of that sort\n`);
    const failed = bars
      .filter(({ name }) => BARS[name].over(result) > 0)
      .filter(({ name, bar }) => (BARS[name].least ? BARS[name].value(result) < bar : BARS[name].value(result) > bar));
    for (const { name, bar } of failed) {
      streams.err.write(
        `${name} is ${percent(BARS[name].value(result))}, and the bar is ${BARS[name].least ? "at least" : "at most"} ${percent(bar)}\n`,
      );
    }
    return failed.length > 0 || idle.length > 0 || problems.length > 0 ? EXIT.found : EXIT.done;
  },
};
