// Words that are given out and good for one use, within some time, by whichever process.
import { createHash, randomBytes } from "node:crypto";
import { StoreAway, type Db } from "../storage/open.js";

export interface Once {
  /** A new word. Rejects where the store is away. */
  issue(): Promise<string>;
  /** Whether it was given out and is used for the first time, and in time. */
  take(word: string): Promise<boolean>;
}

const BYTES = 24;

/** `name` tells one kind of word from another; `forMs` is how long one is good for, at most what `seen` is kept for. */
export function createOnce(db: () => Db | undefined, name: string, forMs: number, now: () => number = Date.now): Once {
  const keyOf = (word: string): string => `${name} ${createHash("sha256").update(word).digest("base64url")}`;
  const store = (): Db => {
    const open = db();
    if (!open) throw new StoreAway("the store is not open");
    return open;
  };
  return {
    async issue() {
      const word = randomBytes(BYTES).toString("base64url");
      await store()
        .insertInto("seen")
        .values({ key: keyOf(word), at: now() })
        .execute();
      return word;
    },
    async take(word) {
      const row = await store().deleteFrom("seen").where("key", "=", keyOf(word)).returning("at").executeTakeFirst();
      return row !== undefined && now() - row.at < forMs;
    },
  };
}
