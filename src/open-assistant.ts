// Puts encoder, shelf and assistant together from a configuration. Every face and command starts here.
import { join } from "node:path";
import { createAssistant, type Assistant } from "./assistant/assistant.js";
import { openLiveShelf, type LiveShelf } from "./assistant/live-shelf.js";
import { openShelf } from "./assistant/shelf.js";
import type { Config } from "./config.js";
import { createFileSource } from "./content/files.js";
import { taughtSource, type Lessons } from "./content/taught.js";
import type { Outcomes } from "./memory/outcomes.js";
import { createFigureDesk, type FigureDesk } from "./assistant/figure-desk.js";
import { ContentError } from "./explainer/content-error.js";
import { explainerPaths, loadExplainer } from "./explainer/load.js";
import type { Explainer, Problem } from "./explainer/types.js";
import { loadFigures } from "./figures/load.js";
import { EncoderServiceError } from "./matching/encoder-service.js";
import { openConfiguredEncoder } from "./open-encoder.js";
import type { Encoder } from "./matching/encoder.js";
import { openVectorStore, type VectorStore } from "./matching/vector-store.js";

export interface OpenedAssistant {
  readonly assistant: Assistant;
  readonly explainers: readonly string[];
  readonly problems: readonly Problem[];
  /** The content under it, which may change. */
  readonly live: LiveShelf;
  readonly encoding: OpenedEncoder;
}

/** What reads questions by their meaning, as far as it is there. */
export interface OpenedEncoder {
  readonly encoder: Encoder | undefined;
  readonly vectors: VectorStore | undefined;
  readonly problems: readonly Problem[];
}

/** Opens the configured encoder with its vectors; one that is away is a problem, and words alone are left. */
export async function openEncoding(config: Config): Promise<OpenedEncoder> {
  const problems: Problem[] = [];
  const encoder = await openConfiguredEncoder(config.encoder).catch((error: unknown) => {
    if (!(error instanceof EncoderServiceError)) throw error;
    problems.push({
      file: "ENCODER",
      line: 0,
      message: `${error.message}; questions are matched by their words alone`,
      remedy: "start the service and then this again, or set ENCODER=built-in",
    });
    return undefined;
  });
  const vectors = encoder
    ? await openVectorStore(join(config.cacheDir, encoder.builtIn ? "vectors.bin" : "vectors-service.bin"), encoder)
    : undefined;
  return { encoder, vectors, problems };
}

export interface OpenOptions {
  readonly onProgress?: (what: string, done: number, of: number) => void;
  /** Hears what comes of every question. */
  readonly outcomes?: Outcomes;
  /** What is taught beside the files. */
  readonly lessons?: Lessons;
}

/** Opens an assistant on the configured content, or on one explainer. Throws `ContentError` where there is nothing to answer from. */
export async function openAssistant(
  config: Config,
  only: string | undefined,
  { onProgress, outcomes, lessons }: OpenOptions = {},
): Promise<OpenedAssistant> {
  if (only === "")
    throw new ContentError("the explainer has no name; name an id under the data folder, a folder, or an article file");
  const encoding = await openEncoding(config);
  const { encoder, vectors, problems: away } = encoding;
  const { dataDir, intentsDir, cacheDir } = config;
  const files = createFileSource({ dataDir, intentsDir, cacheDir, only });
  const source = lessons ? taughtSource(files, lessons) : files;
  const live = await openLiveShelf(
    source,
    (previous) => openShelf({ source, cacheDir, encoder, vectors, onProgress, previous }),
    lessons,
  );
  return {
    assistant: createAssistant(live.shelf, encoder, outcomes),
    explainers: live.shelf.ids,
    problems: [...away, ...live.problems()],
    live,
    encoding,
  };
}

export interface OpenedFigures {
  readonly explainer: Explainer;
  readonly desk: FigureDesk;
  readonly problems: readonly Problem[];
}

/** Opens the figures of one explainer (the named, else the first), without its matcher. Throws `ContentError` as {@link openAssistant} does. */
export async function openFigures({ dataDir }: Config, only: string | undefined): Promise<OpenedFigures> {
  const [path] = await explainerPaths(dataDir, only);
  if (path === undefined)
    throw new ContentError(`${dataDir} holds no explainer; add a folder with an explainer.md, or set DATA_DIR`);
  const { explainer, problems } = await loadExplainer(path);
  if (!explainer) throw new ContentError(`${path} has faults; "npm run validate" tells them`);
  const { book, problems: figureProblems } = await loadFigures(explainer);
  return { explainer, desk: createFigureDesk(explainer, book), problems: [...problems, ...figureProblems] };
}
