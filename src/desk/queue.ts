// Questions that wait for an editor, alike ones as one, in the store.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { areAlike, gistOf, readVector, writeVector, type Gist } from "../matching/alike.js";
import { bump } from "../memory/revisions.js";
import type { Db } from "../storage/open.js";
import type { QuestionRow } from "../storage/tables.js";
import { newId } from "./ids.js";

export type WaitingFor = "abstained" | "tentative" | "choices" | "disputed" | "picked";
export type QuestionState = "open" | "answered" | "refused" | "ignored";

/** A question as it came, masked. */
export interface Came {
  readonly explainer: string;
  readonly language: string;
  readonly words: string;
  readonly outcome: WaitingFor;
  /** What was answered or is nearest. */
  readonly section: string | undefined;
  /** 0–1. */
  readonly confidence: number;
  readonly vector: Float32Array | undefined;
}

export interface Queue {
  /** Puts a question to those alike, or as a new one; undefined where more are new than are taken in an hour. */
  take(came: Came): Promise<{ readonly id: string; readonly fresh: boolean } | undefined>;
  get(id: string): Promise<QuestionRow | undefined>;
  /** Those of a state, asked most often first. */
  list(state: QuestionState, limit: number, from?: number): Promise<QuestionRow[]>;
  /** How many are in each state. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Decides on an open one; false where somebody else did. `taught`: id of what it taught. */
  decide(id: string, state: QuestionState, by: string, taught: string | undefined): Promise<boolean>;
  /** Opens one again whose decision is undone. */
  reopen(id: string): Promise<boolean>;
  /** Forgets what was last asked before a moment. */
  sweep(before: number): Promise<void>;
  /** Another process may have taken some. */
  forgetKnown(): void;
}

/** New ones an hour at most: a flood is counted, and not kept. */
export const MOST_AN_HOUR = 200;
/** Open ones that new ones are compared with. */
const COMPARED = 1_500;
/** Wordings kept beside the first. */
const FORMS = 4;
const HOUR_MS = 3_600_000;

interface Known extends Gist {
  readonly id: string;
}

const keyOf = ({ stems }: Gist): string => createHash("sha256").update(stems.join(" ")).digest("base64url");

export function createQueue(db: Db, now: () => number = Date.now): Queue {
  /** By explainer; what is not here is read from the store. */
  const known = new Map<string, Known[]>();

  async function knownOf({ explainer, language }: Came): Promise<Known[]> {
    const before = known.get(explainer);
    if (before) return before;
    const rows = await db
      .selectFrom("questions")
      .select(["id", "words", "vector"])
      .where("explainer", "=", explainer)
      .orderBy("last_at", "desc")
      .limit(COMPARED)
      .execute();
    const read = rows.map(({ id, words, vector }) => ({
      id,
      ...gistOf(words, language, undefined),
      vector: vector === null ? undefined : readVector(vector),
    }));
    known.set(explainer, read);
    return read;
  }

  /** Counts one more; what was ignored or decided on stays so. */
  async function again(id: string, words: string): Promise<boolean> {
    const row = await db.selectFrom("questions").select(["words", "forms"]).where("id", "=", id).executeTakeFirst();
    if (!row) return false;
    const forms = JSON.parse(row.forms) as string[];
    const known = words === row.words || forms.includes(words) || forms.length >= FORMS;
    await db
      .updateTable("questions")
      .set({
        count: sql<number>`count + 1`,
        last_at: now(),
        ...(known ? {} : { forms: JSON.stringify([...forms, words]) }),
      })
      .where("id", "=", id)
      .execute();
    return true;
  }

  async function insert(came: Came, gist: Gist): Promise<string | undefined> {
    const { count } = await db
      .selectFrom("questions")
      .select((builder) => builder.fn.countAll<number>().as("count"))
      .where("first_at", ">", now() - HOUR_MS)
      .executeTakeFirstOrThrow();
    if (came.outcome !== "picked" && count >= MOST_AN_HOUR) return undefined;
    const id = newId();
    const row: QuestionRow = {
      id,
      explainer: came.explainer,
      key: keyOf(gist),
      words: came.words,
      forms: "[]",
      outcome: came.outcome,
      section: came.section ?? null,
      confidence: Math.round(came.confidence * 100),
      count: 1,
      first_at: now(),
      last_at: now(),
      state: "open",
      decided_by: null,
      decided_at: null,
      taught: null,
      vector: gist.vector ? writeVector(gist.vector) : null,
    };
    // Another process may have taken the same words in this moment.
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("questions")
      .values(row)
      .onConflict((conflict) => conflict.columns(["explainer", "key"]).doNothing())
      .executeTakeFirst();
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) {
      await bump(db, "questions");
      return id;
    }
    known.delete(came.explainer);
    return undefined;
  }

  async function sameKey({ explainer }: Came, gist: Gist): Promise<string | undefined> {
    const row = await db
      .selectFrom("questions")
      .select("id")
      .where("explainer", "=", explainer)
      .where("key", "=", keyOf(gist))
      .executeTakeFirst();
    return row?.id;
  }

  return {
    async take(came) {
      const gist = gistOf(came.words, came.language, came.vector);
      const among = await knownOf(came);
      const alike = among.find((each) => areAlike(each, gist))?.id ?? (await sameKey(came, gist));
      if (alike !== undefined && (await again(alike, came.words))) return { id: alike, fresh: false };
      const id = await insert(came, gist);
      if (id !== undefined) {
        among.unshift({ id, ...gist });
        return { id, fresh: true };
      }
      const raced = await sameKey(came, gist);
      if (raced === undefined) return undefined;
      await again(raced, came.words);
      return { id: raced, fresh: false };
    },
    get: (id) => db.selectFrom("questions").selectAll().where("id", "=", id).executeTakeFirst(),
    list: (state, limit, from = 0) =>
      db
        .selectFrom("questions")
        .selectAll()
        .where("state", "=", state)
        .orderBy(state === "open" ? "count" : "decided_at", "desc")
        .orderBy("last_at", "desc")
        .orderBy("id")
        .limit(limit)
        .offset(from)
        .execute(),
    async counts() {
      const rows = await db
        .selectFrom("questions")
        .select((builder) => ["state", builder.fn.countAll<number>().as("count")])
        .groupBy("state")
        .execute();
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async decide(id, state, by, taught) {
      const { numUpdatedRows } = await db
        .updateTable("questions")
        .set({ state, decided_by: by, decided_at: now(), taught: taught ?? null })
        .where("id", "=", id)
        .where("state", "=", "open")
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async reopen(id) {
      const { numUpdatedRows } = await db
        .updateTable("questions")
        .set({ state: "open", decided_by: null, decided_at: null, taught: null })
        .where("id", "=", id)
        .where("state", "!=", "open")
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async sweep(before) {
      await db.deleteFrom("questions").where("last_at", "<", before).execute();
      known.clear();
    },
    forgetKnown: () => known.clear(),
  };
}
