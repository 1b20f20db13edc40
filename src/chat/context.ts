// What was shown last where somebody asks: in the message that they reply to, in the thread, or by their own command a moment ago.
import type { Assistant } from "../assistant/assistant.js";
import { leans, type Context } from "../assistant/follow-up.js";
import { createKept } from "../assistant/kept.js";
import { decodeSubject, means, type Subject } from "../cards/subject.js";
import { keyOf, type Address } from "../memory/address.js";
import type { Said } from "../memory/said.js";

export interface Contexts {
  /** What a question may go on from; undefined where it stands by itself, or nothing was shown. */
  of(asked: AskedWhere): Promise<Context | undefined>;
  /** Notes what a reader was shown; `open`: whether everybody there saw it. */
  note(at: Address, reader: string, subject: Subject | undefined, open: boolean): void;
}

export interface AskedWhere {
  readonly at: Address;
  readonly reader: string;
  readonly text: string;
  readonly replyTo?: string | undefined;
  readonly together?: boolean;
  /** Whether it is asked by a command, whose answers the reader alone sees: one goes on from another. */
  readonly alone?: boolean;
}

/** Milliseconds that a thread goes on for. */
const THREAD_MS = 86_400_000;
/** And a message that is replied to. */
const REPLY_MS = 14 * THREAD_MS;
/** Milliseconds in which somebody who asks again by a command goes on. */
const OWN_MS = 10 * 60_000;
const READERS = 5_000;
/** Of the faces: how readers speak to the bot. */
const LANGUAGE = "en";

export function createContexts(assistant: Assistant, said: Said | undefined, now: () => number = Date.now): Contexts {
  /** In each thread and conversation; what was shown by a press is in no ledger. */
  const threads = createKept<{ readonly subject: Subject; readonly at: number }>(READERS);
  const own = createKept<{ readonly subject: Subject; readonly at: number }>(READERS);

  const threadOf = (at: Address): string => keyOf(at, at.thread ?? "");

  function contextOf(subject: Subject | undefined): Context | undefined {
    if (subject?.kind !== "sections" && subject?.kind !== "tentative") return undefined;
    const explainer = assistant.explainers().find(({ id }) => means(subject.explainer, id));
    const section = subject.sections[0]?.id;
    return explainer && section !== undefined ? { explainer: explainer.id, section } : undefined;
  }

  return {
    async of({ at, reader, text, replyTo, together = false, alone = false }) {
      if (!leans(text, LANGUAGE)) return undefined;
      const shown = together && replyTo === undefined ? threads.get(threadOf(at)) : undefined;
      if (shown && now() - shown.at < THREAD_MS) return contextOf(shown.subject);
      const code =
        replyTo === undefined && !together
          ? undefined
          : await said?.shown(at, replyTo, now() - (replyTo === undefined ? THREAD_MS : REPLY_MS));
      if (code !== undefined) return contextOf(decodeSubject(code));
      const last = alone ? own.get(keyOf(at, reader)) : undefined;
      return last && now() - last.at < OWN_MS ? contextOf(last.subject) : undefined;
    },
    note(at, reader, subject, open) {
      // Help, lists and the desk are nothing to go on from.
      if (!subject || !contextOf(subject)) return;
      own.set(keyOf(at, reader), { subject, at: now() });
      if (open) threads.set(threadOf(at), { subject, at: now() });
    },
  };
}
