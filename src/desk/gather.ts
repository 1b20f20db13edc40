// What comes of questions, gathered for the editors: counts of everything, and the words of what was not answered well where that is
// wanted. Written many at a time, a moment later: an answer waits for none of it.
import { sql } from "kysely";
import { createLater } from "../memory/later.js";
import type { Outcome } from "../memory/outcomes.js";
import type { Db } from "../storage/open.js";
import { mask } from "./mask.js";
import type { Came, Queue, WaitingFor } from "./queue.js";

export interface Gatherer {
  /** Hears of an outcome. */
  heard(outcome: Outcome): void;
  /** Somebody says that an answer was none to their question; `ticket` names it where its words are kept. */
  disputed(explainer: string, section: string, ticket: string | undefined): Promise<void>;
  /** What a ticket stands for; undefined once it is forgotten. */
  recall(ticket: string): Promise<Asked | undefined>;
  /** Writes what is still to be written. Rejects where the store is away. */
  flush(): Promise<void>;
}

/** A question by its ticket. */
export interface Asked {
  readonly explainer: string;
  readonly words: string;
  readonly section: string | undefined;
  readonly confidence: number;
}

export interface GathererOptions {
  readonly db: () => Db | undefined;
  readonly queue: () => Queue | undefined;
  /** The language of an explainer. */
  readonly languageOf: (explainer: string) => string;
  /** Hears of a new question in the queue. */
  readonly onFresh: (question: string) => Promise<void>;
  readonly now?: () => number;
}

/** Milliseconds that a ticket is good for. */
export const RECENT_MS = 86_400_000;
/** Held while the store is away. */
const MOST_PENDING = 2_000;
/** Questions beyond what an hour takes are counted under this. */
export const NOT_KEPT = "not kept";
const ROWS = 200;

const WAITING: Readonly<Partial<Record<Outcome["outcome"], WaitingFor>>> = {
  abstained: "abstained",
  tentative: "tentative",
  choices: "choices",
};

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

interface Count {
  readonly day: string;
  readonly explainer: string;
  readonly outcome: string;
  readonly section: string;
}

export function createGatherer({ db, queue, languageOf, onFresh, now = Date.now }: GathererOptions): Gatherer {
  let counts = new Map<string, { readonly of: Count; count: number }>();
  let recent: { readonly ticket: string; readonly asked: Asked; readonly at: number }[] = [];
  let came: Came[] = [];

  function count(explainer: string, outcome: string, section: string): void {
    const of = { day: dayOf(now()), explainer, outcome, section };
    const key = JSON.stringify(of);
    const before = counts.get(key);
    if (before) before.count += 1;
    else counts.set(key, { of, count: 1 });
  }

  async function writeCounts(store: Db): Promise<void> {
    const taken = [...counts.values()];
    counts = new Map();
    for (let at = 0; at < taken.length; at += ROWS)
      await store
        .insertInto("tally")
        .values(taken.slice(at, at + ROWS).map(({ of, count: times }) => ({ ...of, count: times })))
        .onConflict((conflict) =>
          conflict
            .columns(["day", "explainer", "outcome", "section"])
            .doUpdateSet({ count: sql<number>`tally.count + excluded.count` }),
        )
        .execute()
        .catch((error: unknown) => {
          for (const { of, count: times } of taken.slice(at)) {
            const key = JSON.stringify(of);
            counts.set(key, { of, count: times + (counts.get(key)?.count ?? 0) });
          }
          throw error;
        });
  }

  async function writeRecent(store: Db): Promise<void> {
    while (recent.length > 0) {
      const rows = recent.slice(0, ROWS);
      await store
        .insertInto("recent")
        .values(
          rows.map(({ ticket, asked: { explainer, words, section, confidence }, at }) => ({
            ticket,
            explainer,
            words,
            section: section ?? null,
            confidence: Math.round(confidence * 100),
            at,
          })),
        )
        .onConflict((conflict) => conflict.column("ticket").doNothing())
        .execute();
      recent = recent.slice(rows.length);
    }
  }

  async function writeCame(): Promise<void> {
    const kept = queue();
    if (!kept) return;
    for (let next = came[0]; next; next = came[0]) {
      const taken = await kept.take(next);
      came = came.slice(1);
      if (!taken) count(next.explainer, NOT_KEPT, next.section ?? "");
      else if (taken.fresh) await onFresh(taken.id);
    }
  }

  async function write(): Promise<void> {
    const store = db();
    if (!store) return;
    await writeRecent(store);
    await writeCame();
    await writeCounts(store);
  }

  const { soon, flush } = createLater(write);

  return {
    heard({ outcome, explainer, language, section, confidence, words, vector, ticket }) {
      count(explainer, outcome, section ?? "");
      const masked = words === undefined ? "" : mask(words);
      if (masked !== "" && ticket !== undefined && recent.length < MOST_PENDING)
        recent.push({ ticket, asked: { explainer, words: masked, section, confidence }, at: now() });
      const waiting = WAITING[outcome];
      if (masked !== "" && waiting && came.length < MOST_PENDING)
        came.push({ explainer, language, words: masked, outcome: waiting, section, confidence, vector });
      soon();
    },
    async disputed(explainer, section, ticket) {
      count(explainer, "disputed", section);
      const asked = ticket === undefined ? undefined : await this.recall(ticket);
      if (asked)
        came.push({
          ...asked,
          language: languageOf(asked.explainer),
          outcome: "disputed",
          section: section === "" ? asked.section : section,
          vector: undefined,
        });
      soon();
    },
    async recall(ticket) {
      const pending = recent.find((each) => each.ticket === ticket);
      if (pending) return pending.asked;
      const row = await db()
        ?.selectFrom("recent")
        .selectAll()
        .where("ticket", "=", ticket)
        .where("at", ">", now() - RECENT_MS)
        .executeTakeFirst();
      return (
        row && {
          explainer: row.explainer,
          words: row.words,
          section: row.section ?? undefined,
          confidence: row.confidence / 100,
        }
      );
    },
    flush,
  };
}
