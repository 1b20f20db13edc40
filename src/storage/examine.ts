// What `doctor` asks the store: whether it opens, is of this version, and what sealed its secrets. Changes nothing.
import { access } from "node:fs/promises";
import { Kysely, Migrator, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { MIGRATIONS } from "./migrations.js";
import { fileOf, isPostgres, type Db } from "./open.js";
import { createSeal, sealedTo } from "./seal.js";
import { sqliteDialect } from "./sqlite.js";
import type { Tables } from "./tables.js";

interface Found {
  readonly level: "good" | "look" | "bad";
  readonly what: string;
  readonly mend?: string;
}

const CONNECT_MS = 5_000;

async function sealed(db: Db, keys: readonly Buffer[] | undefined): Promise<Found[]> {
  const rows = await db.selectFrom("installations").selectAll().where("body", "is not", null).execute();
  if (rows.length === 0) return [];
  if (!keys)
    return [
      {
        level: "bad",
        what: `${rows.length} installations are sealed, and INSTALLATION_KEY is not set`,
        mend: "set the key that was set before",
      },
    ];
  const seal = createSeal(keys);
  const shut = rows.filter((row) => {
    try {
      seal.open(row.body ?? "", sealedTo(row));
      return false;
    } catch {
      return true;
    }
  });
  return shut.length === 0
    ? [{ level: "good", what: `INSTALLATION_KEY opens all ${rows.length} installations` }]
    : [
        {
          level: "bad",
          what: `INSTALLATION_KEY does not open ${shut.length} of ${rows.length} installations`,
          mend: "write the key that was set before behind the new one, with a comma between",
        },
      ];
}

/** `url` as in the settings. Never rejects. */
export async function examineStorage(
  url: string,
  keys: readonly Buffer[] | undefined,
  log: Logger,
): Promise<readonly Found[]> {
  const postgres = isPostgres(url);
  const path = fileOf(url);
  if (
    !postgres &&
    path !== ":memory:" &&
    !(await access(path).then(
      () => true,
      () => false,
    ))
  )
    return [{ level: "good", what: `${path} is not there yet; the first start makes it` }];
  const db = new Kysely<Tables>({
    dialect: postgres
      ? new PostgresDialect({
          pool: new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_MS }).on(
            "error",
            (error) => log.debug({ reason: error.message }, "a connection ended"),
          ),
        })
      : sqliteDialect(path),
  });
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
    const steps = await migrator.getMigrations();
    const waiting = steps.filter(({ executedAt }) => executedAt === undefined).length;
    const made = await sql<{ name: string }>`select name from kysely_migration`.execute(db).catch(() => ({ rows: [] }));
    if (made.rows.some(({ name }) => !Object.hasOwn(MIGRATIONS, name)))
      return [
        {
          level: "bad",
          what: "the database was written by a newer version",
          mend: "start that version, or put a backup of this one back",
        },
      ];
    const found: Found[] = [{ level: "good", what: postgres ? "PostgreSQL is reached" : `${path} is read` }];
    if (waiting > 0)
      found.push({
        level: "look",
        what: `${waiting} changes of its tables wait`,
        mend: "the next start makes them; stop older processes before, and take a backup",
      });
    else found.push(...(await sealed(db, keys)));
    return found;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      {
        level: "bad",
        what: `the database cannot be used (${reason})`,
        mend: "see to DATABASE_URL, and whether it runs and lets this user in",
      },
    ];
  } finally {
    await db.destroy().catch(() => undefined);
  }
}
