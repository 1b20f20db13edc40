// Values of buttons and menus: version, page, who, and the subject. They hold all there is to know.
import { decodeSubject, encodeSubject, type Subject } from "../assistant/subject.js";

const VERSION = "1";

/** Ids of our elements; what follows a colon only tells elements of one block apart. */
export const ACTIONS = { show: "standfirst_show", share: "standfirst_share", pick: "standfirst_pick" } as const;

/** What a press asks for. */
export interface Press {
  readonly subject: Subject;
  /** Page of the card, from 0. */
  readonly page: number;
  /** Of `show`: who asked, and so may have the message changed. Of `share`: the message that it answers. */
  readonly who: string | undefined;
}

export function encodePress({ subject, page, who }: Press, limit: number): string {
  const head = `${VERSION}:${page}:${who ?? ""}:`;
  return head + encodeSubject(subject, limit - head.length);
}

/** Reads a value; undefined for one of another version or of no meaning. */
export function decodePress(value: string): Press | undefined {
  const [version, page = "", who = "", code = "", ...more] = value.split(":");
  const subject = decodeSubject(code);
  if (version !== VERSION || !subject || more.length > 0 || !/^\d{1,3}$/.test(page)) return undefined;
  return { subject, page: Number(page), who: who === "" ? undefined : who };
}
