// Work that is done again and again and never runs over itself. Counted in elapsed time: a clock that is put back by a year must
// not make the next look at the store wait for its return, as schedulers by the clock do.

/** Runs `work` every `everyMs` unless the last run is still under way; `onFault` hears of what it throws. Gives what ends it. */
export function startTicker(everyMs: number, work: () => Promise<void>, onFault: (error: unknown) => void): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    void work()
      .catch(onFault)
      .finally(() => (running = false));
  }, everyMs);
  return () => clearInterval(timer);
}
