// What Prometheus may read at /metrics: counts and times, nobody's words and nobody's ids.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LiveShelf } from "./assistant/live-shelf.js";
import type { Face, Meter } from "./chat/face.js";
import type { Fair } from "./chat/fair.js";
import type { Outcome } from "./memory/outcomes.js";
import type { Db } from "./storage/open.js";

export interface MetricsOptions {
  readonly db: () => Db | undefined;
  readonly faces: () => readonly Face[];
  readonly live: LiveShelf;
  /** When the content was read last, in milliseconds since 1970. */
  readonly readAt: () => number;
  /** Questions that wait for their place's turn, and that were left because too many did. */
  readonly queue: () => readonly ({ readonly face: string } & ReturnType<Fair["status"]>)[];
}

export interface Metrics {
  asked(outcome: Pick<Outcome, "outcome" | "from">): void;
  readonly meter: Meter;
  /** The text of all of them, and its media type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

const PREFIX = "standfirst_";
const ANSWER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const WAIT_SECONDS = [0.5, 1, 2, 5, 10, 30, 60, 300];

export function createMetrics(options: MetricsOptions): Metrics {
  const { db, faces, live, readAt, queue } = options;
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const questions = new Counter({
    name: `${PREFIX}questions_total`,
    help: "Questions by what came of them and where they were asked",
    labelNames: ["outcome", "face"],
    registers,
  });
  const answers = new Histogram({
    name: `${PREFIX}answer_seconds`,
    help: "From an event that was answered to its answer on the wire",
    labelNames: ["face"],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const waits = new Histogram({
    name: `${PREFIX}rate_limit_wait_seconds`,
    help: "How long platforms asked to wait",
    labelNames: ["face"],
    buckets: WAIT_SECONDS,
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
      for (const face of faces()) own.set({ face: face.platform }, face.status()["connected"] === true ? 1 : 0);
    },
    ["face"],
  );
  gauge(
    "installations",
    "Servers and workspaces that the bot is in",
    (own) => {
      for (const face of faces()) own.set({ face: face.platform }, face.installed());
    },
    ["face"],
  );
  gauge(
    "queue",
    "Questions at work, waiting for their place's turn, and left since the start because too many waited",
    (own) => {
      for (const { face, ...states } of queue())
        for (const [state, count] of Object.entries(states)) own.set({ face, state }, count);
    },
    ["face", "state"],
  );
  gauge("explainers", "Explainers that are answered from", (own) => own.set(live.shelf.ids.length));
  gauge("content_faults", "Faults in the content", (own) => own.set(live.problems().length));
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
    meter: {
      answered: (face, seconds) => answers.observe({ face }, seconds),
      waited: (face, seconds) => waits.observe({ face }, Number.isFinite(seconds) ? seconds : 0),
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
