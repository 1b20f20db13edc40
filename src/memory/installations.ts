// Where the bot is installed: in the store, with what the platform gave for it, sealed; and in memory, so that no question waits for
// it. One that ends takes what belongs to it along: at once, or after some days in which it may come back.
import type { Db } from "../storage/open.js";
import { StoreAway } from "../storage/open.js";
import { SealError, type Seal } from "../storage/seal.js";
import type { InstallationRow } from "../storage/tables.js";
import type { Installation } from "./address.js";
import { bump } from "./revisions.js";

export interface Kept {
  readonly of: Installation;
  /** The organisation whose installation serves it. */
  readonly org: string | undefined;
  /** What the platform gave; undefined where it gives nothing. */
  readonly body: string | undefined;
  /** Milliseconds since 1970. */
  readonly installedAt: number;
}

export interface Installations {
  /** One that holds; looked up in the store where this process has not heard of it yet. Rejects where the store is away. */
  get(of: Installation): Promise<Kept | undefined>;
  /** How many hold on a platform, organisations not counted as workspaces of their own. */
  count(platform: string): number;
  /** Notes one. `renewed`: it was there, and only what the platform gave for it is new. Rejects where the store is away. */
  put(of: Installation, given?: Given): Promise<void>;
  /** Those that are there; those of `platform` that are not, and for which `mine` holds, have ended. */
  settle(platform: string, there: readonly string[], mine: (place: string) => boolean): Promise<void>;
  /** It was left, or what was given for it is worth nothing any more: that is forgotten now, what belongs to it after a grace. */
  end(of: Installation): Promise<void>;
  /** It was taken out: all that belongs to it is deleted, of an organisation with its workspaces. */
  remove(of: Installation): Promise<void>;
  /** Deletes what belongs to those that ended too long ago; how many those were. */
  sweep(): Promise<number>;
  /** Reads all anew. Rejects with {@link SealError} where no key opens one. */
  refresh(): Promise<void>;
  /** Seals anew what older keys sealed; how many those were. */
  reseal(): Promise<number>;
}

interface Given {
  readonly body?: string;
  readonly org?: string;
  readonly renewed?: boolean;
}

/** Days after which what belongs to an installation that ended is deleted. */
const GRACE_DAYS = 7;
const DAY_MS = 86_400_000;
const keyOf = ({ platform, place }: Installation): string => `${platform} ${place}`;

/** Deletes whatever belongs to a server or workspace. */
async function deleteBelongings(trx: Db, { platform, place }: Installation): Promise<void> {
  await trx
    .deleteFrom("deliveries")
    .where("subscription", "in", (query) =>
      query.selectFrom("subscriptions").select("id").where("platform", "=", platform).where("place", "=", place),
    )
    .execute();
  for (const table of ["subscriptions", "places", "said", "wishes", "errands", "installations"] as const)
    await trx.deleteFrom(table).where("platform", "=", platform).where("place", "=", place).execute();
  await bump(trx, "places");
  await bump(trx, "installations");
}

/** `db` gives the store once it is open; `seal` is absent where no platform gives anything to be kept secret. */
export function createInstallations(
  db: () => Db | undefined,
  seal: Seal | undefined,
  now: () => number = Date.now,
): Installations {
  let known = new Map<string, Kept>();
  const store = (): Db => {
    const open = db();
    if (!open) throw new StoreAway("the store is not open");
    return open;
  };

  function read({ platform, place, org, body, installed_at }: InstallationRow): Kept {
    const of = { platform, place };
    if (body !== null && !seal) throw new SealError("there is no key");
    return {
      of,
      org: org ?? undefined,
      body: body === null ? undefined : seal?.open(body, keyOf(of)),
      installedAt: installed_at,
    };
  }

  async function put(of: Installation, { body, org, renewed = false }: Given = {}): Promise<void> {
    if (body !== undefined && !seal) throw new SealError("there is no key");
    const at = now();
    const values = {
      org: org ?? null,
      body: body === undefined ? null : (seal?.seal(body, keyOf(of)) ?? null),
      updated_at: at,
      ended_at: null,
    };
    await store()
      .transaction()
      .execute(async (trx) => {
        await trx
          .insertInto("installations")
          .values({ ...of, ...values, installed_at: at })
          .onConflict((conflict) =>
            conflict.columns(["platform", "place"]).doUpdateSet(renewed ? values : { ...values, installed_at: at }),
          )
          .execute();
        await bump(trx, "installations");
      });
    known.set(keyOf(of), { of, org, body, installedAt: renewed ? (known.get(keyOf(of))?.installedAt ?? at) : at });
  }

  async function end(places: readonly Installation[]): Promise<void> {
    if (places.length === 0) return;
    await store()
      .transaction()
      .execute(async (trx) => {
        for (const { platform, place } of places)
          await trx
            .updateTable("installations")
            .set({ body: null, ended_at: now(), updated_at: now() })
            .where("platform", "=", platform)
            .where("place", "=", place)
            .where("ended_at", "is", null)
            .execute();
        await bump(trx, "installations");
      });
    for (const of of places) known.delete(keyOf(of));
  }

  async function remove(of: Installation): Promise<void> {
    await store()
      .transaction()
      .execute(async (trx) => {
        const served = await trx
          .selectFrom("installations")
          .select("place")
          .where("platform", "=", of.platform)
          .where("org", "=", of.place)
          .execute();
        for (const { place } of [of, ...served]) await deleteBelongings(trx, { platform: of.platform, place });
      });
    for (const [key, each] of known) if (key === keyOf(of) || each.org === of.place) known.delete(key);
  }

  return {
    async get(of) {
      const before = known.get(keyOf(of));
      if (before) return before;
      const row = await store()
        .selectFrom("installations")
        .selectAll()
        .where("platform", "=", of.platform)
        .where("place", "=", of.place)
        .where("ended_at", "is", null)
        .executeTakeFirst();
      if (!row) return undefined;
      const kept = read(row);
      known.set(keyOf(of), kept);
      return kept;
    },
    count(platform) {
      return [...known.values()].filter((each) => each.of.platform === platform && each.org === undefined).length;
    },
    put,
    async settle(platform, there, mine) {
      const present = new Set(there);
      const rows = await store()
        .selectFrom("installations")
        .select(["place", "ended_at"])
        .where("platform", "=", platform)
        .execute();
      const holding = new Set(rows.filter(({ ended_at }) => ended_at === null).map(({ place }) => place));
      await end(
        [...holding].filter((place) => !present.has(place) && mine(place)).map((place) => ({ platform, place })),
      );
      for (const place of there) if (!holding.has(place)) await put({ platform, place });
    },
    end: (of) => end([of]),
    remove,
    async sweep() {
      const rows = await store()
        .selectFrom("installations")
        .select(["platform", "place"])
        .where("ended_at", "<", now() - GRACE_DAYS * DAY_MS)
        .execute();
      for (const row of rows) await remove(row);
      return rows.length;
    },
    async refresh() {
      const rows = await store().selectFrom("installations").selectAll().where("ended_at", "is", null).execute();
      known = new Map(rows.map((row) => [keyOf(row), read(row)]));
    },
    async reseal() {
      if (!seal) return 0;
      const rows = await store().selectFrom("installations").selectAll().where("body", "is not", null).execute();
      const old = rows.filter(({ body }) => body !== null && !seal.isCurrent(body));
      for (const { platform, place, body } of old) {
        const key = keyOf({ platform, place });
        await store()
          .updateTable("installations")
          .set({ body: seal.seal(seal.open(body ?? "", key), key) })
          .where("platform", "=", platform)
          .where("place", "=", place)
          // What was exchanged meanwhile is newer.
          .where("body", "=", body)
          .execute();
      }
      return old.length;
    },
  };
}
