// The only reader of the environment. Pure: settings in, a configuration or every problem at once out.
import { z } from "zod";

export interface Config {
  readonly dataDir: string;
  readonly intentsDir: string;
  /** Folder for what can be made again: vectors and models. */
  readonly cacheDir: string;
  readonly encoder: boolean;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Whether a terminal may be shown colours: `NO_COLOR` is not set (no-color.org). */
  readonly color: boolean;
  /** Settings of the Discord face; undefined where there is no token. */
  readonly discord:
    | {
        readonly token: string;
        readonly apiUrl: string;
        readonly guild: string | undefined;
        readonly shards: "auto" | { readonly ids: readonly number[]; readonly count: number };
      }
    | undefined;
  /** Settings of the Slack face; undefined where there is no token. */
  readonly slack:
    | {
        readonly botToken: string;
        readonly apiUrl: string;
        readonly mode:
          | { readonly kind: "socket"; readonly appToken: string }
          | { readonly kind: "http"; readonly signingSecret: string };
      }
    | undefined;
  /** `postgres://…`, or `file:…` for SQLite. */
  readonly databaseUrl: string;
  /** Milliseconds after the due time in which a daily post is still posted. */
  readonly dailyWindowMs: number;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
}

export type ReadConfig =
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config: undefined; readonly problems: readonly string[] };

const setting = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value.trim() === "" ? fallback : value.trim()));

const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === "" ? undefined : value.trim()));

const address = optional.refine(
  (value) => value === undefined || (/^https?:\/\//.test(value) && URL.canParse(value)),
  "is not a web address; it starts with https:// or http://",
);

/** Discord's own API root (docs.discord.com/developers/reference, "Base URL"), without the version. */
const DISCORD_API = "https://discord.com/api";

/** Shard numbers: "3", "0,2" or "0-3". Undefined where it is none of these. */
function shardIds(text: string): number[] | undefined {
  const ids = text.split(",").flatMap((part) => {
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim()) ?? [];
    if (from === undefined || to === undefined || Number(to) < Number(from)) return [NaN];
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
  });
  return ids.some(Number.isNaN) ? undefined : [...new Set(ids)].sort((a, b) => a - b);
}

function readShards(
  shards: string | undefined,
  count: string | undefined,
): { shards: "auto" | { ids: number[]; count: number } } | { problem: string } {
  if (count !== undefined && !/^[1-9]\d{0,4}$/.test(count))
    return { problem: "DISCORD_SHARD_COUNT is not a count; write a number of 1 or more" };
  if (shards === undefined || shards === "auto") {
    if (count === undefined) return { shards: "auto" };
    return { shards: { ids: Array.from({ length: Number(count) }, (_, index) => index), count: Number(count) } };
  }
  const ids = shardIds(shards);
  if (!ids) return { problem: 'DISCORD_SHARDS is not a list of shards; write "auto", "0", "0,2" or "0-3"' };
  if (count === undefined) return { problem: "DISCORD_SHARDS needs DISCORD_SHARD_COUNT: of how many shards these are" };
  const last = ids.at(-1) ?? 0;
  if (last >= Number(count))
    return { problem: `DISCORD_SHARDS names shard ${last}, but of ${count} the last is ${Number(count) - 1}` };
  return { shards: { ids, count: Number(count) } };
}

/** Slack's own Web API root (docs.slack.dev/apis/web-api). */
const SLACK_API = "https://slack.com/api/";

function readSlack(
  bot: string | undefined,
  app: string | undefined,
  secret: string | undefined,
  url: string | undefined,
): { slack: Config["slack"] } | { problem: string } {
  if (bot === undefined) {
    const lone = app !== undefined ? "SLACK_APP_TOKEN" : secret !== undefined ? "SLACK_SIGNING_SECRET" : undefined;
    return lone === undefined
      ? { slack: undefined }
      : { problem: `${lone} needs SLACK_BOT_TOKEN beside it: the bot token from OAuth & Permissions, xoxb-…` };
  }
  if (app?.startsWith("xoxb-") === true || bot.startsWith("xapp-"))
    return {
      problem: "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are the wrong way round: xoxb-… is the bot's, xapp-… the app's",
    };
  const apiUrl = url ?? SLACK_API;
  // Socket Mode first: with both, the app is being tried out.
  if (app !== undefined) return { slack: { botToken: bot, apiUrl, mode: { kind: "socket", appToken: app } } };
  if (secret !== undefined) return { slack: { botToken: bot, apiUrl, mode: { kind: "http", signingSecret: secret } } };
  return {
    problem:
      "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN beside it (Socket Mode, xapp-…), or SLACK_SIGNING_SECRET (HTTP, on PORT at /slack/events)",
  };
}

const environmentSchema = z.object({
  DISCORD_TOKEN: optional,
  DISCORD_GUILD_ID: optional.refine(
    (value) => value === undefined || /^\d{15,20}$/.test(value),
    "is not a server's id; in Discord turn on developer mode, right-click the server and copy its id",
  ),
  DISCORD_API_URL: address,
  DISCORD_SHARDS: optional,
  DISCORD_SHARD_COUNT: optional,
  SLACK_BOT_TOKEN: optional,
  SLACK_APP_TOKEN: optional,
  SLACK_SIGNING_SECRET: optional,
  SLACK_API_URL: address,
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
  ENCODER: setting("on").pipe(z.enum(["on", "off"], { error: 'is neither "on" nor "off"' })),
  HOST: setting("127.0.0.1"),
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

/** The names of all settings, for the check of `.env.example`. */
export const SETTING_NAMES: readonly string[] = Object.keys(environmentSchema.shape);

/** Reads settings from `env`; an empty value counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReadConfig {
  const read = environmentSchema.safeParse(env);
  if (!read.success) {
    return {
      config: undefined,
      problems: read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`),
    };
  }
  const { DATA_DIR, INTENTS_DIR, CACHE_DIR, ENCODER, HOST, PORT, NO_COLOR, LOG_LEVEL, ...rest } = read.data;
  const sharding = readShards(rest.DISCORD_SHARDS, rest.DISCORD_SHARD_COUNT);
  const slack = readSlack(rest.SLACK_BOT_TOKEN, rest.SLACK_APP_TOKEN, rest.SLACK_SIGNING_SECRET, rest.SLACK_API_URL);
  if ("problem" in sharding || "problem" in slack) {
    return {
      config: undefined,
      problems: [sharding, slack].flatMap((each) => ("problem" in each ? [each.problem] : [])),
    };
  }
  return {
    config: {
      dataDir: DATA_DIR,
      intentsDir: INTENTS_DIR,
      cacheDir: CACHE_DIR,
      encoder: ENCODER === "on",
      host: HOST,
      port: PORT,
      color: NO_COLOR === undefined || NO_COLOR === "",
      discord:
        rest.DISCORD_TOKEN === undefined
          ? undefined
          : {
              token: rest.DISCORD_TOKEN,
              apiUrl: (rest.DISCORD_API_URL ?? DISCORD_API).replace(/\/+$/, ""),
              guild: rest.DISCORD_GUILD_ID,
              shards: sharding.shards,
            },
      slack: slack.slack,
      databaseUrl: rest.DATABASE_URL,
      dailyWindowMs: rest.DAILY_WINDOW_MINUTES * 60_000,
      logLevel: LOG_LEVEL,
    },
    problems: [],
  };
}
