// What a button or menu means, written into its id: version, what is to be done, page, who for, and the subject. It holds all
// there is to know, so that a press works after a restart and on any replica. One codec; each platform has its budget.
import { decodeSubject, encodeSubject, type Subject } from "../cards/subject.js";

const VERSION = "1";
const ACTIONS = { show: "o", share: "h", pick: "p", not: "n", tell: "t" } as const;

const TICKET = /^\w{1,12}$/;

/** What a press asks for. */
export interface Press {
  /**
   * Shows in place or beside; publishes; shows what a menu's value names; says that it is no answer to what was asked; asks to be told
   * when there is one.
   */
  readonly action: keyof typeof ACTIONS;
  readonly subject: Subject;
  /** Page of the card, from 0. */
  readonly page: number;
  /** `show` and `pick`: who asked, and so may have the message changed. `share`: the message that it answers. */
  readonly who: string | undefined;
  /** By which the question can be spoken of again, where its words are kept. */
  readonly ticket?: string | undefined;
}

export interface PressCodec {
  encode(press: Press): string;
  /** Undefined for another version, or nonsense. */
  decode(code: string): Press | undefined;
  /** What every id of one message holds that was made for `who`: to find the message by. */
  mark(who: string): string;
}

export interface PressBudget {
  /** Characters of an id at most. */
  readonly limit: number;
  /** Writes and reads who it is for, where the platform's ids can be shortened. */
  readonly who?: { write(who: string): string; read(text: string): string | undefined };
}

export function createPressCodec({ limit, who }: PressBudget): PressCodec {
  const writeWho = (id: string | undefined): string => (id === undefined ? "" : (who?.write(id) ?? id));
  return {
    encode({ action, subject, page, who: about, ticket }) {
      const asked = ticket === undefined ? "" : `.${ticket}`;
      const head = `${VERSION}${ACTIONS[action]}:${page}${asked}:${writeWho(about)}:`;
      return head + encodeSubject(subject, limit - head.length);
    },
    decode(code) {
      const [head = "", page = "", about = "", rest = "", ...more] = code.split(":");
      // Where the platform tells actions apart itself, ids had none.
      const action =
        head === VERSION
          ? "show"
          : (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).find((name) => VERSION + ACTIONS[name] === head);
      const subject = decodeSubject(rest);
      const [number = "", ticket] = page.split(".");
      if (!action || !subject || more.length > 0 || !/^\d{1,3}$/.test(number)) return undefined;
      return {
        action,
        subject,
        page: Number(number),
        who: about === "" ? undefined : who ? who.read(about) : about,
        ...(ticket !== undefined && TICKET.test(ticket) ? { ticket } : {}),
      };
    },
    mark: (about) => `:${writeWho(about)}:`,
  };
}
