// Learning takes seconds, in which nobody would be answered: a thread of its own learns what changed, and leaves what it learnt in
// the cache, from where it is taken over.
import { Worker } from "node:worker_threads";

/** Resolves once everything that the content asks for is learned; rejects where the thread fails. */
export function learnBeside(): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./learning-thread.js", import.meta.url), { stdout: true, stderr: true });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the learning thread ended with ${code}`));
    });
  });
}
