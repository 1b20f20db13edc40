// What the bot says around an editor's words: one function a sentence, so that another language is one more file. Functions
// take values and give whole sentences; nothing outside joins their pieces.

import type { DeskWording } from "./desk-wording.js";
import type { PlaceWording } from "./place-wording.js";

/** A day's result, a pause and a refusal as they are kept: a code, and what the platform said. */
export interface Reason {
  readonly code: string;
  readonly detail: string;
  /** Where it ended for want of time: what came in between. */
  readonly because?: Reason | undefined;
}

/** Why a place cannot be posted to or answered in. */
export interface Obstacle {
  /** Name of the channel; undefined where it is not known. */
  readonly channel: string | undefined;
  /** Permissions to be given, by the platform's names; empty where the bot has to be invited. */
  readonly missing: readonly string[];
  /** What the platform said, where it is none of what we know how to mend. */
  readonly said?: string | undefined;
}

export interface CommandWords {
  readonly about: string;
  /** What is typed after it, where everything is typed in one line. */
  readonly hint?: string;
}

export interface Wording {
  readonly desk: DeskWording;
  readonly place: PlaceWording;
  // Answering
  readonly abstain: () => string;
  readonly nearest: () => string;
  readonly closest: () => string;
  readonly closestMore: () => string;
  readonly clarify: () => string;
  readonly emptyQuestion: () => string;
  readonly also: () => string;
  readonly left: () => string;
  readonly related: () => string;
  /** Over the questions of an article that nobody summed up. */
  readonly canBeAsked: () => string;
  readonly gone: () => string;
  readonly noWords: () => string;
  readonly fault: () => string;
  readonly tooFast: (seconds: number) => string;
  readonly mayNotAnswer: (obstacle: Obstacle) => string;
  readonly youAsked: (typed: string) => string;
  readonly sharedBy: (reader: string, answering: string | undefined) => string;

  // Corrections
  readonly corrected: (at: string, wording: string) => string;
  readonly correctedInto: (before: string, now: string) => string;
  readonly correctedGone: (before: string) => string;
  /** In place of a section that is no more. */
  readonly withdrawn: () => string;
  /** Beside a message that cannot be edited. */
  readonly correctedNote: () => string;
  readonly correctedRead: () => string;

  // Following on
  readonly leaned: (heading: string) => string;

  // Sources and captions
  readonly source: (name: string) => string;
  /** `asOf` is empty where the article does not say. */
  readonly comesFrom: (name: string, asOf: string) => string;
  readonly asOf: (moment: string) => string;
  readonly caption: (text: string) => string;
  readonly inQuotes: (text: string) => string;

  // Controls
  readonly share: () => string;
  readonly more: () => string;
  readonly back: () => string;
  readonly page: (page: number, pages: number) => string;
  readonly choose: () => string;
  readonly close: () => string;

  // Help and overviews
  readonly helpAbout: (title: string) => string;
  readonly helpTry: () => string;
  readonly helpSource: () => string;
  readonly helpMention: () => string;
  readonly helpPick: (how: "menu" | "actions", command: string) => string;
  readonly helpCommands: (group: string, names: readonly string[]) => string;
  readonly topics: (title: string) => string;
  readonly whichArticle: (titles: readonly string[]) => string;
  readonly noArticle: (titles: readonly string[]) => string;
  readonly command: (name: string) => CommandWords;
  readonly option: (command: string, name: string) => string;
  readonly pickCommand: () => string;

  // Figures
  readonly figures: () => string;
  readonly noFigures: () => string;
  readonly noFigure: (name: string) => string;
  readonly compareTwo: () => string;
  readonly sameFigure: () => string;
  readonly isRange: (label: string) => string;
  readonly otherUnit: (a: Named, b: Named) => string;
  readonly otherWhole: (a: Named, b: Named) => string;
  readonly beside: (a: string, b: string) => string;
  readonly valued: (label: string, value: string) => string;
  readonly workedOut: (working: string) => string;
  readonly workedOutLabel: (label: string) => string;
  readonly sum: (parts: readonly string[]) => string;
  readonly difference: (parts: readonly string[]) => string;
  readonly qualified: (qualifier: string, value: string) => string;
  /** As short as a chart needs it. */
  readonly qualifiedShort: (qualifier: string, value: string) => string;
  readonly range: (from: string, to: string) => string;
  /** A time of day from `HH:MM`. */
  readonly clock: (time: string) => string;
  readonly attribution: (kind: string, by: string) => string;
  readonly chart: (title: string) => string;
  readonly andMore: (count: number) => string;
  readonly tableHead: () => readonly [figure: string, value: string, detail: string];
  readonly tableTitle: () => string;
  readonly everyFigure: () => string;

  // Daily posts
  readonly dailyStarted: (set: DailySet) => string;
  readonly dailyStopped: (channel: string) => string;
  readonly dailyNone: () => string;
  readonly dailyList: () => string;
  readonly dailyEntry: (entry: DailyEntry) => string;
  /** What came of a delivery, or why a subscription is paused. */
  readonly reason: (reason: Reason) => string;
  readonly dailyAway: () => string;
  readonly dailyNoTime: (typed: string) => string;
  readonly dailyNoZone: (typed: string, nearest: readonly string[]) => string;
  readonly dailyTooMany: (most: number) => string;
  readonly dailyNotYours: () => string;
  readonly dailyManagers: () => string;
  readonly dailyTrying: () => string;
  readonly dailyButton: () => string;
  readonly dailyHow: () => string;
  readonly dailyPaused: (channel: string, reason: Reason) => string;
  readonly mayNotPost: (obstacle: Obstacle) => string;
  readonly unnamedChannel: (id: string) => string;
  readonly thisConversation: () => string;
  readonly changedSince: (since: string) => string;
  readonly unchangedSince: (since: string) => string;
  readonly changedFigure: (label: string, before: string, now: string) => string;
  readonly newFigure: (label: string, now: string) => string;
  readonly goneFigure: (label: string, before: string) => string;
  readonly addedSection: (heading: string) => string;
  readonly rewrittenSection: (heading: string) => string;
  readonly withdrawnSection: (heading: string) => string;
  readonly newSummary: () => string;
  readonly moreChanges: (count: number) => string;
  readonly form: () => DailyForm;

  // The page
  readonly pageIntro: () => string;
  readonly pageTooFast: (seconds: number) => string;
  readonly pagePictures: (seconds: number) => string;
  readonly pageTooLong: (kilobytes: number) => string;
  readonly pageNoQuestion: () => string;
  readonly pageNoExplainer: (id: string, there: readonly string[]) => string;
  readonly pageGone: () => string;
  /** Of a request for a name that the page does not answer to. */
  readonly pageOtherHost: () => string;
  readonly pageLost: () => string;
  readonly pageJson: () => string;
  readonly pageYouAsked: () => string;
  readonly pageWords: () => PageWords;
}

export interface Named {
  readonly label: string;
  readonly of: string;
}

/** What was set up. */
export interface DailySet {
  readonly channel: string;
  readonly title: string;
  readonly onlyChanges: boolean;
  /** The moment of the next post, in words. */
  readonly next: string;
}

/** A subscription as the list shows it. */
export interface DailyEntry {
  readonly channel: string;
  readonly title: string;
  readonly time: string;
  readonly zone: string;
  readonly onlyChanges: boolean;
  /** The next post; undefined where it is paused. */
  readonly next: string | undefined;
  readonly paused: Reason | undefined;
  readonly last: { readonly date: string; readonly result: Reason } | undefined;
}

export interface DailyForm {
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly channel: string;
  readonly time: string;
  readonly zone: string;
  readonly article: string;
  readonly often: string;
  readonly changes: string;
}

export interface PageWords {
  readonly ask: string;
  readonly figures: string;
  readonly summary: string;
  readonly views: string;
  readonly titles: Readonly<Record<"chat" | "figures" | "summary", string>>;
  readonly skip: string;
  readonly howToStart: string;
  readonly suggested: string;
  readonly moreSuggested: string;
  readonly moreQuestions: (count: number) => string;
  readonly conversation: string;
  readonly yourQuestion: string;
  readonly placeholder: string;
}
