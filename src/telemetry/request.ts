// What is done for one event, from its arrival to what is sent: a number that stands in every log line of it, and a trace where
// somebody collects those. No readers' words, and nobody's ids.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";

interface Request {
  readonly id: string;
  readonly since: number;
}

const requests = new AsyncLocalStorage<Request>();

/** What of the request under way belongs into a log line; nothing where none is. */
export function requestFields(): { readonly request?: string } {
  const under = requests.getStore();
  return under === undefined ? {} : { request: under.id };
}

/** Seconds since the event of the request under way arrived; undefined where none is. */
export function requestAge(): number | undefined {
  const under = requests.getStore();
  return under && (performance.now() - under.since) / 1_000;
}

/** Does a part of the work for a request, as a span of its trace. Rejects as `work` does. */
export function step<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return trace.getTracer("standfirst").startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "fault" });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Does the work for one event. Within another it is a part of that. */
export function request<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  if (requests.getStore() !== undefined) return step(name, attributes, work);
  const id = randomBytes(6).toString("hex");
  return requests.run({ id, since: performance.now() }, () =>
    step(name, { ...attributes, "standfirst.request": id }, work),
  );
}
