// Whether two questions ask nearly the same: by their stems, and by the encoder's reading where there is one.
import { cleanUtterance, words } from "./normalise.js";
import { createStem } from "./stem.js";
import { wordWeight } from "./stop-words.js";
import { likeness, pack, unpack, type PackedVector } from "./vector-store.js";

/** A question as it is compared. */
export interface Gist {
  /** Stems of its words of matter, each once, in order; of all its words where it has none. */
  readonly stems: readonly string[];
  /** What the encoder reads in it. */
  readonly vector: PackedVector | undefined;
}

/** Words that weigh less carry a question's grammar. */
const MATTER = 0.3;
/** Share of stems in common, and likeness of meaning, from which either makes questions one; some of both does too. */
const STEMS = 0.75;
const COSINE = 0.86;
const SOME_STEMS = 0.34;
const SOME_COSINE = 0.74;

export function gistOf(text: string, language: string, vector: Float32Array | undefined): Gist {
  const stem = createStem(language);
  const all = words(cleanUtterance(text));
  const matter = all.filter((word) => wordWeight(word, language) > MATTER);
  const stems = [...new Set((matter.length > 0 ? matter : all).map(stem))].sort();
  return { stems, vector: vector && pack(vector) };
}

/** Whether they ask nearly the same. Numbers and names that differ keep them apart, as any other word does. */
export function areAlike(a: Gist, b: Gist): boolean {
  const other = new Set(b.stems);
  const common = a.stems.filter((each) => other.has(each)).length;
  const all = new Set([...a.stems, ...b.stems]).size;
  const shared = all === 0 ? 1 : common / all;
  if (shared >= STEMS) return true;
  if (!a.vector || !b.vector || a.vector.values.length !== b.vector.values.length) return false;
  const cosine = likeness(unpack(a.vector), b.vector);
  return cosine >= COSINE || (cosine >= SOME_COSINE && shared >= SOME_STEMS);
}

/** A vector as text, and back: a scale, and a byte a number. */
export const writeVector = ({ values, scale }: PackedVector): string =>
  `${scale} ${Buffer.from(values.buffer, values.byteOffset, values.length).toString("base64")}`;

export function readVector(text: string): PackedVector | undefined {
  const [scale = "", bytes = ""] = text.split(" ");
  const buffer = Buffer.from(bytes, "base64");
  if (buffer.length === 0 || !Number.isFinite(Number(scale))) return undefined;
  return { scale: Number(scale), values: new Int8Array(buffer.buffer, buffer.byteOffset, buffer.length) };
}
