// What was dealt with already, so that an event that is delivered twice is answered once.
import { createKept } from "../assistant/kept.js";

export interface Seen {
  /** Whether this is the first time that `key` comes; from then on it was seen. */
  first(key: string): Promise<boolean>;
}

const REMEMBERED = 20_000;

/** Remembers in this process alone. */
export function createSeen(): Seen {
  const kept = createKept<true>(REMEMBERED);
  return {
    first(key) {
      const before = kept.get(key) === true;
      kept.set(key, true);
      return Promise.resolve(!before);
    },
  };
}
