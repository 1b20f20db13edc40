// Explainers in folders: articles and figures under one, utterances under another.
import { existsSync, statSync, watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadCommonIntents, loadIntents, type Intents } from "../explainer/intents.js";
import { createKeptIntents } from "../explainer/kept-intents.js";
import { explainerPaths, loadExplainer, tryLoadExplainer } from "../explainer/load.js";
import type { Problem } from "../explainer/types.js";
import { loadFigures } from "../figures/load.js";
import type { Content, ContentSource } from "./source.js";

export interface FileSourceOptions {
  readonly dataDir: string;
  readonly intentsDir: string;
  readonly cacheDir: string;
  /** An id under `dataDir`, a folder or an article file; without it everything under `dataDir`. */
  readonly only?: string | undefined;
}

async function readContent(
  path: string,
  { intentsDir, cacheDir, only }: FileSourceOptions,
  common: Intents,
): Promise<{ content: Content | undefined; problems: readonly Problem[] }> {
  const named = only !== undefined;
  const { explainer, problems } = named ? await loadExplainer(path) : await tryLoadExplainer(path);
  if (!explainer) return { content: undefined, problems };
  const own = await loadIntents(intentsDir, explainer, createKeptIntents(cacheDir));
  const intents: Intents = {
    answerable: own.intents.answerable,
    unanswerable: [...own.intents.unanswerable, ...common.unanswerable],
    smallTalk: common.smallTalk,
  };
  const { book, problems: figureProblems } = await loadFigures(explainer);
  return { content: { explainer, intents, book }, problems: [...problems, ...own.problems, ...figureProblems] };
}

/** Milliseconds between looks at whether a folder is still the one that is watched. */
const LOOK_MS = 2_000;

/**
 * Calls `changed` whenever something in a folder may have changed, also when the folder itself is taken away and put back, or a link
 * to it is switched: a system's watch stays with what it was set on. `onFault` hears once of a folder that is gone.
 */
function followFolder(folder: string, changed: () => void, onFault: (error: unknown) => void): () => void {
  let watcher: FSWatcher | undefined;
  let watched: string | undefined;
  const identity = async (): Promise<string | undefined> =>
    stat(folder).then(
      ({ dev, ino, birthtimeMs }) => `${dev} ${ino} ${birthtimeMs}`,
      () => undefined,
    );
  const set = (): void => {
    watcher?.close();
    watcher = undefined;
    // A system that watches no more: content stays as it was read.
    try {
      watcher = watch(folder, { recursive: true, persistent: false }, changed);
      watcher.on("error", onFault);
    } catch (error) {
      onFault(error);
    }
  };
  const look = async (): Promise<void> => {
    const now = await identity();
    if (now === watched) return;
    watched = now;
    if (now === undefined) onFault(new Error(`${folder} is gone; what was read from it stays until it is back`));
    else {
      set();
      changed();
    }
  };
  set();
  void identity().then((first) => (watched = first));
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

/** The folder whose changes matter: all explainers', or the one that is named, or an article file's. */
function watchedFolder(dataDir: string, only: string | undefined): string {
  if (only === undefined) return dataDir;
  const asId = join(dataDir, only);
  const path = !/[/\\]/.test(only) && existsSync(asId) ? asId : only;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

export function createFileSource(options: FileSourceOptions): ContentSource {
  const { dataDir, intentsDir, only } = options;
  return {
    empty: `${dataDir} holds no explainer; add a folder with an explainer.md, or set DATA_DIR`,
    async read(previous) {
      const common = await loadCommonIntents(intentsDir);
      const problems: Problem[] = [...common.problems];
      const contents = new Map<string, Content>();
      for (const path of await explainerPaths(dataDir, only)) {
        const read = await readContent(path, options, common.intents);
        problems.push(...read.problems);
        const content = read.content ?? previous?.get(path);
        if (content) contents.set(path, content);
      }
      return { contents, problems };
    },
    watch(changed, onFault) {
      const folders = [watchedFolder(dataDir, only), intentsDir];
      const endings = folders.map((folder) => followFolder(folder, changed, onFault));
      return () => {
        for (const end of endings) end();
      };
    },
  };
}
