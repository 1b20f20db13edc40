// The commands that Discord lists, and their registration: only when what Discord holds is something else.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  Routes,
  type APIApplicationCommandBasicOption,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import { commandTable, type CommandSpec, type Option } from "../chat/commands.js";
import { wordingOf } from "../languages/languages.js";
import { AUTOCOMPLETE_LABEL, OPTION_LENGTH } from "./limits.js";

type Definition = RESTPutAPIApplicationCommandsJSONBody[number];

const ANYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};
const IN_SERVERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
const POSTABLE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;
/** Commands that need a store. */
const KEPT = new Set(["desk", "privacy", "settings", "explainer"]);
const SUGGESTED = new Set<Option["kind"]>(["question", "figure", "article", "zone"]);

function optionDefinition({ name, kind, required, about, choices }: Option): APIApplicationCommandBasicOption {
  const common = { name, description: about, required };
  if (kind === "channel")
    return { type: ApplicationCommandOptionType.Channel, ...common, channel_types: [...POSTABLE] };
  if (kind === "choice")
    return {
      type: ApplicationCommandOptionType.String,
      ...common,
      choices: (choices ?? []).map((each) => ({ name: each, value: each })),
    };
  if (kind === "flag") return { type: ApplicationCommandOptionType.Boolean, ...common };
  return {
    type: ApplicationCommandOptionType.String,
    ...common,
    autocomplete: SUGGESTED.has(kind),
    max_length: kind === "question" ? OPTION_LENGTH : AUTOCOMPLETE_LABEL,
  };
}

function definition({ name, about, options, parts, setsUp }: CommandSpec, guild: boolean): Definition {
  const places = guild ? {} : setsUp ? IN_SERVERS : ANYWHERE;
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: about,
    ...(setsUp ? { default_member_permissions: String(PermissionFlagsBits.ManageGuild) } : {}),
    options:
      parts.length > 0
        ? parts.map((part) => ({
            type: ApplicationCommandOptionType.Subcommand,
            name: part.name,
            description: part.about,
            options: part.options.map(optionDefinition),
          }))
        : options.map(optionDefinition),
    ...places,
  };
}

/**
 * Every command. `choice`: whether there are several explainers, so that readers may name one. `guild`: for one server, where
 * places cannot be named. `kept`: whether there is a store, for the desk and for settings.
 */
export function commandDefinitions(choice: boolean, guild = false, kept = false): Definition[] {
  return [
    ...commandTable(choice)
      .filter(({ name }) => kept || !KEPT.has(name))
      .map((spec) => definition(spec, guild)),
    { type: ApplicationCommandType.Message, name: wordingOf("en").pickCommand(), ...(guild ? {} : ANYWHERE) },
    ...(kept
      ? [
          {
            type: ApplicationCommandType.Message as const,
            name: wordingOf("en").desk.teachCommand(),
            default_member_permissions: String(PermissionFlagsBits.ManageGuild),
            ...(guild ? {} : IN_SERVERS),
          },
        ]
      : []),
  ];
}

/** What of a command counts when two are compared: what we set, in one order, without what Discord adds or leaves out. */
function essence(command: unknown, guild: boolean): string {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(
          ([, each]) =>
            each !== null && each !== undefined && each !== false && !(Array.isArray(each) && each.length === 0),
        )
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([key, each]) => [key, plain(each)]),
    );
  };
  const { type, name, description, options, integration_types, contexts, default_member_permissions } =
    command as Record<string, unknown>;
  const placed = !guild;
  const sorted = (list: unknown): unknown => (Array.isArray(list) ? [...(list as number[])].sort() : list);
  return JSON.stringify(
    plain({
      type: type ?? ApplicationCommandType.ChatInput,
      name,
      description: description === "" ? undefined : description,
      options,
      default_member_permissions,
      integration_types: placed ? sorted(integration_types) : undefined,
      contexts: placed ? sorted(contexts) : undefined,
    }),
  );
}

/** Registers the commands where they differ from what Discord holds. Whether it had to. */
export async function registerCommands(
  rest: REST,
  application: string,
  guild: string | undefined,
  definitions: readonly Definition[],
): Promise<boolean> {
  const route =
    guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const held = (await rest.get(route)) as unknown[];
  const same = (list: readonly unknown[]): string =>
    list
      .map((each) => essence(each, guild !== undefined))
      .sort()
      .join("\n");
  if (same(held) === same(definitions)) return false;
  await rest.put(route, { body: definitions });
  return true;
}
