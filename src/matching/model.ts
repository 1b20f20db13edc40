// What is learned of one explainer: its classes, its vocabulary, and the weights of both classifiers. Plain data,
// kept on disk between starts.
import { createHash } from "node:crypto";
import { readCacheFile, writeCacheFile } from "../explainer/cache-file.js";
import type { WeightedTerm } from "./features.js";

/**
 * What a class stands for. A section is several classes: one a passage, and one (`passage` undefined) for the
 * section as a whole.
 */
export type ClassLabel =
  | { readonly type: "section"; readonly section: string; readonly passage: number | undefined }
  | { readonly type: "unanswerable"; readonly kind: string }
  | { readonly type: "smallTalk"; readonly kind: string };

export interface Model {
  readonly labels: readonly ClassLabel[];
  readonly terms: readonly WeightedTerm[];
  /** `(terms + 1) × labels`. */
  readonly lexical: Float32Array;
  /** `(encoder size + 1) × labels`; empty where there was no encoder. */
  readonly encoder: Float32Array;
}

const MAGIC = "standfirst-model-2\n";
const SUM_BYTES = 32;
/** Where the JSON starts: behind the sum, the magic words and its own length. */
const START = SUM_BYTES + MAGIC.length + 4;

/** Writes a model, all or nothing. */
export async function saveModel(path: string, model: Model): Promise<void> {
  const json = Buffer.from(
    JSON.stringify({
      labels: model.labels,
      terms: model.terms,
      lexical: model.lexical.length,
      encoder: model.encoder.length,
    }),
  );
  // Spaces behind the JSON bring the numbers to a multiple of four bytes, so that they are read where they lie.
  const head = Buffer.concat([json, Buffer.alloc(3 - ((START + json.length + 3) % 4), " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const numbers = [model.lexical, model.encoder].map((each) =>
    Buffer.from(each.buffer, each.byteOffset, each.byteLength),
  );
  const body = Buffer.concat([Buffer.from(MAGIC), length, head, ...numbers]);
  await writeCacheFile(path, Buffer.concat([createHash("sha256").update(body).digest(), body]));
}

/** Reads a model; undefined where there is none or the file is not whole. */
export async function readModel(path: string): Promise<Model | undefined> {
  const file = await readCacheFile(path);
  if (!file || file.length < START) return undefined;
  const body = file.subarray(SUM_BYTES);
  if (!createHash("sha256").update(body).digest().equals(file.subarray(0, SUM_BYTES))) return undefined;
  if (body.toString("latin1", 0, MAGIC.length) !== MAGIC) return undefined;
  const headEnd = START + body.readUInt32LE(MAGIC.length);
  const head = JSON.parse(file.toString("utf8", START, headEnd)) as {
    labels: ClassLabel[];
    terms: WeightedTerm[];
    lexical: number;
    encoder: number;
  };
  const whole = file.byteOffset % 4 === 0 ? file : Buffer.from(Uint8Array.from(file).buffer);
  const at = whole.byteOffset + headEnd;
  return {
    labels: head.labels,
    terms: head.terms,
    lexical: new Float32Array(whole.buffer, at, head.lexical),
    encoder: new Float32Array(whole.buffer, at + head.lexical * 4, head.encoder),
  };
}
