import { readdir, readFile, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCacheFile, writeCacheFile } from "../../src/explainer/cache-file.js";
import { createRandom } from "../../src/matching/classifier.js";
import { toUnit, type Encoder } from "../../src/matching/encoder.js";
import { readModel, saveModel, type Model } from "../../src/matching/model.js";
import { openVectorStore } from "../../src/matching/vector-store.js";
import { emptyFolder } from "../support/program.js";

/** An encoder of letters, which counts what it is asked. */
function countingEncoder(id = "letters") {
  const asked: string[] = [];
  const encode = (text: string): Float32Array =>
    toUnit(Float32Array.from({ length: 8 }, (_, index) => (text.charCodeAt(index % text.length) || 1) / 100));
  return {
    asked,
    encoder: {
      id,
      builtIn: true,
      size: 8,
      encode(texts) {
        asked.push(...texts);
        return Promise.resolve(texts.map(encode));
      },
    } satisfies Encoder,
  };
}

describe("vectors kept between starts", () => {
  it("encodes no text twice, in this process or the next", async () => {
    const path = join(emptyFolder(), "deep", "vectors.bin");
    const first = countingEncoder();
    const store = await openVectorStore(path, first.encoder);
    const made = await store.vectors(["one", "two", "one"]);
    await store.vectors(["two"]);
    await store.save();
    expect([...first.asked].sort()).toEqual(["one", "two"]);

    const second = countingEncoder();
    const again = await openVectorStore(path, second.encoder);
    const read = await again.vectors(["one", "two"]);
    expect(second.asked).toEqual([]);
    expect([...read[0]!.values]).toEqual([...made[0]!.values]);
    expect(read[0]!.scale).toBeCloseTo(made[0]!.scale, 6);
  });

  it("starts anew from a file that was cut short, changed or made by another encoder", async () => {
    const path = join(emptyFolder(), "vectors.bin");
    const store = await openVectorStore(path, countingEncoder().encoder);
    await store.vectors(["one", "two"]);
    await store.save();
    const whole = await readFile(path);

    const readBack = async (id?: string): Promise<string[]> => {
      const counting = countingEncoder(id);
      const opened = await openVectorStore(path, counting.encoder);
      await opened.vectors(["one"]);
      return counting.asked;
    };
    expect(await readBack()).toEqual([]);
    expect(await readBack("other")).toEqual(["one"]);
    await truncate(path, whole.length - 5);
    expect(await readBack()).toEqual(["one"]);
    const changed = Buffer.from(whole);
    changed[changed.length - 1]! ^= 1;
    await writeFile(path, changed);
    expect(await readBack()).toEqual(["one"]);
    await writeFile(path, "");
    expect(await readBack()).toEqual(["one"]);
  });
});

describe("a model kept between starts", () => {
  const random = createRandom(3);
  const model: Model = {
    labels: [
      { type: "section", section: "a", passage: 0 },
      { type: "unanswerable", kind: "pay" },
    ],
    terms: [["s:ümlaut", 1.5]],
    lexical: { sparse: Float32Array.from({ length: 4 }, random), dense: new Float32Array(0) },
    joint: { sparse: Float32Array.from({ length: 4 }, random), dense: Float32Array.from({ length: 6 }, random) },
    readShare: 0.25,
  };

  it("comes back as it was", async () => {
    const path = join(emptyFolder(), "models", "model.bin");
    for (const kept of [model, { ...model, joint: undefined, readShare: 0 }]) {
      await saveModel(path, kept);
      expect(await readModel(path)).toEqual(kept);
    }
  });

  it("is not read from a file that is not whole", async () => {
    const path = join(emptyFolder(), "model.bin");
    expect(await readModel(path)).toBeUndefined();
    await saveModel(path, model);
    const whole = await readFile(path);
    for (const length of [0, 20, 60, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      expect(await readModel(path)).toBeUndefined();
    }
  });
});

describe("what is kept", () => {
  it("goes when nobody used it for days, and nothing else does", async () => {
    const folder = emptyFolder();
    const named = (name: string): string => join(folder, name);
    const key = (digit: string): string => `model-${digit.repeat(32)}.bin`;
    const others = ["model-notes.txt", "vectors.bin", `intents-${"a".repeat(32)}.json`];
    const old = new Date(Date.now() - 4 * 86_400_000);
    for (const name of [key("a"), key("b"), `${key("c")}.17.tmp`, ...others]) {
      await writeFile(named(name), name);
      await utimes(named(name), old, old);
    }
    expect((await readCacheFile(named(key("b"))))?.toString()).toBe(key("b"));
    await writeCacheFile(named(key("d")), "new");
    expect((await readdir(folder)).sort()).toEqual([key("b"), key("d"), ...others].sort());
  });
});
