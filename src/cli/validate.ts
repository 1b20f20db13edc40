// `npm run validate`: what is wrong in the content, where, and how to mend it.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { checkExplainer, grave } from "../check-explainer.js";
import { ContentError } from "../explainer/content-error.js";
import { loadCommonIntents } from "../explainer/intents.js";
import { ARTICLE_FILE, explainerPaths } from "../explainer/load.js";
import { problemLine } from "../explainer/problem-line.js";
import type { Finding } from "../explainer/review.js";
import type { Problem } from "../explainer/types.js";
import { openEncoding } from "../open-assistant.js";
import { createProgress, EXIT, readArguments, UsageError, type Command } from "./command.js";
import { printable } from "./terminal.js";

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
      // Standard error is for what is found; what is done shows where somebody watches.
      const checked = await checkExplainer(path, config, common.intents, opened, (what, done, of) => {
        if (err.isTTY === true) progress.show(what, done, of);
      });
      progress.clear();
      findings.push(...checked.findings);
      out.write(`${checked.about}\n`);
    }
    await opened.vectors?.save();
    if (named === undefined) findings.push(...(await strayIntents(config.intentsDir, paths)).map(grave));
    const faults = findings.filter((each) => each.grave || values.strict);
    const notes = findings.filter((each) => !faults.includes(each));
    for (const fault of faults) err.write(`${printable(problemLine(fault))}\n`);
    if (notes.length > 0) err.write("Good to know:\n");
    for (const note of notes) err.write(`  ${printable(problemLine(note))}\n`);
    if (faults.length > 0) err.write(`${faults.length} ${faults.length === 1 ? "fault" : "faults"}\n`);
    return faults.length > 0 ? EXIT.found : EXIT.done;
  },
};
