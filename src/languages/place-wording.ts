// What the bot says to those who set up a server or workspace.

/** Where a setting comes from: the channel, the place as a whole, or the bot. */
export type SettingOrigin = "channel" | "place" | "bot";

/** What holds somewhere, each with where it comes from. */
export interface SettingsTold {
  /** Titles; undefined for all. */
  readonly explainers: readonly [titles: readonly string[] | undefined, from: SettingOrigin];
  readonly speaks: readonly [boolean, SettingOrigin];
  readonly answers: readonly ["private" | "public" | undefined, SettingOrigin];
  readonly quiet: readonly [{ readonly from: string; readonly to: string } | undefined, SettingOrigin];
  readonly perMinute: readonly [number | undefined, SettingOrigin];
  readonly zone: readonly [string | undefined, SettingOrigin];
  /** Whether there is a desk of editors, to which questions may be kept. */
  readonly keep: readonly [boolean, SettingOrigin] | undefined;
  /** The desk's channel, as it is shown. */
  readonly desk: string | undefined;
  /** How many daily posts there are; undefined where that is not known. */
  readonly daily: number | undefined;
}

export interface PlaceWording {
  readonly title: () => string;
  readonly lines: (settings: SettingsTold) => readonly string[];
  readonly how: () => string;
  readonly explainerHow: () => string;
  readonly unknown: (typed: string) => string;
  readonly wrong: (name: string, typed: string) => string;
  readonly nothing: () => string;
  readonly noPlace: () => string;
  readonly away: () => string;
  readonly saved: () => string;
  /** What can be chosen with a button. */
  readonly offer: (name: string, value: string, here: boolean) => string;
  readonly pick: (here: boolean) => string;
  readonly all: () => string;
  /** Of a channel: whatever its place has. */
  readonly asPlace: () => string;
  readonly lastExplainer: () => string;
  /** The articles chosen for a place are no longer there. */
  readonly noneLeft: () => string;
  /** Why it does not speak there. */
  readonly notHere: () => string;
  readonly quietUntil: (time: string) => string;
  readonly placeTooFast: (seconds: number) => string;
  readonly busy: () => string;

  // Where the bot is added
  readonly install: {
    readonly title: () => string;
    readonly about: () => string;
    readonly add: (title: string) => string;
    readonly asks: () => string;
    readonly none: () => string;
    readonly done: () => string;
    readonly problem: (problem: "cancelled" | "expired" | "refused" | "away") => string;
  };
}
