// Where the bot is and where it speaks, as values. What is kept, counted or told apart is so by all of an address: one
// channel that two workspaces share is two addresses.

/** The bot in one server or workspace. */
export interface Installation {
  /** Name of the face. */
  readonly platform: string;
  /** Server or workspace; empty for a conversation that belongs to none. */
  readonly place: string;
}

export interface Address extends Installation {
  readonly channel: string;
  /** The thread in it, where the platform tells threads from channels. */
  readonly thread?: string | undefined;
  /** The channel that a thread stands in, where threads are channels of their own. Tells nothing apart. */
  readonly parent?: string | undefined;
}

/** One text for a server or workspace. */
export const placeKey = ({ platform, place }: Installation): string => `${platform} ${place}`;

/** One text for an address and what more tells things apart there. */
export function keyOf({ platform, place, channel }: Address, ...more: readonly string[]): string {
  return [platform, place, channel, ...more].join(" ");
}
