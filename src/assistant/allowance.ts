// How often somebody may ask: a token bucket each, so that a burst is fine and a flood is not.

export interface Allowance {
  /** Takes one for `who`. 0 when it was there to take, else the seconds until the next. */
  take(who: string): number;
}

export interface AllowanceOptions {
  /** Asked at once at most. */
  readonly burst: number;
  /** Given back every second. */
  readonly perSecond: number;
  /** Milliseconds that have gone by, whatever the clock shows; where it is put back nobody must wait for its return. */
  readonly now?: () => number;
  /** Askers remembered at most; the longest silent are forgotten first. */
  readonly askers?: number;
}

export function createAllowance({
  burst,
  perSecond,
  now = () => performance.now(),
  askers = 10_000,
}: AllowanceOptions): Allowance {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(who) {
      const time = now();
      const before = buckets.get(who) ?? { left: burst, at: time };
      const left = Math.min(burst, before.left + ((time - before.at) / 1000) * perSecond);
      buckets.delete(who);
      buckets.set(who, { left: left >= 1 ? left - 1 : left, at: time });
      if (buckets.size > askers) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
      return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    },
  };
}
