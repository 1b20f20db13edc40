// Puts encoder, shelf and assistant together from a configuration. Every face and command starts here.
import { join } from "node:path";
import { createAssistant, type Assistant } from "./assistant/assistant.js";
import { openShelf } from "./assistant/shelf.js";
import type { Config } from "./config.js";
import type { Problem } from "./explainer/types.js";
import { createEncoder } from "./matching/encoder.js";
import { openVectorStore } from "./matching/vector-store.js";

export interface OpenedAssistant {
  readonly assistant: Assistant;
  readonly explainers: readonly string[];
  readonly problems: readonly Problem[];
}

/** Opens an assistant on the configured content, or on one explainer. Throws `ContentError` where there is nothing to answer from. */
export async function openAssistant(
  config: Config,
  only: string | undefined,
  onProgress?: (what: string, done: number, of: number) => void,
): Promise<OpenedAssistant> {
  const encoder = config.encoder ? await createEncoder() : undefined;
  const vectors = encoder ? await openVectorStore(join(config.cacheDir, "vectors.bin"), encoder) : undefined;
  const { dataDir, intentsDir, cacheDir } = config;
  const { shelf, problems } = await openShelf({ dataDir, intentsDir, cacheDir, only, encoder, vectors, onProgress });
  return { assistant: createAssistant(shelf, encoder), explainers: shelf.ids, problems };
}
