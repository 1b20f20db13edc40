// Carries errands out: as fast as a platform takes them and no faster, each once whatever happens in between. The state is written
// before a request leaves and after its answer came; after a crash the platform is asked first, but for edits, which may be repeated.
import type { Logger } from "pino";
import { createInFlight } from "../assistant/in-flight.js";
import { createPause } from "../assistant/pause.js";
import { createBackoff, waitAfter } from "../assistant/retry.js";
import type { CardPlace } from "../cards/card.js";
import type { Card } from "../cards/card.js";
import type { Posted, Poster } from "../daily/poster.js";
import { writeReason } from "../daily/reason.js";
import type { Address } from "../memory/address.js";
import type { Tables, ErrandRow } from "../storage/tables.js";
import type { Transaction } from "kysely";
import { isEdit, type ErrandEnd, type ErrandStore } from "./errands.js";

/** What is sent or put in a message's place. */
export interface Made {
  readonly card: Card;
  readonly place: CardPlace;
}

/** What one kind of errand shows, and what follows from its end. */
export interface ErrandWork {
  /** Where it goes, where that has to be asked first. Rejects where it cannot be now. */
  resolve?(errand: ErrandRow): Promise<Address | undefined>;
  /** Undefined where there is nothing to do any more. */
  make(errand: ErrandRow): Promise<Made | undefined>;
  /** Runs in the transaction that ends it. */
  ended?(errand: ErrandRow, end: ErrandEnd, trx: Transaction<Tables>): Promise<void>;
}

export interface RunnerOptions {
  readonly store: ErrandStore;
  readonly posters: () => readonly Poster[];
  readonly work: Readonly<Record<string, ErrandWork>>;
  readonly log: Logger;
  readonly now?: () => number;
  /** Milliseconds after which an attempt of which nothing is heard is taken up by another process. */
  readonly leaseMs?: number;
  /** Whether this is the only process: what was under way when it starts is then nobody's. */
  readonly alone: boolean;
}

export interface Runner {
  start(): void;
  /** Takes nothing new, and waits for what is under way. */
  stop(patience: number): Promise<void>;
}

/** Milliseconds between looks for what is due, where nothing was. */
const IDLE_MS = 250;
/** Milliseconds until a platform that has no room is asked again. */
const CROWDED_MS = 20;
/** Milliseconds of delay that are made up for by hurrying. */
const MADE_UP_MS = 60;
/** Rows taken at one look. */
const TAKEN = 50;
/** Edits and messages of one channel under way at once: platforms count by the channel. */
const PER_CHANNEL = 3;
const AT_ONCE = 60;
const LEASE_MS = 120_000;
/** Tries, after which it is given up. */
const MOST_TRIES = 9;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 900_000;
const RESCUE_EVERY = 25;
const RESCUED = 200;
/** Milliseconds until what could not even be begun is tried again. */
const WAIT_MS = 30_000;
const BEHIND_MS = 1_000;

const addressOf = ({ platform, place, channel, thread }: ErrandRow): Address => ({
  platform,
  place,
  channel,
  ...(thread === "" ? {} : { thread }),
});

export function createRunner(options: RunnerOptions): Runner {
  const { store, posters, work, log, now = Date.now, leaseMs = LEASE_MS, alone } = options;
  const inFlight = createInFlight();
  /** When the next may begin, by platform or place: evenly spaced, so that no second has more than its share. */
  const nextAt = new Map<string, number>();
  const pause = createPause();
  const underway = new Map<string, number>();
  /** Those under way here: until it is marked as sent a row looks as if it were due. */
  const held = new Set<string>();
  let running = 0;
  let looks = 0;
  let stopping = false;
  /** What a process left behind; undefined until it was looked for. */
  let takenUp = false;

  /** Milliseconds until one more may begin there. */
  function waitFor({ platform, hasRoom }: Poster, place: string | undefined): number {
    if (hasRoom?.() === false) return CROWDED_MS;
    return Math.max(0, (nextAt.get(`${platform} ${place ?? ""}`) ?? 0) - performance.now());
  }

  const whereTo = async (errand: ErrandRow): Promise<Address> =>
    (await work[errand.kind]?.resolve?.(errand)) ?? addressOf(errand);

  async function carryOut(errand: ErrandRow, poster: Poster): Promise<void> {
    const made = await work[errand.kind]?.make(errand);
    const at = await whereTo(errand);
    const attempt = await store.sending(errand.id, now());
    if (attempt === undefined) return;
    const end = (state: ErrandEnd["state"], result: string): Promise<unknown> =>
      finish(errand, attempt, { state, result });
    if (!made) {
      await end("gone", "nothing is left to do");
      return;
    }
    const outcome = await (
      isEdit(errand.kind)
        ? poster.edit(at, errand.message, made.card, made.place)
        : poster.post(at, made.card, errand.id, made.place)
    ).catch((error: unknown): Posted => {
      log.error({ ...poster.fields(error), errand: errand.kind }, "an errand failed");
      return { kind: "refused", reason: { code: "refused", detail: "a fault of ours" } };
    });
    switch (outcome.kind) {
      case "posted":
        await end("done", outcome.message);
        return;
      case "closed":
        await end(outcome.reason.code === "gone" ? "gone" : "refused", writeReason(outcome.reason));
        return;
      case "refused":
        return retry(errand, attempt, writeReason(outcome.reason), outcome.afterMs ?? 0);
      case "unknown":
        // An edit comes to the same, done twice; a message stays marked as sent until the platform is asked.
        if (isEdit(errand.kind)) return retry(errand, attempt, writeReason(outcome.reason), 0);
        await settle({ ...errand, attempts: attempt, sent_at: now() }, poster);
    }
  }

  async function finish(errand: ErrandRow, attempt: number, end: ErrandEnd): Promise<void> {
    await store.finish(errand.id, attempt, end, now(), async (trx) => work[errand.kind]?.ended?.(errand, end, trx));
    if (end.state === "refused") log.warn({ errand: errand.kind, reason: end.result }, "an errand was refused");
  }

  async function retry(errand: ErrandRow, attempt: number, reason: string, atLeast: number): Promise<void> {
    if (attempt >= MOST_TRIES) return finish(errand, attempt, { state: "refused", result: reason });
    const wait = waitAfter(attempt, { first: FIRST_WAIT_MS, ceiling: LONGEST_WAIT_MS, random: Math.random });
    await store.again(errand.id, attempt, reason, now() + Math.max(atLeast, wait), now());
  }

  /** It could not even be begun: it waits, and is given up after as many times as any other. */
  async function putOff(errand: ErrandRow, poster: Poster, error: unknown): Promise<void> {
    // A process that is behind leaves it to one that is not.
    const behind = (error as { code?: unknown }).code === "BEHIND";
    if (!behind) log.warn({ ...poster.fields(error), errand: errand.kind }, "an errand waits");
    if (behind || errand.attempts + 1 < MOST_TRIES)
      return store.later(errand.id, now() + (behind ? BEHIND_MS : WAIT_MS), !behind);
    const attempt = await store.sending(errand.id, now());
    if (attempt !== undefined) await finish(errand, attempt, { state: "refused", result: "it could not be begun" });
  }

  /** What became of a request of which nothing was heard. */
  async function settle(errand: ErrandRow, poster: Poster): Promise<void> {
    const { id, attempts, kind } = errand;
    if (isEdit(kind)) return store.again(id, attempts, "", now(), now());
    const found = await poster.settle(await whereTo(errand), id, errand.sent_at ?? errand.updated_at);
    if (found === undefined) await finish(errand, attempts, { state: "unknown", result: "" });
    else if (found === false) await store.again(id, attempts, "", now(), now());
    else await finish(errand, attempts, { state: "done", result: found });
  }

  function begin(errand: ErrandRow, poster: Poster, place: string | undefined): void {
    const head = `${poster.platform} ${place ?? ""}`;
    // What a look at the store or a late timer cost is made up for.
    const from = Math.max(performance.now() - MADE_UP_MS, nextAt.get(head) ?? 0);
    nextAt.set(head, from + 1_000 / poster.pace.perSecond);
    const key = `${errand.platform} ${errand.place} ${errand.channel}`;
    running += 1;
    held.add(errand.id);
    underway.set(key, (underway.get(key) ?? 0) + 1);
    void inFlight.track(
      carryOut(errand, poster)
        .catch((error: unknown) => putOff(errand, poster, error))
        .catch((error: unknown) => log.warn({ ...poster.fields(error), errand: errand.kind }, "the store is away"))
        .finally(() => {
          running -= 1;
          held.delete(errand.id);
          const left = (underway.get(key) ?? 1) - 1;
          if (left > 0) underway.set(key, left);
          else underway.delete(key);
        }),
    );
  }

  /** Begins what a platform takes now, or one place of it; how many. A whole platform's are spaced out here. */
  async function beginDue(poster: Poster, place: string | undefined): Promise<number> {
    const { platform, pace } = poster;
    if (running >= AT_ONCE || (pace.per === "place" && waitFor(poster, place) > 0)) return 0;
    const busy = [...underway].flatMap(([key, count]) => {
      const [of = "", , channel = ""] = key.split(" ");
      return of === platform && count >= PER_CHANNEL ? [channel] : [];
    });
    const wanting = { platform, ...(place === undefined ? {} : { place }), except: busy };
    const rows = await store.due({ ...wanting, limit: pace.per === "place" ? 2 : TAKEN }, now());
    let began = 0;
    for (const errand of rows) {
      if (held.has(errand.id)) continue;
      // Of a place one at a time: others have theirs meanwhile.
      if (pace.per === "place" && began > 0) break;
      for (let wait = waitFor(poster, place); wait > 0 && !stopping; wait = waitFor(poster, place))
        await pause.wait(wait);
      const key = `${errand.platform} ${errand.place} ${errand.channel}`;
      if (stopping || running >= AT_ONCE) break;
      if ((underway.get(key) ?? 0) >= PER_CHANNEL) continue;
      begin(errand, poster, place);
      began += 1;
    }
    return began;
  }

  async function takeUp(ready: readonly Poster[]): Promise<void> {
    for (const errand of await store.unheard(alone && !takenUp ? now() : now() - leaseMs, RESCUED)) {
      const poster = ready.find(({ platform }) => platform === errand.platform);
      // A platform that cannot be asked now is asked again.
      if (poster)
        await settle(errand, poster).catch((error: unknown) =>
          log.warn(poster.fields(error), "the platform cannot be asked what became of an errand"),
        );
    }
    takenUp = true;
  }

  async function look(): Promise<number> {
    const ready = posters();
    if (ready.length === 0) return 0;
    if (!takenUp || looks % RESCUE_EVERY === 0) await takeUp(ready);
    looks += 1;
    const counts = await Promise.all(
      ready.map(async (poster) => {
        const places = poster.pace.per === "place" ? await store.placesDue(poster.platform, now()) : [undefined];
        let began = 0;
        for (const place of places) began += await beginDue(poster, place);
        return began;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function run(): Promise<void> {
    const backoff = createBackoff();
    while (!stopping) {
      const began = await look().then(
        (count) => {
          backoff.reset();
          return count;
        },
        (error: unknown) => {
          log.warn({ err: error }, "errands wait: the store is away");
          return undefined;
        },
      );
      // What was begun may not be marked as sent yet: a moment later it is.
      if (began !== undefined) await pause.wait(began > 0 ? CROWDED_MS : IDLE_MS);
      else await pause.wait(backoff.next());
    }
  }

  return {
    start: () => void run(),
    async stop(patience) {
      stopping = true;
      pause.wake();
      await inFlight.settled(patience);
    },
  };
}
