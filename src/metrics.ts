// What Prometheus may read at /metrics: counts and times, nobody's words and nobody's ids.
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { Outcome } from "./memory/outcomes.js";
import type { Db } from "./storage/open.js";

export interface MetricsOptions {
  readonly db: () => Db | undefined;
  /** Which faces are connected, by platform. */
  readonly connected: () => Readonly<Record<string, boolean>>;
  readonly explainers: () => number;
  readonly contentFaults: () => number;
  /** When the content was read last, in milliseconds since 1970. */
  readonly readAt: () => number;
}

export interface Metrics {
  asked(outcome: Pick<Outcome, "outcome" | "from">): void;
  /** The text of all of them, and its media type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

const PREFIX = "standfirst_";

export function createMetrics({ db, connected, explainers, contentFaults, readAt }: MetricsOptions): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const questions = new Counter({
    name: `${PREFIX}questions_total`,
    help: "Questions by what came of them and where they were asked",
    labelNames: ["outcome", "face"],
    registers,
  });
  const gauge = (
    name: string,
    help: string,
    collect: (own: Gauge) => void | Promise<void>,
    labelNames: string[] = [],
  ): Gauge =>
    new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      registers,
      async collect() {
        await collect(this);
      },
    });
  gauge(
    "face_connected",
    "Whether a face hears its platform",
    (own) => {
      for (const [face, is] of Object.entries(connected())) own.set({ face }, is ? 1 : 0);
    },
    ["face"],
  );
  gauge("explainers", "Explainers that are answered from", (own) => own.set(explainers()));
  gauge("content_faults", "Faults in the content", (own) => own.set(contentFaults()));
  gauge("content_age_seconds", "Seconds since the content was read", (own) => own.set((Date.now() - readAt()) / 1_000));
  /** Rows by state; none while the store is away. */
  const states = (name: string, help: string, table: "deliveries" | "errands"): Gauge =>
    gauge(
      name,
      help,
      async (own) => {
        const rows = await db()
          ?.selectFrom(table)
          .select((builder) => ["state", builder.fn.countAll<number>().as("count")])
          .groupBy("state")
          .execute()
          .catch(() => undefined);
        own.reset();
        for (const { state, count } of rows ?? []) own.set({ state }, count);
      },
      ["state"],
    );
  states("deliveries", "Daily posts by state", "deliveries");
  states("errands", "Corrections, messages and desk cards by state", "errands");

  return {
    asked: ({ outcome, from }) => questions.inc({ outcome, face: from?.platform ?? "page" }),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
