// What editors taught, in the store, and in memory as every question needs it.
import type { Transaction } from "kysely";
import type { Lesson, Lessons } from "../content/taught.js";
import { cleanUtterance, words as wordsOf } from "../matching/normalise.js";
import { createStem } from "../matching/stem.js";
import { bump } from "../memory/revisions.js";
import type { Db } from "../storage/open.js";
import type { TaughtRow, Tables } from "../storage/tables.js";
import { newId } from "./ids.js";

/** What somebody wants to teach. */
export type Wanted = Omit<Lesson, "id"> & { readonly language: string };

export type TeachOutcome =
  | { readonly kind: "taught"; readonly lesson: Lesson }
  /** The same words were taught before, to something else or to the same. */
  | { readonly kind: "known"; readonly lesson: Lesson; readonly same: boolean };

export interface Teaching extends Lessons {
  /** Teaches within a transaction of the caller's; in force once `refresh` ran. */
  teach(trx: Transaction<Tables>, wanted: Wanted, by: string): Promise<TeachOutcome>;
  /** Takes a lesson back; undefined where it was, or never was. */
  undo(trx: Transaction<Tables>, id: string): Promise<Lesson | undefined>;
  list(limit: number): Promise<readonly TaughtRow[]>;
  /** Reads what is taught now, and tells those that follow it where it is something else. */
  refresh(): Promise<void>;
}

const lessonOf = ({ id, explainer, words, section, passage, kind }: TaughtRow): Lesson => ({
  id,
  explainer,
  words,
  section: section ?? undefined,
  passage: passage ?? undefined,
  kind: kind ?? undefined,
});

/** Words that come to the same are the same lesson: case, endings and punctuation aside. */
function keyOf(text: string, language: string): string {
  return wordsOf(cleanUtterance(text)).map(createStem(language)).join(" ");
}

export function createTeaching(db: () => Db | undefined, now: () => number = Date.now): Teaching {
  let lessons: readonly Lesson[] = [];
  const followers = new Set<() => void>();

  return {
    all: () => lessons,
    follow(changed) {
      followers.add(changed);
      return () => void followers.delete(changed);
    },
    async teach(trx, { language, ...wanted }, by) {
      const rows = await trx
        .selectFrom("taught")
        .selectAll()
        .where("explainer", "=", wanted.explainer)
        .where("undone_at", "is", null)
        .execute();
      const key = keyOf(wanted.words, language);
      const before = rows.find(({ words }) => keyOf(words, language) === key);
      if (before) {
        const same = before.section === (wanted.section ?? null) && before.passage === (wanted.passage ?? null);
        return { kind: "known", lesson: lessonOf(before), same };
      }
      const lesson = { id: newId(), ...wanted };
      await trx
        .insertInto("taught")
        .values({
          id: lesson.id,
          explainer: lesson.explainer,
          words: lesson.words,
          section: lesson.section ?? null,
          passage: lesson.passage ?? null,
          kind: lesson.kind ?? null,
          by,
          at: now(),
          undone_at: null,
        })
        .execute();
      await bump(trx, "taught");
      return { kind: "taught", lesson };
    },
    async undo(trx, id) {
      const row = await trx
        .updateTable("taught")
        .set({ undone_at: now() })
        .where("id", "=", id)
        .where("undone_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (row) await bump(trx, "taught");
      return row && lessonOf(row);
    },
    list: async (limit) =>
      (await db()?.selectFrom("taught").selectAll().orderBy("at", "desc").limit(limit).execute()) ?? [],
    async refresh() {
      const store = db();
      if (!store) return;
      const rows = await store
        .selectFrom("taught")
        .selectAll()
        .where("undone_at", "is", null)
        .orderBy("at")
        .orderBy("id")
        .execute();
      const read = rows.map(lessonOf);
      if (JSON.stringify(read) === JSON.stringify(lessons)) return;
      lessons = read;
      for (const tell of followers) tell();
    },
  };
}
