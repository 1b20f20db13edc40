// Explainers in folders: articles and figures under one, utterances under another.
import { watch } from "node:fs";
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
      const watchers = [dataDir, intentsDir].flatMap((folder) => {
        // A folder that is not there, or a system that watches no more: content stays as it was read.
        try {
          const watcher = watch(folder, { recursive: true, persistent: false }, changed);
          watcher.on("error", onFault);
          return [watcher];
        } catch (error) {
          onFault(error);
          return [];
        }
      });
      return () => {
        for (const watcher of watchers) watcher.close();
      };
    },
  };
}
