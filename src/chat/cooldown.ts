// Who may ask now: a reader has an allowance, a channel has a larger one, and whoever goes beyond is told once and then
// waited for in silence.
import { createAllowance, type Allowance, type AllowanceOptions } from "../assistant/allowance.js";
import { createKept } from "../assistant/kept.js";

export type Turn =
  | { readonly kind: "go" }
  /** Seconds to wait; `first`: it was not said yet since they last could ask; `place`: all of a place asked too much together. */
  | { readonly kind: "wait"; readonly seconds: number; readonly first: boolean; readonly place: boolean };

/** A server or workspace whose managers set how many questions a minute it may ask. */
export interface PlaceRate {
  readonly key: string;
  readonly perMinute: number;
}

export interface Cooldown {
  /** `channel`: where the answer will be posted; absent where it is private and costs the channel nothing. */
  turn(reader: string, channel?: string, place?: PlaceRate): Turn;
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
/** Different rates that places have set. */
const RATES = 600;
/** Milliseconds until the same is told to the same again. */
const TOLD_AGAIN_MS = 60_000;

export function createCooldown({ reader, channel }: CooldownOptions): Cooldown {
  const readers = createAllowance(reader);
  const channels = createAllowance(channel);
  const told = createKept<number>(REMEMBERED);
  const rates = createKept<Allowance>(RATES);
  const rateOf = (perMinute: number): Allowance => {
    const before = rates.get(String(perMinute));
    if (before) return before;
    const made = createAllowance({ ...reader, burst: perMinute, perSecond: perMinute / 60 });
    rates.set(String(perMinute), made);
    return made;
  };
  const now = reader.now ?? (() => performance.now());
  return {
    turn(who, where, place) {
      const own = readers.take(who);
      const channel = own > 0 || where === undefined ? 0 : channels.take(where);
      const all = own > 0 || channel > 0 || !place ? 0 : rateOf(place.perMinute).take(place.key);
      const seconds = own || channel || all;
      if (seconds === 0) return { kind: "go" };
      const key = own > 0 ? `r${who}` : channel > 0 ? `c${where ?? ""}` : `p${place?.key ?? ""}`;
      const before = told.get(key);
      const first = before === undefined || now() - before >= TOLD_AGAIN_MS;
      if (first) told.set(key, now());
      return { kind: "wait", seconds, first, place: all > 0 };
    },
  };
}
