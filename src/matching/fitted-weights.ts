// Weights for an encoder that is not the built-in one: fitted by `npm run bench -- fit` with that encoder set, and kept beside its
// vectors. Without them the built-in ones serve, on likenesses brought to the built-in encoder's scale.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { readCacheFile, writeCacheFile } from "../explainer/cache-file.js";
import { QUESTION_FEATURES, SECTION_FEATURES } from "./similarity-features.js";
import type { SimilarityWeights } from "./similarity-weights.js";

const list = (length: number) => z.array(z.number()).length(length);
const schema = z.object({
  section: list(SECTION_FEATURES.length),
  question: list(QUESTION_FEATURES.length),
  bias: z.number(),
  far: list(QUESTION_FEATURES.length),
  farBias: z.number(),
});

const pathOf = (cacheDir: string, encoder: string): string =>
  join(cacheDir, `weights-${createHash("sha256").update(encoder).digest("hex").slice(0, 24)}.json`);

/** Weights fitted for an encoder; undefined where there are none, or they are of another version. */
export async function readFittedWeights(cacheDir: string, encoder: string): Promise<SimilarityWeights | undefined> {
  const file = await readCacheFile(pathOf(cacheDir, encoder));
  if (!file) return undefined;
  try {
    return schema.safeParse(JSON.parse(file.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Keeps them; gives where. */
export async function saveFittedWeights(
  cacheDir: string,
  encoder: string,
  weights: SimilarityWeights,
): Promise<string> {
  const path = pathOf(cacheDir, encoder);
  await writeCacheFile(path, JSON.stringify(weights));
  return path;
}
