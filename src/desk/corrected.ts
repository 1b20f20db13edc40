// What was put right, as the desk shows it.
import type { Db } from "../storage/open.js";

export interface Corrected {
  readonly explainer: string;
  readonly edition: number;
  readonly at: number;
  readonly states: Readonly<Record<string, number>>;
}

/** By explainer and edition, the latest first. */
export async function listCorrected(db: Db, limit: number): Promise<Corrected[]> {
  const rows = await db
    .selectFrom("errands")
    .select((builder) => [
      "about",
      "state",
      builder.fn.countAll<number>().as("count"),
      builder.fn.max("updated_at").as("at"),
    ])
    .where("kind", "in", ["correct", "note"])
    .groupBy(["about", "state"])
    .execute();
  const byEdition = new Map<string, { at: number; states: Record<string, number> }>();
  for (const { about, state, count, at } of rows) {
    const entry = byEdition.get(about) ?? { at: 0, states: {} };
    entry.at = Math.max(entry.at, at);
    entry.states[state] = (entry.states[state] ?? 0) + count;
    byEdition.set(about, entry);
  }
  return [...byEdition]
    .map(([about, { at, states }]) => {
      const cut = about.lastIndexOf(" ");
      return { explainer: about.slice(0, cut), edition: Number(about.slice(cut + 1)), at, states };
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, limit);
}
