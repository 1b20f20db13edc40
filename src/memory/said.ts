// What the bot said, where, in answer to what and showing what: so that an answer follows its question's edits and goes with it,
// also after a restart, and so that what was said can be found again. Numbers of messages and names of content; no readers' words.
import { createHash } from "node:crypto";
import type { Card } from "../cards/card.js";
import { encodeSubject } from "../cards/subject.js";
import type { Address } from "./address.js";

export interface SaidEntry {
  readonly at: Address;
  /** The bot's message. */
  readonly message: string;
  /** The message that it answers; undefined where it answers none. */
  readonly answers: string | undefined;
  /** The subject's code, whole; empty for a passing notice. */
  readonly subject: string;
  readonly page: number;
  /** Of the content shown. */
  readonly digest: string;
}

export interface Said {
  /** Notes it soon; a process that is killed within that moment forgets it. A later message takes an earlier one's place. */
  note(entry: SaidEntry): void;
  /** Those of `questions` that were answered there, with their answers; undefined where that cannot be looked up now. */
  answersTo(at: Address, questions: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
}

/** Long enough for every subject: no id is shortened. */
const WHOLE = 100_000;

/** Of everything on a card that is the content's own. */
function contentDigest({ explainer, blocks, headings, source, choices }: Card): string {
  return createHash("sha256")
    .update(JSON.stringify([explainer.id, blocks, headings, source ?? null, choices.map(({ label }) => label)]))
    .digest("base64url")
    .slice(0, 22);
}

/** What is remembered of a card that was shown; a reader's words are not. */
export function entryOf(
  card: Card,
  page: number,
  at: Address,
  message: string,
  answers: string | undefined,
): SaidEntry {
  const { subject } = card;
  const bare =
    subject?.kind === "sections" && subject.left !== undefined ? { ...subject, left: "shown" as const } : subject;
  return {
    at,
    message,
    answers,
    subject: bare ? encodeSubject(bare, WHOLE) : "",
    page,
    digest: contentDigest(card),
  };
}
