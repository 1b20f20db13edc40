// How the client's own packages wait before they try again. By themselves they repeat at once a request that a proxy refuses
// without saying for how long, and connect every half second to a gateway that closes every connection.
import { setTimeout as sleep } from "node:timers/promises";
import {
  DefaultRestOptions,
  SimpleShardingStrategy,
  WebSocketShardDestroyRecovery,
  WebSocketShardEvents,
  WebSocketShardStatus,
  type IShardingStrategy,
  type REST,
  type RESTOptions,
} from "discord.js";
import type { Logger } from "pino";
import { createBackoff, type Backoff } from "../assistant/retry.js";

const REQUEST_MS = 15_000;
const TOO_MANY = 429;
/** Requests whose refusals are counted. */
const COUNTED = 1_000;

/** A request that was aborted at our own limit: time spent waiting for its turn does not count. */
async function timed(url: string, init: Parameters<RESTOptions["makeRequest"]>[1]) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_MS);
  return DefaultRestOptions.makeRequest(url, { ...init, signal: controller.signal }).finally(() => clearTimeout(timer));
}

/**
 * Makes requests with a floor under every wait that a refusal asks for, growing while the same request is refused. A refusal that
 * is no answer of Discord's, such as a proxy's page, is for everybody: until one request is taken again, no other is made.
 */
export function patientRequests(): RESTOptions["makeRequest"] {
  const refused = new Map<string, Backoff>();
  const closed = createBackoff();
  let until: number | undefined;
  let probing = false;
  let wake: (() => void)[] = [];

  /** Resolves when a request may be made; whether it is the one that tries for all. */
  async function enter(): Promise<boolean> {
    while (until !== undefined) {
      const left = until - performance.now();
      if (left <= 0 && !probing) return (probing = true);
      if (left > 0) await sleep(left);
      else await new Promise<void>((resolve) => wake.push(resolve));
    }
    return false;
  }

  function leave(probe: boolean): void {
    if (probe) probing = false;
    const woken = wake;
    wake = [];
    for (const each of woken) each();
  }

  return async (url, init) => {
    const probe = await enter();
    try {
      const response = await timed(url, init);
      const key = `${init.method ?? "GET"} ${new URL(url).pathname}`;
      if (response.status !== TOO_MANY) {
        refused.delete(key);
        if (probe || until === undefined) {
          until = undefined;
          closed.reset();
        }
        return response;
      }
      const asked = Math.max(0, Number(response.headers.get("retry-after")) || 0) * 1000;
      const itsOwn = asked > 0 && /json/.test(response.headers.get("content-type") ?? "");
      let wait = asked;
      if (itsOwn) {
        if (refused.size > COUNTED) refused.clear();
        const counted = refused.get(key) ?? createBackoff();
        refused.set(key, counted);
        wait = counted.next(asked);
      } else if (probe || until === undefined) {
        wait = closed.next(asked);
        until = performance.now() + wait;
      }
      response.headers.set("retry-after", String(Math.max(wait, 1) / 1000));
      return response;
    } catch (error) {
      if (probe) until = performance.now() + closed.next();
      throw error;
    } finally {
      leave(probe);
    }
  };
}

const CLOCK_MS = 250;
/** A clock that gained or lost more than this was set. */
const SET_MS = 500;

/**
 * The package counts its waits by the clock: where that is put back by an hour, it would make every request wait for the hour. Forgets
 * them then; what Discord asks for it asks for again.
 */
export function followClock(rest: REST): () => void {
  let before = Date.now() - performance.now();
  const timer = setInterval(() => {
    const now = Date.now() - performance.now();
    if (Math.abs(now - before) > SET_MS) {
      rest.globalReset = -1;
      for (const handler of rest.handlers.values()) Object.assign(handler, { reset: -1 });
    }
    before = now;
  }, CLOCK_MS).unref();
  return () => clearInterval(timer);
}

/** Milliseconds that a connection lasts to count as one. */
const LASTED_MS = 10_000;
/** Milliseconds for an answer to a resume; the packages wait for it for ever. */
const RESUME_MS = 30_000;
const LOOK_MS = 5_000;

interface Shard {
  readonly status: WebSocketShardStatus;
  destroy(options: { readonly reason: string; readonly recover: WebSocketShardDestroyRecovery }): Promise<void>;
}

export interface PatientShards {
  readonly build: (manager: ConstructorParameters<typeof SimpleShardingStrategy>[0]) => IShardingStrategy;
  stop(): void;
}

/** Connects shards with waits that grow until a connection has lasted, and begins anew where a resume is never answered. */
export function patientShards(log: Logger): PatientShards {
  const readyAt = new Map<number, number>();
  const backoffs = new Map<number, Backoff>();
  const resuming = new Map<number, number>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  /** Resolves when a shard may connect. */
  async function turn(shard: number): Promise<void> {
    const ready = readyAt.get(shard);
    const before = backoffs.get(shard);
    readyAt.delete(shard);
    const backoff = before ?? createBackoff();
    backoffs.set(shard, backoff);
    const lasted = ready !== undefined && performance.now() - ready >= LASTED_MS;
    if (lasted) backoff.reset();
    if (before === undefined || lasted) return;
    const againInMs = backoff.next();
    log.warn({ shard, againInMs }, "a connection to Discord did not last");
    await new Promise((resolve) => setTimeout(resolve, againInMs).unref());
    // What connects after a stop would stay.
    if (stopped) await new Promise(() => undefined);
  }

  return {
    build(manager) {
      class Strategy extends SimpleShardingStrategy {
        // The package keeps them to itself, and has no other way to begin anew with one.
        readonly #shards = Reflect.get(this, "shards") as ReadonlyMap<number, Shard>;

        look(): void {
          for (const [id, shard] of this.#shards) {
            if (shard.status !== WebSocketShardStatus.Resuming) {
              resuming.delete(id);
              continue;
            }
            const since = resuming.get(id) ?? performance.now();
            resuming.set(id, since);
            if (performance.now() - since < RESUME_MS) continue;
            resuming.delete(id);
            log.warn({ shard: id }, "Discord does not answer a resume; a new session is begun");
            void shard.destroy({
              reason: "a resume was not answered",
              recover: WebSocketShardDestroyRecovery.Reconnect,
            });
          }
        }
        idle(shard: number): boolean {
          return this.#shards.get(shard)?.status === WebSocketShardStatus.Idle;
        }
      }
      const strategy = new Strategy(manager);
      const retrieve = manager.options.retrieveSessionInfo.bind(manager.options);
      // Asked of every message as well; of a shard that is idle it is asked just before it connects.
      manager.options.retrieveSessionInfo = async (shard) => {
        if (strategy.idle(shard)) await turn(shard);
        return retrieve(shard);
      };
      for (const event of [WebSocketShardEvents.Ready, WebSocketShardEvents.Resumed] as const)
        manager.on(event, ({ shardId }: { shardId: number }) => void readyAt.set(shardId, performance.now()));
      clearInterval(timer);
      timer = setInterval(() => strategy.look(), LOOK_MS).unref();
      return strategy;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
