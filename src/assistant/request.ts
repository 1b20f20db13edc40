// Commands in plain words: "tl;dr", "show me the figures", "chart of the cancellations", "how old is this".
import { cleanUtterance } from "../matching/normalise.js";
import type { Request } from "../languages/grammar.js";
import { spoken } from "../languages/languages.js";

export interface Requested {
  readonly kind: Request;
  /** What it is about; empty where it is about everything. */
  readonly name: string;
}

/** What a message asks of the bot, where all of it does; undefined for a question about the story. */
export function requestIn(text: string): Requested | undefined {
  const clean = cleanUtterance(text);
  for (const [kind, pattern] of spoken.requests) {
    const found = pattern.exec(clean);
    if (found) return { kind, name: found.groups?.["name"]?.replace(/(?<![.!?])[.!?]+$/, "") ?? "" };
  }
  return undefined;
}
