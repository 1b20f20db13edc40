// What is kept, as rows. Times are milliseconds since 1970; dates are local, as YYYY-MM-DD; truth is 0 or 1.

export interface SubscriptionRow {
  readonly id: string;
  readonly platform: string;
  /** Server or workspace. */
  readonly place: string;
  readonly channel: string;
  readonly channel_name: string;
  readonly explainer: string;
  /** HH:MM. */
  readonly time: string;
  /** IANA name. */
  readonly zone: string;
  readonly only_changes: number;
  readonly created_by: string;
  readonly created_at: number;
  /** When it is due next, and for which local date. */
  readonly next_at: number;
  readonly next_date: string;
  /** `active` or `paused`. */
  readonly state: string;
  /** Why it is paused: a code, and behind a colon what the platform said. */
  readonly reason: string | null;
  /** Whether who set it up was told of the pause. */
  readonly told: number;
  /** What came of the last delivery, for its local date, and when. */
  readonly last_result: string | null;
  readonly last_date: string | null;
  readonly last_at: number | null;
  /** Digest of what the channel was shown last; null before the first post. */
  readonly shown: string | null;
  readonly shown_at: number | null;
}

export interface DeliveryRow {
  readonly subscription: string;
  readonly local_date: string;
  readonly due_at: number;
  /** `due`, `sending`, `posted`, `skipped`, `unknown`, `refused`. */
  readonly state: string;
  /** What marks its message on the platform. */
  readonly mark: string;
  readonly attempts: number;
  readonly sent_at: number | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly updated_at: number;
  /** Digest of what it shows, written before it leaves; null where nothing left. */
  readonly shown: string | null;
}

/** What was shown, kept once however many channels were shown it. */
export interface ContentRow {
  readonly digest: string;
  /** JSON: the card, and the article's state. */
  readonly body: string;
  readonly at: number;
}

export interface SeenRow {
  readonly key: string;
  readonly at: number;
}

/** What the bot said: where, in answer to what, showing what. */
export interface SaidRow {
  readonly platform: string;
  readonly place: string;
  readonly channel: string;
  readonly message: string;
  readonly thread: string | null;
  readonly answers: string | null;
  readonly subject: string;
  readonly page: number;
  readonly digest: string;
  readonly at: number;
  /** Of which explainer; null of a notice, and in what was kept before. */
  readonly explainer: string | null;
}

/** What was set for a server or workspace. */
export interface PlaceRow {
  readonly platform: string;
  readonly place: string;
  /** JSON. */
  readonly settings: string;
  readonly updated_at: number;
}

/** The bot in a server or workspace, or in an organisation of workspaces. */
export interface InstallationRow {
  readonly platform: string;
  /** Server, workspace or organisation. */
  readonly place: string;
  /** Of a workspace that an organisation's installation serves: that organisation. */
  readonly org: string | null;
  /** What the platform gave for it, sealed; null where it gives nothing, or it has ended. */
  readonly body: string | null;
  readonly installed_at: number;
  readonly updated_at: number;
  /** When it was left, or its token stopped being one; what belongs to it goes some days later. */
  readonly ended_at: number | null;
}

/** Counts up whenever what it names changed, so that every process reads it anew. */
export interface RevisionRow {
  readonly name: string;
  readonly number: number;
}

/** Alike questions that wait for an editor, or were decided on. Nobody's name, and no channel. */
export interface QuestionRow {
  readonly id: string;
  readonly explainer: string;
  /** What the same words come to, however they are written. */
  readonly key: string;
  readonly words: string;
  /** JSON: other wordings. */
  readonly forms: string;
  /** `abstained`, `tentative`, `choices`, `disputed`; `picked` where an editor picked it from a channel. */
  readonly outcome: string;
  readonly section: string | null;
  /** In hundredths. */
  readonly confidence: number;
  readonly count: number;
  readonly first_at: number;
  readonly last_at: number;
  /** `open`, `answered`, `refused` or `ignored`. */
  readonly state: string;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  /** Id of what was taught. */
  readonly taught: string | null;
  /** The encoder's reading of its words. */
  readonly vector: string | null;
}

/** A question for a day, so that who asked it may say that it was answered wrongly, or be told when it is answered. */
export interface RecentRow {
  readonly ticket: string;
  readonly explainer: string;
  readonly words: string;
  readonly section: string | null;
  readonly confidence: number;
  readonly at: number;
}

/** How many questions came to what, a UTC day. */
export interface TallyRow {
  readonly day: string;
  readonly explainer: string;
  readonly outcome: string;
  readonly section: string;
  readonly count: number;
}

/** What an editor decided: words that a section answers, or that nothing does. */
export interface TaughtRow {
  readonly id: string;
  readonly explainer: string;
  readonly words: string;
  readonly section: string | null;
  /** Words of the passage that answers; null where the section as a whole does. */
  readonly passage: string | null;
  /** Why it is not answered. */
  readonly kind: string | null;
  readonly by: string;
  readonly at: number;
  readonly undone_at: number | null;
}

/** Somebody who wants to be told when their question is answered. */
export interface WishRow {
  readonly id: string;
  readonly platform: string;
  readonly place: string;
  readonly reader: string;
  readonly explainer: string;
  readonly words: string;
  readonly at: number;
}

/** One thing to be done on a platform once: a message, or an edit of one. */
export interface ErrandRow {
  /** A number in digits: what marks its message. */
  readonly id: string;
  readonly kind: string;
  /** What it belongs to: with `kind` and the address it is there once. */
  readonly about: string;
  readonly platform: string;
  readonly place: string;
  readonly channel: string;
  readonly thread: string;
  /** The message to edit, or that it answers; empty where there is none. */
  readonly message: string;
  /** JSON: what makes its card. */
  readonly body: string;
  /** `due`, `sending`, `done`, `gone`, `refused`, `unknown`. */
  readonly state: string;
  readonly attempts: number;
  /** Greater comes first. */
  readonly rank: number;
  readonly not_before: number;
  readonly sent_at: number | null;
  readonly updated_at: number;
  /** Id of the message that it made; else why not. */
  readonly result: string | null;
}

/** An explainer as it stands, so that one process finds that it changed. */
export interface EditionRow {
  readonly explainer: string;
  readonly digest: string;
  readonly number: number;
  readonly at: number;
  /** The wording of its correction, so that it is not taken for that of the next. */
  readonly wording: string;
  /** JSON: digests of editions before it, so that a process that has not read it yet does not take its own for a new one. */
  readonly past: string;
}

export interface AuditRow {
  readonly id: string;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly about: string;
}

export interface Tables {
  subscriptions: SubscriptionRow;
  deliveries: DeliveryRow;
  seen: SeenRow;
  said: SaidRow;
  contents: ContentRow;
  places: PlaceRow;
  installations: InstallationRow;
  revisions: RevisionRow;
  questions: QuestionRow;
  recent: RecentRow;
  tally: TallyRow;
  taught: TaughtRow;
  wishes: WishRow;
  errands: ErrandRow;
  editions: EditionRow;
  audit: AuditRow;
}
