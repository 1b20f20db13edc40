// What the daily posts ask of a platform; each chat face provides it.
import type { Card } from "../cards/card.js";
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

export interface Poster {
  readonly platform: string;
  /** Does beforehand what takes long and posts nothing: a kill in it leaves nothing uncertain. */
  prepare(of: Installation, card: Card): Promise<void>;
  /** Posts under a mark by which the message can be found. Never rejects for what the platform does. */
  post(at: Address, card: Card, mark: string): Promise<Posted>;
  /**
   * What became of an attempt that began at `since`: the message's id, false where there is certainly none, undefined where
   * the platform does not say. Rejects where it cannot be asked now.
   */
  settle(at: Address, mark: string, since: number): Promise<string | false | undefined>;
  /** Tells a person something privately. */
  tell(of: Installation, person: string, card: Card): Promise<void>;
}
