// The only reader of the environment. Pure: settings in, a configuration or every problem at once out.
import { z } from "zod";
import type { Face, FaceDeps } from "./chat/face.js";
import type { Finding } from "./chat/finding.js";
import { FACES } from "./faces.js";
import type { EncoderSetting } from "./open-encoder.js";
import { readKey } from "./storage/seal.js";

export interface Config {
  readonly dataDir: string;
  readonly intentsDir: string;
  /** Folder for what can be made again: vectors and models. */
  readonly cacheDir: string;
  readonly encoder: EncoderSetting;
  readonly host: string;
  /** Names that the page answers to, in lower case without a port; undefined for all. */
  readonly pageHosts: ReadonlySet<string> | undefined;
  /** Hosts that a page may be imported from though they stand at private addresses. */
  readonly importHosts: ReadonlySet<string>;
  /** 0 takes a free port. */
  readonly port: number;
  /** Whether a terminal may be shown colours: `NO_COLOR` is not set (no-color.org). */
  readonly color: boolean;
  /** Faces whose settings are there, each with how to start it. */
  readonly faces: readonly StartableFace[];
  /** `postgres://…`, or `file:…` for SQLite. */
  readonly databaseUrl: string;
  /** Milliseconds after the due time in which a daily post is still posted. */
  readonly dailyWindowMs: number;
  readonly desk: DeskConfig;
  /** What seals what platforms give for an installation, newest first; undefined where nothing is to be sealed. */
  readonly installationKeys: readonly Buffer[] | undefined;
  /** Where browsers reach the bot's port; undefined where nobody said. */
  readonly publicUrl: string | undefined;
  /** The collector that traces go to; undefined where none is named. */
  readonly tracesUrl: string | undefined;
  /** Whether `/metrics` is served. */
  readonly metrics: boolean;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
}

/** The newsroom's desk. */
export interface DeskConfig {
  /** Opens the desk on the page; undefined where it is not there. */
  readonly token: string | undefined;
  /** The header by which a proxy in front names who is signed in; undefined where there is none. */
  readonly proxyHeader: string | undefined;
  /** Servers and workspaces that may have a desk, as `platform:id`. */
  readonly places: ReadonlySet<string>;
  readonly keep: boolean;
  readonly keepDays: number;
  readonly correctDays: number;
}

export interface StartableFace {
  readonly platform: string;
  /** What it is called. */
  readonly title: string;
  /** What is wrong with what it stands on. */
  readonly examine: () => Promise<readonly Finding[]>;
  readonly start: (deps: FaceDeps) => Promise<Face>;
}

export type ReadConfig =
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config: undefined; readonly problems: readonly string[] };

const setting = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value.trim() === "" ? fallback : value.trim()));

/** Names of hosts, in lower case. */
const names = setting("").transform((value) =>
  value
    .split(/[\s,]+/)
    .filter((name) => name !== "")
    .map((name) => name.toLowerCase()),
);

/** A whole number of days. */
const days = (fallback: string, least: number, most: number) =>
  setting(fallback)
    .refine(
      (value) => /^\d{1,3}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `is not a number of days from ${least} to ${most}`,
    )
    .transform(Number);

const environmentSchema = z.object({
  DESK_TOKEN: setting("").refine(
    (value) => value === "" || /^[\x21-\x7e]{16,}$/.test(value),
    "is too short or holds a space; take 16 letters, figures and signs or more, such as openssl rand -hex 24 gives",
  ),
  DESK_PROXY_HEADER: setting("").refine(
    (value) => value === "" || /^[a-z][a-z0-9-]{0,60}$/i.test(value),
    "is not the name of a header, such as X-Forwarded-User",
  ),
  DESK_PLACES: setting("").refine(
    (value) => value.split(/[\s,]+/).every((each) => each === "" || /^[a-z]+:[\w-]{1,64}$/.test(each)),
    "names places as discord:SERVER-ID or slack:WORKSPACE-ID, with commas between",
  ),
  KEEP_QUESTIONS: setting("off").pipe(z.enum(["on", "off"], { error: "is neither on nor off" })),
  KEEP_QUESTIONS_DAYS: days("30", 1, 365),
  CORRECT_DAYS: days("14", 0, 14),
  INSTALLATION_KEY: setting("")
    .transform((value) => value.split(/[\s,]+/).filter((each) => each !== ""))
    .refine(
      (keys) => keys.every((each) => readKey(each)),
      "holds a key that is not 32 bytes in base64 or hex; make one with openssl rand -base64 32",
    )
    .transform((keys) => keys.flatMap((each) => readKey(each) ?? [])),
  PUBLIC_URL: setting("").refine(
    (value) => value === "" || isWebAddress(value),
    "is not a web address; it starts with https:// and is what browsers reach PORT by",
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting("").refine(
    (value) => value === "" || isWebAddress(value),
    "is not a web address; a collector listens at one such as http://127.0.0.1:4318",
  ),
  METRICS: setting("off").pipe(z.enum(["on", "off"], { error: "is neither on nor off" })),
  DATABASE_URL: setting("file:var/standfirst.db").refine(
    (value) => /^(?:postgres(?:ql)?:\/\/.+|file:.+)$/.test(value),
    "is not a database; write postgres://user:password@host/name, or file:path for SQLite",
  ),
  DAILY_WINDOW_MINUTES: setting("180")
    .refine((value) => /^\d{1,4}$/.test(value) && Number(value) <= 1_380, "is not a number of minutes from 0 to 1380")
    .transform(Number),
  DATA_DIR: setting("data"),
  INTENTS_DIR: setting("intents"),
  CACHE_DIR: setting("var/cache"),
  ENCODER: setting("built-in").refine(
    (value) => ["built-in", "on", "off"].includes(value) || isWebAddress(value),
    'is none of "built-in", "off" and the address of an embeddings service (https://…/v1)',
  ),
  ENCODER_MODEL: setting(""),
  ENCODER_KEY: setting("").refine(
    (value) => /^[\x21-\x7e]*$/.test(value),
    "holds a space, a line break or a letter that no key has; copy it anew, in one line",
  ),
  HOST: setting("127.0.0.1"),
  IMPORT_HOSTS: names,
  PAGE_HOSTS: names,
  PORT: setting("3000")
    .refine(
      (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
      "is not a port; write a number from 0 to 65535",
    )
    .transform(Number),
  NO_COLOR: z.string().optional(),
  LOG_LEVEL: setting("info").pipe(
    z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "is not a log level; use fatal, error, warn, info, debug, trace or silent",
    }),
  ),
});

const isWebAddress = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** The names of all settings, for the check of `.env.example`. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(environmentSchema.shape),
  ...FACES.flatMap(({ settings }) => settings),
];

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** On this machine alone, other names are a foreign page's that leads its readers here (DNS rebinding). */
function pageHostsOf(host: string, named: readonly string[]): ReadonlySet<string> | undefined {
  const local = LOOPBACK.includes(host) || host === "::1";
  if (named.length === 0 && !local) return undefined;
  return new Set([...named, ...(local ? LOOPBACK : [host.toLowerCase()])]);
}

function encoderOf(set: { ENCODER: string; ENCODER_MODEL: string; ENCODER_KEY: string }): EncoderSetting {
  if (set.ENCODER === "off") return "off";
  if (!isWebAddress(set.ENCODER)) return "built-in";
  return { url: set.ENCODER, model: set.ENCODER_MODEL, ...(set.ENCODER_KEY === "" ? {} : { key: set.ENCODER_KEY }) };
}

/** Reads settings from `env`; an empty value counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const read = environmentSchema.safeParse(env);
  const faces = FACES.map((kind) => ({ kind, outcome: kind.read(env) }));
  const problems = [
    ...(read.error?.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`) ?? []),
    ...faces.flatMap(({ outcome }) => (outcome.kind === "wrong" ? outcome.problems : [])),
  ];
  if (read.success && isWebAddress(read.data.ENCODER) && read.data.ENCODER_MODEL === "")
    problems.push("ENCODER_MODEL is missing; name the model that the service in ENCODER serves");
  if (!read.success || problems.length > 0) return { config: undefined, problems };
  const { DATA_DIR, INTENTS_DIR, CACHE_DIR, HOST, PORT, NO_COLOR, LOG_LEVEL, ...rest } = read.data;
  return {
    config: {
      dataDir: DATA_DIR,
      intentsDir: INTENTS_DIR,
      cacheDir: CACHE_DIR,
      encoder: encoderOf(rest),
      host: HOST,
      pageHosts: pageHostsOf(HOST, [
        ...rest.PAGE_HOSTS,
        ...(rest.PUBLIC_URL === "" ? [] : [new URL(rest.PUBLIC_URL).hostname]),
      ]),
      importHosts: new Set(rest.IMPORT_HOSTS),
      port: PORT,
      color: NO_COLOR === undefined || NO_COLOR === "",
      faces: faces.flatMap(({ kind, outcome }) =>
        outcome.kind === "startable"
          ? [{ platform: kind.platform, title: kind.title, start: outcome.start, examine: outcome.examine }]
          : [],
      ),
      databaseUrl: rest.DATABASE_URL,
      dailyWindowMs: rest.DAILY_WINDOW_MINUTES * 60_000,
      desk: {
        token: rest.DESK_TOKEN === "" ? undefined : rest.DESK_TOKEN,
        proxyHeader: rest.DESK_PROXY_HEADER === "" ? undefined : rest.DESK_PROXY_HEADER.toLowerCase(),
        places: new Set(rest.DESK_PLACES.split(/[\s,]+/).filter((each) => each !== "")),
        keep: rest.KEEP_QUESTIONS === "on",
        keepDays: rest.KEEP_QUESTIONS_DAYS,
        correctDays: rest.CORRECT_DAYS,
      },
      installationKeys: rest.INSTALLATION_KEY.length === 0 ? undefined : rest.INSTALLATION_KEY,
      publicUrl: rest.PUBLIC_URL === "" ? undefined : rest.PUBLIC_URL,
      tracesUrl: rest.OTEL_EXPORTER_OTLP_ENDPOINT === "" ? undefined : rest.OTEL_EXPORTER_OTLP_ENDPOINT,
      metrics: rest.METRICS === "on",
      logLevel: LOG_LEVEL,
    },
    problems: [],
  };
}
