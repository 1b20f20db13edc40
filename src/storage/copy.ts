// A store in a file: copied while it is used, asked whether it is whole, and its journal written into it.
import { sql } from "kysely";
import Database from "libsql";
import type { Db } from "./open.js";

/** Milliseconds that a store which is written to is waited for. */
const BUSY_MS = 10_000;

/** A consistent copy, whatever is written meanwhile (sqlite.org/lang_vacuum, "VACUUM INTO"). `path` must not be there. */
export function copyInto(from: string, path: string): void {
  const database = new Database(from, { timeout: BUSY_MS });
  try {
    // By a connection of its own: inside a transaction there is no such copy.
    database.exec(`vacuum into '${path.replaceAll("'", "''")}'`);
  } finally {
    database.close();
  }
}

export async function isWhole(db: Db): Promise<boolean> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  return rows[0]?.integrity_check === "ok";
}

/** Throws where another process holds it. */
export function writeJournal(path: string): void {
  const database = new Database(path, { timeout: 1_000 });
  try {
    database.exec("pragma wal_checkpoint(truncate)");
  } finally {
    database.close();
  }
}
