// What the newsroom's desk offers to faces and to the page, and what it is given.
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import type { Trial } from "../assistant/trial.js";
import type { Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import type { Lesson } from "../content/taught.js";
import type { Poster } from "../daily/poster.js";
import type { Explainer } from "../explainer/types.js";
import type { Address, Installation } from "../memory/address.js";
import type { Outcomes } from "../memory/outcomes.js";
import type { Places } from "../memory/places.js";
import type { StorageKeeper } from "../storage/keeper.js";
import type { AuditRow, QuestionRow, TaughtRow } from "../storage/tables.js";
import type { Corrected } from "./corrected.js";
import type { Decide } from "./decide.js";
import type { SilentDesk } from "./posts.js";
import type { QuestionState } from "./queue.js";
import type { Report } from "./report.js";
import type { Teaching } from "./teaching.js";

export type { QuestionRow } from "../storage/tables.js";

/** The store is not open, or does not answer. */
export class DeskAway extends Error {
  readonly code = "DESK_AWAY";
}

export interface DeskOptions {
  readonly storage: StorageKeeper;
  readonly places: Places;
  readonly teaching: Teaching;
  readonly assistant: Assistant;
  readonly show: Show;
  /** The explainers as they are now. */
  readonly explainers: () => readonly Explainer[];
  /** Why questions are not answered, by the editors' own words: kinds of an explainer's utterances. */
  readonly reasons: (explainer: string) => Promise<readonly string[]>;
  /** Tries a lesson out; rejects where that cannot be done. */
  readonly tryOut: (lessons: readonly Lesson[], lesson: Lesson) => Promise<Trial | undefined>;
  readonly settings: DeskSettings;
  /** Writes what was said and is not in the ledger yet. */
  readonly flush?: () => Promise<void>;
  readonly log: Logger;
  readonly now?: () => number;
  readonly leaseMs?: number;
}

export interface DeskSettings {
  /** Days that a question is kept. */
  readonly keepDays: number;
  /** Whether questions of the page, and of places that said nothing and may have a desk, are kept. */
  readonly keep: boolean;
  /** Days after which what was said is no longer put right. */
  readonly correctDays: number;
  /** Whether a place may have a desk, whose decisions hold for everybody. */
  readonly mayDesk: (of: Installation) => boolean;
}

/** What is kept of a reader. */
export interface KeptOf {
  readonly wishes: readonly string[];
  readonly daily: number;
  readonly keepDays: number | undefined;
}

export interface Desk {
  /** Hears what comes of every question. */
  readonly outcomes: Outcomes;
  readonly settings: DeskSettings;
  /** Whether questions from there are kept. */
  keeps(from: Installation | undefined): boolean;
  /** By which a question from there can be spoken of again; undefined where its words are not kept. */
  ticket(from: Installation | undefined): string | undefined;
  disputed(explainer: string, section: string, ticket: string | undefined): Promise<void>;
  /** Whether there is a question of that ticket for somebody to be told about. */
  wish(of: Installation, reader: string, ticket: string): Promise<boolean>;
  keptOf(of: Installation, reader: string): Promise<KeptOf>;
  forget(of: Installation, reader: string): Promise<number>;
  isDesk(at: Address): boolean;
  setDesk(at: Address, on: boolean): Promise<void>;
  setKeep(of: Installation, on: boolean): Promise<void>;
  question(id: string): Promise<QuestionRow | undefined>;
  /** Puts a question in that somebody at the desk picked. */
  pick(explainer: Explainer, text: string): Promise<QuestionRow | undefined>;
  list(state: QuestionState, limit: number, from?: number): Promise<readonly QuestionRow[]>;
  counts(): Promise<Readonly<Record<string, number>>>;
  /** The card of a question, decided or not; `by` writes who decided. */
  card(row: QuestionRow, by?: (who: string) => string): Promise<Card | undefined>;
  reasons(explainer: string): Promise<readonly string[]>;
  /** What a lesson would change; undefined where it could not be tried out. */
  tryOut(
    row: QuestionRow,
    wanted: Pick<Lesson, "section" | "passage" | "kind">,
    words?: string,
  ): Promise<Trial | undefined>;
  decide: Decide["decide"];
  undo: Decide["undo"];
  undoLesson: Decide["undoLesson"];
  /** Desks whose channel takes nothing any more. */
  silent(): Promise<readonly SilentDesk[]>;
  taught(limit: number): Promise<readonly TaughtRow[]>;
  corrections(limit: number): Promise<readonly Corrected[]>;
  audit(limit: number): Promise<readonly AuditRow[]>;
  report(days: number): Promise<Report>;
  reportCard(days: number): Promise<Card | undefined>;
  csv(days: number): Promise<string>;
  explainer(reference: string): Explainer | undefined;
  /** A platform is ready to be written to. */
  add(poster: Poster): void;
  /** Content was read anew. */
  contentChanged(): Promise<void>;
  /** Writes what is still to be written. */
  flush(): Promise<void>;
  isAway(error: unknown): boolean;
  status(): Readonly<Record<string, unknown>>;
  /** Resolves once it works, or never will; never rejects. */
  readonly ready: Promise<void>;
  stop(patience: number): Promise<void>;
}
