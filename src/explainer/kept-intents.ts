// Intents kept as JSON in a folder that can be deleted at any time.
import { join } from "node:path";
import { readCacheFile, writeCacheFile } from "./cache-file.js";
import type { Intents, KeptIntents } from "./intents.js";

/** Whether what was read has the shape that was written: a file of another version, or one that somebody touched, is made anew. */
function isWhole(intents: Partial<Record<keyof Intents, unknown>> | undefined): boolean {
  const holds = (list: unknown, fields: readonly string[]): boolean =>
    Array.isArray(list) &&
    list.every(
      (each: unknown) =>
        typeof each === "object" &&
        each !== null &&
        fields.every((field) => typeof (each as Record<string, unknown>)[field] === "string"),
    );
  return (
    holds(intents?.answerable, ["text", "section"]) &&
    holds(intents?.unanswerable, ["text", "kind"]) &&
    holds(intents?.smallTalk, ["kind"])
  );
}

export function createKeptIntents(folder: string): KeptIntents {
  const pathOf = (key: string): string => join(folder, `intents-${key.slice(0, 32)}.json`);
  return {
    async read(key) {
      const text = (await readCacheFile(pathOf(key)))?.toString("utf8");
      if (text === undefined) return undefined;
      try {
        const { key: own, intents } = JSON.parse(text) as { key: string; intents: Intents };
        return own === key && isWhole(intents) ? intents : undefined;
      } catch {
        return undefined;
      }
    },
    async write(key, intents) {
      await writeCacheFile(pathOf(key), JSON.stringify({ key, intents }));
    },
  };
}
