// Subscriptions and deliveries, the same on SQLite and on a real PostgreSQL.
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  createDailyStore,
  MOST_SUBSCRIPTIONS,
  type DailyStore,
  type DeliveryRef,
  type Wanted,
} from "../../src/daily/store.js";
import { createSeen } from "../../src/memory/seen.js";
import { openStorage, type Storage } from "../../src/storage/open.js";
import { createStoredSaid } from "../../src/memory/stored-said.js";
import { createSharedSeen } from "../../src/memory/shared-seen.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";

const log = pino({ level: "silent" });
const HOUR = 3_600_000;
const DAY = 86_400_000;
const GUILD = { platform: "discord", place: "guild" } as const;
const MORNING = Date.UTC(2026, 5, 1, 6, 0);
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  platform: "discord",
  place: "guild",
  channel: "channel",
  channelName: "#general",
  explainer: "strike",
  time: "08:00",
  zone: "Europe/London",
  onlyChanges: false,
  by: "somebody",
  ...more,
});

describe.each(["sqlite", "postgres"] as const)("the store on %s", (kind) => {
  let storages: Storage[] = [];
  let url: string;
  async function open(windowMs = 0): Promise<DailyStore> {
    const storage = await openStorage(url, log);
    storages.push(storage);
    return createDailyStore(storage.db, windowMs);
  }
  async function fresh(windowMs = 0): Promise<DailyStore> {
    url = kind === "sqlite" ? `file:${join(emptyFolder(), "deep", "store.db")}` : await postgres.database();
    return open(windowMs);
  }
  afterEach(async () => {
    for (const storage of storages) await storage.close();
    storages = [];
  });

  it("keeps what was set up, and what is due when", async () => {
    const store = await fresh();
    const row = await store.start(wanted(), MORNING);
    expect(row).toMatchObject({ next_date: "2026-06-01", next_at: Date.UTC(2026, 5, 1, 7, 0), state: "active" });
    const again = await open();
    expect(await again.list(GUILD)).toEqual([row]);
    expect(await again.claim(MORNING, 10)).toEqual([]);
    expect(await again.due(MORNING + DAY)).toBe(1);
  });

  it("gives a day's delivery to one of many that ask at once", async () => {
    const store = await fresh();
    for (let index = 0; index < 30; index++) await store.start(wanted({ channel: `c${index}` }), MORNING);
    // A file is for one process; a database is for many.
    const others = kind === "sqlite" ? [store] : [store, await open(), await open()];
    const claimed = await Promise.all(
      others.flatMap((each) => [each.claim(MORNING + DAY / 2, 20), each.claim(MORNING + DAY / 2, 20)]),
    );
    const keys = claimed.flat().map(({ subscription }) => subscription);
    expect(new Set(keys).size).toBe(keys.length);
    let left: DeliveryRef[];
    do {
      left = await store.claim(MORNING + DAY / 2, 20);
      keys.push(...left.map(({ subscription }) => subscription));
    } while (left.length > 0);
    expect(new Set(keys).size).toBe(30);
    expect(keys).toHaveLength(30);
  });

  it("moves on to the next day with the claim, and claims no day twice whatever the time is changed to", async () => {
    const store = await fresh();
    await store.start(wanted(), MORNING);
    const [ref] = await store.claim(MORNING + 2 * 3_600_000, 10);
    expect(ref?.date).toBe("2026-06-01");
    expect(await store.claim(MORNING + 3 * 3_600_000, 10)).toEqual([]);
    // The same day, later: already begun.
    const changed = await store.start(wanted({ time: "20:00" }), MORNING + 4 * 3_600_000);
    expect(changed?.next_date).toBe("2026-06-02");
  });

  it("ends a delivery once, and knows what the channel was shown", async () => {
    const store = await fresh();
    await store.start(wanted(), MORNING);
    const [ref] = await store.claim(MORNING + DAY / 2, 10);
    expect(await store.sending(ref!, MORNING, "{}")).toBe(1);
    expect(await store.sending(ref!, MORNING, "{}")).toBeUndefined();
    expect(await store.unfinished(MORNING + DAY, 10)).toEqual([ref]);
    // Another attempt than the last ends nothing.
    await store.finish(ref!, 0, { state: "refused", reason: "no" }, MORNING + 1);
    expect((await store.get(ref!))?.delivery.state).toBe("sending");
    await store.finish(ref!, 1, { state: "posted", message: "m", reason: "posted" }, MORNING + 1);
    expect(await store.unfinished(MORNING + DAY, 10)).toEqual([]);
    expect(await store.get(ref!)).toMatchObject({
      delivery: { state: "posted", message: "m", attempts: 1 },
      subscription: { last_result: "posted", last_date: "2026-06-01", shown_at: MORNING + 1 },
    });
    const { shown } = (await store.get(ref!))!.subscription;
    expect(await store.content(shown ?? "")).toBe("{}");
    await store.again(ref!, 1, "no", MORNING);
    await store.finish(ref!, 1, { state: "unknown", reason: "no" }, MORNING);
    expect((await store.get(ref!))?.delivery.state).toBe("posted");
  });

  it("passes over days that are too late, and not one that is still in time", async () => {
    await fresh();
    const store = createDailyStore(storages[0]!.db, 3 * 3_600_000);
    await store.start(wanted(), MORNING);
    const later = MORNING + 3 * DAY + 90 * 60_000;
    const dates = [];
    for (let tries = 0; tries < 5; tries++) for (const ref of await store.claim(later, 10)) dates.push(ref.date);
    expect(dates).toEqual(["2026-06-01", "2026-06-04"]);
  });

  it("forgets open deliveries of what is stopped", async () => {
    const store = await fresh();
    await store.start(wanted(), MORNING);
    await store.claim(MORNING + DAY / 2, 10);
    await store.stop({ ...GUILD, channel: "channel" }, undefined);
    expect(await store.unfinished(MORNING + 9 * DAY, 10)).toEqual([]);
  });

  it("comes on a day that was not posted, whatever zone it is moved to", async () => {
    const store = await fresh();
    await store.start(wanted({ time: "00:30" }), Date.UTC(2026, 5, 1, 12));
    await store.claim(Date.UTC(2026, 5, 2), 10);
    const moved = await store.start(wanted({ time: "18:00", zone: "America/Los_Angeles" }), Date.UTC(2026, 5, 2));
    expect(moved?.next_date).toBe("2026-06-03");
    expect(await store.claim(moved!.next_at, 10)).toHaveLength(1);
  });

  it("works out anew what comes next once a clock that ran ahead is put right, and repeats no day", async () => {
    const store = await fresh();
    await store.start(wanted(), MORNING);
    // Today's post goes out; then the clock runs 400 days ahead, and another does.
    expect(await store.claim(MORNING + 2 * 3_600_000, 10)).toHaveLength(1);
    const [ahead] = await store.claim(MORNING + 400 * DAY, 10);
    expect(ahead?.date).toBe("2026-06-02");
    const [row] = await store.list(GUILD);
    expect(row?.next_at).toBeGreaterThan(MORNING + 399 * DAY);
    expect(await store.reanchor(MORNING + 3 * 3_600_000)).toBe(1);
    expect((await store.list(GUILD))[0]?.next_date).toBe("2026-06-03");
    // What is right stays.
    expect(await store.reanchor(MORNING + 3 * 3_600_000)).toBe(0);
    expect((await store.start(wanted({ time: "09:00" }), MORNING + 3 * 3_600_000))?.next_date).toBe("2026-06-03");
  });

  it("passes over a day that a wrong clock posted far ahead, and none before it", async () => {
    const store = await fresh();
    const later = MORNING + 30 * DAY;
    await store.start(wanted(), later);
    const [ahead] = await store.claim(later + 3_600_000, 10);
    expect(ahead?.date).toBe("2026-07-01");
    expect(await store.reanchor(MORNING - DAY)).toBe(1);
    expect((await store.list(GUILD))[0]?.next_date).toBe("2026-05-31");
  });

  it("pauses, tells once, and resumes by setting up again", async () => {
    const store = await fresh();
    const row = await store.start(wanted(), MORNING);
    expect(await store.pause(row!.id, "gone")).toBe(true);
    await store.told(row!.id);
    expect(await store.pause(row!.id, "gone")).toBe(false);
    expect(await store.claim(MORNING + DAY, 10)).toEqual([]);
    expect(await store.start(wanted(), MORNING)).toMatchObject({ id: row!.id, state: "active", reason: null });
    expect(await store.claim(MORNING + DAY, 10)).toHaveLength(1);
  });

  it("takes fifty for one place and no more, and forgets what is stopped", async () => {
    const store = await fresh();
    for (let index = 0; index < MOST_SUBSCRIPTIONS; index++)
      expect(await store.start(wanted({ channel: `c${index}` }), MORNING)).toBeDefined();
    expect(await store.start(wanted({ channel: "one too many" }), MORNING)).toBeUndefined();
    expect(await store.start(wanted({ channel: "c0", time: "09:00" }), MORNING)).toMatchObject({ time: "09:00" });
    expect(await store.start(wanted({ place: "another", channel: "elsewhere" }), MORNING)).toBeDefined();
    expect(await store.stop({ ...GUILD, channel: "c0" }, undefined)).toHaveLength(1);
    expect(await store.list(GUILD)).toHaveLength(MOST_SUBSCRIPTIONS - 1);
  });

  it("takes back a day that a clock a day ahead took for past, and passes over one that was posted by it", async () => {
    const store = await fresh(3 * HOUR);
    const row = (await store.start(wanted(), MORNING))!;
    // Half an hour before the post is due the clock jumps by a day, and the day is skipped as late.
    const early = row.next_at - HOUR / 2;
    const [skipped] = await store.claim(early + DAY, 10);
    expect(skipped).toMatchObject({ date: row.next_date });
    await store.finish(skipped!, 0, { state: "skipped", reason: "late" }, early + DAY);
    expect(await store.reanchor(early)).toBeGreaterThan(0);
    expect((await store.list(GUILD))[0]).toMatchObject({ next_at: row.next_at, next_date: row.next_date });
    // A post that the wrong clock did send is not sent again on its own day.
    const [today] = await store.claim(row.next_at, 10);
    await store.finish(
      today!,
      (await store.sending(today!, row.next_at, "{}"))!,
      { state: "posted", message: "m", reason: "posted" },
      row.next_at,
    );
    const [tomorrow] = await store.claim(row.next_at + DAY, 10);
    await store.finish(
      tomorrow!,
      (await store.sending(tomorrow!, row.next_at, "{}"))!,
      { state: "posted", message: "n", reason: "posted" },
      row.next_at + DAY,
    );
    await store.reanchor(row.next_at + HOUR);
    expect((await store.list(GUILD))[0]).toMatchObject({ next_at: row.next_at + 2 * DAY });
    // What is late by the right clock stays so.
    const [late] = await store.claim(row.next_at + 2 * DAY + 4 * HOUR, 10);
    await store.finish(late!, 0, { state: "skipped", reason: "late" }, row.next_at + 2 * DAY + 4 * HOUR);
    await store.reanchor(row.next_at + 2 * DAY + 4 * HOUR);
    expect((await store.list(GUILD))[0]).toMatchObject({ next_at: row.next_at + 3 * DAY });
  });

  it("gives no place to what is paused, and forgets it once nobody resumed it", async () => {
    const store = await fresh();
    const rows = [];
    for (let index = 0; index < MOST_SUBSCRIPTIONS; index++)
      rows.push(await store.start(wanted({ channel: `c${index}` }), MORNING));
    const [ref] = await store.claim(MORNING + DAY, 1);
    const paused = rows.find((row) => row!.id === ref!.subscription)!;
    const attempt = await store.sending(ref!, MORNING + DAY, "{}");
    await store.finish(ref!, attempt!, { state: "refused", reason: "gone" }, MORNING + DAY);
    await store.pause(paused.id, "gone");
    expect(await store.start(wanted({ channel: "another" }), MORNING)).toBeDefined();
    expect(await store.start(wanted({ channel: paused.channel }), MORNING)).toBeUndefined();
    await store.sweep(MORNING + 40 * DAY);
    expect(await store.list(GUILD)).toHaveLength(MOST_SUBSCRIPTIONS + 1);
    await store.sweep(MORNING + 42 * DAY);
    const left = await store.list(GUILD);
    expect(left).toHaveLength(MOST_SUBSCRIPTIONS);
    expect(left.some(({ channel }) => channel === paused.channel)).toBe(false);
  });

  it("marks deliveries so that no two are taken for each other", async () => {
    const store = await fresh();
    for (let index = 0; index < 40; index++) await store.start(wanted({ channel: `c${index}` }), MORNING);
    const marks: string[] = [];
    for (let day = 1; day <= 3; day++) {
      for (const ref of await store.claim(MORNING + day * DAY, 100)) marks.push((await store.get(ref))!.delivery.mark);
    }
    expect(new Set(marks).size).toBe(120);
    for (const mark of marks) expect(BigInt(mark) < 2n ** 63n).toBe(true);
  });

  it("can be opened by several processes at once, and twice", async () => {
    url = kind === "sqlite" ? `file:${join(emptyFolder(), "store.db")}` : await postgres.database();
    const stores = await Promise.all([open(), open(), open()]);
    await stores[0].start(wanted(), MORNING);
    expect(await stores[2].list(GUILD)).toHaveLength(1);
  });

  it("remembers events for all that share it", async () => {
    await fresh();
    const other = await openStorage(url, log);
    storages.push(other);
    const first = createSharedSeen(storages[0]!.db, createSeen());
    const second = createSharedSeen(other.db, createSeen());
    expect(await first.first("event")).toBe(true);
    expect(await second.first("event")).toBe(false);
    expect(await second.first("another")).toBe(true);
  });

  it("remembers which answer belongs to which question for two weeks, however many there are", async () => {
    await fresh();
    let now = MORNING;
    let away = true;
    const at = { ...GUILD, channel: "c" };
    const entry = (answers: string, message: string) => ({
      at,
      message,
      answers,
      subject: "t|x",
      page: 0,
      explainer: "x",
      digest: "d",
      content: "{}",
    });
    const said = createStoredSaid(
      () => (away ? undefined : storages.at(-1)!.db),
      () => now,
    );
    for (let index = 0; index < 1_200; index++) said.note(entry(`q${index}`, `a${index}`));
    expect(await said.answersTo(at, ["q0"])).toBeUndefined();
    away = false;
    expect(await said.answersTo(at, ["q7", "none"])).toEqual(new Map([["q7", "a7"]]));
    await said.flush();
    now += 1;
    said.note(entry("q7", "b7"));
    await said.flush();
    const other = createStoredSaid(() => storages.at(-1)!.db);
    expect(await other.answersTo(at, ["q7", "q1199", "none"])).toEqual(
      new Map([
        ["q7", "b7"],
        ["q1199", "a1199"],
      ]),
    );
    // The same numbers in another place are others.
    expect(await other.answersTo({ ...at, place: "another" }, ["q7"])).toEqual(new Map());
    now += 15 * DAY;
    said.note(entry("q2000", "a2000"));
    await said.flush();
    await createDailyStore(storages.at(-1)!.db).sweep(now);
    expect(await other.answersTo(at, ["q7", "q2000"])).toEqual(new Map([["q2000", "a2000"]]));
  });

  it("tells two workspaces apart that share a channel", async () => {
    const store = await fresh();
    const shared = { platform: "slack", channel: "C1" };
    await store.start(wanted({ ...shared, place: "T1" }), MORNING);
    await store.start(wanted({ ...shared, place: "T2", time: "09:00" }), MORNING);
    expect(await store.list({ platform: "slack", place: "T1" })).toMatchObject([{ time: "08:00" }]);
    expect(await store.list({ platform: "slack", place: "T2" })).toMatchObject([{ time: "09:00" }]);
    expect(await store.stop({ ...shared, place: "T1" }, undefined)).toHaveLength(1);
    expect(await store.list({ platform: "slack", place: "T2" })).toHaveLength(1);
  });
});
