// SQLite through libsql, whose binaries come with its npm package, on a thread of its own: a file that is held, or a disk that
// hangs, makes that thread wait and no other. What is written waits its turn; what is read waits for nobody who writes.
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  type CompiledQuery,
  SelectQueryNode,
  SqliteAdapter,
  SqliteDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from "kysely";
import { createBackoff } from "../assistant/retry.js";
import type { Answered, Asked } from "./sqlite-protocol.js";

/** Milliseconds that a statement waits inside the thread while another process has the file: reading goes on between. */
const BLOCKING_MS = 20;
/** Milliseconds that it is tried again for; then the file counts as busy, which passes. */
const BUSY_MS = 10_000;
const AGAIN = { first: 50, ceiling: 1_000 } as const;
/** Milliseconds that a statement may take, whatever the disk does. */
const STATEMENT_MS = 15_000;
/** Milliseconds that a process which is told to stop waits for the thread. */
const CLOSE_MS = 2_000;

/** A fault of the file or its thread, with SQLite's code. */
class SqliteFault extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof SqliteFault && error.code.startsWith("SQLITE_BUSY") && error.code !== LATE;
const LATE = "SQLITE_BUSY_LATE";

// Run from the sources, the thread is the built one: a thread takes no TypeScript.
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/storage/sqlite-thread.js" : "./sqlite-thread.js",
  import.meta.url,
);

class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (answered: Answered) => void>();
  #asked = 0;
  #gone: string | undefined;

  constructor(path: string) {
    this.#worker = new Worker(THREAD, { workerData: { path, blockingMs: BLOCKING_MS } });
    // It ends with the process, and keeps none from ending.
    this.#worker.unref();
    this.#worker.on("message", (answered: Answered) => {
      this.#waiting.get(answered.id)?.(answered);
      this.#waiting.delete(answered.id);
    });
    this.#worker.on("error", (error) => this.#end(error.message));
    this.#worker.on("exit", () => this.#end("the thread of the database ended"));
  }

  get gone(): boolean {
    return this.#gone !== undefined;
  }

  #end(reason: string): void {
    this.#gone ??= reason;
    for (const [id, answer] of this.#waiting) answer({ id, fault: { message: this.#gone, code: "SQLITE_IOERR" } });
    this.#waiting.clear();
  }

  /** Asks once. Rejects with what SQLite says, or where it does not answer in time; it may have been done then. */
  async ask(
    kind: Asked["kind"],
    text = "",
    values: readonly unknown[] = [],
    patience = STATEMENT_MS,
  ): Promise<Answered> {
    if (this.#gone !== undefined) throw new SqliteFault(this.#gone, "SQLITE_IOERR");
    const id = ++this.#asked;
    let timer: NodeJS.Timeout | undefined;
    const answered = await new Promise<Answered>((resolve) => {
      this.#waiting.set(id, resolve);
      timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve({ id, fault: { message: "the database does not answer", code: LATE } });
      }, patience);
      this.#worker.postMessage({ id, kind, text, values } satisfies Asked);
    });
    clearTimeout(timer);
    if (answered.fault) throw new SqliteFault(answered.fault.message, answered.fault.code);
    return answered;
  }

  async close(): Promise<void> {
    await this.ask("close", "", [], CLOSE_MS).catch(() => undefined);
    void this.#worker.terminate();
  }
}

/** Asks again while another process holds the file, and waits beside everything else. */
async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + BUSY_MS;
  const backoff = createBackoff(AGAIN);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await sleep(backoff.next());
    }
  }
}

/** One after the other. */
class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with what ends the turn. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}

/** What Kysely calls a connection: a statement by itself finds its way, a transaction has the writer until it ends. */
class Connection implements DatabaseConnection {
  readonly #thread: Thread;
  readonly #writing: Turn;
  #end: (() => void) | undefined;

  constructor(thread: Thread, writing: Turn) {
    this.#thread = thread;
    this.#writing = writing;
  }

  async begin(): Promise<void> {
    this.#end = await this.#writing.take();
    await whenFree(() => this.#thread.ask("begin")).catch((error: unknown) => {
      this.#release();
      throw error;
    });
  }

  async end(how: "commit" | "rollback"): Promise<void> {
    // A commit that failed was rolled back at once.
    if (!this.#end) return;
    try {
      await this.#thread.ask(how);
    } catch (error) {
      // What could not be committed must not stay open for whoever comes next.
      if (how === "commit") await this.#thread.ask("rollback").catch(() => undefined);
      throw error;
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.#end?.();
    this.#end = undefined;
  }

  async #run({ sql, parameters, query }: CompiledQuery): Promise<Answered> {
    if (this.#end) return this.#thread.ask("within", sql, parameters);
    if (SelectQueryNode.is(query)) return whenFree(() => this.#thread.ask("read", sql, parameters));
    const end = await this.#writing.take();
    try {
      return await whenFree(() => this.#thread.ask("write", sql, parameters));
    } finally {
      end();
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, insertId } = await this.#run(query);
    if (rows) return { rows: rows as R[] };
    return {
      rows: [],
      ...(changes === undefined ? {} : { numAffectedRows: changes }),
      ...(insertId === undefined ? {} : { insertId }),
    };
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- nothing here is streamed
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("what is kept is read whole");
  }
}

function connectionOf(connection: DatabaseConnection): Connection {
  if (!(connection instanceof Connection)) throw new Error("a connection of another store");
  return connection;
}

class ThreadDriver implements Driver {
  readonly #path: string;
  readonly #writing = new Turn();
  #thread: Thread | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    if (!this.#thread || this.#thread.gone) this.#thread = new Thread(this.#path);
    return Promise.resolve(new Connection(this.#thread, this.#writing));
  }

  beginTransaction(connection: DatabaseConnection): Promise<void> {
    return connectionOf(connection).begin();
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return connectionOf(connection).end("commit");
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connectionOf(connection).end("rollback");
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    await this.#thread?.close();
  }
}

/** SQLite can change tables inside a transaction; without that a migration that is cut short would leave half of itself. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ThreadDialect extends SqliteDialect {
  readonly #path: string;

  constructor(path: string) {
    super({ database: () => Promise.reject(new Error("the file belongs to its thread")) });
    this.#path = path;
  }

  override createDriver(): Driver {
    return new ThreadDriver(this.#path);
  }

  override createAdapter(): SqliteAdapter {
    return new WholeMigrations();
  }
}

/** A dialect for the file at `path`, which is created where there is none; `:memory:` for none at all. */
export function sqliteDialect(path: string): SqliteDialect {
  return new ThreadDialect(path);
}
