// Carries errands out: as fast as a platform takes them and no faster, each once whatever happens in between. The state is written
// before a request leaves and after its answer came; after a crash the platform is asked first, but for edits, which may be repeated.
import type { Logger } from "pino";
import { createAllowance, type Allowance } from "../assistant/allowance.js";
import { createInFlight } from "../assistant/in-flight.js";
import { waitAfter } from "../assistant/retry.js";
import type { CardPlace } from "../cards/card.js";
import type { Card } from "../cards/card.js";
import type { Posted, Poster } from "../daily/poster.js";
import { writeReason } from "../daily/reason.js";
import { startTicker } from "../daily/ticker.js";
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

const TICK_MS = 200;
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

const addressOf = ({ platform, place, channel, thread }: ErrandRow): Address => ({
  platform,
  place,
  channel,
  ...(thread === "" ? {} : { thread }),
});

export function createRunner(options: RunnerOptions): Runner {
  const { store, posters, work, log, now = Date.now, leaseMs = LEASE_MS, alone } = options;
  const inFlight = createInFlight();
  const paces = new Map<string, Allowance>();
  const underway = new Map<string, number>();
  let running = 0;
  let ticks = 0;
  let stopping = false;
  let stopTicker: () => void = () => undefined;
  /** What a process left behind; undefined until it was looked for. */
  let takenUp = false;

  const allowanceOf = ({ platform, pace }: Poster): Allowance => {
    const before = paces.get(platform);
    const made = before ?? createAllowance({ burst: Math.max(1, pace.perSecond / 2), perSecond: pace.perSecond });
    if (!before) paces.set(platform, made);
    return made;
  };

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
      log.error({ err: error, errand: errand.kind }, "an errand failed");
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

  /** What became of a request of which nothing was heard. */
  async function settle(errand: ErrandRow, poster: Poster): Promise<void> {
    const { id, attempts, kind } = errand;
    if (isEdit(kind)) return store.again(id, attempts, "", now(), now());
    const found = await poster.settle(await whereTo(errand), id, errand.sent_at ?? errand.updated_at);
    if (found === undefined) await finish(errand, attempts, { state: "unknown", result: "" });
    else if (found === false) await store.again(id, attempts, "", now(), now());
    else await finish(errand, attempts, { state: "done", result: found });
  }

  function begin(errand: ErrandRow, poster: Poster): void {
    const key = `${errand.platform} ${errand.place} ${errand.channel}`;
    running += 1;
    underway.set(key, (underway.get(key) ?? 0) + 1);
    void inFlight.track(
      carryOut(errand, poster)
        .catch(async (error: unknown) => {
          log.warn({ err: error, errand: errand.kind }, "an errand waits");
          await store.later(errand.id, now() + WAIT_MS).catch(() => undefined);
        })
        .finally(() => {
          running -= 1;
          const left = (underway.get(key) ?? 1) - 1;
          if (left > 0) underway.set(key, left);
          else underway.delete(key);
        }),
    );
  }

  /** Begins what a platform takes now, or one place of it. */
  async function beginDue(poster: Poster, place: string | undefined): Promise<void> {
    const { platform } = poster;
    const head = `${platform} ${place ?? ""}`;
    const busy = [...underway].flatMap(([key, count]) => {
      const [of = "", , channel = ""] = key.split(" ");
      return of === platform && count >= PER_CHANNEL ? [channel] : [];
    });
    const free = Math.min(AT_ONCE - running, Math.ceil(poster.pace.perSecond));
    if (free <= 0) return;
    const rows = await store.due(
      { platform, ...(place === undefined ? {} : { place }), except: busy, limit: free },
      now(),
    );
    const began = new Map<string, number>();
    for (const errand of rows) {
      const key = `${errand.platform} ${errand.place} ${errand.channel}`;
      const count = (began.get(key) ?? 0) + (underway.get(key) ?? 0);
      if (stopping || count >= PER_CHANNEL) continue;
      if (allowanceOf(poster).take(head) > 0) return;
      begin(errand, poster);
      began.set(key, (began.get(key) ?? 0) + 1);
    }
  }

  async function tick(): Promise<void> {
    const ready = posters();
    if (ready.length === 0) return;
    if (!takenUp || ticks % RESCUE_EVERY === 0) {
      for (const errand of await store.unheard(alone && !takenUp ? now() : now() - leaseMs, RESCUED)) {
        const poster = ready.find(({ platform }) => platform === errand.platform);
        // A platform that cannot be asked now is asked again.
        if (poster)
          await settle(errand, poster).catch((error: unknown) =>
            log.warn({ err: error }, "the platform cannot be asked what became of an errand"),
          );
      }
      takenUp = true;
    }
    ticks += 1;
    for (const poster of ready) {
      if (stopping) return;
      const places = poster.pace.per === "place" ? await store.placesDue(poster.platform, now()) : [undefined];
      for (const place of places) await beginDue(poster, place);
    }
  }

  return {
    start() {
      stopTicker = startTicker(TICK_MS, tick, (error) => log.warn({ err: error }, "errands wait: the store is away"));
    },
    async stop(patience) {
      stopping = true;
      stopTicker();
      await inFlight.settled(patience);
    },
  };
}
