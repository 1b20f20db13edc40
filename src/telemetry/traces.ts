// Sends traces to a collector by OTLP over HTTP, as OpenTelemetry's own settings say. Loaded where one is named.
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

export interface Traces {
  /** Sends what is left, within `patience` milliseconds. */
  stop(patience: number): Promise<void>;
}

/** `endpoint`: the collector's base address, to which `/v1/traces` is added (OpenTelemetry, "OTLP Exporter Configuration"). */
export function startTraces(endpoint: string): Traces {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces`, timeoutMillis: 5_000 });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ "service.name": "standfirst" })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    async stop(patience) {
      // A collector that is away must not hold up the way out.
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, patience).unref()),
      ]);
    },
  };
}
