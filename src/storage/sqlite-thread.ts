// The thread that the SQLite file belongs to: whatever a file makes it wait for, nobody who is answered waits with it.
import { parentPort, workerData } from "node:worker_threads";
import Database from "libsql";
import type { Answered, Asked } from "./sqlite-protocol.js";

const { path, blockingMs } = workerData as { path: string; blockingMs: number };

/** libsql ends the process at a bound boolean, and takes every number for a fraction. */
function bind(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  // What follows a NUL would not be read back.
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}

let writer: Database.Database | undefined;
/** Sees the last commit, and waits for none. */
let reader: Database.Database | undefined;
/** libsql ends the process where a connection is used that was closed: what comes after that is refused. */
let closed = false;

function open(): Database.Database {
  const database = new Database(path, { timeout: blockingMs });
  try {
    database.exec("pragma journal_mode = wal");
    // Tables are changed only once nobody else writes: a change that was refused half-way leaves its statement behind.
    database.exec("begin immediate");
    database.exec("rollback");
    // Every commit is on the disk before it is believed: a promise survives a power cut.
    database.exec("pragma synchronous = full");
    database.exec("pragma foreign_keys = on");
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function prepared(database: Database.Database, { text, values }: Asked): Omit<Answered, "id"> {
  const statement = database.prepare(text);
  const bound = values.map(bind);
  if (statement.reader) return { rows: statement.all(bound) };
  const { changes, lastInsertRowid } = statement.run(bound);
  return { changes: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

/** A transaction that starts by reading and then writes would lose against another at once, without waiting. */
const BEGIN = "begin immediate";

/**
 * A statement of libsql's that was refused stays open, and no later one by itself is committed while it is: the file is taken by
 * `begin`, which leaves nothing behind, and after a fault the connection is another.
 */
function write(database: Database.Database, asked: Asked): Omit<Answered, "id"> {
  const alone = asked.kind === "write";
  if (alone) database.exec(BEGIN);
  try {
    const answered = prepared(database, asked);
    if (alone) database.exec("commit");
    return answered;
  } catch (error) {
    if (database.inTransaction) database.exec("rollback");
    if (path !== ":memory:") {
      database.close();
      writer = undefined;
    }
    throw error;
  }
}

function run(asked: Asked): Omit<Answered, "id"> {
  const { kind } = asked;
  if (closed) throw new Error("the database is closed");
  if (kind === "close") {
    closed = true;
    for (const database of [reader, writer]) database?.close();
    return {};
  }
  writer ??= open();
  switch (kind) {
    case "begin":
      writer.exec(BEGIN);
      return {};
    case "commit":
    case "rollback":
      // What failed was rolled back there and then.
      if (writer.inTransaction) writer.exec(kind);
      else if (kind === "commit") throw new Error("the transaction was rolled back");
      return {};
    case "read":
      // What is in memory is in one connection.
      if (path === ":memory:") return prepared(writer, asked);
      reader ??= new Database(path, { timeout: blockingMs });
      return prepared(reader, asked);
    case "within":
      if (!writer.inTransaction) throw new Error("the transaction was rolled back");
      return write(writer, asked);
    case "write":
      return write(writer, asked);
  }
}

parentPort?.on("message", (asked: Asked) => {
  const answered = ((): Answered => {
    try {
      return { id: asked.id, ...run(asked) };
    } catch (error) {
      const { message = String(error), code = "" } = error as { message?: string; code?: unknown };
      return { id: asked.id, fault: { message, code: typeof code === "string" ? code : "" } };
    }
  })();
  parentPort?.postMessage(answered);
  if (asked.kind === "close") parentPort?.close();
});
