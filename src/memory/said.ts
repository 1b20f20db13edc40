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
  /** Of which explainer it shows something. */
  readonly explainer: string;
  /** Of the content shown. */
  readonly digest: string;
  /** The content shown, as {@link contentOf} writes it: what a correction is compared with. */
  readonly content: string;
}

/** What of a card is the content's own, as it is kept. */
export interface ShownContent {
  readonly blocks: Card["blocks"];
}

export interface Said {
  /** Notes it soon; a process that is killed within that moment forgets it. A later message takes an earlier one's place. */
  note(entry: SaidEntry): void;
  /** Those of `questions` that were answered there, with their answers; undefined where that cannot be looked up now. */
  answersTo(at: Address, questions: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
  /**
   * What the bot showed in one of its messages, or last in a thread, since a moment: the subject's code. Undefined where nothing is
   * known.
   */
  shown(at: Address, message: string | undefined, since: number): Promise<string | undefined>;
}

/** Long enough for every subject: no id is shortened. */
const WHOLE = 100_000;

/** The words of a card that are the content's own. Further reading and the source's line are no part of what was said. */
export const contentOf = ({ blocks }: Card): string => JSON.stringify({ blocks } satisfies ShownContent);
export const readContent = (content: string): ShownContent => JSON.parse(content) as ShownContent;

/** The same for the same words. */
export const digestOf = (content: string): string =>
  createHash("sha256").update(content).digest("base64url").slice(0, 22);

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
  const content = contentOf(card);
  return {
    at,
    message,
    answers,
    subject: bare ? encodeSubject(bare, WHOLE) : "",
    page,
    explainer: card.explainer.id,
    digest: digestOf(content),
    content,
  };
}
