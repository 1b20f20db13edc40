// What `doctor` found, whatever platform was asked.

export interface Finding {
  /** `look`: not wrong for certain. */
  readonly level: "good" | "look" | "bad";
  readonly what: string;
  /** What to do about it. */
  readonly mend?: string;
}

const REQUEST_MS = 10_000;
/** Seconds from which a clock is wrong: platforms refuse what is five minutes off. */
const SKEW_S = 60;

/** How far this machine's clock is from that of whoever answers at `address`, by HTTP's `Date`. Never rejects. */
export async function skewFinding(who: string, address: string): Promise<Finding> {
  const sent = Date.now();
  const answer = await fetch(address, { signal: AbortSignal.timeout(REQUEST_MS) }).catch(() => undefined);
  if (!answer)
    return {
      level: "bad",
      what: `${who} cannot be reached at ${new URL(address).host}`,
      mend: "see to the network, a proxy, or the setting of its address",
    };
  await answer.body?.cancel();
  const theirs = Date.parse(answer.headers.get("date") ?? "");
  const seconds = Math.round(((sent + Date.now()) / 2 - theirs) / 1_000);
  if (Number.isNaN(seconds))
    return { level: "look", what: `${who} did not say what time it is`, mend: "compare this machine's clock by hand" };
  return Math.abs(seconds) < SKEW_S
    ? { level: "good", what: `${who} is reached, and the clocks agree` }
    : {
        level: "bad",
        what: `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} that of ${who}`,
        mend: "set the clock, by NTP",
      };
}
