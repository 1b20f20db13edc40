// One way to wait before trying again: growing, jittered, never shorter than a floor, never longer than a ceiling.

// With these numbers nothing is tried more than ten times in the first minute, and then at most once in one.

export interface Backoff {
  /** Milliseconds until the next try; `asked` is what the other side asked for. Each call is one more failure in a row. */
  next(asked?: number): number;
  /** It lasted: the next failure is a first one again. */
  reset(): void;
}

export interface BackoffOptions {
  readonly first?: number;
  readonly ceiling?: number;
  readonly random?: () => number;
}

/** Milliseconds to wait after so many failures: doubled with each up to a ceiling, and jittered, so that many that failed together do not come back together. */
export function waitAfter(failures: number, { first, ceiling, random }: Required<BackoffOptions>): number {
  const wait = Math.min(first * 2 ** Math.min(failures, 20), ceiling);
  return Math.round(wait * (0.5 + random() / 2));
}

const FIRST_MS = 1_000;
const CEILING_MS = 120_000;

export function createBackoff({
  first = FIRST_MS,
  ceiling = CEILING_MS,
  random = Math.random,
}: BackoffOptions = {}): Backoff {
  let failures = 0;
  return {
    next: (asked = 0) => Math.max(asked, waitAfter(failures++, { first, ceiling, random })),
    reset: () => void (failures = 0),
  };
}

export interface Persistence {
  readonly backoff?: Backoff;
  /** Waits so many milliseconds, or less where it is woken. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  /** Hears of a failure; throws where another try is not worth it. What it gives is what the other side asked to wait, in milliseconds. */
  readonly judge: (error: unknown) => number;
  /** Hears how long it waits after a failure. */
  readonly waits?: (error: unknown, milliseconds: number) => void;
}

/** Tries until it works. Undefined where it was stopped; rejects with what `judge` throws. */
export async function persist<T>(
  work: () => Promise<T>,
  { backoff = createBackoff(), wait, stopped, judge, waits }: Persistence,
): Promise<{ readonly value: T } | undefined> {
  while (!stopped()) {
    const outcome = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ("value" in outcome) return outcome;
    const asked = judge(outcome.error);
    if (stopped()) return undefined;
    const milliseconds = backoff.next(asked);
    waits?.(outcome.error, milliseconds);
    await wait(milliseconds);
  }
  return undefined;
}
