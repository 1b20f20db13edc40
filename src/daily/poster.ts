// What the daily posts ask of a platform; each chat face provides it.
import type { Card, CardPlace } from "../cards/card.js";
import type { Reason } from "../languages/wording.js";
import type { Address, Installation } from "../memory/address.js";

/** What came of an attempt to post. */
export type Posted =
  | { readonly kind: "posted"; readonly message: string }
  /** Certainly not posted; trying again may help, after so many milliseconds at least. */
  | { readonly kind: "refused"; readonly reason: Reason; readonly afterMs?: number }
  /** Certainly not posted, and it never will be as things are. */
  | { readonly kind: "closed"; readonly reason: Reason }
  /** Nobody knows. */
  | { readonly kind: "unknown"; readonly reason: Reason };

/** How fast a platform takes what nobody waits for, so that answers never wait behind it. */
export interface Pace {
  readonly perSecond: number;
  /** Of the whole bot, or of each server or workspace. */
  readonly per: "bot" | "place";
}

export interface Poster {
  readonly platform: string;
  readonly pace: Pace;
  /** Whether the platform takes one more now without an answer having to wait for it; absent where it does not say. */
  readonly hasRoom?: () => boolean;
  /** Does beforehand what takes long and posts nothing: a kill in it leaves nothing uncertain. */
  prepare(of: Installation, card: Card): Promise<void>;
  /** Posts under a mark by which the message can be found. Never rejects for what the platform does. */
  post(at: Address, card: Card, mark: string, place?: CardPlace): Promise<Posted>;
  /** Puts a card in the place of a message of the bot's; its id where it is done. Never rejects for what the platform does. */
  edit(at: Address, message: string, card: Card, place: CardPlace): Promise<Posted>;
  /**
   * What became of an attempt that began at `since`: the message's id, false where there is certainly none, undefined where
   * the platform does not say. Rejects where it cannot be asked now.
   */
  settle(at: Address, mark: string, since: number): Promise<string | false | undefined>;
  /** Where to post to somebody directly, as an address. Rejects where the platform does not say now. */
  directly(of: Installation, person: string): Promise<Address>;
  /** What of an error may stand in a log. */
  fields(error: unknown): Record<string, unknown>;
  /** Tells a person something privately. */
  tell(of: Installation, person: string, card: Card): Promise<void>;
}
