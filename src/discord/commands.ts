// The commands that Discord lists, and their registration: only when what Discord holds is something else.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
  type APIApplicationCommandBasicOption,
  type REST,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import { dailyDefinition } from "./daily.js";
import { OPTION_LENGTH } from "./limits.js";

export const MESSAGE_COMMAND = "Answer from the article";

type Definition = RESTPutAPIApplicationCommandsJSONBody[number];

const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

const typed = (name: string, description: string, required = true): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.String,
  name,
  description,
  required,
  autocomplete: true,
  max_length: name === "question" ? OPTION_LENGTH : 100,
});

/**
 * Every command. `choice`: whether there are several explainers, so that readers may name one. `guild`: for one server, where
 * places cannot be named.
 */
export function commandDefinitions(choice: boolean, guild = false): Definition[] {
  const about = choice ? [typed("article", "Which article; without it I look in all", false)] : [];
  const places = guild ? {} : EVERYWHERE;
  const slash = (name: string, description: string, options: APIApplicationCommandBasicOption[] = []): Definition => ({
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    options: [...options, ...about],
    ...places,
  });
  return [
    slash("ask", "Ask about the story in your own words", [typed("question", "Your question")]),
    slash("figures", "The article's figures, with a chart"),
    slash("figure", "One figure: what it counts, who says so, and a chart", [typed("name", "Which figure")]),
    slash("compare", "Two figures beside each other", [typed("first", "A figure"), typed("second", "Another figure")]),
    slash("topics", "What you can ask about"),
    slash("summary", "The story in a few lines"),
    {
      type: ApplicationCommandType.ChatInput,
      name: "help",
      description: "What I can do, and how to ask",
      options: [],
      ...places,
    },
    dailyDefinition(choice, guild),
    { type: ApplicationCommandType.Message, name: MESSAGE_COMMAND, ...places },
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
