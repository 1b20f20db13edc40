// What the bot needs in a channel, the link that asks for no more, and what is missing where it already is.
import {
  OAuth2Scopes,
  PermissionFlagsBits,
  RouteBases,
  type Client,
  type Guild,
  type PermissionsBitField,
} from "discord.js";

/** Name, as Discord's settings call it, and what it is for. */
export const NEEDED = [
  { bit: PermissionFlagsBits.ViewChannel, name: "View Channels", why: "to see where it is asked" },
  { bit: PermissionFlagsBits.SendMessages, name: "Send Messages", why: "to answer" },
  { bit: PermissionFlagsBits.SendMessagesInThreads, name: "Send Messages in Threads", why: "to answer in threads" },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: "Read Message History",
    why: "to reply to the question it answers",
  },
  { bit: PermissionFlagsBits.AttachFiles, name: "Attach Files", why: "to show charts" },
] as const;

const ALL = NEEDED.reduce((sum, { bit }) => sum | bit, 0n);

/** The link by which a moderator adds the bot, at Discord's own site whatever API it talks to. */
export function inviteLink(client: Client<true>): string {
  const query = new URLSearchParams({
    client_id: client.application.id,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(" "),
    permissions: String(ALL),
  });
  return `${new URL(RouteBases.api).origin}/oauth2/authorize?${query.toString()}`;
}

const namesOf = (held: Readonly<PermissionsBitField> | undefined, thread: boolean): string[] => {
  if (!held) return [];
  return NEEDED.filter(({ bit }) => {
    if (thread ? bit === PermissionFlagsBits.SendMessages : bit === PermissionFlagsBits.SendMessagesInThreads)
      return false;
    return !held.has(bit);
  }).map(({ name }) => name);
};

/** Permissions that it lacks in a whole server. */
export function missingInGuild(guild: Guild): string[] {
  const held = guild.members.me?.permissions;
  return held ? NEEDED.filter(({ bit }) => !held.has(bit)).map(({ name }) => name) : [];
}

/** What a channel is called; undefined of one that is not in view. */
export function channelName(client: Client<true>, id: string): string | undefined {
  const channel = client.channels.cache.get(id);
  return !channel || channel.isDMBased() ? undefined : `#${channel.name}`;
}

/** A channel by name, and the permissions that it lacks there; nothing is known of channels that are not in view. */
export function missingInChannel(client: Client<true>, id: string): { name: string | undefined; missing: string[] } {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased()) return { name: undefined, missing: [] };
  const held = channel.permissionsFor(client.user) ?? undefined;
  return { name: `#${channel.name}`, missing: namesOf(held, channel.isThread()) };
}
