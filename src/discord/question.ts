// From a message to the question in it, or the reason to stay silent.
import {
  ChannelType,
  MessageType,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageUpdateDispatchData,
} from "discord.js";

type Received = GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData;

export type Heard =
  | { readonly kind: "silent" }
  /** `outright`: it was mentioned or written to, not only replied to. */
  | { readonly kind: "question"; readonly text: string; readonly outright: boolean };

const SILENT: Heard = { kind: "silent" };

/** The words of a message without mentions, and with custom emoji by name. */
function words(content: string): string {
  return content
    .replace(/<@[!&]?\d+>|<#\d+>|<\/[^:>]+:\d+>|<id:\w+>/g, " ")
    .replace(/<a?:(\w+):\d+>/g, ":$1:")
    .replace(/@(everyone|here)\b/g, " ")
    .replace(/[ \t]+/g, " ")
    .trim();
}

/**
 * What a message asks of the bot with id `self`. Silent: its own, other bots', webhooks', system messages, and all that does
 * not mention it, reply to it with a ping, or stand in a direct message. `@everyone` and roles mention nobody.
 */
export function hear(message: Received, self: string): Heard {
  if (message.author.id === self || message.author.bot === true || message.webhook_id !== undefined) return SILENT;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return SILENT;
  const direct =
    message.guild_id === undefined && (message.channel_type === undefined || message.channel_type === ChannelType.DM);
  const mentioned = new RegExp(`<@!?${self}>`).test(message.content);
  const replied = !mentioned && message.mentions.some((user) => user.id === self);
  if (!direct && !mentioned && !replied) return SILENT;
  return { kind: "question", text: words(message.content), outright: direct || mentioned };
}

const QUESTION =
  /\?|^(?:and|but|so|ok|then)?\W*(?:how|what|why|who|whose|when|where|which|is|are|was|were|do|does|did|will|would|can|could|should|has|have|had|tell|explain|show)\b/i;

/** Whether a text asks something by its form: readers who reply to the bot also talk to each other there. */
export function looksLikeQuestion(text: string): boolean {
  return QUESTION.test(text);
}

/** The words of a message that somebody picked from its menu. */
export function pickedWords(content: string): string {
  return words(content);
}
