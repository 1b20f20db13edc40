// Ids of Discord's buttons and menus: at most 100 characters, with snowflakes in base 36.
import { createPressCodec } from "../chat/press.js";
import { CUSTOM_ID } from "./limits.js";

const SNOWFLAKE = /^\d{1,20}$/;

function fromBase36(text: string): string | undefined {
  if (!/^[0-9a-z]{1,13}$/.test(text)) return undefined;
  let sum = 0n;
  for (const digit of text) sum = sum * 36n + BigInt(Number.parseInt(digit, 36));
  return sum.toString();
}

export const PRESSES = createPressCodec({
  limit: CUSTOM_ID,
  who: { write: (who) => (SNOWFLAKE.test(who) ? BigInt(who).toString(36) : ""), read: fromBase36 },
});
