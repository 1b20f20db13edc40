// Decisions of editors: each is one transaction, made once, by whoever came first, and can be taken back.
import type { Lesson } from "../content/taught.js";
import type { Explainer } from "../explainer/types.js";
import type { Db } from "../storage/open.js";
import type { QuestionRow } from "../storage/tables.js";
import { newId } from "./ids.js";
import { createQueue } from "./queue.js";
import type { Teaching } from "./teaching.js";

export type Decided =
  | { readonly kind: "done"; readonly row: QuestionRow; readonly lesson: Lesson | undefined }
  /** Somebody else was first; the row says what they decided. */
  | { readonly kind: "before"; readonly row: QuestionRow }
  /** The words are taught already. */
  | { readonly kind: "known"; readonly row: QuestionRow; readonly lesson: Lesson }
  | { readonly kind: "gone" };

/** What an editor wants of a question. */
export type Verdict =
  | { readonly kind: "answer"; readonly section: string; readonly passage: string | undefined }
  | { readonly kind: "refuse"; readonly reason: string }
  | { readonly kind: "ignore" };

const STATES = { answer: "answered", refuse: "refused", ignore: "ignored" } as const;

/** Rolls a transaction back with what came of it. */
class Undecided extends Error {
  constructor(readonly outcome: Decided) {
    super("undecided");
  }
}

export interface DecideOptions {
  readonly db: Db;
  readonly teaching: Teaching;
  readonly now?: () => number;
}

export interface Decide {
  /** `words`: as the editor put them, where they did. */
  decide(id: string, verdict: Verdict, by: string, explainer: Explainer, words?: string): Promise<Decided>;
  /** Takes a decision back; the question waits again. */
  undo(id: string, by: string): Promise<QuestionRow | undefined>;
  /** Takes back what was taught, whether its question is still kept or not. */
  undoLesson(id: string, by: string): Promise<Lesson | undefined>;
}

export function createDecide({ db, teaching, now = Date.now }: DecideOptions): Decide {
  const note = (trx: Db, who: string, what: string, about: string): Promise<unknown> =>
    trx.insertInto("audit").values({ id: newId(), at: now(), who, what, about }).execute();

  return {
    async decide(id, verdict, by, explainer, words) {
      const outcome = await db
        .transaction()
        .execute(async (trx): Promise<Decided> => {
          const queue = createQueue(trx, now);
          const row = await queue.get(id);
          if (!row) return { kind: "gone" };
          const taught =
            verdict.kind === "ignore"
              ? undefined
              : await teaching.teach(
                  trx,
                  {
                    explainer: row.explainer,
                    language: explainer.language,
                    words: words ?? row.words,
                    section: verdict.kind === "answer" ? verdict.section : undefined,
                    passage: verdict.kind === "answer" ? verdict.passage : undefined,
                    kind: verdict.kind === "refuse" ? verdict.reason : undefined,
                  },
                  by,
                );
          // Both are taken back: nothing is taught without a decision, and nothing decided that was not taught.
          if (!(await queue.decide(id, STATES[verdict.kind], by, taught?.lesson.id)))
            throw new Undecided({ kind: "before", row });
          if (taught?.kind === "known" && !taught.same)
            throw new Undecided({ kind: "known", row, lesson: taught.lesson });
          await note(trx, by, STATES[verdict.kind], row.words);
          return { kind: "done", row: (await queue.get(id)) ?? row, lesson: taught?.lesson };
        })
        .catch((error: unknown) => {
          if (error instanceof Undecided) return error.outcome;
          throw error;
        });
      if (outcome.kind === "done" && outcome.lesson) await teaching.refresh();
      return outcome;
    },
    async undo(id, by) {
      const row = await db.transaction().execute(async (trx) => {
        const queue = createQueue(trx, now);
        const before = await queue.get(id);
        if (!before || !(await queue.reopen(id))) return undefined;
        if (before.taught !== null) await teaching.undo(trx, before.taught);
        await note(trx, by, "undone", before.words);
        return queue.get(id);
      });
      await teaching.refresh();
      return row;
    },
    async undoLesson(id, by) {
      const lesson = await db.transaction().execute(async (trx) => {
        const undone = await teaching.undo(trx, id);
        if (!undone) return undefined;
        await note(trx, by, "undone", undone.words);
        const row = await trx.selectFrom("questions").select("id").where("taught", "=", id).executeTakeFirst();
        if (row) await createQueue(trx, now).reopen(row.id);
        return undone;
      });
      await teaching.refresh();
      return lesson;
    },
  };
}
