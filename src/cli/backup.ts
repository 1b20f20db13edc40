// `npm run backup` and `npm run restore`: what is kept, as one file, while the bot runs; and back.
import { constants, copyFile, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { createLog } from "../log.js";
import { copyInto, isWhole, writeJournal } from "../storage/copy.js";
import { fileOf, isPassing, isPostgres, openStorage, StorageError } from "../storage/open.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { printable } from "./terminal.js";

/** What PostgreSQL's own tools are told: the tables are ours, the jobs can be made again. */
const WITH_POSTGRES = {
  backup: 'pg_dump --format=custom --schema=public --file=standfirst.dump "$DATABASE_URL"',
  restore: 'pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" standfirst.dump',
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

export const backup: Command = {
  about: "Writes what is kept into one file, while the bot runs.",
  usage: [
    "npm run backup -- FILE       FILE must not be there yet",
    "For PostgreSQL it says which of its tools does it.",
  ].join("\n"),
  async run(args, config, { out, err }) {
    const { positionals } = readArguments(args, {});
    if (isPostgres(config.databaseUrl)) {
      err.write(`The store is PostgreSQL, whose own tool does it:\n  ${WITH_POSTGRES.backup}\n`);
      return EXIT.found;
    }
    const [target, ...more] = positionals;
    if (target === undefined || more.length > 0) throw new UsageError("name one file to write, such as backup.db");
    if (await isThere(target)) throw new UsageError(`${printable(target)} is there already; name another file`);
    const source = fileOf(config.databaseUrl);
    if (!(await isThere(source))) throw new UsageError(`${printable(source)} is not there; nothing is kept yet`);
    await mkdir(dirname(resolve(target)), { recursive: true });
    copyInto(source, resolve(target));
    out.write(`${printable(target)}\n`);
    return EXIT.done;
  },
};

/** Opens a store, and asks it whether it is whole. Throws `StorageError` where it is none. */
async function check(path: string): Promise<void> {
  const storage = await openStorage(`file:${path}`, createLog("silent"));
  try {
    if (!(await isWhole(storage.db))) throw new StorageError(`${path} is damaged; take another backup`);
  } finally {
    await storage.close();
  }
}

export const restore: Command = {
  about: "Puts a backup in the place of what is kept.",
  usage: [
    "npm run restore -- FILE      stop the bot first",
    "  --force                    also where something is kept; that goes to the same name with .before behind it",
  ].join("\n"),
  async run(args, config, { out, err }) {
    const { positionals, values } = readArguments(args, { force: { type: "boolean", default: false } });
    if (isPostgres(config.databaseUrl)) {
      err.write(`The store is PostgreSQL, whose own tool does it:\n  ${WITH_POSTGRES.restore}\n`);
      return EXIT.found;
    }
    const [source, ...more] = positionals;
    if (source === undefined || more.length > 0) throw new UsageError("name the backup to put back");
    if (!(await isThere(source))) throw new UsageError(`${printable(source)} is not there`);
    const target = fileOf(config.databaseUrl);
    const there = await isThere(target);
    if (there && !values.force)
      throw new UsageError(
        `${printable(target)} is there already; --force keeps it beside, as ${printable(target)}.before`,
      );
    await mkdir(dirname(resolve(target)), { recursive: true });
    const copy = `${target}.restoring`;
    await rm(copy, { force: true });
    await copyFile(source, copy, constants.COPYFILE_EXCL);
    try {
      // Tried on the copy: a file that is no store, is damaged or is of a newer version takes nobody's place.
      await check(copy);
      if (there) {
        lockFree(target);
        await rename(target, `${target}.before`);
      }
      for (const rest of ["-wal", "-shm"]) await rm(`${target}${rest}`, { force: true });
      await rename(copy, target);
    } finally {
      for (const rest of ["", "-wal", "-shm"]) await rm(`${copy}${rest}`, { force: true });
    }
    out.write(`${printable(target)}\n`);
    return EXIT.done;
  },
};

/** Rejects where a process holds the store. Its journal is written into the file with it. */
function lockFree(path: string): void {
  try {
    writeJournal(path);
  } catch (error) {
    if (isPassing(error)) throw new UsageError(`${printable(path)} is in use; stop the bot first`);
    // What is there cannot be read: it is put aside as it is.
  }
}
