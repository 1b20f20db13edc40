// What is learned of one explainer: its classes, its vocabulary, and the weights of both classifiers. Plain data,
// kept on disk between starts.
import { createHash } from "node:crypto";
import { readCacheFile, writeCacheFile } from "../explainer/cache-file.js";
import type { Weights } from "./classifier.js";
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
  /** By words alone. */
  readonly lexical: Weights;
  /** By words and the encoder's numbers beside them; undefined where there was no encoder. */
  readonly joint: Weights | undefined;
  /** Share of the texts learned from that the encoder read, 0–1. */
  readonly readShare: number;
}

const MAGIC = "standfirst-model-3\n";
const SUM_BYTES = 32;
/** Where the JSON starts: behind the sum, the magic words and its own length. */
const START = SUM_BYTES + MAGIC.length + 4;

/** Writes a model, all or nothing. */
export async function saveModel(path: string, model: Model): Promise<void> {
  const { lexical, joint } = model;
  const blocks = [lexical.sparse, ...(joint ? [joint.sparse, joint.dense] : [])];
  const json = Buffer.from(
    JSON.stringify({
      labels: model.labels,
      terms: model.terms,
      readShare: model.readShare,
      numbers: blocks.map((block) => block.length),
    }),
  );
  // Spaces behind the JSON bring the numbers to a multiple of four bytes, so that they are read where they lie.
  const head = Buffer.concat([json, Buffer.alloc(3 - ((START + json.length + 3) % 4), " ")]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const numbers = blocks.map((block) => Buffer.from(block.buffer, block.byteOffset, block.byteLength));
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
    readShare: number;
    numbers: number[];
  };
  const whole = file.byteOffset % 4 === 0 ? file : Buffer.from(Uint8Array.from(file).buffer);
  let at = whole.byteOffset + headEnd;
  const [lexical, sparse, dense] = head.numbers.map((count) => {
    const block = new Float32Array(whole.buffer, at, count);
    at += block.byteLength;
    return block;
  });
  if (!lexical) return undefined;
  return {
    labels: head.labels,
    terms: head.terms,
    lexical: { sparse: lexical, dense: new Float32Array(0) },
    joint: sparse && dense && { sparse, dense },
    readShare: head.readShare,
  };
}
