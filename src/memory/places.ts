// What those who run a server or workspace have set for it. Read from memory at every question, written to the store, and read anew
// when another process wrote.
import type { Db } from "../storage/open.js";
import { bump } from "./revisions.js";
import type { Installation } from "./address.js";

/** What can be set; absent is not said. */
export interface PlaceSettings {
  /** Whether questions that were not answered may be kept for the editors. */
  readonly keep?: boolean;
  /** The channel where the editors' desk is. */
  readonly desk?: string;
}

export interface Places {
  of(place: Installation): PlaceSettings;
  /** Those with a desk. */
  desks(): readonly (Installation & { readonly channel: string })[];
  /** Changes what is named; `undefined` takes it back. Rejects where the store is away. */
  set(
    place: Installation,
    settings: { readonly [Key in keyof PlaceSettings]: PlaceSettings[Key] | undefined },
  ): Promise<void>;
  /** Reads all anew. */
  refresh(): Promise<void>;
}

const keyOf = ({ platform, place }: Installation): string => `${platform} ${place}`;

/** `db` gives the store once it is open. */
export function createPlaces(db: () => Db | undefined, now: () => number = Date.now): Places {
  let known = new Map<string, { readonly at: Installation; readonly settings: PlaceSettings }>();

  async function refresh(): Promise<void> {
    const rows = await db()?.selectFrom("places").selectAll().execute();
    if (!rows) return;
    known = new Map(
      rows.map(({ platform, place, settings }) => [
        keyOf({ platform, place }),
        { at: { platform, place }, settings: JSON.parse(settings) as PlaceSettings },
      ]),
    );
  }

  return {
    of: (place) => known.get(keyOf(place))?.settings ?? {},
    desks: () =>
      [...known.values()].flatMap(({ at, settings: { desk } }) =>
        desk === undefined ? [] : [{ ...at, channel: desk }],
      ),
    async set({ platform, place }, settings) {
      const store = db();
      if (!store) throw new Error("the store is not open");
      await store.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom("places")
          .select("settings")
          .where("platform", "=", platform)
          .where("place", "=", place)
          .executeTakeFirst();
        const before = row ? (JSON.parse(row.settings) as PlaceSettings) : {};
        const values = { settings: JSON.stringify({ ...before, ...settings }), updated_at: now() };
        await trx
          .insertInto("places")
          .values({ platform, place, ...values })
          .onConflict((conflict) => conflict.columns(["platform", "place"]).doUpdateSet(values))
          .execute();
        await bump(trx, "places");
      });
      await refresh();
    },
    refresh,
  };
}
