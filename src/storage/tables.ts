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
}

export interface Tables {
  subscriptions: SubscriptionRow;
  deliveries: DeliveryRow;
  seen: SeenRow;
  said: SaidRow;
  contents: ContentRow;
}
