// What Bolt says, in our log.
import { LogLevel, type Logger as BoltLogger } from "@slack/bolt";
import type { Logger } from "pino";

/** Bolt's logger on ours. What Bolt calls information is detail here; its debug lines hold readers' words. */
export function boltLogger(log: Logger): BoltLogger {
  const say =
    (level: "trace" | "debug" | "warn") =>
    (...parts: unknown[]): void =>
      log[level](
        {
          bolt: parts
            .map((part) => (part instanceof Error ? part.message : typeof part === "string" ? part : "…"))
            .join(" "),
        },
        "bolt",
      );
  return {
    debug: say("trace"),
    info: say("debug"),
    // Every fault comes to us as an exception too; Bolt's own lines about it may hold payloads.
    warn: say("debug"),
    error: say("debug"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
