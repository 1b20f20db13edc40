// What is done for one event, from its arrival to what is sent: a number that stands in every log line of it, and a trace where
// somebody collects those. No readers' words, and nobody's ids.
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";

const requests = new AsyncLocalStorage<string>();

/** What of the request under way belongs into a log line; nothing where none is. */
export function requestFields(): { readonly request?: string } {
  const request = requests.getStore();
  return request === undefined ? {} : { request };
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
  const under = requests.getStore();
  if (under !== undefined) return step(name, attributes, work);
  const id = randomBytes(6).toString("hex");
  return requests.run(id, () => step(name, { ...attributes, "standfirst.request": id }, work));
}
