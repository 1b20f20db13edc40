// Vectors kept on disk between starts, keyed by what they were made of, so that no text is encoded twice.
// A file that is broken or of another model counts as empty.
import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { readFile } from "node:fs/promises";
import { writeCacheFile } from "../explainer/cache-file.js";
import type { Encoder } from "./encoder.js";

const KEY_BYTES = 16;
const MAGIC = "standfirst-vectors-1";
/** Texts that are read at once: what is asked meanwhile waits no longer than for these. */
const BATCH = 8;

/** A vector in a byte a number: `values[i] * scale`. The error is under 0.4% of the largest number. */
export interface PackedVector {
  readonly values: Int8Array;
  readonly scale: number;
}

export function pack(vector: Float32Array): PackedVector {
  let top = 0;
  for (const value of vector) top = Math.max(top, Math.abs(value));
  const scale = top / 127 || 1;
  return { values: Int8Array.from(vector, (value) => Math.round(value / scale)), scale };
}

export function unpack({ values, scale }: PackedVector): Float32Array {
  return Float32Array.from(values, (value) => value * scale);
}

/** Packed bytes in base64, as sources hold fitted numbers. */
export const readBytes = (base64: string, scale: number): Float32Array =>
  unpack({ values: new Int8Array(Buffer.from(base64, "base64")), scale });

/** Likeness of a vector and a packed one, both of unit length: their cosine, -1 to 1. */
export function likeness(vector: Float32Array, { values, scale }: PackedVector): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += vector[index]! * values[index]!;
  return sum * scale;
}

export interface VectorStore {
  /** Vectors of the texts, in order; those not kept yet are encoded, and `onProgress` hears of it. Nothing is written. */
  vectors(texts: readonly string[], onProgress?: (done: number, of: number) => void): Promise<PackedVector[]>;
  /** Writes what has come new since the last time, all or nothing. */
  save(): Promise<void>;
}

const keyOf = (text: string): string =>
  createHash("sha256").update(text).digest().subarray(0, KEY_BYTES).toString("latin1");

function parse(file: Buffer, header: string, size: number): Map<string, PackedVector> {
  const kept = new Map<string, PackedVector>();
  const record = KEY_BYTES + 4 + size;
  const sum = file.subarray(0, 32);
  const body = file.subarray(32);
  const start = Buffer.byteLength(header);
  if (body.toString("latin1", 0, start) !== header || (body.length - start) % record !== 0) return kept;
  if (!createHash("sha256").update(body).digest().equals(sum)) return kept;
  for (let at = start; at < body.length; at += record) {
    const values = new Int8Array(body.buffer, body.byteOffset + at + KEY_BYTES + 4, size);
    kept.set(body.toString("latin1", at, at + KEY_BYTES), { values, scale: body.readFloatLE(at + KEY_BYTES) });
  }
  return kept;
}

/** Opens the store at `path`; the file need not be there. */
export async function openVectorStore(path: string, encoder: Encoder): Promise<VectorStore> {
  const header = `${MAGIC}/${encoder.id}/${encoder.size}\n`;
  const file = await readFile(path).catch(() => undefined);
  const kept = file && file.length > 32 ? parse(file, header, encoder.size) : new Map<string, PackedVector>();
  let changed = false;

  return {
    async vectors(texts, onProgress) {
      const keys = texts.map(keyOf);
      const missing = new Map<string, string>();
      for (const [index, key] of keys.entries()) if (!kept.has(key)) missing.set(key, texts[index] ?? "");
      const todo = [...missing].sort((a, b) => a[1].length - b[1].length);
      for (let start = 0; start < todo.length; start += BATCH) {
        const batch = todo.slice(start, start + BATCH);
        await turn();
        const encoded = await encoder.encode(batch.map(([, text]) => text));
        for (const [index, [key]] of batch.entries())
          kept.set(key, pack(encoded[index] ?? new Float32Array(encoder.size)));
        changed = true;
        onProgress?.(start + batch.length, todo.length);
      }
      return keys.map((key) => kept.get(key)!);
    },
    async save() {
      if (!changed) return;
      const records = [...kept].map(([key, { values, scale }]) => {
        const head = Buffer.alloc(KEY_BYTES + 4);
        head.write(key, "latin1");
        head.writeFloatLE(scale, KEY_BYTES);
        return Buffer.concat([head, Buffer.from(values.buffer, values.byteOffset, values.length)]);
      });
      const body = Buffer.concat([Buffer.from(header), ...records]);
      await writeCacheFile(path, Buffer.concat([createHash("sha256").update(body).digest(), body]));
      changed = false;
    },
  };
}
