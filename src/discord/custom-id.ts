// Ids of buttons and menus: version, what is to be done, and what with. They hold all there is to know, so that a button
// works after a restart and on any replica.
import { decodeSubject, encodeSubject, type Subject } from "../assistant/subject.js";
import { CUSTOM_ID } from "./limits.js";

const VERSION = "1";
const ACTIONS = { show: "o", share: "h", pick: "p" } as const;
const SNOWFLAKE = /^\d{1,20}$/;
/** Version, action, page and a snowflake in base 36 with their separators. */
const OVERHEAD = 1 + 1 + 3 + 13 + 4;

/** What a press asks for. */
export interface Press {
  /** Shows in place or beside; publishes; or shows what a menu's value names. */
  readonly action: keyof typeof ACTIONS;
  readonly subject: Subject;
  /** Page of the card, from 0. */
  readonly page: number;
  /** `show` and `pick`: who asked, and so may have the message changed. `share`: the message that it answers. */
  readonly who: string | undefined;
}

const toBase36 = (snowflake: string): string => BigInt(snowflake).toString(36);

function fromBase36(text: string): string | undefined {
  if (!/^[0-9a-z]{1,13}$/.test(text)) return undefined;
  let sum = 0n;
  for (const digit of text) sum = sum * 36n + BigInt(Number.parseInt(digit, 36));
  return sum.toString();
}

/** An id of at most 100 characters. */
export function encodePress({ action, subject, page, who }: Press): string {
  const about = who !== undefined && SNOWFLAKE.test(who) ? toBase36(who) : "";
  return [VERSION + ACTIONS[action], page, about, encodeSubject(subject, CUSTOM_ID - OVERHEAD)].join(":");
}

/** Reads an id; undefined for one of another version or of no meaning. */
export function decodePress(id: string): Press | undefined {
  const [head = "", page = "", about = "", code = "", ...more] = id.split(":");
  const action = (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).find((name) => VERSION + ACTIONS[name] === head);
  const subject = decodeSubject(code);
  if (!action || !subject || more.length > 0 || !/^\d{1,3}$/.test(page)) return undefined;
  return { action, subject, page: Number(page), who: about === "" ? undefined : fromBase36(about) };
}
