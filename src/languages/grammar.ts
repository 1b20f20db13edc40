// Word lists and patterns that belong to one language.

/** What somebody may ask of the bot rather than of the article. */
export type Request = "summary" | "figures" | "figure" | "chart" | "topics" | "source";

/** Kinds of things that a question may ask for. */
export type Asked = "number" | "reason" | "person" | "place" | "time" | "saying" | "other";

/** What a number is of. */
export type Measured = "share" | "time" | "money" | "count";

export interface Grammar {
  /** Words that carry a question's grammar and not its matter, folded as `words` gives them. */
  readonly stopWords: ReadonlySet<string>;
  /** How much other common words count, 0–1; words that stand here no more than once in a while count in full. */
  readonly commonWords: ReadonlyMap<string, number>;
  /** What politeness puts before a question, each with what joins it on, and behind it. */
  readonly courtesies: { readonly before: RegExp; readonly behind: RegExp };
  /** How a question starts, where it is one of several in a message. */
  readonly startsAsking: RegExp;
  /** How a question starts that goes on from what was said before. */
  readonly goesOn: RegExp;
  /** Words that point back to what was said before. */
  readonly pointsBack: RegExp;
  /** What joins two questions: the text between them. */
  readonly joinsQuestions: RegExp;
  /** Whether a text asks something by its form. */
  readonly looksLikeQuestion: RegExp;
  /** What a question asks for, first match first. */
  readonly asked: readonly (readonly [Asked, RegExp])[];
  /** What a name for a number asks to have counted: shares, lengths of time and times, money, or how many of something. */
  readonly measured: Readonly<Record<Measured, RegExp>>;
  /** What questions ask to be told, and what a passage that tells it has; the first that fits. */
  readonly told: readonly { readonly asked: RegExp; readonly has: RegExp }[];
  /** What gives a reason. */
  readonly reasons: RegExp;
  /** A time of day as people type it: hour, minutes, and which half of the day. */
  readonly timeOfDay: RegExp;
  /** Times of day on the twelve-hour clock, in a text: hour, minutes, half. */
  readonly twelveHour: RegExp;
  /** Numbers that a text has in words. */
  readonly numbersInWords: (text: string) => number[];
  /** Shares that it has in words ("a third", "one in five"), in per cent, rounded. */
  readonly sharesInWords: (text: string) => number[];
  readonly percent: RegExp;
  readonly magnitudes: Readonly<Record<string, number>>;
  /** Measures of one thing, without which a number says nothing. */
  readonly measures: RegExp;
  /** Whether it is a word of the language, common enough to be meant: what is one is never taken for a misspelt other. Folded. */
  readonly isWord: (word: string) => boolean;
  /** Words so common that a slip is likely one of them, folded: the commonest first. */
  readonly common: () => readonly (readonly string[])[];
  /** Words of names that everybody knows (days, months, countries, languages, cities), folded. */
  readonly names: () => readonly string[];
  /** What people write short in chats, folded, without apostrophes, and what it is short for. */
  readonly shortForms: ReadonlyMap<string, string>;
  /** Groups of words and phrases that stand for the same thing, or for kinds of one narrow thing. */
  readonly concepts: () => readonly (readonly string[])[];
  /** A time of day said in words ("half past eight"), as HH:MM; undefined where it is none. Gets lower case, one space between words. */
  readonly timeInWords: (text: string) => string | undefined;
  /** Times of day that have a name, as HH:MM. */
  readonly times: Readonly<Record<string, string>>;
  /** Zones by what people call them, as IANA names. */
  readonly zones: Readonly<Record<string, string>>;
  readonly daily: DailyGrammar;
  readonly amounts: AmountGrammar;
  /** Between the names of two figures. */
  readonly apart: RegExp;
  readonly help: RegExp;
  /** Commands in plain words: the whole message is one; `name`, where there is one, is what it is about. */
  readonly requests: readonly (readonly [Request, RegExp])[];
}

/** How a number stands in a sentence. */
export interface AmountGrammar {
  /** What says how sure a number is, at the end of what stands before it. */
  readonly qualifiers: readonly (readonly [
    "more than" | "at least" | "almost" | "less than" | "at most" | "about",
    RegExp,
  ])[];
  /** Where what is counted ends, at the start of a word behind it. */
  readonly ends: RegExp;
  /** A word that names more than one, with which what is counted ends. */
  readonly plural: RegExp;
  /** What is counted by dates and clocks, directly behind the number. */
  readonly moments: RegExp;
  /** What makes a number a name or a date, directly before it. */
  readonly named: RegExp;
}

/** How `/daily` is typed in one line. */
export interface DailyGrammar {
  /** Parts that name nothing but an article. */
  readonly bare: RegExp;
  readonly about: RegExp;
  readonly aboutFirst: RegExp;
  readonly changes: RegExp;
  readonly changesPhrase: RegExp;
  readonly filler: RegExp;
}
