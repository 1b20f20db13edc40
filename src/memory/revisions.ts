// Whether something that several processes hold in memory was changed by one of them: a number for each, counted up with the change.
import { sql } from "kysely";
import type { Db } from "../storage/open.js";

export type Revised = "places" | "installations" | "taught" | "questions";

/** Counts up, within the transaction that changes what it names. */
export async function bump(db: Db, name: Revised): Promise<void> {
  await db
    .insertInto("revisions")
    .values({ name, number: 1 })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ number: sql<number>`revisions.number + 1` }))
    .execute();
}

export interface Revisions {
  /** Looks once, and hears of what changed since the last look; of everything at the first. Rejects where the store is away. */
  look(): Promise<void>;
}

/** `changed` runs to its end before the next look; where it rejects, it is run again at the next. */
export function createRevisions(
  db: () => Db | undefined,
  changed: Readonly<Partial<Record<Revised, () => Promise<void>>>>,
): Revisions {
  const seen = new Map<string, number>();
  return {
    async look() {
      const store = db();
      if (!store) return;
      const rows = await store.selectFrom("revisions").selectAll().execute();
      const numbers = new Map<string, number>(rows.map(({ name, number }) => [name, number]));
      for (const [name, work] of Object.entries(changed)) {
        const number = numbers.get(name) ?? 0;
        if (seen.get(name) === number) continue;
        await work();
        seen.set(name, number);
      }
    },
  };
}
