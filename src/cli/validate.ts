// `npm run validate`: what is wrong in the content, where, and how to mend it.
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";
import { selfCheck, type Confusion } from "../assistant/self-check.js";
import { label } from "../cards/label.js";
import { SURE_PAGE } from "../chat/layout.js";
import type { Config } from "../config.js";
import { ContentError } from "../explainer/content-error.js";
import { loadCommonIntents, loadIntents, type Intents } from "../explainer/intents.js";
import { readLabelledQuestions } from "../explainer/labelled.js";
import { ARTICLE_FILE, explainerPaths, tryLoadExplainer } from "../explainer/load.js";
import { problemLine } from "../explainer/problem-line.js";
import { repeatedUtterances } from "../explainer/repeated.js";
import { reviewExplainer, type Finding } from "../explainer/review.js";
import type { Explainer, Problem } from "../explainer/types.js";
import { loadFigures } from "../figures/load.js";
import { lookMarks } from "../intake/look.js";
import { openEncoding, type OpenedEncoder } from "../open-assistant.js";
import { createProgress, EXIT, readArguments, UsageError, type Command } from "./command.js";
import { printable } from "./terminal.js";

/** Utterances that are told one by one. */
const TOLD_UTTERANCES = 10;

interface Checked {
  readonly findings: readonly Finding[];
  readonly about: string;
}

const grave = (problem: Problem): Finding => ({ ...problem, grave: true });

/** Remarks that an import left, and what the front matter lacks, by the file itself. */
async function fileFindings(explainer: Explainer): Promise<{ findings: Finding[]; hasSource: boolean }> {
  if (explainer.folder === undefined) return { findings: [], hasSource: true };
  const text = await readFile(join(explainer.folder, ARTICLE_FILE), "utf8");
  const yaml = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? "";
  const { file } = explainer;
  return {
    findings: lookMarks(text).map(({ line, message }) => ({
      grave: true,
      file,
      line,
      message: `a remark of an import stands here: ${message}`,
      remedy: "do as it says, or take it out",
    })),
    hasSource: parseDocument(yaml).has("source"),
  };
}

function confusionFinding(
  explainer: Explainer,
  intentsFile: string,
  { kind, text, section, taken }: Confusion,
): Finding {
  const headingOf = (id: string): string => explainer.sections.find((each) => each.id === id)?.heading ?? id;
  const short = label(printable(text), 100);
  if (kind === "utterance")
    return {
      grave: false,
      file: intentsFile,
      message: `“${short}” stands under ${section} and reads like ${taken}`,
      remedy: "move it, or give both sections more utterances that tell them apart",
    };
  const line = explainer.sections.find((each) => each.id === section)?.line;
  return {
    grave: true,
    file: explainer.file,
    ...(line === undefined ? {} : { line }),
    message: `readers can hardly tell “${short}” from “${label(headingOf(taken), 100)}”, and neither can the bot`,
    remedy: "word them so that each says what the other does not, or make one section of them",
  };
}

async function checkExplainer(
  path: string,
  { intentsDir, cacheDir }: Config,
  common: Intents,
  { encoder, vectors }: OpenedEncoder,
  onProgress: (what: string, done: number, of: number) => void,
): Promise<Checked> {
  const { explainer, problems } = await tryLoadExplainer(path);
  if (!explainer) return { findings: problems.map(grave), about: `${path}: cannot be used` };
  const own = await loadIntents(intentsDir, explainer);
  const labelled = await readLabelledQuestions(join(path, "questions.jsonl"), explainer);
  const asked = labelled.questions.map((each) => each.q);
  const { book, proposed, problems: figureProblems } = await loadFigures(explainer);
  const faults = [
    ...problems,
    ...own.problems,
    ...figureProblems,
    ...labelled.problems,
    ...repeatedUtterances(own.file, own.intents, common, asked),
  ];
  const intents: Intents = {
    answerable: own.intents.answerable,
    unanswerable: [...own.intents.unanswerable, ...common.unanswerable],
    smallTalk: common.smallTalk,
  };
  const { findings, hasSource } = await fileFindings(explainer);
  const utterances = own.intents.answerable.length;
  const itself = await selfCheck(explainer, intents, { cacheDir, encoder, vectors, onProgress });
  const confused = itself.confusions.map((each) => confusionFinding(explainer, own.file, each));
  const unlike = confused.filter((each) => !each.grave);
  const all: Finding[] = [
    ...faults.map(grave),
    ...findings,
    ...reviewExplainer(explainer, { hasSource, page: SURE_PAGE, utterances }),
    ...confused.filter((each) => each.grave),
    ...unlike.slice(0, TOLD_UTTERANCES),
  ];
  const counts = [
    `${explainer.sections.length} sections`,
    `${utterances + own.intents.unanswerable.length} example utterances`,
    `${book.figures.length} figures`,
    ...(proposed > 0 ? [`${proposed} proposed figures, off until "proposed: true" is taken out`] : []),
    ...(unlike.length > TOLD_UTTERANCES
      ? [`${unlike.length} of ${itself.asked} utterances read like another section`]
      : []),
    ...(all.some((each) => each.grave) ? [] : ["no faults"]),
  ];
  return { findings: all, about: `${explainer.id}: ${counts.join(", ")}` };
}

/** Intents of explainers that are not there: a misspelt name would go unnoticed. */
async function strayIntents(intentsDir: string, paths: readonly string[]): Promise<Problem[]> {
  const known = new Set(["common", ...paths.map((path) => basename(path))]);
  const files = await readdir(intentsDir).catch(() => []);
  return files
    .filter((file) => file.endsWith(".yaml") && !known.has(basename(file, ".yaml")))
    .map((file) => ({
      file: join(intentsDir, file),
      message: "there is no explainer of that name",
      remedy: "name the file as its explainer's folder",
    }));
}

export const validate: Command = {
  about: "Checks explainers and intents.",
  usage: [
    "npm run validate              everything under the data folder",
    "npm run validate -- DIR       one explainer folder, or one article",
    "  --strict                    what is good to know counts as a fault too",
    "It ends with 1 where something has to be mended.",
  ].join("\n"),
  async run(args, config, streams) {
    const { out, err } = streams;
    const { positionals, values } = readArguments(args, { strict: { type: "boolean", default: false } });
    const named = positionals[0];
    const paths = await explainerPaths(config.dataDir, named);
    if (positionals.length > 1) throw new UsageError("name one explainer, or none for all");
    if (paths.length === 0)
      throw new ContentError(`${config.dataDir} holds no explainer; add a folder with an ${ARTICLE_FILE}`);
    const progress = createProgress(streams);
    const common = await loadCommonIntents(config.intentsDir);
    const opened = await openEncoding(config);
    const findings: Finding[] = common.problems.map(grave);
    for (const path of paths) {
      const checked = await checkExplainer(path, config, common.intents, opened, progress.show);
      progress.clear();
      findings.push(...checked.findings);
      out.write(`${checked.about}\n`);
    }
    await opened.vectors?.save();
    if (named === undefined) findings.push(...(await strayIntents(config.intentsDir, paths)).map(grave));
    const faults = findings.filter((each) => each.grave || values.strict);
    const notes = findings.filter((each) => !faults.includes(each));
    for (const fault of faults) err.write(`${problemLine(fault)}\n`);
    if (notes.length > 0) err.write("Good to know:\n");
    for (const note of notes) err.write(`  ${problemLine(note)}\n`);
    if (faults.length > 0) err.write(`${faults.length} ${faults.length === 1 ? "fault" : "faults"}\n`);
    return faults.length > 0 ? EXIT.found : EXIT.done;
  },
};
