// Slack's messages as the conversation takes them.
import type { Message } from "../chat/event.js";
import type { Address } from "../memory/address.js";
import { wordsOf } from "./text.js";

export const PLATFORM = "slack";

/** Kinds of messages that are somebody's words; all others tell of something. */
const WORDS = new Set<unknown>([undefined, "file_share", "thread_broadcast"]);

type Fields = Readonly<Record<string, unknown>>;
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const object = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

/** The bot in a workspace. */
export interface Self {
  readonly user: string;
  readonly team: string;
}

function messageOf(fields: Fields, channel: string, direct: boolean, self: Self): Message {
  const ts = text(fields["ts"]) ?? "";
  const thread = text(fields["thread_ts"]);
  const words = text(fields["text"]) ?? "";
  const author = text(fields["user"]);
  return {
    // In a channel the thread keeps the answer with its question; a direct message is answered where it stands.
    at: { platform: PLATFORM, place: self.team, channel, thread: direct ? thread : (thread ?? ts) },
    id: ts,
    writtenAt: Number(ts) * 1000,
    author,
    automatic: fields["bot_id"] !== undefined || author === self.user,
    spoken: WORDS.has(fields["subtype"]),
    direct,
    together: direct || thread !== undefined,
    mentioned: words.includes(`<@${self.user}`),
    replied: false,
    text: wordsOf(words),
    edited: text(object(fields["edited"])["ts"]),
  };
}

export type SlackNews =
  | { readonly kind: "created" | "edited"; readonly message: Message }
  | { readonly kind: "deleted"; readonly at: Address; readonly id: string };

/** What a message event tells; undefined where it tells of nothing that was said. */
export function readEvent(event: object, self: Self): SlackNews | undefined {
  const fields = event as Fields;
  const channel = text(fields["channel"]) ?? "";
  const direct = fields["channel_type"] === "im" || channel.startsWith("D");
  switch (fields["subtype"]) {
    case "message_changed": {
      const message = object(fields["message"]);
      if (text(message["ts"]) === undefined) return undefined;
      // A deletion with replies under it comes as a change to a tombstone.
      if (message["subtype"] === "tombstone")
        return {
          kind: "deleted",
          at: { platform: PLATFORM, place: self.team, channel },
          id: text(message["ts"]) ?? "",
        };
      return { kind: "edited", message: messageOf(message, channel, direct, self) };
    }
    case "message_deleted": {
      const id = text(fields["deleted_ts"]);
      return id === undefined
        ? undefined
        : { kind: "deleted", at: { platform: PLATFORM, place: self.team, channel }, id };
    }
    default: {
      const message = messageOf(fields, channel, direct, self);
      // A mention that comes by an edit is an event of its own, with the mark of the edit.
      return { kind: message.edited === undefined ? "created" : "edited", message };
    }
  }
}
