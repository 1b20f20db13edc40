// Waiting that can be cut short, for what tries again until it is told to stop.

export interface Pause {
  /** Resolves after so many milliseconds, or when it is woken. */
  wait(milliseconds: number): Promise<void>;
  wake(): void;
}

export function createPause(): Pause {
  let wake: () => void = () => undefined;
  return {
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}
