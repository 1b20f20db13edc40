// A shelf whose content may change under it: when files change it is read anew, and takes the old one's place once it can
// answer. A broken edit keeps what was good before.
import { setImmediate as turn } from "node:timers/promises";
import type { Content, ContentSource } from "../content/source.js";
import { withLessons, type Lesson, type Lessons } from "../content/taught.js";
import type { Explainer, Problem } from "../explainer/types.js";
import { cleanUtterance, words } from "../matching/normalise.js";
import { withExact } from "../matching/pooled.js";
import type { ReadyExplainer, Shelf } from "./assistant.js";
import { KEPT_MATCHERS, type OpenedShelf } from "./shelf.js";

export interface LiveShelf {
  readonly shelf: Shelf;
  /** The explainers as they are now. */
  explainers(): readonly Explainer[];
  /** Faults in the content as it is now. */
  problems(): readonly Problem[];
  /** Reads anew now; rejects where nothing can be read at all, and what was there stays. */
  reload(): Promise<void>;
  /** Makes those ready that are asked for later, one after the other, while others are answered; as many as are kept ready. */
  warm(): Promise<void>;
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

const NOTHING = { answerable: [], unanswerable: [], smallTalk: [] };
const keyOf = (text: string): string => words(cleanUtterance(text)).join(" ");

/** An explainer that answers what was just taught, word for word, before it has learned from it. */
function createOverlay(lessons: Lessons): (ready: ReadyExplainer) => ReadyExplainer {
  const made = new WeakMap<ReadyExplainer, { readonly of: readonly Lesson[]; readonly ready: ReadyExplainer }>();
  return (ready) => {
    const of = lessons.all();
    const { explainer, matcher } = ready;
    if (!of.some((lesson) => lesson.explainer === explainer.id)) return ready;
    const before = made.get(ready);
    if (before?.of === of) return before.ready;
    const taught = withLessons(explainer, NOTHING, of);
    const next = { ...ready, matcher: withExact(matcher, { language: explainer.language, sections: [] }, taught) };
    made.set(ready, { of, ready: next });
    return next;
  };
}

/** `open` reads the content of `source`, given what was read before; `lessons`: what is taught beside it. */
export async function openLiveShelf(
  source: ContentSource,
  open: (previous: ReadonlyMap<string, Content> | undefined) => Promise<OpenedShelf>,
  lessons?: Lessons,
): Promise<LiveShelf> {
  const overlay = lessons ? createOverlay(lessons) : (ready: ReadyExplainer): ReadyExplainer => ready;
  let taught = 0;
  lessons?.follow(() => (taught += 1));

  /** The explainer that was taught just these words; undefined where there is one explainer, or none was. */
  function taughtTo(question: string, among: readonly string[] | undefined): string | undefined {
    if (!lessons || current.shelf.ids.length < 2 || question === "") return undefined;
    const key = keyOf(question);
    return lessons
      .all()
      .find(
        ({ words: text, section, explainer }) =>
          section !== undefined && keyOf(text) === key && among?.includes(explainer) !== false,
      )?.explainer;
  }

  let current = await open(undefined);
  let reading: Promise<void> | undefined;
  let unwatch: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

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
      async choose(question, vector, among) {
        const named = taughtTo(question, among);
        const own = named === undefined ? undefined : await current.shelf.get(named);
        if (own) return { ready: overlay(own), rivals: [] };
        const { ready, rivals } = await current.shelf.choose(question, vector, among);
        return { ready: overlay(ready), rivals: rivals.map(overlay) };
      },
      async get(id) {
        const ready = await current.shelf.get(id);
        return ready && overlay(ready);
      },
      look: (id, among) => current.shelf.look(id, among),
      titles: () => current.shelf.titles(),
      reading: (id, among) => current.shelf.reading(id, among),
      get ids() {
        return current.shelf.ids;
      },
      get version() {
        return `${current.shelf.version} ${taught}`;
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
    async warm() {
      for (const id of current.shelf.ids.slice(0, KEPT_MATCHERS)) {
        if (closed) return;
        // What cannot be made ready now is told when it is asked for.
        await current.shelf.get(id).catch(() => undefined);
        await turn();
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
      unwatch();
    },
  };
}
