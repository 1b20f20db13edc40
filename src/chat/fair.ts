// Whose turn it is: of all that is to be answered each server or workspace has its share, so that a busy one keeps nobody waiting.
// Each has a few at work at once and a few more that wait, taken in turn; what comes on top of that is refused, and counted.

export interface Fair {
  /** Works when it is `who`'s turn; what `work` gives, or that too much waits there already. Rejects as `work` does. */
  run<T>(
    who: string,
    work: () => Promise<T>,
  ): Promise<{ readonly kind: "done"; readonly value: T } | { readonly kind: "full" }>;
  /** How many work, wait, and were refused since the start. */
  readonly status: () => { readonly working: number; readonly waiting: number; readonly refused: number };
}

export interface FairOptions {
  /** At work at once for each. */
  readonly each: number;
  /** Waiting at most for each. */
  readonly waiting: number;
  /** At work at once in all. */
  readonly all: number;
}

/**
 * Four at once keep a place's answers flowing while one waits for the platform; of Discord's fifty requests a second for the whole bot
 * they take a place no more than its turn. Forty that wait are half a minute of what one channel may be sent.
 */
const CHAT_SHARES: FairOptions = { each: 4, waiting: 40, all: 64 };

interface Share {
  working: number;
  readonly queue: (() => void)[];
}

export function createFair({ each, waiting: most, all }: FairOptions = CHAT_SHARES): Fair {
  /** In the order in which it is their turn. */
  const shares = new Map<string, Share>();
  let working = 0;
  let waiting = 0;
  let refused = 0;

  function next(): void {
    if (waiting === 0) return;
    for (const [who, share] of shares) {
      if (working >= all) return;
      const begin = share.working < each ? share.queue.shift() : undefined;
      if (!begin) continue;
      // Whoever had a turn stands at the end.
      shares.delete(who);
      shares.set(who, share);
      waiting -= 1;
      begin();
    }
  }

  return {
    async run(who, work) {
      const share = shares.get(who) ?? { working: 0, queue: [] };
      shares.set(who, share);
      if (working >= all || share.working >= each) {
        if (share.queue.length >= most) {
          refused += 1;
          return { kind: "full" };
        }
        waiting += 1;
        await new Promise<void>((resolve) => {
          share.queue.push(() => {
            // Taken as it is given: who comes in between finds it taken.
            share.working += 1;
            working += 1;
            resolve();
          });
        });
      } else {
        share.working += 1;
        working += 1;
      }
      try {
        return { kind: "done", value: await work() };
      } finally {
        share.working -= 1;
        working -= 1;
        if (share.working === 0 && share.queue.length === 0) shares.delete(who);
        next();
      }
    },
    status: () => ({ working, waiting, refused }),
  };
}
