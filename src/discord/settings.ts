// Discord's settings, read from the environment.
import type { SettingsReader } from "../chat/settings.js";

export interface DiscordSettings {
  readonly token: string;
  /** API root, without a version. */
  readonly apiUrl: string;
  /** Register commands in this server only. */
  readonly guild: string | undefined;
  /** Shards of this process, or as many as Discord advises. */
  readonly shards: "auto" | { readonly ids: readonly number[]; readonly count: number };
}

export const DISCORD_SETTINGS = [
  "DISCORD_TOKEN",
  "DISCORD_GUILD_ID",
  "DISCORD_API_URL",
  "DISCORD_SHARDS",
  "DISCORD_SHARD_COUNT",
] as const;

/** Discord's own API root (docs.discord.com/developers/reference, "Base URL"), without the version. */
const API = "https://discord.com/api";

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
): { shards: DiscordSettings["shards"] } | { problem: string } {
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

export function readDiscordSettings({ setting, addressProblem, secretProblem }: SettingsReader): {
  readonly settings: DiscordSettings | undefined;
  readonly problems: readonly string[];
} {
  const guild = setting("DISCORD_GUILD_ID");
  // Some copy it as it stands in a request's header.
  const token = setting("DISCORD_TOKEN")?.replace(/^Bot +/i, "");
  const sharding = readShards(setting("DISCORD_SHARDS"), setting("DISCORD_SHARD_COUNT"));
  const problems = [
    ...(guild !== undefined && !/^\d{15,20}$/.test(guild)
      ? [
          "DISCORD_GUILD_ID is not a server's id; in Discord turn on developer mode, right-click the server and copy its id",
        ]
      : []),
    ...[secretProblem("DISCORD_TOKEN", token), addressProblem("DISCORD_API_URL")].flatMap((problem) => problem ?? []),
    ...("problem" in sharding ? [sharding.problem] : []),
  ];
  if (problems.length > 0 || token === undefined || "problem" in sharding) return { settings: undefined, problems };
  const apiUrl = (setting("DISCORD_API_URL") ?? API).replace(/(?<!\/)\/+$/, "");
  return { settings: { token, apiUrl, guild, shards: sharding.shards }, problems };
}
