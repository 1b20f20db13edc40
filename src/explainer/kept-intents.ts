// Intents kept as JSON in a folder that can be deleted at any time.
import { join } from "node:path";
import { readCacheFile, writeCacheFile } from "./cache-file.js";
import type { Intents, KeptIntents } from "./intents.js";

export function createKeptIntents(folder: string): KeptIntents {
  const pathOf = (key: string): string => join(folder, `intents-${key.slice(0, 32)}.json`);
  return {
    async read(key) {
      const text = (await readCacheFile(pathOf(key)))?.toString("utf8");
      if (text === undefined) return undefined;
      try {
        const { key: own, intents } = JSON.parse(text) as { key: string; intents: Intents };
        return own === key ? intents : undefined;
      } catch {
        return undefined;
      }
    },
    async write(key, intents) {
      await writeCacheFile(pathOf(key), JSON.stringify({ key, intents }));
    },
  };
}
