// Logging, set up once: JSON on standard error, or easy to read on a terminal. Secrets are struck out wherever they stand;
// readers' words are logged at debug only.
import { pino, type Logger } from "pino";
import pretty from "pino-pretty";
import type { Config } from "./config.js";
import { requestFields } from "./telemetry/request.js";

const SECRETS = ["token", "secret", "signingSecret", "authorization", "password", "DATABASE_URL"];

/** A logger at the configured level, writing to standard error. */
export function createLog(level: Config["logLevel"], terminal = process.stderr.isTTY): Logger {
  const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[struck out]" };
  const stream = terminal
    ? pretty({ destination: 2, colorize: true, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss", sync: true })
    : pino.destination({ dest: 2, sync: true });
  return pino({ level, redact, mixin: requestFields }, stream);
}
