// SQLite through libsql, whose binaries come with its npm package. What it takes differently from other drivers is put right
// here, where Kysely hands its statements over.
import Database from "libsql";
import { SqliteAdapter, SqliteDialect, type SqliteDatabase } from "kysely";

/** Milliseconds that a statement waits for another process to finish with the file. */
const BUSY_MS = 5_000;

/** libsql ends the process at a bound boolean, and takes every number for a fraction. */
function bind(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  // What follows a NUL would not be read back.
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}

const isBusy = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && String(error.code).startsWith("SQLITE_BUSY");

/** Runs `work` again while another process holds the file: the change to a write-ahead log does not wait by itself. */
function whenFree(work: () => void): void {
  const end = Date.now() + BUSY_MS;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > end) throw error;
      Atomics.wait(cell, 0, 0, 5 + Math.random() * 20);
    }
  }
}

function openDatabase(path: string): SqliteDatabase {
  const database = new Database(path, { timeout: BUSY_MS });
  whenFree(() => void database.exec("pragma journal_mode = wal"));
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

class LibsqlDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new WholeMigrations();
  }
}

/** A dialect for the file at `path`, which is created where there is none; `:memory:` for none at all. */
export function sqliteDialect(path: string): SqliteDialect {
  return new LibsqlDialect({ database: () => Promise.resolve(openDatabase(path)) });
}
