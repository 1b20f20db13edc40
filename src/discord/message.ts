// Discord's messages as the conversation takes them.
import {
  ChannelType,
  MessageType,
  SnowflakeUtil,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageUpdateDispatchData,
} from "discord.js";
import type { Message } from "../chat/event.js";
import type { Address } from "../memory/address.js";

export const PLATFORM = "discord";

/** Somewhere on Discord. Threads are channels of their own; `parent` is the channel that one stands in. */
export const addressOf = (guild: string | undefined, channel: string, parent?: string | null): Address => ({
  platform: PLATFORM,
  place: guild ?? "",
  channel,
  ...(parent == null ? {} : { parent }),
});

export const THREADS = new Set<ChannelType | undefined>([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** The words of a message without mentions, and with custom emoji by name. */
export function wordsOf(content: string): string {
  return content
    .replace(/<@[!&]?\d+>|<#\d+>|<\/[^:<>]+:\d+>|<id:\w+>/g, " ")
    .replace(/<a?:(\w+):\d+>/g, ":$1:")
    .replace(/@(everyone|here)\b/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}

/** The words of a message as they were typed; a forwarded one has them in a snapshot. */
export function typedIn(message: Pick<APIMessage, "content" | "message_snapshots">): string {
  return message.content || (message.message_snapshots?.[0]?.message.content ?? "");
}

/** A message to the bot with id `self`, in a channel that stands in `parent`. `@everyone` and roles name nobody; Discord also reports previews and pins as updates. */
export function readMessage(
  message: GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData,
  self: string,
  parent?: string,
): Message {
  const { author, guild_id: guild, channel_type: type, edited_timestamp: edited } = message;
  const mentioned = new RegExp(`<@!?${self}>`).test(message.content);
  return {
    at: addressOf(guild, message.channel_id, parent),
    id: message.id,
    writtenAt: SnowflakeUtil.timestampFrom(message.id),
    author: author.id,
    automatic: author.id === self || author.bot === true || message.webhook_id !== undefined,
    spoken: message.type === MessageType.Default || message.type === MessageType.Reply,
    direct: guild === undefined && (type === undefined || type === ChannelType.DM),
    mentioned,
    replyTo: message.message_reference?.message_id,
    together: guild === undefined || THREADS.has(type),
    replied: !mentioned && message.mentions.some((user) => user.id === self),
    text: wordsOf(typedIn(message)),
    edited: edited ?? undefined,
  };
}
