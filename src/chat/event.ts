// What happens on a chat platform, in no platform's words: faces make these, the conversation answers them.
import type { Card, CardPlace } from "../cards/card.js";
import type { Address } from "../memory/address.js";
import type { Press } from "./press.js";

/** Somebody's message, as it was written or as it was edited. */
export interface Message {
  readonly at: Address;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  /** Who wrote it; undefined where the platform names nobody. */
  readonly author: string | undefined;
  /** By a program: the bot itself, another one, a webhook. */
  readonly automatic: boolean;
  /** Whether it is somebody's words, and not news of a channel. */
  readonly spoken: boolean;
  /** Written to the bot alone. */
  readonly direct: boolean;
  /** Names the bot. */
  readonly mentioned: boolean;
  /** The message that it replies to. */
  readonly replyTo?: string | undefined;
  /** Whether what is said there belongs together: a thread, or a conversation with the bot alone. */
  readonly together: boolean;
  /** Replies to the bot without naming it. */
  readonly replied: boolean;
  /** Its words without markup and mentions. */
  readonly text: string;
  /** Changes with every edit of the words; undefined where it was never edited. */
  readonly edited?: string | undefined;
}

/** What somebody may do to a place's settings. */
export interface Rights {
  /** May set something up. */
  readonly set: boolean;
  /** May change what others set up. */
  change(): Promise<boolean>;
  /** May see what is set up in all channels, and not only where they are. */
  readonly all: boolean;
}

/** A card as it is to be laid out. */
export interface Shown {
  readonly card: Card;
  readonly place: CardPlace;
  /** In full; or in words alone, where the platform refused it so. */
  readonly plain?: boolean;
}

/** How to answer one command or press. */
export interface Turn {
  /** An answer is being made: it will be put here. */
  begin(where: "private" | "public" | "update"): void;
  /** `update` takes the place of the message with the pressed button; `beside` leaves it and is private. */
  put(shown: Shown, where: "private" | "public" | "update" | "beside"): Promise<void>;
  /** Shows it to everybody, as an answer to a message; its id where the platform tells. */
  publish(shown: Shown, answering: string | undefined): Promise<string | undefined>;
}

interface Interaction {
  readonly id: string;
  readonly at: Address;
  readonly reader: string;
  /** What the reader is called, where the platform tells. */
  readonly name?: string | undefined;
  readonly turn: Turn;
}

export interface Command extends Omit<Interaction, "name"> {
  readonly name: string;
  /** What the reader is called, where the platform tells. */
  readonly readerName?: string | undefined;
  /** The part of a command that has several. */
  readonly part?: string | undefined;
  /** Options by name; or all that was typed in one line. */
  readonly options: Readonly<Record<string, string>> | undefined;
  readonly line?: string | undefined;
  readonly rights: Rights;
  /** Seen by the reader alone wherever it is answered. */
  readonly alone: boolean;
  /** The channel's name, where the platform tells it. */
  readonly channelName?: string | undefined;
  /** Whether the platform hides what was typed, so that it is said again. */
  readonly restate: boolean;
}

/** Somebody picked a message to have it answered. */
export interface Pick extends Interaction {
  /** To have it answered; or, at the desk, to teach it. */
  readonly for?: "answer" | "teach";
  readonly rights?: Rights;
  readonly text: string;
  /** The message, or the thread that an answer belongs into. */
  readonly target: string;
  readonly alone: boolean;
}

export interface Pressed extends Interaction {
  /** The message with the button, where it has a number that holds. */
  readonly message?: string | undefined;
  /** Undefined where it means nothing (any more). */
  readonly press: Press | undefined;
  /** Whether the message is seen by the reader alone. */
  readonly own: boolean;
  /** Whether nothing can stand beside it, as in a window of its own. */
  readonly apart: boolean;
  readonly rights: Rights;
}
