// What those who run a server or workspace have set for it. Read from memory at every question, written to the store, and read anew
// when another process wrote.
import { isPassing, StoreAway, type Db } from "../storage/open.js";
import { bump } from "./revisions.js";
import { placeKey, type Address, type Installation } from "./address.js";
import { effective, type ChannelSettings, type Effective, type PlaceSettings } from "./place-settings.js";

/** What is changed of settings: `undefined` takes one back. */
type Change<T> = { readonly [Key in keyof T]: T[Key] | undefined };

export interface Places {
  of(place: Installation): PlaceSettings;
  /** Whether what was set is known: the store was read once. */
  known(): boolean;
  /** What holds at an address. */
  at(address: Address): Effective;
  /** Those with a desk. */
  desks(): readonly (Installation & { readonly channel: string })[];
  /** Changes what is named; `undefined` takes it back. Rejects where the store is away. */
  set(place: Installation, settings: Change<PlaceSettings>): Promise<void>;
  /** The same for one channel. */
  setChannel(at: Address, settings: Change<ChannelSettings>): Promise<void>;
  /** Whether a fault is that the store is away, which passes. */
  isAway(error: unknown): boolean;
  /** Reads all anew. */
  refresh(): Promise<void>;
}

/** `db` gives the store once it is open. */
export function createPlaces(db: () => Db | undefined, now: () => number = Date.now): Places {
  let read = false;
  let known = new Map<string, { readonly at: Installation; readonly settings: PlaceSettings }>();

  async function refresh(): Promise<void> {
    const rows = await db()?.selectFrom("places").selectAll().execute();
    if (!rows) return;
    read = true;
    known = new Map(
      rows.map(({ platform, place, settings }) => [
        placeKey({ platform, place }),
        { at: { platform, place }, settings: JSON.parse(settings) as PlaceSettings },
      ]),
    );
  }

  const of = (place: Installation): PlaceSettings => known.get(placeKey(place))?.settings ?? {};

  async function change(
    { platform, place }: Installation,
    changed: (before: PlaceSettings) => Change<PlaceSettings>,
  ): Promise<void> {
    const store = db();
    if (!store) throw new StoreAway("the store is not open");
    await store.transaction().execute(async (trx) => {
      // Taken first: of two who change it at once the second sees what the first did.
      await trx
        .insertInto("places")
        .values({ platform, place, settings: "{}", updated_at: now() })
        .onConflict((conflict) => conflict.columns(["platform", "place"]).doUpdateSet({ updated_at: now() }))
        .execute();
      const row = await trx
        .selectFrom("places")
        .select("settings")
        .where("platform", "=", platform)
        .where("place", "=", place)
        .executeTakeFirst();
      const before = row ? (JSON.parse(row.settings) as PlaceSettings) : {};
      await trx
        .updateTable("places")
        .set({ settings: JSON.stringify({ ...before, ...changed(before) }) })
        .where("platform", "=", platform)
        .where("place", "=", place)
        .execute();
      await bump(trx, "places");
    });
    await refresh();
  }

  return {
    of,
    known: () => read,
    at: (address) => effective(of(address), address),
    desks: () =>
      [...known.values()].flatMap(({ at, settings: { desk } }) =>
        desk === undefined ? [] : [{ ...at, channel: desk }],
      ),
    set: (place, settings) => change(place, () => settings),
    setChannel: (at, settings) =>
      change(at, ({ channels = {} }) => {
        const own = { ...channels[at.channel], ...settings } as ChannelSettings;
        const others = Object.entries(channels).filter(([channel]) => channel !== at.channel);
        const some = Object.values(own).some((value) => value !== undefined);
        return { channels: Object.fromEntries([...others, ...(some ? [[at.channel, own] as const] : [])]) };
      }),
    isAway: isPassing,
    refresh,
  };
}
