// What those who run a server or workspace may set for it and for its channels, and what holds somewhere by all of it.
import type { Address } from "./address.js";

export type Answers = "private" | "public";

/** Hours of the day, HH:MM, in the place's time zone; from late to early goes over midnight. */
export interface Quiet {
  readonly from: string;
  readonly to: string;
}

/** What can be set for a channel alone as well; absent is not said. */
export interface ChannelSettings {
  /** Ids of the explainers that are asked there. */
  readonly explainers?: readonly string[];
  /** Whether the bot speaks there, where everybody reads it. */
  readonly speaks?: boolean;
  /** Who sees answers to commands. */
  readonly answers?: Answers;
}

/** What can be set; absent is not said. */
export interface PlaceSettings extends ChannelSettings {
  /** Whether questions that were not answered may be kept for the editors. */
  readonly keep?: boolean;
  /** The channel where the editors' desk is. */
  readonly desk?: string;
  /** When the bot speaks only to whoever asks. */
  readonly quiet?: Quiet;
  /** Questions a minute that are answered in the place. */
  readonly perMinute?: number;
  /** IANA name. */
  readonly zone?: string;
  readonly channels?: Readonly<Record<string, ChannelSettings>>;
}

/** Where a setting comes from: the channel's own, the place's, or nobody said and the bot's own holds. */
export type Origin = "channel" | "place" | "bot";

export interface Held<T> {
  readonly value: T;
  readonly from: Origin;
}

/** What holds at an address. */
export interface Effective {
  /** Undefined for all that the bot has. */
  readonly explainers: Held<readonly string[] | undefined>;
  readonly speaks: Held<boolean>;
  /** Undefined: commands privately, mentions where they stand. */
  readonly answers: Held<Answers | undefined>;
  readonly quiet: Held<Quiet | undefined>;
  readonly perMinute: Held<number | undefined>;
  readonly zone: Held<string | undefined>;
}

/** What holds at an address; a thread that is a channel of its own has its parent's settings where it has none. */
export function effective(
  settings: PlaceSettings,
  { channel, parent }: Pick<Address, "channel" | "parent">,
): Effective {
  const ids = [channel, ...(parent === undefined ? [] : [parent])];
  const own = ids.flatMap((id) => {
    const { channels = {} } = settings;
    const found = Object.hasOwn(channels, id) ? channels[id] : undefined;
    return found ? [found] : [];
  });
  function held<Key extends keyof ChannelSettings>(key: Key): Held<PlaceSettings[Key]> {
    for (const each of own) if (each[key] !== undefined) return { value: each[key], from: "channel" };
    return { value: settings[key], from: settings[key] === undefined ? "bot" : "place" };
  }
  const placed = <Key extends "quiet" | "perMinute" | "zone">(key: Key): Held<PlaceSettings[Key]> => ({
    value: settings[key],
    from: settings[key] === undefined ? "bot" : "place",
  });
  const speaks = held("speaks");
  return {
    explainers: held("explainers"),
    speaks: { ...speaks, value: speaks.value ?? true },
    answers: held("answers"),
    quiet: placed("quiet"),
    perMinute: placed("perMinute"),
    zone: placed("zone"),
  };
}
