// Learning takes seconds, in which nobody would be answered: a thread of its own learns what changed, and leaves what it learnt in
// the cache, from where it is taken over.
import { Worker } from "node:worker_threads";
import type { Trial } from "./assistant/trial.js";
import type { Lesson } from "./content/taught.js";

export interface LearningJob {
  /** What is taught beside the files. */
  readonly lessons: readonly Lesson[];
  /** A lesson that is to be tried out. */
  readonly trial?: Lesson;
}

/** Runs the thread to its end, and gives what it told. Rejects where it fails. */
function run(job: LearningJob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./learning-thread.js", import.meta.url), {
      stdout: true,
      stderr: true,
      workerData: job,
    });
    let told: unknown;
    worker.on("message", (message: unknown) => (told = message));
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code === 0) resolve(told);
      else reject(new Error(`the learning thread ended with ${code}`));
    });
  });
}

/** Resolves once everything that the content asks for is learned; rejects where the thread fails. */
export async function learnBeside(lessons: readonly Lesson[]): Promise<void> {
  await run({ lessons });
}

/** What a lesson would change; undefined where its explainer is not there. Rejects where the thread fails. */
export async function tryBeside(lessons: readonly Lesson[], trial: Lesson): Promise<Trial | undefined> {
  return (await run({ lessons, trial })) as Trial | undefined;
}
