// Where explainers come from. Files are one source; whatever else an editor writes in would be another.
import type { Intents } from "../explainer/intents.js";
import type { Explainer, Problem } from "../explainer/types.js";
import type { FigureBook } from "../figures/types.js";

/** An explainer with all that belongs to it. */
export interface Content {
  readonly explainer: Explainer;
  readonly intents: Intents;
  readonly book: FigureBook;
}

export interface ContentRead {
  /** By where it was read from. */
  readonly contents: ReadonlyMap<string, Content>;
  /** Faults in content that was left out or used without its utterances. */
  readonly problems: readonly Problem[];
}

export interface ContentSource {
  /** What stands there now; of an explainer that is broken, what was `previous` is kept. Rejects where nothing can be read. */
  read(previous: ReadonlyMap<string, Content> | undefined): Promise<ContentRead>;
  /** What to do where there is nothing. */
  readonly empty: string;
  /** Calls `changed` whenever something there may have changed; what it gives ends that. */
  watch(changed: () => void, onFault: (error: unknown) => void): () => void;
}
