// SQLite through libsql, whose binaries come with its npm package. What it takes differently from other drivers is put right
// here, where Kysely hands its statements over.
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import {
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  type SqliteDialectConfig,
} from "kysely";

/** Milliseconds that a statement may hold up the thread while another process has the file: answers are given on it. */
const BLOCKING_MS = 20;
/** Milliseconds that it is tried again for, waiting beside everything else; then the file counts as busy, which passes. */
const BUSY_MS = 10_000;
const AGAIN_MS = 50;

/** libsql ends the process at a bound boolean, and takes every number for a fraction. */
function bind(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  // What follows a NUL would not be read back.
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}

const isBusy = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && String(error.code).startsWith("SQLITE_BUSY");

/** Runs `work` again while another process holds the file, and waits without holding up the thread. */
async function whenFree<T>(work: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await sleep(AGAIN_MS * (0.5 + Math.random()));
    }
  }
}

async function openDatabase(path: string): Promise<SqliteDatabase> {
  const database = new Database(path, { timeout: BLOCKING_MS });
  await whenFree(() => void database.exec("pragma journal_mode = wal"));
  // Tables are changed only once nobody else writes: a change that was refused half-way leaves its statement behind.
  await whenFree(() => void database.exec("begin immediate"));
  database.exec("rollback");
  // Every commit is on the disk before it is believed: a promise survives a power cut.
  database.exec("pragma synchronous = full");
  database.exec("pragma foreign_keys = on");
  return {
    close: () => {
      if (database.open) database.close();
    },
    prepare(text) {
      // A transaction that starts by reading and then writes would lose against another at once, without waiting.
      const statement = database.prepare(text === "begin" ? "begin immediate" : text);
      return {
        reader: statement.reader,
        all: (values) => statement.all(values.map(bind)),
        run: (values) => statement.run(values.map(bind)),
        iterate: (values) => statement.iterate(values.map(bind)),
      };
    },
  };
}

/** SQLite can change tables inside a transaction; without that a migration that is cut short would leave half of itself. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A connection whose statements are run again while the file is busy. Inside a transaction nothing is: it holds the file. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
      whenFree(() => connection.executeQuery<R>(query)),
    streamQuery: <R>(query: CompiledQuery, size: number) => connection.streamQuery<R>(query, size),
  };
}

class PatientDriver extends SqliteDriver {
  readonly #wrapped = new WeakMap<DatabaseConnection, DatabaseConnection>();

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    const wrapped = this.#wrapped.get(connection) ?? patient(connection);
    this.#wrapped.set(connection, wrapped);
    return wrapped;
  }
}

class LibsqlDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new WholeMigrations();
  }
}

/** A dialect for the file at `path`, which is created where there is none; `:memory:` for none at all. */
export function sqliteDialect(path: string): SqliteDialect {
  return new LibsqlDialect({ database: () => openDatabase(path) });
}
