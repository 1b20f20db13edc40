// Where things are kept: a file by SQLite, or PostgreSQL. Opens it, and brings its tables up to date.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { MIGRATIONS } from "./migrations.js";
import { sqliteDialect } from "./sqlite.js";
import type { Tables } from "./tables.js";

export type Db = Kysely<Tables>;

export interface Storage {
  readonly kind: "sqlite" | "postgres";
  readonly db: Db;
  /** The connections that `db` uses; of PostgreSQL alone. */
  readonly pool: pg.Pool | undefined;
  close(): Promise<void>;
}

/** A store that cannot be used; its message says what to do. */
export class StorageError extends Error {
  readonly code = "STORAGE";
}

/** The store is not open. */
export class StoreAway extends Error {
  readonly code = "STORE_AWAY";
}

const CONNECTIONS = 6;
const CONNECT_MS = 3_000;
const QUERY_MS = 15_000;
const BIGINT = 20;

/** PostgreSQL's codes for what passes: connection, resources, shutdown, serialisation, deadlock, lock. */
const PASSING = /^(?:08|53|57P|58|40001|40P01|55P03)/;
const NETWORK = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|Client was closed/;

/** Whether a fault of the store is one that passes: it is away, or busy. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreAway) return true;
  const { code, message = "" } = error as { code?: unknown; message?: string };
  if (typeof code === "string" && code !== "")
    return PASSING.test(code) || NETWORK.has(code) || /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR)/.test(code);
  return LOST.test(message) || (error instanceof AggregateError && error.errors.every(isPassing));
}

function openPool(url: string, log: Logger): pg.Pool {
  // Our numbers are below 2^53, and come as numbers.
  const read = pg.types.getTypeParser as (oid: number, format?: string) => unknown;
  const types = { getTypeParser: (oid: number, format?: string) => (oid === BIGINT ? Number : read(oid, format)) };
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    types: types,
  });
  // A connection that ends while nobody waits for it is no reason to end with it.
  const lost = (error: Error): void => log.warn({ reason: error.message }, "a connection to the database ended");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  return pool;
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(MIGRATIONS) } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error && /previously executed migration/.test(error.message))
    throw new StorageError(
      "the database was written by a newer version; start that version, or give this one a database of its own (docs/operating.md)",
      { cause: error },
    );
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new StorageError("the tables could not be brought up to date", { cause: error });
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Makes a folder and those above it. Node's own way goes round for ever where a file system takes no folders (`/proc`). */
async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(path).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  await make().catch(async (error: unknown) => {
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  });
}

/** Whether a `DATABASE_URL` names PostgreSQL; if not, {@link fileOf} it is SQLite's. */
export const isPostgres = (url: string): boolean => /^postgres(?:ql)?:\/\//.test(url);

/** The path that a `file:` URL names. */
export const fileOf = (url: string): string => url.replace(/^file:(?:\/\/(?=\/))?/, "");

/** Opens the store at `url`: `postgres://…`, or `file:…` for SQLite. Rejects with what the driver met. */
export async function openStorage(url: string, log: Logger): Promise<Storage> {
  if (isPostgres(url)) {
    const pool = openPool(url, log);
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    await migrate(db).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
    return { kind: "postgres", db, pool, close: () => db.destroy() };
  }
  const path = fileOf(url);
  if (path !== ":memory:")
    await makeFolder(dirname(path)).catch((error: unknown) => {
      throw new StorageError(`the folder of ${path} cannot be made; set DATABASE_URL to a file that can be written`, {
        cause: error,
      });
    });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(path) });
  await migrate(db).catch(async (error: unknown) => {
    await db.destroy().catch(() => undefined);
    // A file that another process holds is free again some time.
    if (isPassing(error) || error instanceof StorageError) throw error;
    throw new StorageError(
      `${path} cannot be used as a database (${error instanceof Error ? error.message : String(error)}); set DATABASE_URL to another file`,
      { cause: error },
    );
  });
  return { kind: "sqlite", db, pool: undefined, close: () => db.destroy() };
}
