// `npm run evaluate`: how well an explainer answers labelled questions.
import { stat } from "node:fs/promises";
import { evaluate as evaluateQuestions, isMiss, type Asked, type Evaluation } from "../assistant/evaluate.js";
import { lessonsOf, type Lesson } from "../assistant/miss.js";
import { readLabelledQuestions } from "../explainer/labelled.js";
import { unpack } from "../matching/vector-store.js";
import { openAssistant, type OpenedEncoder } from "../open-assistant.js";
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

/** A miss, and why. */
function missLines({ verdict, leadHolds, question, section, confidence, accept, reason }: Asked): string[] {
  const head = `${(leadHolds === false ? "lead" : verdict).padEnd(14)}${printable(question)}  (${section} ${confidence.toFixed(2)}; accepted: ${accept.join(", ") || "none"})`;
  if (!reason) return [head];
  const { corrected, unknown, nearest, tied, signals } = reason;
  const why = [
    ...Object.entries(corrected).map(([from, to]) => `“${from}” was taken for “${to}”`),
    ...(tied ? [`${tied[0]} and ${tied[1]} are about as near`] : []),
    ...(nearest ? [`it reads like “${nearest.text}” (${nearest.of})`] : []),
    ...(unknown.length > 0 ? [`the article does not know ${unknown.map((word) => `“${word}”`).join(", ")}`] : []),
    ...(signals
      ? [
          Object.entries(signals)
            .map(([name, of]) => `${name} say ${of}`)
            .join(", "),
        ]
      : []),
  ];
  return why.length === 0 ? [head] : [head, `${" ".repeat(14)}${printable(why.join("; "))}`];
}

/** Missed questions that are told to be taught, most helpful first. */
const LESSONS = 8;

/** What to teach: never the labelled questions themselves, or they measure nothing any more. */
function lessonLines(lessons: readonly Lesson[]): string[] {
  const some = lessons.slice(0, LESSONS);
  if (some.length === 0) return [];
  return [
    "Utterances like these would gain most (write your own words: a labelled question that is taught measures nothing):",
    ...some.map(
      ({ question, section, near }) =>
        `  ${section ?? "unanswerable"}: ${printable(question)}${near > 0 ? `  (${near} other ${near === 1 ? "miss is" : "misses are"} near it)` : ""}`,
    ),
  ];
}

async function lessonsFor({ asked }: Evaluation, { vectors }: OpenedEncoder): Promise<Lesson[]> {
  const missed = asked
    .filter(({ verdict }) => verdict !== "right" && verdict !== "rightly abstained" && verdict !== "offered in vain")
    .map(({ question, accept }) => ({ question, section: accept[0] }));
  const packed = (await vectors?.vectors(missed.map(({ question }) => question))) ?? [];
  return lessonsOf(missed, packed.map(unpack));
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
    const opened = await openAssistant(config, values.explainer, { onProgress: progress.show });
    const only = opened.explainers.length === 1 ? (await opened.assistant.topics()).explainer : undefined;
    const { questions, problems } = await readLabelledQuestions(file, only);
    progress.clear();
    for (const problem of [...opened.problems, ...problems]) streams.err.write(`${problemLine(problem)}\n`);
    if (questions.length === 0) throw new UsageError(`${file} holds no labelled questions`);
    const result = await evaluateQuestions(opened.assistant, questions, undefined, (done) => {
      if (done % 25 === 0) progress.show("asking", done, questions.length);
    });
    progress.clear();
    const lessons = await lessonsFor(result, opened.encoding);
    if (values.json) {
      streams.out.write(`${JSON.stringify({ ...result, teach: lessons })}\n`);
    } else {
      const misses = result.asked.filter((each) => isMiss(each.verdict) || each.leadHolds === false);
      const lines = misses.flatMap(missLines);
      streams.out.write(`${table(result)}\n${lines.length > 0 ? `\n${lines.join("\n")}\n` : ""}`);
      const taught = lessonLines(lessons);
      if (taught.length > 0) streams.out.write(`\n${taught.join("\n")}\n`);
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
