// Which answer was given to which question, in the store. Written many at a time: a commit waits for the disk, and an answer
// must not.
import type { Given } from "../assistant/given.js";
import type { Db } from "./open.js";

/** Nobody edits a question after that. */
const KEPT_MS = 7 * 86_400_000;
const WRITE_AFTER_MS = 250;
/** Held while the store is away; what is older is forgotten. */
const MOST_PENDING = 5_000;
/** Rows of one statement; SQLite binds at most 32,766 values. */
const ROWS = 500;
const SWEEP_EVERY_MS = 3_600_000;

export interface StoredGiven extends Given {
  /** Writes what is still to be written. Rejects where the store is away. */
  flush(): Promise<void>;
}

/** `db` gives the store once it is open. */
export function createStoredGiven(db: () => Db | undefined, now: () => number = Date.now): StoredGiven {
  let pending = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let sweptAt = now();

  async function write(): Promise<void> {
    const store = db();
    if (!store) return;
    for (let rows = [...pending].slice(0, ROWS); rows.length > 0; rows = [...pending].slice(0, ROWS)) {
      await store
        .insertInto("given")
        .values(rows.map(([question, answer]) => ({ question, answer, at: now() })))
        .onConflict((conflict) =>
          conflict.column("question").doUpdateSet({ answer: (row) => row.ref("excluded.answer") }),
        )
        .execute();
      for (const [question, answer] of rows) if (pending.get(question) === answer) pending.delete(question);
    }
    if (now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = now();
    await store
      .deleteFrom("given")
      .where("at", "<", now() - KEPT_MS)
      .execute();
  }

  /** One after the other. */
  function flush(): Promise<void> {
    writing = writing.catch(() => undefined).then(write);
    return writing;
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      // What could not be written is written with what comes next.
      flush().catch(() => undefined);
    }, WRITE_AFTER_MS).unref();
  }

  return {
    note(question, answer) {
      pending.set(question, answer);
      if (pending.size > MOST_PENDING) pending = new Map([...pending].slice(-MOST_PENDING / 2));
      soon();
    },
    async find(questions) {
      const store = db();
      if (!store) return undefined;
      const rows = await store
        .selectFrom("given")
        .select(["question", "answer"])
        .where("question", "in", questions)
        .execute()
        .catch(() => undefined);
      if (!rows) return undefined;
      const found = new Map(rows.map(({ question, answer }) => [question, answer]));
      for (const question of questions) {
        const answer = pending.get(question);
        if (answer !== undefined) found.set(question, answer);
      }
      return found;
    },
    flush,
  };
}
