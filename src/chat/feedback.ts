// What a reader says of an answer, or asks for in its place: "Not what I asked", "Tell me".
import type { Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import { encodeSubject, means } from "../cards/subject.js";
import type { Desk } from "../desk/port.js";
import { WISH_DAYS } from "../desk/wishes.js";
import { keyOf } from "../memory/address.js";
import type { Seen } from "../memory/seen.js";
import type { Pressed } from "./event.js";

/** Gives what is said back; undefined where the press is no remark, or nothing is kept. */
export function createFeedback(
  desk: Desk | undefined,
  seen: Seen,
  show: Show,
): (event: Pressed) => Promise<Card | undefined> {
  return async function feedback({ at, reader, press }) {
    if (!press || !desk || (press.action !== "not" && press.action !== "tell")) return undefined;
    const { subject, ticket, action } = press;
    const told = (say: Parameters<Show["notice"]>[0]): Promise<Card> => show.notice(say);
    const away = (error: unknown): Promise<Card> => {
      if (!desk.isAway(error)) throw error;
      return told(({ desk: words }) => words.away());
    };
    if (action === "tell") {
      const kept = ticket === undefined ? false : await desk.wish(at, reader, ticket).catch(away);
      if (typeof kept === "object") return kept;
      return told(({ desk: words }) => (kept ? words.willTell(WISH_DAYS) : words.cannotTell()));
    }
    // Pressed again it says the same, and counts once.
    if (
      "sections" in subject &&
      (await seen.first(`not ${keyOf(at, reader, ticket ?? encodeSubject(subject, 100))}`))
    ) {
      const of = desk.explainer(subject.explainer);
      const section = of?.sections.find(({ id }) => means(subject.sections[0]?.id ?? "", id));
      if (of) await desk.disputed(of.id, section?.id ?? "", ticket).catch(() => undefined);
    }
    return told(({ desk: words }) => words.disputed());
  };
}
