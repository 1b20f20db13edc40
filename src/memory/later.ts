// Writing a moment later, many at a time: what hears of things waits for no disk.

export interface Later {
  /** Writes in a moment; calls until then make one write. What could not be written is left to the next. */
  readonly soon: () => void;
  /** Writes now, after the write that is under way. Rejects where the write does. */
  readonly flush: () => Promise<void>;
}

const AFTER_MS = 250;

/** `write` writes what is pending, and keeps what it could not write; it never runs twice at once. */
export function createLater(write: () => Promise<void>): Later {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  function flush(): Promise<void> {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  }
  return {
    flush,
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        flush().catch(() => undefined);
      }, AFTER_MS).unref();
    },
  };
}
