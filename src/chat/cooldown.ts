// Who may ask now: a reader has an allowance, a channel has a larger one, and whoever goes beyond is told once and then
// waited for in silence.
import { createAllowance, type AllowanceOptions } from "../assistant/allowance.js";
import { createKept } from "../assistant/kept.js";

export type Turn =
  | { readonly kind: "go" }
  /** Seconds to wait; `first`: it was not said yet since they last could ask. */
  | { readonly kind: "wait"; readonly seconds: number; readonly first: boolean };

export interface Cooldown {
  /** `channel`: where the answer will be posted; absent where it is private and costs the channel nothing. */
  turn(reader: string, channel?: string): Turn;
}

export interface CooldownOptions {
  readonly reader: AllowanceOptions;
  readonly channel: AllowanceOptions;
}

/**
 * Five questions at once and one every three seconds for a reader; for a channel five at once and four in five seconds,
 * below the five messages in five seconds that Discord takes, and the one a second of Slack: answers never queue up.
 */
export const CHAT_COOLDOWN: CooldownOptions = {
  reader: { burst: 5, perSecond: 1 / 3 },
  channel: { burst: 5, perSecond: 0.8 },
};

const REMEMBERED = 10_000;
/** Milliseconds until the same is told to the same again. */
const TOLD_AGAIN_MS = 60_000;

export function createCooldown({ reader, channel }: CooldownOptions): Cooldown {
  const readers = createAllowance(reader);
  const channels = createAllowance(channel);
  const told = createKept<number>(REMEMBERED);
  const now = reader.now ?? (() => performance.now());
  return {
    turn(who, where) {
      const own = readers.take(who);
      const seconds = own > 0 || where === undefined ? own : channels.take(where);
      if (seconds === 0) return { kind: "go" };
      const key = own > 0 ? `r${who}` : `c${where ?? ""}`;
      const before = told.get(key);
      const first = before === undefined || now() - before >= TOLD_AGAIN_MS;
      if (first) told.set(key, now());
      return { kind: "wait", seconds, first };
    },
  };
}
