// A server that answers POST /v1/embeddings as OpenAI's does, with vectors of ours: a word is a direction, a text their sum.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { words } from "../../src/matching/normalise.js";

const SIZE = 96;

function vectorOf(text: string): number[] {
  const vector = new Array<number>(SIZE).fill(0.02);
  for (const word of words(text)) {
    let hash = 2_166_136_261;
    for (const letter of word.slice(0, 5)) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
    vector[(hash >>> 0) % SIZE]! += 1;
  }
  return vector;
}

export async function startEmbeddings() {
  const state = {
    texts: [] as string[],
    /** What to do instead of answering. */
    fault: undefined as undefined | "silent" | "500" | "shape" | "short" | "other size",
    key: undefined as string | undefined,
    model: undefined as string | undefined,
    path: "",
  };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { model, input } = JSON.parse(body) as { model: string; input: string[] };
      state.path = request.url ?? "";
      state.model = model;
      state.key = request.headers.authorization;
      state.texts.push(...input);
      if (state.fault === "silent") return;
      if (state.fault === "500") return void response.writeHead(500).end("{}");
      const data = input.map((text, index) => ({
        object: "embedding",
        index,
        embedding: state.fault === "other size" ? [1, 2, 3] : vectorOf(text),
      }));
      if (state.fault === "short") data.pop();
      response.writeHead(200, { "content-type": "application/json" });
      // Order is not promised; the index tells.
      response.end(
        JSON.stringify(state.fault === "shape" ? { vectors: data } : { object: "list", data: data.reverse() }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
