// For several processes on one PostgreSQL: every process looks for what is due, one claims it, and pg-boss hands it to one
// worker, gives it to another where that one dies, and holds what is to be tried again.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CompiledQuery, type Transaction } from "kysely";
import type { Pool } from "pg";
import PgBoss from "pg-boss";
import { createInFlight } from "../assistant/in-flight.js";
import { createBackoff, persist } from "../assistant/retry.js";
import { isPassing } from "../storage/open.js";
import type { Tables } from "../storage/tables.js";
import { createAway } from "./away.js";
import { AT_ONCE, CLAIMED, REANCHOR_EVERY, reanchor, type Engine, type EngineOptions } from "./engine.js";
import type { DeliveryRef } from "./store.js";
import { startTicker } from "./ticker.js";

const QUEUE = "daily";
const SCHEMA = "standfirst_jobs";
/** Seconds until what a worker holds is given to another: longer than any delivery takes. */
const LEASE_S = 120;
const TICK_MS = 2_000;
const IDLE_MS = 500;
/** A delivery that nobody touched for so long lost its job, and is put into the queue again. */
const FORGOTTEN_MS = 10 * 60_000;
const RESCUE_EVERY = 30;
const SWEEP_EVERY = 1_800;

/** The same job for the same delivery, however often it is put in. */
function jobId({ subscription, date }: DeliveryRef, salt = ""): string {
  const hex = createHash("sha256").update(`${subscription} ${date} ${salt}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function createSharedEngine({
  store,
  deliver,
  log,
  now = Date.now,
  pool,
  leaseS = LEASE_S,
}: EngineOptions & { readonly pool: Pool; readonly leaseS?: number }): Engine {
  const inFlight = createInFlight();
  const stopped = new AbortController();
  let faults = 0;
  const away = createAway(log);
  let ticks = 0;
  let stopTicker: () => void = () => undefined;
  let boss: PgBoss;

  const fault = (error: unknown): void => {
    faults += 1;
    away.fault(error);
  };
  const database: PgBoss.Db = {
    executeSql: (text, values) =>
      pool.query(text, values).catch((error: unknown) => {
        // pg-boss keeps its faults to itself.
        fault(error);
        throw error;
      }),
  };
  const nap = (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal: stopped.signal }).catch(() => undefined);

  /** Repeats while the database is away; rejects where it was told to stop meanwhile. */
  async function insist(work: () => Promise<unknown>): Promise<void> {
    await persist(work, {
      backoff: createBackoff({ first: 100 }),
      wait: (milliseconds) => sleep(milliseconds),
      stopped: () => false,
      judge(error) {
        if (!isPassing(error) || stopped.signal.aborted) throw error;
        return 0;
      },
    });
  }

  async function enlist(refs: readonly DeliveryRef[], trx: Transaction<Tables> | undefined, salt = ""): Promise<void> {
    const db: PgBoss.Db | undefined = trx && {
      executeSql: async (text, values) => ({
        rows: [...(await trx.executeQuery(CompiledQuery.raw(text, values))).rows] as object[],
      }),
    };
    const jobs = refs.map((ref) => ({ id: jobId(ref, salt), name: QUEUE, data: ref }));
    await boss.insert(jobs, db ? { db } : {});
  }

  async function tick(): Promise<void> {
    for (;;) {
      const refs = await store.claim(now(), CLAIMED, (claimed, trx) => enlist(claimed, trx));
      away.back();
      if (refs.length < CLAIMED || stopped.signal.aborted) break;
    }
    if (ticks % REANCHOR_EVERY === 0) await reanchor(store, now(), log);
    if (ticks % SWEEP_EVERY === 0) await store.sweep(now());
    ticks += 1;
    if (ticks % RESCUE_EVERY === 0) {
      const forgotten = await store.unfinished(now() - FORGOTTEN_MS, CLAIMED);
      if (forgotten.length > 0) await enlist(forgotten, undefined, String(Math.floor(now() / FORGOTTEN_MS)));
    }
  }

  async function work(ref: DeliveryRef): Promise<void> {
    const verdict = await deliver(ref);
    if (verdict.kind === "again")
      await insist(() => boss.send(QUEUE, ref, { startAfter: Math.max(1, Math.ceil(verdict.afterMs / 1000)) }));
  }

  /** Fetches one by one as places become free, so that a slow delivery holds up no other. */
  async function serve(): Promise<void> {
    let running = 0;
    const backoff = createBackoff();
    let free: () => void = () => undefined;
    while (!stopped.signal.aborted) {
      if (running >= AT_ONCE) {
        await new Promise<void>((resolve) => (free = resolve));
        continue;
      }
      const before = faults;
      const jobs = await boss.fetch<DeliveryRef>(QUEUE, { batchSize: AT_ONCE - running, priority: false });
      if (faults === before) backoff.reset();
      if (jobs.length === 0) {
        await nap(faults > before ? backoff.next() : running > 0 ? IDLE_MS / 5 : IDLE_MS);
        continue;
      }
      for (const job of jobs) {
        running += 1;
        void inFlight.track(
          work(job.data)
            .then(() => insist(() => boss.complete(QUEUE, job.id)))
            .catch(async (error: unknown) => {
              fault(error);
              // pg-boss gives it out again.
              await boss.fail(QUEUE, job.id, { message: "the store was away" }).catch(() => undefined);
            })
            .finally(() => {
              running -= 1;
              free();
            }),
        );
      }
    }
  }

  return {
    away: away.is,
    async start() {
      boss = new PgBoss({
        db: database,
        schema: SCHEMA,
        schedule: false,
        maintenanceIntervalSeconds: Math.max(1, Math.floor(leaseS / 8)),
      });
      boss.on("error", fault);
      // Two that set the queue up at once would be in each other's way.
      const client = await pool.connect();
      try {
        await client.query("select pg_advisory_lock(hashtext($1))", [SCHEMA]);
        await boss.start();
        const queue = {
          name: QUEUE,
          policy: "standard" as const,
          retryLimit: 1_000,
          retryDelay: 5,
          retryBackoff: false,
          expireInSeconds: leaseS,
          retentionMinutes: 2_880,
        };
        if (!(await boss.getQueue(QUEUE))) await boss.createQueue(QUEUE, queue);
      } finally {
        await client.query("select pg_advisory_unlock_all()").catch(() => undefined);
        client.release();
      }
      stopTicker = startTicker(TICK_MS, tick, fault);
      void inFlight.track(serve()).catch(fault);
    },
    async stop(patience) {
      stopped.abort();
      stopTicker();
      await inFlight.settled(patience);
      await boss.stop({ graceful: false, wait: true }).catch(() => undefined);
    },
  };
}
