// Where the bot is installed: in the store, with what the platform gave for it, sealed; and in memory, so that no question waits for
// it. One that ends takes what belongs to it along: at once, or after some days in which it may come back.
import type { Db } from "../storage/open.js";
import { StoreAway } from "../storage/open.js";
import { sealedTo, SealError, type Seal } from "../storage/seal.js";
import type { InstallationRow } from "../storage/tables.js";
import { placeKey, type Installation } from "./address.js";
import { bump } from "./revisions.js";

export interface Kept {
  readonly of: Installation;
  /** The organisation whose installation serves it. */
  readonly org: string | undefined;
  /** What the platform gave; undefined where it gives nothing, or no key opens it. */
  readonly body: string | undefined;
  /** Milliseconds since 1970. */
  readonly installedAt: number;
}

export interface Installations {
  /** One that holds; looked up in the store where this process has not heard of it yet. Rejects where the store is away. */
  get(of: Installation): Promise<Kept | undefined>;
  /** The same as the store has it now, whatever this process has heard. */
  reread(of: Installation): Promise<Kept | undefined>;
  /** When it was installed, also of one that has ended; undefined where nothing is kept of it. */
  installedAt(of: Installation): Promise<number | undefined>;
  /** How many hold on a platform, organisations not counted as workspaces of their own. */
  count(platform: string): number;
  /** Notes one, new or anew. Rejects where the store is away. */
  put(of: Installation, given?: Given): Promise<void>;
  /** What the platform gave for one was exchanged: in place of `before`, and of nothing else. Whether it was still that. */
  renew(of: Installation, before: string, body: string): Promise<boolean>;
  /** Those that are there; those of `platform` that are not, and for which `mine` holds, have ended. */
  settle(platform: string, there: readonly string[], mine: (place: string) => boolean): Promise<void>;
  /**
   * It was left, or what was given for it is worth nothing any more: that is forgotten now, what belongs to it after a grace. `body`: only
   * where that is still what was given.
   */
  end(of: Installation, body?: string): Promise<void>;
  /** It was taken out: all that belongs to it is deleted, of an organisation with its workspaces. */
  remove(of: Installation): Promise<void>;
  /** Deletes what belongs to those that ended too long ago; how many those were. */
  sweep(): Promise<number>;
  /** Reads all anew. Rejects with {@link SealError} where there are some that are sealed, and no key opens any. */
  refresh(): Promise<void>;
  /** Seals anew what older keys sealed; how many those were. */
  reseal(): Promise<number>;
}

interface Given {
  readonly body?: string;
  readonly org?: string;
}

/** Days after which what belongs to an installation that ended is deleted. */
const GRACE_DAYS = 7;
const DAY_MS = 86_400_000;

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

  /** What was sealed; undefined where no key opens it: that one goes without, and no other. */
  function opened(sealed: string, of: Installation): string | undefined {
    try {
      return seal?.open(sealed, sealedTo(of));
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  }
  const read = ({ platform, place, org, body, installed_at }: InstallationRow): Kept => {
    const of = { platform, place };
    return {
      of,
      org: org ?? undefined,
      body: body === null ? undefined : opened(body, of),
      installedAt: installed_at,
    };
  };
  const rowOf = ({ platform, place }: Installation, from: Db = store()) =>
    from
      .selectFrom("installations")
      .selectAll()
      .where("platform", "=", platform)
      .where("place", "=", place)
      .executeTakeFirst();

  async function reread(of: Installation): Promise<Kept | undefined> {
    const row = await rowOf(of);
    if (!row || row.ended_at !== null) {
      known.delete(placeKey(of));
      return undefined;
    }
    const kept = read(row);
    known.set(placeKey(of), kept);
    return kept;
  }

  async function put(of: Installation, { body, org }: Given = {}): Promise<void> {
    if (body !== undefined && !seal) throw new SealError("there is no key");
    const at = now();
    const values = {
      org: org ?? null,
      body: body === undefined ? null : (seal?.seal(body, sealedTo(of)) ?? null),
      installed_at: at,
      updated_at: at,
      ended_at: null,
    };
    await store()
      .transaction()
      .execute(async (trx) => {
        await trx
          .insertInto("installations")
          .values({ ...of, ...values })
          .onConflict((conflict) => conflict.columns(["platform", "place"]).doUpdateSet(values))
          .execute();
        await bump(trx, "installations");
      });
    known.set(placeKey(of), { of, org, body, installedAt: at });
  }

  /** Changes one within a transaction where `holds` of what it is now; whether it did. */
  async function change(
    of: Installation,
    holds: (row: InstallationRow) => boolean,
    values: Partial<InstallationRow>,
  ): Promise<boolean> {
    return store()
      .transaction()
      .execute(async (trx) => {
        // Taken first: of two processes the second sees what the first did.
        await trx
          .updateTable("installations")
          .set({ updated_at: now() })
          .where("platform", "=", of.platform)
          .where("place", "=", of.place)
          .execute();
        const row = await rowOf(of, trx);
        if (!row || row.ended_at !== null || !holds(row)) return false;
        await trx
          .updateTable("installations")
          .set(values)
          .where("platform", "=", of.platform)
          .where("place", "=", of.place)
          .execute();
        await bump(trx, "installations");
        return true;
      });
  }
  const isStill = (of: Installation, body: string) => (row: InstallationRow) =>
    row.body !== null && opened(row.body, of) === body;

  async function end(of: Installation, body?: string): Promise<void> {
    const holds = body === undefined ? () => true : isStill(of, body);
    await change(of, holds, { body: null, ended_at: now(), updated_at: now() });
    await reread(of);
  }

  async function remove(of: Installation, onlyEndedBefore?: number): Promise<void> {
    await store()
      .transaction()
      .execute(async (trx) => {
        // It may have come back since it was looked for.
        const row = await rowOf(of, trx);
        if (onlyEndedBefore !== undefined && !(row?.ended_at != null && row.ended_at < onlyEndedBefore)) return;
        const served = await trx
          .selectFrom("installations")
          .select("place")
          .where("platform", "=", of.platform)
          .where("org", "=", of.place)
          .execute();
        for (const { place } of [of, ...served]) await deleteBelongings(trx, { platform: of.platform, place });
      });
    for (const [key, each] of known) if (key === placeKey(of) || each.org === of.place) known.delete(key);
  }

  return {
    get: async (of) => known.get(placeKey(of)) ?? reread(of),
    reread,
    installedAt: async (of) => (await rowOf(of))?.installed_at,
    count: (platform) =>
      [...known.values()].filter((each) => each.of.platform === platform && each.org === undefined).length,
    put,
    async renew(of, before, body) {
      if (!seal) throw new SealError("there is no key");
      const done = await change(of, isStill(of, before), { body: seal.seal(body, sealedTo(of)), updated_at: now() });
      await reread(of);
      return done;
    },
    async settle(platform, there, mine) {
      const present = new Set(there);
      const rows = await store()
        .selectFrom("installations")
        .select(["place", "ended_at"])
        .where("platform", "=", platform)
        .execute();
      const holding = new Set(rows.filter(({ ended_at }) => ended_at === null).map(({ place }) => place));
      for (const place of holding) if (!present.has(place) && mine(place)) await end({ platform, place });
      for (const place of there) if (!holding.has(place)) await put({ platform, place });
    },
    end,
    remove: (of) => remove(of),
    async sweep() {
      const before = now() - GRACE_DAYS * DAY_MS;
      const rows = await store()
        .selectFrom("installations")
        .select(["platform", "place"])
        .where("ended_at", "<", before)
        .execute();
      for (const row of rows) await remove(row, before);
      return rows.length;
    },
    async refresh() {
      const rows = await store().selectFrom("installations").selectAll().where("ended_at", "is", null).execute();
      known = new Map(rows.map((row) => [placeKey(row), read(row)]));
      const sealed = rows.filter(({ body }) => body !== null);
      const shut = sealed.every((row) => known.get(placeKey(row))?.body === undefined);
      if (seal && sealed.length > 0 && shut) throw new SealError("it was sealed with another key");
    },
    async reseal() {
      if (!seal) return 0;
      const rows = await store().selectFrom("installations").selectAll().where("body", "is not", null).execute();
      let count = 0;
      for (const { platform, place, body } of rows) {
        const plain = body === null || seal.isCurrent(body) ? undefined : opened(body, { platform, place });
        if (plain === undefined) continue;
        await store()
          .updateTable("installations")
          .set({ body: seal.seal(plain, sealedTo({ platform, place })) })
          .where("platform", "=", platform)
          .where("place", "=", place)
          // What was exchanged meanwhile is newer.
          .where("body", "=", body)
          .execute();
        count += 1;
      }
      return count;
    },
  };
}
