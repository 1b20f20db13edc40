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
    await release();
    await write;
    expect(await storage.db.selectFrom("seen").selectAll().execute()).toHaveLength(1);
    await storage.close();
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
