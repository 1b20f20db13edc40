// An encoder of the operator's, over real HTTP: read once, kept, and never waited for.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createServiceEncoder, embeddingsAddress } from "../../src/matching/encoder-service.js";
import { readFittedWeights, saveFittedWeights } from "../../src/matching/fitted-weights.js";
import { SIMILARITY_WEIGHTS } from "../../src/matching/similarity-weights.js";
import { startEmbeddings } from "../support/embeddings-server.js";
import { emptyFolder } from "../support/program.js";
import { openShipped } from "../support/shipped.js";
import { writeExplainer } from "../support/written.js";

const ARTICLE = `---
title: The harbour ferry
source: { title: The harbour ferry }
as_of: 2 May 2024
---

## How much is a ticket?

A single ticket is 3 pounds. Children under five travel free.

## When does the last boat leave?

The last boat leaves at eleven at night.

## Why was the pier closed?

The pier was closed because its timber had rotted.
`;

let service: Awaited<ReturnType<typeof startEmbeddings>>;
beforeEach(async () => (service = await startEmbeddings()));
afterEach(() => service.close());

describe("the address of an embeddings service", () => {
  it.each([
    ["http://host:11434", "http://host:11434/v1/embeddings"],
    ["http://host:11434/v1/", "http://host:11434/v1/embeddings"],
    ["https://host/openai/v1/embeddings", "https://host/openai/v1/embeddings"],
    ["https://host/proxy", "https://host/proxy/v1/embeddings"],
  ])("%s is asked at %s", (typed, asked) => expect(embeddingsAddress(typed)).toBe(asked));

  it.each([
    [{ ENCODER: "maybe" }, "ENCODER is none of"],
    [{ ENCODER: "ftp://host" }, "ENCODER is none of"],
    [{ ENCODER: "http://host" }, "ENCODER_MODEL is missing"],
  ])("settings %j are refused with a sentence", (env, sentence) =>
    expect(readConfig(env).problems.join()).toContain(sentence),
  );
});

describe("a service as the encoder", () => {
  const options = (more: object = {}) => ({ url: service.url, model: "ours", ...more });

  it("gives unit vectors in the order of the texts, and sends model and key", async () => {
    const encoder = await createServiceEncoder(options({ key: "secret-key" }));
    const [a, b, c] = await encoder.encode(["ferry ticket", "", "pier"]);
    expect(a).toHaveLength(encoder.size);
    expect(Math.hypot(...a!)).toBeCloseTo(1);
    expect(b!.every((value) => value === 0)).toBe(true);
    const [again] = await encoder.encode(["pier"]);
    expect([...again!]).toEqual([...c!]);
    expect(service.state).toMatchObject({ model: "ours", key: "Bearer secret-key", path: "/v1/embeddings" });
  });

  it.each([
    ["500", "answered 500"],
    ["shape", "another shape"],
    ["short", "left texts out"],
    ["other size", "another length"],
    ["silent", "took too long"],
  ] as const)("says what is wrong where the service is wrong: %s", async (fault, sentence) => {
    const encoder = await createServiceEncoder(options({ questionMs: 100 }));
    service.state.fault = fault;
    await expect(encoder.encode(["pier"])).rejects.toThrow(sentence);
  });

  it("is not waited for again right after a fault, and is asked again later", async () => {
    const encoder = await createServiceEncoder(options({ questionMs: 100 }));
    service.state.fault = "500";
    await expect(encoder.encode(["pier"])).rejects.toThrow("answered 500");
    const asked = service.state.texts.length;
    await expect(encoder.encode(["pier"])).rejects.toThrow("a moment ago");
    expect(service.state.texts).toHaveLength(asked);
    service.state.fault = undefined;
    await expect
      .poll(
        () =>
          encoder.encode(["pier"]).then(
            () => "there",
            () => "away",
          ),
        { timeout: 10_000 },
      )
      .toBe("there");
  });

  it("answers with it, keeps its vectors, answers by words while it is away, and forgets that once it is back", async () => {
    const folder = emptyFolder();
    const env = {
      ENCODER: service.url,
      ENCODER_MODEL: "ours",
      CACHE_DIR: folder,
      DATA_DIR: await writeExplainer("ferry", ARTICLE),
    };
    const { assistant } = await openShipped(env);
    const reply = await assistant.ask("when does the last boat leave?");
    expect(reply).toMatchObject({ kind: "answer", section: "last-boat-leave" });
    const asked = service.state.texts.length;
    const second = await openShipped(env);
    expect(second.problems).toEqual([]);
    // Nothing of the article is read again: only the question for the length of a vector.
    expect(service.state.texts.length - asked).toBe(1);

    service.state.fault = "500";
    const away = await second.assistant.ask("how much is a ticket?");
    expect(away).toMatchObject({ kind: "answer", section: "much-ticket" });
    service.state.fault = undefined;
    const before = service.state.texts.length;
    await expect
      .poll(
        async () => {
          await second.assistant.ask("how much is a ticket?");
          return service.state.texts.length > before;
        },
        { timeout: 10_000 },
      )
      .toBe(true);
  });

  it("starts without a service that is not there, and says so", async () => {
    const env = {
      ENCODER: service.url,
      ENCODER_MODEL: "ours",
      CACHE_DIR: emptyFolder(),
      DATA_DIR: await writeExplainer("ferry", ARTICLE),
    };
    await service.close();
    const { assistant, problems } = await openShipped(env);
    expect(problems.map(({ message }) => message).join()).toContain("cannot be reached");
    expect(await assistant.ask("when does the last boat leave?")).toMatchObject({ kind: "answer" });
    service = await startEmbeddings();
  });

  it("keeps the weights that were fitted for it, and only whole ones", async () => {
    const folder = emptyFolder();
    expect(await readFittedWeights(folder, "some-encoder")).toBeUndefined();
    await saveFittedWeights(folder, "some-encoder", SIMILARITY_WEIGHTS.withEncoder);
    expect(await readFittedWeights(folder, "some-encoder")).toEqual(SIMILARITY_WEIGHTS.withEncoder);
    expect(await readFittedWeights(folder, "another")).toBeUndefined();
    await saveFittedWeights(folder, "some-encoder", { ...SIMILARITY_WEIGHTS.withEncoder, far: [1] });
    expect(await readFittedWeights(folder, "some-encoder")).toBeUndefined();
  });
});
