// `npm run validate`: what is wrong in the content, where, and how to mend it.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { loadCommonIntents, loadIntents, type Intents } from "../explainer/intents.js";
import { ARTICLE_FILE, ContentError, explainerPaths, tryLoadExplainer } from "../explainer/load.js";
import { repeatedUtterances } from "../explainer/repeated.js";
import { readLabelledQuestions } from "../explainer/labelled.js";
import { loadFigures } from "../figures/load.js";
import type { Problem } from "../explainer/types.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { problemLine } from "../explainer/problem-line.js";

async function faultsOf(
  path: string,
  intentsDir: string,
  common: Intents,
): Promise<{ problems: Problem[]; about: string }> {
  const { explainer, problems } = await tryLoadExplainer(path);
  if (!explainer) return { problems: [...problems], about: `${path}: cannot be used` };
  const own = await loadIntents(intentsDir, explainer);
  const labelled = await readLabelledQuestions(join(path, "questions.jsonl"), explainer);
  const repeated = repeatedUtterances(
    explainer.id,
    own.intents,
    common,
    labelled.questions.map((each) => each.q),
  );
  const figures = await loadFigures(explainer);
  const all = [...problems, ...own.problems, ...figures.problems, ...labelled.problems, ...repeated];
  const counts = `${explainer.sections.length} sections, ${own.intents.answerable.length + own.intents.unanswerable.length} example utterances, ${figures.book.figures.length} figures`;
  return { problems: all, about: `${explainer.id}: ${counts}${all.length === 0 ? ", no faults" : ""}` };
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
  usage:
    "npm run validate              everything under the data folder\nnpm run validate -- DIR       one explainer folder, or one article",
  async run(args, config, { out, err }) {
    const { positionals } = readArguments(args, {});
    const named = positionals[0];
    const paths = await explainerPaths(config.dataDir, named);
    if (positionals.length > 1) throw new UsageError("name one explainer, or none for all");
    if (paths.length === 0)
      throw new ContentError(`${config.dataDir} holds no explainer; add a folder with an ${ARTICLE_FILE}`);
    const common = await loadCommonIntents(config.intentsDir);
    const problems: Problem[] = [...common.problems];
    for (const path of paths) {
      const found = await faultsOf(path, config.intentsDir, common.intents);
      problems.push(...found.problems);
      out.write(`${found.about}\n`);
    }
    if (named === undefined) problems.push(...(await strayIntents(config.intentsDir, paths)));
    for (const problem of problems) err.write(`${problemLine(problem)}\n`);
    if (problems.length > 0) err.write(`${problems.length} ${problems.length === 1 ? "fault" : "faults"}\n`);
    return problems.length > 0 ? EXIT.found : EXIT.done;
  },
};
