// What is being answered at this moment, so that a process that is told to stop can finish it first.

export interface InFlight {
  /** Counts `work` until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing is under way, or after `patience` milliseconds. Whether all of it ended. */
  settled(patience: number): Promise<boolean>;
}

export function createInFlight(): InFlight {
  const underway = new Set<Promise<unknown>>();
  return {
    track(work) {
      const counted = work.finally(() => underway.delete(counted));
      underway.add(counted);
      counted.catch(() => undefined);
      return counted;
    },
    async settled(patience) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), patience);
      });
      const all = async (): Promise<boolean> => {
        while (underway.size > 0) await Promise.allSettled(underway);
        return true;
      };
      const ended = await Promise.race([all(), late]);
      clearTimeout(timer);
      return ended;
    },
  };
}
