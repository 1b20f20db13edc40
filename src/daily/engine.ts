// The clock and the queue behind the daily posts: one small port, with one process or several behind it.
import type { Logger } from "pino";
import { createBackoff } from "../assistant/retry.js";
import { createInFlight } from "../assistant/in-flight.js";
import { createAway } from "./away.js";
import type { Verdict } from "./deliver.js";
import type { DailyStore, DeliveryRef } from "./store.js";
import { startTicker } from "./ticker.js";

export interface Engine {
  start(): Promise<void>;
  /** Whether the store failed it when it was asked last. */
  away(): boolean;
  /** Claims nothing more, and finishes or releases what it holds within `patience` milliseconds. */
  stop(patience: number): Promise<void>;
}

export interface EngineOptions {
  readonly store: DailyStore;
  readonly deliver: (ref: DeliveryRef) => Promise<Verdict>;
  readonly log: Logger;
  readonly now?: () => number;
}

/** Deliveries at once; platforms take about fifty a second. */
export const AT_ONCE = 20;
/** Claimed in one transaction. */
export const CLAIMED = 200;
const TICK_MS = 1_000;
export const REANCHOR_EVERY = 20;
const SWEEP_EVERY = 3_600;
/** Deliveries taken up again at once that a process left behind. */
const LEFT_OVER = 1_000;
const RESCUE_EVERY = 60;
const FORGOTTEN_MS = 60_000;

/** Mends what was worked out while the clock was wrong, and says so. */
export async function reanchor(store: DailyStore, now: number, log: Logger): Promise<void> {
  const subscriptions = await store.reanchor(now);
  if (subscriptions > 0) log.warn({ subscriptions }, "the clock was wrong; when posts come next was worked out anew");
}

/** For one process: a timer, and a queue in memory, whose contents stand in the store as well. */
export function createSingleEngine({ store, deliver, log, now = Date.now }: EngineOptions): Engine {
  const inFlight = createInFlight();
  const waiting: DeliveryRef[] = [];
  const timers = new Set<NodeJS.Timeout>();
  /** Waiting, under way, or to be tried again. */
  const held = new Set<string>();
  const keyOf = ({ subscription, date }: DeliveryRef): string => `${subscription} ${date}`;
  const backoff = createBackoff();
  let running = 0;
  let stopping = false;
  const away = createAway(log);
  let ticks = 0;
  let stopTicker: () => void = () => undefined;

  function again(ref: DeliveryRef, afterMs: number): void {
    if (stopping) return;
    const each = setTimeout(() => {
      timers.delete(each);
      waiting.push(ref);
      pump();
    }, afterMs);
    timers.add(each);
  }

  function pump(): void {
    // A store that is away is looked for by one: the ticker.
    while (!stopping && !away.is() && running < AT_ONCE) {
      const ref = waiting.shift();
      if (!ref) return;
      running += 1;
      void inFlight.track(
        deliver(ref)
          .then(
            (verdict) => {
              backoff.reset();
              if (verdict.kind === "again") again(ref, verdict.afterMs);
              else held.delete(keyOf(ref));
            },
            (error: unknown) => {
              away.fault(error);
              again(ref, backoff.next());
            },
          )
          .finally(() => {
            running -= 1;
            pump();
          }),
      );
    }
  }

  /** Takes deliveries up that are not held already. */
  function take(refs: readonly DeliveryRef[]): void {
    for (const ref of refs) {
      if (held.has(keyOf(ref))) continue;
      held.add(keyOf(ref));
      waiting.push(ref);
    }
    pump();
  }

  async function tick(): Promise<void> {
    // What is claimed is worked off before more is: the store holds the rest better than memory does.
    const refs = waiting.length >= CLAIMED && !away.is() ? [] : await store.claim(now(), CLAIMED);
    away.back();
    take(refs);
    if (ticks % REANCHOR_EVERY === 0) await reanchor(store, now(), log);
    if (ticks % SWEEP_EVERY === 0) await store.sweep(now());
    ticks += 1;
    if (ticks % RESCUE_EVERY === 0) take(await store.unfinished(now() - FORGOTTEN_MS, LEFT_OVER));
  }

  return {
    away: away.is,
    async start() {
      const left = await store.unfinished(now(), LEFT_OVER);
      if (left.length > 0) log.info({ deliveries: left.length }, "going on with daily posts that were begun");
      take(left);
      stopTicker = startTicker(TICK_MS, tick, away.fault);
    },
    async stop(patience) {
      stopping = true;
      stopTicker();
      for (const each of timers) clearTimeout(each);
      await inFlight.settled(patience);
    },
  };
}
