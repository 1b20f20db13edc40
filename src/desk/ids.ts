// Ids of what the desk keeps.
import { randomBytes } from "node:crypto";

/** Letters and digits, short enough for a button. */
export const newId = (): string => randomBytes(8).toString("base64url").replace(/[-_]/g, "0").slice(0, 10);

/** A number below 2^62 in digits, which a platform keeps with a message. */
export const newMark = (): string => String(randomBytes(8).readBigUInt64BE() >> 2n);
