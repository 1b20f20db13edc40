// A file that another process holds: nothing on the thread waits for it, and what was asked of it is done when it is free.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { once } from "node:events";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { keepStorage } from "../../src/storage/keeper.js";
import { openStorage, StorageError } from "../../src/storage/open.js";
import { emptyFolder } from "../support/program.js";

const log = pino({ level: "silent" });

/** Another process that takes the write lock and keeps it until it is told to let go. */
async function hold(path: string): Promise<() => Promise<void>> {
  const script = `
    const Database = require("libsql");
    const database = new Database(process.argv[1]);
    database.exec("pragma journal_mode = wal");
    database.exec("create table if not exists other (id integer)");
    database.exec("begin exclusive");
    database.exec("insert into other values (1)");
    process.stdout.write("held");
    process.stdin.once("data", () => { database.exec("commit"); process.exit(0); });`;
  const child = spawn(process.execPath, ["-e", script, path], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return async () => {
    child.stdin.write("go");
    await once(child, "exit");
  };
}

/** How often the thread came round to other work while `work` ran. */
async function turns(work: () => Promise<void>): Promise<number> {
  let count = 0;
  const timer = setInterval(() => count++, 10);
  await work();
  clearInterval(timer);
  return count;
}

describe("a database that another process holds", () => {
  it("does not hold up the thread, and is written once it is free", async () => {
    const path = join(emptyFolder(), "a.db");
    const storage = await openStorage(`file:${path}`, log);
    const release = await hold(path);
    let done = false;
    const write = storage.db
      .insertInto("seen")
      .values({ key: "a", at: 1 })
      .execute()
      .then(() => (done = true));
    const went = await turns(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
    expect(done).toBe(false);
    // The driver's own way of waiting holds the thread for as long as the lock is there.
    expect(went).toBeGreaterThan(10);
    // What is only read waits for no writer.
    expect(await storage.db.selectFrom("seen").selectAll().execute()).toEqual([]);
    await release();
    await write;
    // Seen by others as well: a refused statement that stayed open once kept what came after it from being committed.
    const other = await openStorage(`file:${path}`, log);
    for (const { db } of [storage, other])
      expect(await db.selectFrom("seen").selectAll().execute()).toEqual([{ key: "a", at: 1 }]);
    await Promise.all([storage.close(), other.close()]);
  });

  it("undoes the whole of a transaction that failed in the middle, and goes on after it", async () => {
    const path = join(emptyFolder(), "a.db");
    const storage = await openStorage(`file:${path}`, log);
    const note = (key: string) => storage.db.insertInto("seen").values({ key, at: 1 }).execute();
    await note("a");
    const both = storage.db.transaction().execute(async (trx) => {
      await trx.insertInto("seen").values({ key: "b", at: 1 }).execute();
      await trx.insertInto("seen").values({ key: "a", at: 1 }).execute();
    });
    const beside = note("c");
    await expect(both).rejects.toThrow(/UNIQUE/);
    await beside;
    await note("d");
    const other = await openStorage(`file:${path}`, log);
    const rows = await other.db.selectFrom("seen").select("key").orderBy("key").execute();
    expect(rows.map(({ key }) => key)).toEqual(["a", "c", "d"]);
    await Promise.all([storage.close(), other.close()]);
  });

  it("is opened once it is free, when it was held at the start", async () => {
    const path = join(emptyFolder(), "a.db");
    const release = await hold(path);
    const keeper = keepStorage(() => openStorage(`file:${path}`, log), log);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(keeper.status()).toBe("opening");
    await release();
    expect(await keeper.ready).toBeDefined();
    expect(keeper.status()).toBe("ready");
    await keeper.close();
  });

  it("is refused with a sentence where no file can be", async () => {
    await expect(openStorage("file:/proc/nowhere/a.db", log)).rejects.toThrow(StorageError);
  });
});
