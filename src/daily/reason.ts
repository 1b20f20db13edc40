// What came of a delivery, and why a subscription is paused: a code, and what the platform said; kept as one text.
import type { Reason } from "../languages/wording.js";

/** What came of a day. */
export const RESULTS = {
  posted: "posted",
  late: "late",
  unchanged: "unchanged",
  unknown: "unknown",
  noArticle: "no-article",
  paused: "paused",
} as const;

const WITH_DETAIL = /^([a-z][a-z-]*): (.*)$/s;

export function writeReason({ code, detail }: Reason): string {
  return detail === "" ? code : `${code}: ${detail}`;
}

/** Reads what {@link writeReason} wrote; a sentence that was kept before there were codes is its own code. */
export function readReason(text: string): Reason {
  const [, code, detail] = WITH_DETAIL.exec(text) ?? [];
  return code === undefined || detail === undefined ? { code: text, detail: "" } : { code, detail };
}
