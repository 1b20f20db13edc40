// What was said, in the store. Written many at a time: a commit waits for the disk, and an answer must not.
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "../storage/open.js";
import { keyOf, type Address } from "./address.js";
import { sql } from "kysely";
import { createKept } from "../assistant/kept.js";
import { createLater } from "./later.js";
import type { Said, SaidEntry } from "./said.js";

/** Milliseconds that it is kept for: nobody edits a question after that, and what was said is corrected no later. */
export const SAID_KEPT_MS = 14 * 86_400_000;
/** Held while the store is away; what is older is forgotten. */
const MOST_PENDING = 5_000;
/** Rows of one statement; SQLite binds at most 32,766 values. */
const ROWS = 500;
/** Milliseconds that an answer waits for a look into the store. */
const PATIENCE_MS = 1_000;
/** Contents that are known to be kept, and for how many milliseconds that is believed: they outlive what points to them by far. */
const KNOWN_CONTENTS = 5_000;
const BELIEVED_MS = 86_400_000;
/** Threads whose last answer is remembered without asking the store. */
const THREADS = 5_000;

export interface StoredSaid extends Said {
  /** Writes what is still to be written. Rejects where the store is away. */
  flush(): Promise<void>;
}

/** `db` gives the store once it is open. */
export function createStoredSaid(db: () => Db | undefined, now: () => number = Date.now): StoredSaid {
  let pending = new Map<string, SaidEntry>();
  const known = createKept<number>(KNOWN_CONTENTS);
  const lastIn = createKept<{ readonly subject: string; readonly at: number }>(THREADS);
  const threadOf = (at: Address): string => keyOf(at, at.thread ?? "");

  /** Keeps each content once, before what points to it. */
  async function writeContents(store: Db, entries: readonly SaidEntry[]): Promise<void> {
    const unknown = entries.filter(({ digest }) => (known.get(digest) ?? 0) < now() - BELIEVED_MS);
    const fresh = new Map(unknown.map((each) => [each.digest, each]));
    if (fresh.size === 0) return;
    await store
      .insertInto("contents")
      .values([...fresh.values()].map(({ digest, content }) => ({ digest, body: content, at: now() })))
      .onConflict((conflict) => conflict.column("digest").doUpdateSet({ at: now() }))
      .execute();
    for (const digest of fresh.keys()) known.set(digest, now());
  }

  async function write(): Promise<void> {
    const store = db();
    if (!store) return;
    for (let rows = [...pending].slice(0, ROWS); rows.length > 0; rows = [...pending].slice(0, ROWS)) {
      await writeContents(
        store,
        rows.map(([, entry]) => entry),
      );
      await store
        .insertInto("said")
        .values(
          rows.map(([, { at, message, answers, subject, page, explainer, digest }]) => ({
            platform: at.platform,
            place: at.place,
            channel: at.channel,
            message,
            thread: at.thread ?? null,
            answers: answers ?? null,
            subject,
            page,
            explainer,
            digest,
            at: now(),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(["platform", "place", "channel", "message"]).doUpdateSet({
            // What a press shows in a message answers what it answered.
            answers: sql<string>`coalesce(excluded.answers, said.answers)`,
            subject: (row) => row.ref("excluded.subject"),
            page: (row) => row.ref("excluded.page"),
            explainer: (row) => row.ref("excluded.explainer"),
            digest: (row) => row.ref("excluded.digest"),
            at: (row) => row.ref("excluded.at"),
          }),
        )
        .execute();
      for (const [key, entry] of rows) if (pending.get(key) === entry) pending.delete(key);
    }
  }

  const { soon, flush } = createLater(write);

  return {
    note(entry) {
      const key = keyOf(entry.at, entry.message);
      pending.set(key, { ...entry, answers: entry.answers ?? pending.get(key)?.answers });
      lastIn.set(threadOf(entry.at), { subject: entry.subject, at: now() });
      if (pending.size > MOST_PENDING) pending = new Map([...pending].slice(-MOST_PENDING / 2));
      soon();
    },
    async answersTo(at, questions) {
      const store = db();
      if (!store) return undefined;
      const { platform, place, channel } = at;
      const late = sleep(PATIENCE_MS, undefined, { ref: false });
      const looked = store
        .selectFrom("said")
        .select(["answers", "message"])
        .where("platform", "=", platform)
        // What was kept before addresses were has no more than its messages' numbers.
        .where("place", "in", [place, ""])
        .where("channel", "in", [channel, ""])
        .where("answers", "in", questions)
        .orderBy("at")
        .execute()
        .catch(() => undefined);
      const rows = await Promise.race([looked, late]);
      if (!rows) return undefined;
      const found = new Map<string, string>();
      for (const { answers, message } of rows) if (answers !== null) found.set(answers, message);
      for (const entry of pending.values()) {
        const { answers, message } = entry;
        if (answers !== undefined && questions.includes(answers) && keyOf(entry.at) === keyOf(at))
          found.set(answers, message);
      }
      return found;
    },
    async shown(at, message, since) {
      if (message === undefined) {
        const last = lastIn.get(threadOf(at));
        if (last) return last.at >= since ? last.subject : undefined;
      } else {
        const noted = pending.get(keyOf(at, message));
        if (noted) return noted.subject;
      }
      const store = db();
      if (!store) return undefined;
      const late = sleep(PATIENCE_MS, undefined, { ref: false });
      const looked = store
        .selectFrom("said")
        .select("subject")
        .where("platform", "=", at.platform)
        .where("place", "=", at.place)
        .where("channel", "=", at.channel)
        .where("at", ">=", since)
        .$if(message !== undefined, (query) => query.where("message", "=", message ?? ""))
        .$if(message === undefined, (query) =>
          at.thread === undefined ? query.where("thread", "is", null) : query.where("thread", "=", at.thread),
        )
        .orderBy("at", "desc")
        .limit(1)
        .executeTakeFirst()
        .catch(() => undefined);
      return (await Promise.race([looked, late]))?.subject;
    },
    flush,
  };
}
