// What the conversation and the composition root ask of a chat platform. A face receives, marks up, sends, edits and whispers.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import type { DailyDesk } from "../daily/desk.js";
import type { Desk } from "../desk/port.js";
import type { Poster } from "../daily/poster.js";
import type { Studio } from "../figures/studio.js";
import type { Obstacle } from "../languages/wording.js";
import type { Address, Installation } from "../memory/address.js";
import type { Said } from "../memory/said.js";
import type { Installations } from "../memory/installations.js";
import type { Once } from "../memory/once.js";
import type { Places } from "../memory/places.js";
import type { Seen } from "../memory/seen.js";
import type { PostShown } from "../cards/show.js";
import type { CooldownOptions } from "./cooldown.js";
import type { Shown } from "./event.js";
import type { Fair } from "./fair.js";
import type { Finding } from "./finding.js";

/** Sorted by what is to be done about it. */
export type Fault =
  /** The message or its channel is no more: nobody waits for an answer. */
  | "gone"
  /** We may not write there. */
  | "forbidden"
  /** The platform refuses the layout, its length or an attachment. */
  | "layout"
  /** Too late, or answered already. */
  | "expired"
  /** The token is of no use any more. */
  | "token"
  /** The platform does not answer, or not well: whether it did what it was asked is not known. */
  | "unavailable"
  /** Ours. */
  | "bug";

/** Where a conversation speaks. */
export interface Outgoing {
  readonly platform: string;
  /** Which way a message is picked, and so told of in the help. */
  readonly picks: "menu" | "actions";
  /** Whether options are typed in one line behind a command. */
  readonly typesLines: boolean;
  /** Faults after which a card is worth sending without its chart; none after which it may have arrived, unless it cannot twice. */
  readonly lighterAfter: readonly Fault[];
  send(to: Address, shown: Shown, how: { readonly answers?: string; readonly nonce?: string }): Promise<string>;
  edit(at: Address, message: string, shown: Shown): Promise<void>;
  remove(at: Address, message: string): Promise<void>;
  /** Shows something in a channel to one reader; absent where the platform cannot. */
  readonly whisper?: ((at: Address, reader: string, shown: Shown) => Promise<void>) | undefined;
  /** Writes to somebody directly. */
  tell(of: Installation, reader: string, shown: Shown): Promise<void>;
  /** Whether it may post in a channel for this reader; what hinders it where it may not. */
  probe(at: Address, reader: string): Promise<{ readonly name: string | undefined; readonly obstacle?: Obstacle }>;
  /** What a channel is called now, where that is known without asking. */
  nameOf(at: Address): string | undefined;
  /** What hindered it. */
  obstacle(at: Address, error: unknown): Obstacle;
  faultOf(error: unknown): Fault;
  /** What of an error may stand in a log. */
  fields(error: unknown): Record<string, unknown>;
}

/** Times in seconds, by face. */
export interface Meter {
  /** From an event that was answered to its answer on the wire. */
  answered(face: string, seconds: number): void;
  /** The platform asked to wait. */
  waited(face: string, seconds: number): void;
}

/** What every face is given. */
export interface FaceDeps {
  readonly assistant: Assistant;
  readonly studio: Studio;
  readonly log: Logger;
  readonly cooldown: CooldownOptions;
  readonly seen?: Seen | undefined;
  readonly said?: Said | undefined;
  /** Where editors learn what readers asked; absent where there is none. */
  readonly desk?: Desk | undefined;
  /** What servers and workspaces have set; absent where nothing is kept. */
  readonly places?: Places | undefined;
  /** Where the bot is installed; absent where nothing is kept. */
  readonly installations?: Installations | undefined;
  /** Words for one use, of a kind, good for so many milliseconds; absent where nothing is kept. */
  readonly once?: ((name: string, forMs: number) => Once) | undefined;
  /** Hears how long things took. */
  readonly meter?: Meter | undefined;
  /** Whose turn it is, of all that ask by whatever face. */
  readonly fair?: Fair | undefined;
  /** Where daily posts are set up; absent where there are none. */
  readonly daily?: DailyDesk | undefined;
  /** A day's post as it was shown. */
  readonly post?: PostShown | undefined;
}

/** Requests to one path. */
export interface Mount {
  readonly path: string;
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
}

/** How somebody adds the bot where they are, and what it asks for. */
export interface Install {
  readonly title: string;
  /** Where to begin: an address, or a path of the bot's own. */
  readonly href: string;
  readonly asks: readonly { readonly name: string; readonly why: string }[];
}

/** A running face, as the composition root sees it. */
export interface Face {
  readonly platform: string;
  /** Resolves when it hears, with what to tell whoever started it; rejects with what the platform refuses for good. */
  readonly ready: Promise<{ readonly note: string }>;
  /** Rejects when the platform takes back later what it gave; never resolves. */
  readonly refused: Promise<never>;
  readonly poster: Poster;
  /** Whether a place is that of whoever runs the bot. */
  owns(place: Installation): boolean;
  /** Requests to paths of its own. */
  readonly mounts: readonly Mount[];
  /** How it is added to a server or workspace; undefined where it cannot be, or not yet. */
  install(): Install | undefined;
  /** In how many servers and workspaces it is. */
  installed(): number;
  status(): Readonly<Record<string, unknown>>;
  /** Takes nothing new, finishes what is being answered within `patience` milliseconds, and disconnects. */
  stop(patience: number): Promise<void>;
}

/** How to start a face, that its settings are not there, or what is wrong with them. */
export type ReadFace =
  | {
      readonly kind: "startable";
      readonly start: (deps: FaceDeps) => Promise<Face>;
      /** What is wrong with what it stands on; changes nothing, never rejects. */
      readonly examine: () => Promise<readonly Finding[]>;
    }
  | { readonly kind: "absent" }
  | { readonly kind: "wrong"; readonly problems: readonly string[] };

/** A face that can be started, once its settings are there. */
export interface FaceKind {
  readonly platform: string;
  /** What it is called. */
  readonly title: string;
  /** The setting without which it does not start. */
  readonly needs: string;
  /** Names of its settings. */
  readonly settings: readonly string[];
  read(env: Readonly<Record<string, string | undefined>>): ReadFace;
}
