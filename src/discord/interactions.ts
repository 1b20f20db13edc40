// Slash commands, autocomplete, the message command and buttons, as the conversation takes them.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
} from "discord.js";
import { decodeSubject } from "../cards/subject.js";
import type { Conversation } from "../chat/conversation.js";
import type { Rights } from "../chat/event.js";
import type { Press } from "../chat/press.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";
import type { DiscordApi } from "./api.js";
import { AUTOCOMPLETE_CHOICES, AUTOCOMPLETE_LABEL } from "./limits.js";
import { addressOf, THREADS, typedIn, wordsOf } from "./message.js";
import { PRESSES } from "./press.js";
import { leftIn } from "./render-card.js";
import { createTurn } from "./turn.js";

interface Given {
  readonly name: string;
  readonly type?: number;
  readonly value?: unknown;
  readonly focused?: boolean;
  readonly options?: readonly Given[];
}

const readerOf = (interaction: APIInteraction): string => (interaction.member?.user ?? interaction.user)?.id ?? "";
/** What a reader is called there. */
function nameOf({ member, user }: APIInteraction): string | undefined {
  const of = member?.user ?? user;
  return member?.nick ?? of?.global_name ?? of?.username;
}

function optionsOf(options: readonly Given[]): Record<string, string> {
  return Object.fromEntries(
    options.flatMap(({ name, value }) =>
      typeof value === "string" || typeof value === "boolean" ? [[name, String(value)]] : [],
    ),
  );
}

/** Members who may manage the server set things up in it, and see all that is. */
function rightsOf({ member, guild_id: guild }: APIInteraction): Rights {
  const held = BigInt(member?.permissions ?? "0");
  const manages =
    guild !== undefined && (held & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
  return { set: manages, change: () => Promise.resolve(manages), all: true };
}

/** Where it came from; a thread with the channel that it stands in. */
function whereOf({ guild_id: guild, channel }: APIInteraction): Address {
  const parent = channel && "parent_id" in channel && THREADS.has(channel.type) ? channel.parent_id : undefined;
  return addressOf(guild, channel?.id ?? "", parent);
}

export function createInteractions(conversation: Conversation, api: DiscordApi) {
  function common(interaction: Exclude<APIInteraction, { type: InteractionType.Ping }>) {
    const channel = interaction.channel?.id ?? "";
    const link = (message: string): string =>
      `https://discord.com/channels/${interaction.guild_id ?? "@me"}/${channel}/${message}`;
    return {
      id: interaction.id,
      at: whereOf(interaction),
      reader: readerOf(interaction),
      turn: createTurn(interaction, api, link),
      rights: rightsOf(interaction),
      name: nameOf(interaction),
      // In a direct message with the bot a reply is private as it is.
      alone: interaction.context !== InteractionContextType.BotDM,
    };
  }

  function command(interaction: APIApplicationCommandInteraction): Promise<void> {
    const { data } = interaction;
    if (data.type === ApplicationCommandType.Message) {
      const target = data.resolved.messages[data.target_id];
      const text = target ? wordsOf(typedIn(target)) : "";
      const teaches = data.name === wordingOf("en").desk.teachCommand();
      return conversation.picked({
        ...common(interaction),
        text,
        target: data.target_id,
        ...(teaches ? { for: "teach" as const } : {}),
      });
    }
    const given = ("options" in data ? (data.options ?? []) : []) as readonly Given[];
    const part = given.find(({ type }) => type === ApplicationCommandOptionType.Subcommand);
    return conversation.commanded({
      ...common(interaction),
      readerName: nameOf(interaction),
      name: data.name,
      part: part?.name,
      options: optionsOf(part?.options ?? given),
      restate: false,
    });
  }

  async function autocomplete(interaction: APIApplicationCommandAutocompleteInteraction): Promise<void> {
    const given = interaction.data.options as readonly Given[];
    const listed = given.flatMap((option) => option.options ?? [option]);
    const focused = listed.find((option) => option.focused === true);
    const typed = typeof focused?.value === "string" ? focused.value : "";
    const most = { choices: AUTOCOMPLETE_CHOICES, characters: AUTOCOMPLETE_LABEL };
    const { article } = optionsOf(listed);
    await api.suggest(interaction, [
      ...(await conversation.suggest(
        {
          at: whereOf(interaction),
          command: interaction.data.name,
          option: focused?.name ?? "question",
          typed,
          article,
        },
        most,
      )),
    ]);
  }

  /** What a press asks for: a menu names it by its value, and words that do not fit an id stand in the message. */
  function pressOf({ data, message }: APIMessageComponentInteraction): Press | undefined {
    const press = PRESSES.decode(data.custom_id);
    if (data.component_type === ComponentType.StringSelect) {
      const subject = decodeSubject(data.values[0] ?? "");
      return press && subject && { ...press, action: "show", subject, page: 0 };
    }
    if (press?.subject.kind !== "sections" || press.subject.left !== "shown") return press;
    return { ...press, subject: { ...press.subject, left: leftIn(message.components ?? []) } };
  }

  return (interaction: APIInteraction): Promise<void> => {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return command(interaction);
      case InteractionType.ApplicationCommandAutocomplete:
        return conversation.handle("a suggestion", () => autocomplete(interaction));
      case InteractionType.MessageComponent:
        return conversation.pressed({
          ...common(interaction),
          message: interaction.message.id,
          press: pressOf(interaction),
          own: ((interaction.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
          apart: false,
        });
      default:
        return Promise.resolve();
    }
  };
}
