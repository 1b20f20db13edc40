// Files that can be made again: written whole or not at all, gone when nobody used them for days, and never a reason to stop.
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Told once a process where what was learned cannot be kept. */
export type OnUnwritable = (path: string, reason: string) => void;

let told = false;

/** Every edit of an article leaves a file of some megabytes behind; a file that is needed again is made again in seconds. */
const UNUSED_MS = 3 * 86_400_000;

/** Reads a file and notes that it was used; undefined where it cannot be read. */
export async function readCacheFile(path: string): Promise<Buffer | undefined> {
  const content = await readFile(path).catch(() => undefined);
  const now = new Date();
  if (content) await utimes(path, now, now).catch(() => undefined);
  return content;
}

/** A kind and a key in hexadecimal digits; what a process that was killed left of it has more behind. */
const KEYED = /^([a-z]+)-[0-9a-f]{32}\./;

/** Removes files of the same kind as `path`, under other keys, that were not used for days. */
async function removeUnused(path: string): Promise<void> {
  const folder = dirname(path);
  const kind = KEYED.exec(basename(path))?.[1];
  for (const name of kind === undefined ? [] : await readdir(folder)) {
    if (KEYED.exec(name)?.[1] !== kind) continue;
    const each = join(folder, name);
    const { mtimeMs } = await stat(each);
    if (Date.now() - mtimeMs > UNUSED_MS) await rm(each, { force: true });
  }
}

/** Makes a folder and those above it. Node's own recursive `mkdir` turns for ever below /proc, where making one fails with ENOENT. */
export async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<unknown> =>
    mkdir(path).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    });
  try {
    await make();
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}

/** Writes `content` to `path`, all or nothing. Where that fails `onUnwritable` hears of it, the first time only, and the work goes on. */
export async function writeCacheFile(
  path: string,
  content: Buffer | string,
  onUnwritable: OnUnwritable = warn,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(path));
    await writeFile(temporary, content);
    await rename(temporary, path);
    // Another process may be doing the same.
    await removeUnused(path).catch(() => undefined);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (told) return;
    told = true;
    onUnwritable(path, error instanceof Error && "code" in error ? String(error.code) : String(error));
  }
}

function warn(path: string, reason: string): void {
  process.stderr.write(
    `What was learned cannot be kept in ${dirname(path)} (${reason}); every start will learn it anew. Set CACHE_DIR to a folder that can be written.\n`,
  );
}
