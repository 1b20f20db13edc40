// A shelf whose content may change under it: when files change it is read anew, and takes the old one's place once it can
// answer. A broken edit keeps what was good before.
import { watch, type FSWatcher } from "node:fs";
import type { Problem } from "../explainer/types.js";
import type { Shelf } from "./assistant.js";
import type { Content, OpenedShelf } from "./shelf.js";

export interface LiveShelf {
  readonly shelf: Shelf;
  /** Faults in the content as it is now. */
  problems(): readonly Problem[];
  /** Reads anew now; rejects where nothing can be read at all, and what was there stays. */
  reload(): Promise<void>;
  /** Watches folders, and reads anew when something in them changes. */
  watch(folders: readonly string[], options: WatchOptions): void;
  close(): void;
}

export interface WatchOptions {
  /** Runs before content is read anew: what takes long can be made ready in another process. */
  readonly prepare: () => Promise<void>;
  readonly onReload: (problems: readonly Problem[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** Editors write a file in several steps; milliseconds of quiet until it is read. */
const QUIET_MS = 300;

/** `open` reads the content, given what was read before. */
export async function openLiveShelf(
  open: (previous: ReadonlyMap<string, Content> | undefined) => Promise<OpenedShelf>,
): Promise<LiveShelf> {
  let current = await open(undefined);
  let reading: Promise<void> | undefined;
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function reload(): Promise<void> {
    // One that is under way may have read what has changed since: another follows it.
    while (reading) await reading.catch(() => undefined);
    reading = open(current.contents)
      .then((next) => {
        current = next;
      })
      .finally(() => (reading = undefined));
    await reading;
  }

  return {
    shelf: {
      choose: (question, vector) => current.shelf.choose(question, vector),
      get: (id) => current.shelf.get(id),
      titles: () => current.shelf.titles(),
      get ids() {
        return current.shelf.ids;
      },
      get version() {
        return current.shelf.version;
      },
    },
    problems: () => current.problems,
    reload,
    watch(folders, { prepare, onReload, onFault }) {
      const changed = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          prepare()
            .catch(onFault)
            .then(reload)
            .then(() => onReload(current.problems), onFault);
        }, QUIET_MS);
      };
      for (const folder of folders) {
        // A folder that is not there, or a system that watches no more: content stays as it was read.
        try {
          const watcher = watch(folder, { recursive: true, persistent: false }, changed);
          watcher.on("error", onFault);
          watchers.push(watcher);
        } catch (error) {
          onFault(error);
        }
      }
    },
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
