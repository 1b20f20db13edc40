// What `doctor` asks Discord: the token, connections that are left, servers and their permissions, commands.
import {
  REST,
  Routes,
  type RESTGetAPIGatewayBotResult,
  type RESTGetAPICurrentUserGuildsResult,
  type APIUser,
} from "discord.js";
import { skewFinding, type Finding } from "../chat/finding.js";
import { errorFields, lostToken } from "./faults.js";
import { NEEDED } from "./permissions.js";
import type { DiscordSettings } from "./settings.js";

const REQUEST_MS = 10_000;
/** Connections that should be left today. */
const FEW_LEFT = 20;
/** Servers that are told by name. */
const TOLD = 10;

export async function examineDiscord({ token, apiUrl, guild, shards }: DiscordSettings): Promise<readonly Finding[]> {
  const rest = new REST({ api: apiUrl, retries: 0, timeout: REQUEST_MS }).setToken(token);
  const found: Finding[] = [await skewFinding("Discord", `${apiUrl}/v10/gateway`)];
  try {
    const me = (await rest.get(Routes.user())) as APIUser;
    found.push({ level: "good", what: `Discord takes DISCORD_TOKEN: ${me.username}` });
    const gateway = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    const { remaining, total } = gateway.session_start_limit;
    found.push(
      remaining > FEW_LEFT
        ? {
            level: "good",
            what: `${remaining} of ${total} connections are left today; none of the intents is privileged`,
          }
        : {
            level: "bad",
            what: `only ${remaining} of ${total} connections are left today`,
            mend: "stop what connects again and again, and wait a day",
          },
    );
    if (shards !== "auto" && shards.count < gateway.shards)
      found.push({
        level: "look",
        what: `Discord advises ${gateway.shards} shards, there are ${shards.count}`,
        mend: "raise DISCORD_SHARD_COUNT, or unset it",
      });
    const servers = (await rest.get(Routes.userGuilds())) as RESTGetAPICurrentUserGuildsResult;
    if (servers.length === 0)
      found.push({
        level: "look",
        what: "the bot is in no server",
        mend: "add it with the link that npm start prints, or at /install",
      });
    for (const { name, permissions } of servers) {
      const held = BigInt(permissions);
      const missing =
        (held & 8n) !== 0n ? [] : NEEDED.filter(({ bit }) => (held & bit) === 0n).map((each) => each.name);
      if (missing.length > 0 && found.length < TOLD)
        found.push({
          level: "look",
          what: `in the server “${name}” the bot lacks: ${missing.join(", ")}`,
          mend: "give its role these, in the server's settings",
        });
    }
    if (guild !== undefined && !servers.some(({ id }) => id === guild))
      found.push({
        level: "bad",
        what: "the bot is not in the server of DISCORD_GUILD_ID",
        mend: "add it there, or take the setting out",
      });
  } catch (error) {
    found.push(
      lostToken(error)
        ? {
            level: "bad",
            what: "Discord refuses DISCORD_TOKEN",
            mend: "copy it anew from the Bot page of your application",
          }
        : {
            level: "bad",
            what: `Discord did not answer as it should (${JSON.stringify(errorFields(error)).slice(0, 200)})`,
            mend: "see to the network, a proxy, or DISCORD_API_URL",
          },
    );
  }
  return found;
}
