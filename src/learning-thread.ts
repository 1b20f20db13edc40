// The thread behind `learn-beside.ts`. Without a trial it opens the content as it is now, which learns what is new; with one it tries
// out what a lesson would change. Either way what was learned is left in the cache.
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { tryUtterance, type Trial } from "./assistant/trial.js";
import { readConfig } from "./config.js";
import { createFileSource } from "./content/files.js";
import { taughtSource, withLessons } from "./content/taught.js";
import { ContentError } from "./explainer/content-error.js";
import { readLabelledQuestions } from "./explainer/labelled.js";
import type { LearningJob } from "./learn-beside.js";
import { openAssistant, openEncoding } from "./open-assistant.js";

const { lessons, trial } = workerData as LearningJob;
const taught = { all: () => lessons, follow: () => () => undefined };

/** Whether it learned; faults in the content are told by who reads it to answer from it. */
async function learn(): Promise<boolean> {
  const { config } = readConfig(process.env);
  if (!config) return true;
  return openAssistant(config, undefined, { lessons: taught }).then(
    () => true,
    (error: unknown) => error instanceof ContentError,
  );
}

async function tryOut(lesson: NonNullable<LearningJob["trial"]>): Promise<Trial | undefined> {
  const { config } = readConfig(process.env);
  if (!config) return undefined;
  const { encoder, vectors } = await openEncoding(config);
  const { dataDir, intentsDir, cacheDir } = config;
  const { contents } = await taughtSource(createFileSource({ dataDir, intentsDir, cacheDir }), taught).read(undefined);
  const content = [...contents.values()].find(({ explainer }) => explainer.id === lesson.explainer);
  if (!content) return undefined;
  const { explainer, intents } = content;
  const labelled =
    explainer.folder === undefined
      ? []
      : await readLabelledQuestions(join(explainer.folder, "questions.jsonl")).then(
          ({ questions }) => questions,
          () => [],
        );
  const added = withLessons(explainer, intents, [lesson]);
  const outcome = await tryUtterance(explainer, intents, added, labelled, { cacheDir, encoder, vectors });
  await vectors?.save();
  return outcome;
}

if (trial) parentPort?.postMessage(await tryOut(trial));
process.exit(trial || (await learn()) ? 0 : 1);
