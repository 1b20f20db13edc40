// Sentences to vectors by a service of the operator's: anything that answers POST …/embeddings as OpenAI's does (Ollama,
// llama.cpp, vLLM, hosted ones). It reads texts and gives numbers; nothing that it says is ever shown.
import { z } from "zod";
import { toUnit, type Encoder } from "./encoder.js";
import { cleanUtterance } from "./normalise.js";

export interface EncoderService {
  /** Address of the service: its root, its `/v1`, or its `/v1/embeddings`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token, where the service wants one. */
  readonly key?: string | undefined;
  /** Milliseconds that a question waits for its vector. */
  readonly questionMs?: number;
  /** Milliseconds that a batch of an article's texts may take. */
  readonly batchMs?: number;
}

const QUESTION_MS = 800;
const BATCH_MS = 30_000;
/** After a fault questions do not wait for the service for so long; each further fault doubles it. */
const REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** So few texts at once are questions, which somebody waits for. */
const QUESTIONS = 4;

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/** The service cannot be used now; the message says why, without the address or the key. */
export class EncoderServiceError extends Error {
  readonly code = "ENCODER_AWAY";
}

/** Where requests go, from what an operator wrote. */
export function embeddingsAddress(url: string): string {
  const address = new URL(url);
  const path = address.pathname.replace(/(?<!\/)\/+$/, "");
  if (!path.endsWith("/embeddings"))
    address.pathname = path.endsWith("/v1") ? `${path}/embeddings` : `${path}/v1/embeddings`;
  return address.href;
}

/** Opens a service: asks it for one vector, whose length all others must have. Rejects with {@link EncoderServiceError}. */
export async function createServiceEncoder(service: EncoderService): Promise<Encoder> {
  const { model, key, questionMs = QUESTION_MS, batchMs = BATCH_MS } = service;
  const address = embeddingsAddress(service.url);
  let rest = REST_MS;
  let restsUntil = 0;

  async function request(texts: readonly string[], limitMs: number): Promise<Float32Array[]> {
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model, input: texts }),
        signal: AbortSignal.timeout(limitMs),
        redirect: "error",
      });
      if (!response.ok) throw new EncoderServiceError(`the embeddings service answered ${response.status}`);
      const read = answerSchema.safeParse(await response.json());
      if (!read.success) throw new EncoderServiceError("the embeddings service answered in another shape");
      const rows = new Map(read.data.data.map(({ index, embedding }) => [index, embedding]));
      return texts.map((_, index) => {
        const row = rows.get(index);
        if (!row || row.some((value) => !Number.isFinite(value)))
          throw new EncoderServiceError("the embeddings service left texts out");
        return toUnit(Float32Array.from(row));
      });
    } catch (error) {
      restsUntil = performance.now() + rest;
      rest = Math.min(rest * 2, LONGEST_REST_MS);
      if (error instanceof EncoderServiceError) throw error;
      const late = error instanceof Error && error.name === "TimeoutError";
      throw new EncoderServiceError(
        late ? "the embeddings service took too long" : "the embeddings service cannot be reached",
      );
    }
  }

  const [probe] = await request(["size"], batchMs);
  const size = probe!.length;
  return {
    id: `service-${new URL(address).host}-${model}-${size}`,
    size,
    builtIn: false,
    async encode(texts) {
      const question = texts.length <= QUESTIONS;
      if (question && performance.now() < restsUntil)
        throw new EncoderServiceError("the embeddings service was away a moment ago");
      const clean = texts.map(cleanUtterance);
      const readable = clean.filter((text) => text !== "");
      const rows = readable.length > 0 ? await request(readable, question ? questionMs : batchMs) : [];
      if (rows.some((row) => row.length !== size))
        throw new EncoderServiceError("the embeddings service gives vectors of another length than before");
      rest = REST_MS;
      restsUntil = 0;
      let next = 0;
      return clean.map((text) => (text === "" ? new Float32Array(size) : rows[next++]!));
    },
  };
}
