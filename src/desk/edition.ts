// An explainer as it stands, and what of what was said it can put right.
import { createHash } from "node:crypto";
import type { Card } from "../cards/card.js";
import type { Subject } from "../cards/subject.js";
import type { Explainer } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";

/** What of an explainer is shown. */
export function editionDigest(explainer: Explainer, figures: readonly Figure[]): string {
  const { title, source, sections, summary, asOf } = explainer;
  const shown = sections.map(({ id, heading, passages }) => [
    id,
    heading,
    passages.map(({ text, marks }) => [text, marks]),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([title, source, asOf, shown, summary ?? null, figures]))
    .digest("base64url");
}

/** The subject that is shown now in a message's place: of a day's post its article's summary. */
export const nowOf = (subject: Subject): Subject =>
  subject.kind === "post" ? { kind: "summary", explainer: subject.explainer } : subject;

/** Without what a post says of the day before. */
export const lastingOf = ({ kind }: Subject, blocks: Card["blocks"]): Card["blocks"] =>
  kind === "post"
    ? blocks.filter((block, index) => block.kind !== "subheading" && blocks[index - 1]?.kind !== "subheading")
    : blocks;

/** Kinds of subjects that say what the article says. */
export const TOLD: ReadonlySet<Subject["kind"]> = new Set([
  "sections",
  "tentative",
  "figure",
  "comparison",
  "figures",
  "summary",
  "post",
]);
