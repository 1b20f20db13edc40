// A shelf whose content may change under it: when files change it is read anew, and takes the old one's place once it can
// answer. A broken edit keeps what was good before.
import type { Content, ContentSource } from "../content/source.js";
import type { Explainer, Problem } from "../explainer/types.js";
import type { Shelf } from "./assistant.js";
import type { OpenedShelf } from "./shelf.js";

export interface LiveShelf {
  readonly shelf: Shelf;
  /** The explainers as they are now. */
  explainers(): readonly Explainer[];
  /** Faults in the content as it is now. */
  problems(): readonly Problem[];
  /** Reads anew now; rejects where nothing can be read at all, and what was there stays. */
  reload(): Promise<void>;
  /** Reads anew whenever the source tells of a change. */
  watch(options: WatchOptions): void;
  close(): void;
}

export interface WatchOptions {
  /** Runs before content is read anew: what takes long can be made ready beside the answering. */
  readonly prepare: () => Promise<void>;
  readonly onReload: (problems: readonly Problem[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** Editors write a file in several steps; milliseconds of quiet until it is read. */
const QUIET_MS = 300;

/** `open` reads the content of `source`, given what was read before. */
export async function openLiveShelf(
  source: ContentSource,
  open: (previous: ReadonlyMap<string, Content> | undefined) => Promise<OpenedShelf>,
): Promise<LiveShelf> {
  let current = await open(undefined);
  let reading: Promise<void> | undefined;
  let unwatch: () => void = () => undefined;
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
    explainers: () => [...current.contents.values()].map(({ explainer }) => explainer),
    problems: () => current.problems,
    reload,
    watch({ prepare, onReload, onFault }) {
      const changed = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          prepare()
            .catch(onFault)
            .then(reload)
            .then(() => onReload(current.problems), onFault);
        }, QUIET_MS);
      };
      unwatch = source.watch(changed, onFault);
    },
    close() {
      clearTimeout(timer);
      unwatch();
    },
  };
}
