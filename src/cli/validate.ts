// `npm run validate`: what is wrong in the content, where, and how to mend it.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { loadCommonIntents, loadIntents, type Intents } from "../explainer/intents.js";
import { listExplainers, loadExplainer } from "../explainer/load.js";
import { repeatedUtterances } from "../explainer/repeated.js";
import { readLabelledQuestions } from "../explainer/labelled.js";
import type { Problem } from "../explainer/types.js";
import { EXIT, readArguments, type Command } from "./command.js";
import { problemLine } from "./problem-line.js";

async function faultsOf(
  path: string,
  intentsDir: string,
  common: Intents,
): Promise<{ problems: Problem[]; about: string }> {
  const { explainer, problems } = await loadExplainer(path);
  if (!explainer) return { problems: [...problems], about: `${path}: cannot be used` };
  const own = await loadIntents(intentsDir, explainer);
  const labelled = await readLabelledQuestions(join(path, "questions.jsonl"), explainer);
  const repeated = repeatedUtterances(
    explainer.id,
    own.intents,
    common,
    labelled.questions.map((each) => each.q),
  );
  const all = [...problems, ...own.problems, ...labelled.problems, ...repeated];
  const counts = `${explainer.sections.length} sections, ${own.intents.answerable.length + own.intents.unanswerable.length} example utterances`;
  return { problems: all, about: `${explainer.id}: ${counts}${all.length === 0 ? ", no faults" : ""}` };
}

export const validate: Command = {
  about: "Checks explainers and intents.",
  usage:
    "npm run validate              everything under the data folder\nnpm run validate -- DIR       one explainer folder, or one article",
  async run(args, config, { out, err }) {
    const { positionals } = readArguments(args, {});
    const named = positionals[0];
    const asId = named === undefined ? undefined : join(config.dataDir, named);
    const isId = asId !== undefined && (await stat(asId).catch(() => undefined)) !== undefined;
    const paths =
      named === undefined
        ? (await listExplainers(config.dataDir)).map((id) => join(config.dataDir, id))
        : [isId ? asId : named];
    const common = await loadCommonIntents(config.intentsDir);
    const problems: Problem[] = [...common.problems];
    for (const path of paths) {
      const found = await faultsOf(path, config.intentsDir, common.intents);
      problems.push(...found.problems);
      out.write(`${found.about}\n`);
    }
    for (const problem of problems) err.write(`${problemLine(problem)}\n`);
    if (problems.length > 0) err.write(`${problems.length} ${problems.length === 1 ? "fault" : "faults"}\n`);
    return problems.length > 0 ? EXIT.found : EXIT.done;
  },
};
