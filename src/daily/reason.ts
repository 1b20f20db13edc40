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

export function writeReason({ code, detail, because }: Reason): string {
  const more = because ? writeReason(because) : detail;
  return more === "" ? code : `${code}: ${more}`;
}

/** Reads what {@link writeReason} wrote; a sentence that was kept before there were codes is its own code. */
export function readReason(text: string): Reason {
  const [, code, detail] = WITH_DETAIL.exec(text) ?? [];
  if (code === undefined || detail === undefined) return { code: text, detail: "" };
  return code === RESULTS.late ? { code, detail: "", because: readReason(detail) } : { code, detail };
}
