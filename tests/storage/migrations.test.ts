// A store that an earlier version wrote: it opens, and nothing in it is lost.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely, Migrator, PostgresDialect } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { readKept } from "../../src/daily/post.js";
import { readReason } from "../../src/daily/reason.js";
import { createDailyStore } from "../../src/daily/store.js";
import { wordingOf } from "../../src/languages/languages.js";
import { createStoredSaid } from "../../src/memory/stored-said.js";
import { MIGRATIONS } from "../../src/storage/migrations.js";
import { openStorage } from "../../src/storage/open.js";
import { startPostgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";

const log = pino({ level: "silent" });

describe("a PostgreSQL of version 0.1", () => {
  it("keeps its subscriptions, and what they were shown", async () => {
    const postgres = await startPostgres();
    const url = await postgres.database();
    const before = new Kysely<Record<string, Record<string, unknown>>>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
    });
    const provider = { getMigrations: () => Promise.resolve(MIGRATIONS) };
    const { error } = await new Migrator({ db: before, provider }).migrateTo("002-given");
    expect(error).toBeUndefined();
    const shown = JSON.stringify({ sections: {}, figures: {}, summary: "s" });
    const row = {
      id: "00000000-0000-4000-8000-000000000001",
      platform: "slack",
      place: "T1",
      channel: "C1",
      channel_name: "#general",
      explainer: "strike",
      time: "08:00",
      zone: "UTC",
      only_changes: 0,
      created_by: "U1",
      created_at: 1,
      next_at: 2,
      next_date: "2026-06-01",
      state: "active",
      reason: null,
      told: 0,
      last_result: "skipped: it could not be posted in time",
      last_date: "2026-05-31",
      last_at: 1,
      shown,
      shown_at: 1,
    };
    await before.insertInto("subscriptions").values(row).execute();
    await before.insertInto("given").values({ question: "q", answer: "a", at: 1 }).execute();
    await before.destroy();
    const storage = await openStorage(url, log);
    const [kept] = await createDailyStore(storage.db).list({ platform: "slack", place: "T1" });
    expect(kept).toMatchObject({ channel: "C1", last_result: "late", state: "active" });
    expect(readKept((await createDailyStore(storage.db).content(kept!.shown!))!).shown.summary).toBe("s");
    await storage.close();
    await postgres.remove();
  });
});

describe("a file of version 0.1", () => {
  it("keeps its subscriptions, what they were shown, why they pause, and which answer was whose", async () => {
    const file = join(emptyFolder(), "store.db");
    copyFileSync("tests/fixtures/store-0.1.db", file);
    for (let opening = 0; opening < 2; opening++) {
      const storage = await openStorage(`file:${file}`, log);
      const store = createDailyStore(storage.db);
      const rows = await store.list({ platform: "discord", place: "G1" });
      expect(rows.map(({ channel, state, time }) => [channel, state, time])).toEqual([
        ["C1", "active", "08:00"],
        ["C3", "active", "08:00"],
        ["C2", "paused", "08:00"],
      ]);
      const say = (text: string | null): string => wordingOf("en").reason(readReason(text ?? ""));
      const [first, , paused] = rows;
      expect(say(first!.last_result)).toBe("posted");
      expect(rows[1]!.last_result).toBe("unchanged");
      expect(say(paused!.reason)).toBe("I lack Send Messages");
      const body = await store.content(first!.shown!);
      expect(readKept(body!).shown.sections).toEqual({ a: { heading: "What?", text: "x" } });
      expect(first!.shown_at).toBe(Date.UTC(2026, 5, 1, 12));
      // The day that was posted stays posted.
      expect(await store.claim(Date.UTC(2026, 5, 1, 20), 10)).toEqual([]);
      expect(await store.list({ platform: "slack", place: "T1" })).toMatchObject([{ channel: "C9", time: "09:00" }]);
      const said = createStoredSaid(() => storage.db);
      const at = { platform: "discord", place: "G1", channel: "anywhere" };
      expect(await said.answersTo(at, ["q1", "q2"])).toEqual(new Map([["q1", "a1"]]));
      await storage.close();
    }
  });
});
