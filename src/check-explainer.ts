// Everything that can be found out about an explainer without a reader: what is wrong in its files, and what its own bot takes for something else.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { selfCheck, type Confusion } from "./assistant/self-check.js";
import { label } from "./cards/label.js";
import { SURE_PAGE } from "./chat/layout.js";
import type { Config } from "./config.js";
import { frontMatterOf } from "./explainer/front-matter.js";
import { loadIntents, type Intents } from "./explainer/intents.js";
import { readLabelledQuestions } from "./explainer/labelled.js";
import { ARTICLE_FILE, tryLoadExplainer } from "./explainer/load.js";
import { repeatedUtterances } from "./explainer/repeated.js";
import { reviewExplainer, type Finding } from "./explainer/review.js";
import type { Explainer, Problem } from "./explainer/types.js";
import { loadFigures } from "./figures/load.js";
import { lookMarks } from "./intake/look.js";
import type { OpenedEncoder } from "./open-assistant.js";

/** Utterances that are told one by one. */
const TOLD_UTTERANCES = 10;

export interface Checked {
  readonly findings: readonly Finding[];
  /** A line on what there is. */
  readonly about: string;
}

/** Share of a heading's own confidence with which another is as good as it. */
const LOSING = 0.5;

export const grave = (problem: Problem): Finding => ({ ...problem, grave: true });

/** A remark that nothing shuts hides all that stands under it. */
function unclosed(text: string, file: string): Finding[] {
  const at = text.lastIndexOf("<!--");
  if (at < 0 || text.includes("-->", at)) return [];
  const line = text.slice(0, at).split("\n").length;
  return [
    {
      grave: true,
      file,
      line,
      message: 'a remark begins here ("<!--") and never ends; what follows is hidden',
      remedy: 'write "-->" behind it',
    },
  ];
}

/** Remarks that an import left, and what the front matter lacks, by the file itself. */
async function fileFindings(explainer: Explainer): Promise<{ findings: Finding[]; hasSource: boolean }> {
  if (explainer.folder === undefined) return { findings: [], hasSource: true };
  const text = await readFile(join(explainer.folder, ARTICLE_FILE), "utf8");
  const { file } = explainer;
  return {
    findings: [
      ...unclosed(text, file),
      ...lookMarks(text).map(({ line, message }) => ({
        grave: true,
        file,
        line,
        message: `a remark of an import stands here: ${message}`,
        remedy: "do as it says, or take it out",
      })),
    ],
    hasSource: parseDocument(frontMatterOf(text)?.yaml ?? "").has("source"),
  };
}

function confusionFinding(
  explainer: Explainer,
  intentsFile: string,
  { kind, text, section, taken, share }: Confusion,
): Finding {
  const headingOf = (id: string): string => explainer.sections.find((each) => each.id === id)?.heading ?? id;
  const short = label(text, 100);
  if (kind === "utterance")
    return {
      grave: false,
      file: intentsFile,
      message: `“${short}” stands under ${section} and reads like ${taken}`,
      remedy: "move it, or give both sections more utterances that tell them apart",
    };
  const line = explainer.sections.find((each) => each.id === section)?.line;
  const losing = share > LOSING;
  return {
    grave: losing,
    file: explainer.file,
    ...(line === undefined ? {} : { line }),
    message: losing
      ? `readers can hardly tell “${short}” from “${label(headingOf(taken), 100)}”, and neither can the bot`
      : `“${short}” is near to “${label(headingOf(taken), 100)}”: who asks loosely may get either`,
    remedy: losing
      ? "word them so that each says what the other does not, or make one section of them"
      : "give both utterances that tell them apart",
  };
}

/** Checks the explainer at `path`; `common`: the utterances that all share. Never rejects for what the files hold. */
export async function checkExplainer(
  path: string,
  { intentsDir, cacheDir }: Config,
  common: Intents,
  { encoder, vectors }: OpenedEncoder,
  onProgress: (what: string, done: number, of: number) => void,
): Promise<Checked> {
  const { explainer, problems } = await tryLoadExplainer(path);
  if (!explainer) return { findings: problems.map(grave), about: `${path}: cannot be used` };
  const own = await loadIntents(intentsDir, explainer);
  const labelled = await (explainer.folder === undefined
    ? { questions: [], problems: [] }
    : readLabelledQuestions(join(explainer.folder, "questions.jsonl"), explainer));
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
