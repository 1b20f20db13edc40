// What every benchmark stands on: the shipped explainer, its utterances and its labelled questions.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadCommonIntents, loadIntents, type Intents } from "../src/explainer/intents.js";
import { loadExplainer } from "../src/explainer/load.js";
import type { Explainer } from "../src/explainer/types.js";
import { readConfig } from "../src/config.js";
import { openConfiguredEncoder } from "../src/open-encoder.js";
import { createEncoder, type Encoder } from "../src/matching/encoder.js";
import { openVectorStore, type VectorStore } from "../src/matching/vector-store.js";

export interface LabelledQuestion {
  readonly q: string;
  readonly accept: readonly string[];
  readonly gold: string | null;
  readonly kind: string;
}

/** Folder for what benchmarks keep between runs. */
export const CACHE = join("var", "bench");

export interface Shipped {
  readonly explainer: Explainer;
  readonly own: Intents;
  readonly common: Intents;
  readonly all: Intents;
  readonly questions: readonly LabelledQuestion[];
}

/** The explainer's own utterances and the common ones as one. */
function withCommon(own: Intents, common: Intents): Intents {
  return {
    answerable: own.answerable,
    unanswerable: [...own.unanswerable, ...common.unanswerable],
    smallTalk: common.smallTalk,
  };
}

export async function loadShipped(id = "junior-doctors-strike"): Promise<Shipped> {
  const { explainer } = await loadExplainer(join("data", id));
  if (!explainer) throw new Error(`data/${id} has faults; run "npm run validate"`);
  const own = (await loadIntents("intents", explainer)).intents;
  const common = (await loadCommonIntents("intents")).intents;
  const lines = (await readFile(join("data", id, "questions.jsonl"), "utf8")).trim().split("\n");
  return {
    explainer,
    own,
    common,
    all: withCommon(own, common),
    questions: lines.map((line) => JSON.parse(line) as LabelledQuestion),
  };
}

export async function openEncoder(): Promise<{ encoder: Encoder; vectors: VectorStore }> {
  const { config, problems } = readConfig(process.env);
  if (!config) throw new Error(problems.join("\n"));
  // The benchmarks measure with an encoder, by whose help they take it away: "off" stands for the built-in one here.
  const encoder = (await openConfiguredEncoder(config.encoder)) ?? (await createEncoder());
  return {
    encoder,
    vectors: await openVectorStore(join(CACHE, encoder.builtIn ? "vectors.bin" : "vectors-service.bin"), encoder),
  };
}

/** Voices that write as readers do; the others write contrast sets, which are never held out. */
export function naturalVoices(intents: Intents): string[] {
  return [...new Set(intents.answerable.map((each) => each.voice))].filter((voice) => !voice.startsWith("contrast"));
}

/** Utterances split into those of one voice and the rest. */
export function holdOut(intents: Intents, voice: string): { rest: Intents; held: Intents } {
  const split = (inside: boolean): Intents => ({
    answerable: intents.answerable.filter((each) => (each.voice === voice) === inside),
    unanswerable: intents.unanswerable.filter((each) => (each.voice === voice) === inside),
    smallTalk: inside ? [] : intents.smallTalk,
  });
  return { rest: split(false), held: split(true) };
}
