// Files that can be made again: written whole or not at all, and never a reason to stop.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Told once a process where what was learned cannot be kept. */
export type OnUnwritable = (path: string, reason: string) => void;

let told = false;

/** Makes a folder and those above it. Node's own recursive `mkdir` turns for ever below /proc, where making one fails with ENOENT. */
async function makeFolder(path: string): Promise<void> {
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
