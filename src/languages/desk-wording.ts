// What the bot says to editors at the desk, and to readers about what is kept of their questions.

export interface DeskQuestion {
  readonly words: string;
  readonly forms: readonly string[];
  readonly count: number;
  /** Days, in words. */
  readonly first: string;
  readonly last: string;
  /** `abstained`, `tentative`, `choices`, `disputed`, `picked`. */
  readonly outcome: string;
  readonly nearest: string | undefined;
  /** 0–1. */
  readonly confidence: number;
}

export interface DeskDecision {
  readonly state: string;
  readonly by: string;
  readonly at: string;
  /** Heading of the section that answers it. */
  readonly heading: string | undefined;
  readonly reason: string | undefined;
}

export interface TrialTold {
  readonly utterances: number;
  readonly questions: number;
  readonly worse: readonly { readonly text: string; readonly was: string; readonly now: string }[];
}

/** Shares are 0–1. */
export interface ReportTold {
  readonly from: string;
  readonly to: string;
  readonly asked: number;
  readonly answered: number;
  readonly rightly: number | undefined;
  readonly closest: number;
  readonly choices: number;
  readonly abstained: number;
  readonly notKept: number;
  readonly corrected: number;
  readonly taught: number;
}

export interface DeskWording {
  // To readers
  readonly notAsked: () => string;
  readonly tellMe: () => string;
  readonly disputed: () => string;
  readonly willTell: (days: number) => string;
  readonly cannotTell: () => string;
  readonly helpKept: (days: number) => string;
  readonly privacy: () => string;
  readonly privacyNothing: () => string;
  readonly privacyWishes: () => string;
  readonly privacyDaily: (count: number) => string;
  readonly privacyKept: (days: number | undefined) => string;
  readonly forget: () => string;
  readonly forgotten: (count: number) => string;

  // To editors
  readonly name: () => string;
  readonly here: (keeps: boolean) => string;
  readonly off: () => string;
  readonly keepOn: (days: number) => string;
  readonly keepOff: () => string;
  readonly how: () => string;
  readonly managers: () => string;
  /** `setting`: what would have to be set. */
  readonly notThisPlace: (setting: string) => string;
  readonly notThisChannel: () => string;
  readonly away: () => string;
  readonly empty: () => string;
  readonly waiting: (count: number) => string;
  readonly question: (question: DeskQuestion) => readonly string[];
  readonly answered: () => string;
  readonly refused: () => string;
  readonly ignore: () => string;
  readonly undo: () => string;
  readonly undone: () => string;
  readonly whichSection: (words: string) => string;
  readonly whichPassage: (heading: string) => string;
  readonly whole: () => string;
  readonly whichReason: () => string;
  readonly trying: () => string;
  readonly trial: (trial: TrialTold) => string;
  readonly trialWorse: (worse: TrialTold["worse"][number]) => string;
  readonly trialFailed: () => string;
  readonly teach: (worse: boolean) => string;
  readonly leave: () => string;
  readonly taught: (words: string, heading: string | undefined) => string;
  readonly known: (words: string, heading: string | undefined, wanted: string | undefined) => string;
  readonly decision: (decision: DeskDecision) => string;
  readonly gone: () => string;
  readonly teachCommand: () => string;
  readonly notAnswered: () => string;
  readonly report: (report: ReportTold) => readonly string[];
  readonly reportTitle: (from: string, to: string) => string;
  readonly reportSections: () => string;
  readonly reportOpen: () => string;
  readonly reportChart: () => string;
}
