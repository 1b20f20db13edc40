// Builds the matcher of an explainer and its utterances, with what it learned kept on disk.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { DEFAULT_TRAINING } from "./classifier.js";
import type { Encoder } from "./encoder.js";
import { encodedTexts, learnModel, spellingOf, teachingTexts } from "./learn.js";
import { lexiconOf } from "./lexicon.js";
import { createLearnedMatcher } from "./learned.js";
import { learnedWeight, ownWeight, poolMatchers, withExact } from "./pooled.js";
import { readModel, saveModel, type Model } from "./model.js";
import { readFittedWeights } from "./fitted-weights.js";
import { comparedTexts } from "./compared.js";
import { createSimilarityMatcher } from "./similarity.js";
import { SIMILARITY_WEIGHTS } from "./similarity-weights.js";

import type { Matcher } from "./types.js";
import type { PackedVector, VectorStore } from "./vector-store.js";

/** Change it when learning changes, so that no kept model outlives the code that made it. */
const LEARNING_VERSION = 7;

export interface MatcherOptions {
  /** Folder for what was learned, made on first need. */
  readonly cacheDir: string;
  readonly encoder: Encoder | undefined;
  /** Open store of the encoder's vectors; there whenever the encoder is. */
  readonly vectors: VectorStore | undefined;
  /** Whether what is typed word for word is its section's, whatever else is alike; default true. */
  readonly exact?: boolean;
  /** Hears how far the first reading of new content has come. */
  readonly onProgress?: ((what: string, done: number, of: number) => void) | undefined;
}

async function learned(explainer: Explainer, intents: Intents, options: MatcherOptions): Promise<Matcher> {
  const { encoder, vectors, cacheDir, onProgress } = options;
  const texts = teachingTexts(explainer, intents);
  const spelling = spellingOf(explainer, intents);
  const key = createHash("sha256")
    .update(JSON.stringify([LEARNING_VERSION, DEFAULT_TRAINING, encoder?.id ?? "none", explainer.language, texts]))
    .digest("hex")
    .slice(0, 32);
  const path = join(cacheDir, `model-${key}.bin`);
  let model: Model | undefined = await readModel(path);
  if (!model) {
    const chosen = encoder ? encodedTexts(texts) : [];
    const packed = await vectors?.vectors(
      chosen.map(({ text }) => text),
      (done, of) => onProgress?.("reading utterances", done, of),
    );
    onProgress?.("learning", 0, 1);
    const encoded = chosen.flatMap((each, index) => {
      const vector = packed?.[index];
      return vector ? [{ ...each, vector }] : [];
    });
    model = learnModel(texts, explainer.language, spelling, encoded);
    onProgress?.("learning", 1, 1);
    await vectors?.save();
    await saveModel(path, model);
  }
  return createLearnedMatcher(explainer, intents, model, spelling);
}

async function bySimilarity(
  explainer: Explainer,
  intents: Intents,
  { cacheDir, encoder, vectors, onProgress }: MatcherOptions,
): Promise<Matcher> {
  const texts = vectors ? comparedTexts(explainer, intents) : [];
  const packed = (await vectors?.vectors(texts, (done, of) => onProgress?.("reading the article", done, of))) ?? [];
  const byText = new Map<string, PackedVector>();
  for (const [index, text] of texts.entries()) {
    const vector = packed[index];
    if (vector) byText.set(text, vector);
  }
  const own = encoder && !encoder.builtIn ? await readFittedWeights(cacheDir, encoder.id) : undefined;
  return createSimilarityMatcher(explainer, intents, spellingOf(explainer, intents), (text) => byText.get(text), {
    weights: own ? { ...SIMILARITY_WEIGHTS, withEncoder: own } : SIMILARITY_WEIGHTS,
    // Weights fitted for an encoder are of a language with a lexicon.
    foreignScale: encoder !== undefined && !encoder.builtIn && !(own && lexiconOf(explainer.language)),
  });
}

/**
 * The matcher for an explainer and its utterances (its own and the common ones): by similarity, and by what was learned as far as there
 * are utterances. Reads or writes only under `cacheDir`.
 */
export async function createMatcher(explainer: Explainer, intents: Intents, options: MatcherOptions): Promise<Matcher> {
  const weights = { own: ownWeight(explainer, intents), learned: learnedWeight(intents) };
  const build = async (): Promise<Matcher> => {
    if (weights.own === 0) return learned(explainer, intents, options);
    const similar = await bySimilarity(explainer, intents, options);
    return weights.learned > 0 ? poolMatchers(similar, await learned(explainer, intents, options), weights) : similar;
  };
  const matcher = await build();
  return options.exact === false ? matcher : withExact(matcher, explainer, intents);
}
