// Work that is done again and again and never runs over itself. Counted in elapsed time: a clock that is put back by a year must
// not make the next look at the store wait for its return, as schedulers by the clock do.
import { createBackoff } from "../assistant/retry.js";

/**
 * Runs `work` every `everyMs` unless the last run is still under way; `onFault` hears of what it throws, after which it rests for
 * longer and longer. Gives what ends it.
 */
export function startTicker(everyMs: number, work: () => Promise<void>, onFault: (error: unknown) => void): () => void {
  let running = false;
  let rests = 0;
  const backoff = createBackoff();
  const timer = setInterval(() => {
    if (running || performance.now() < rests) return;
    running = true;
    void work()
      .then(
        () => backoff.reset(),
        (error: unknown) => {
          rests = performance.now() + backoff.next();
          onFault(error);
        },
      )
      .finally(() => (running = false));
  }, everyMs);
  return () => clearInterval(timer);
}
