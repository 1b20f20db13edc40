// `/daily` on Discord: for members who may manage the server.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandInteraction,
  type APIApplicationCommandSubcommandOption,
  type APIApplicationCommandBasicOption,
  type Client,
} from "discord.js";
import { noticeCard, type Card } from "../assistant/card.js";
import { WORDING } from "../assistant/wording.js";
import type { DailyDesk } from "../daily/desk.js";
import { missingInChannel } from "./permissions.js";

const CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

/** The definition of the command. `choice`: whether there are several explainers. `guild`: for one server. */
export function dailyDefinition(choice: boolean, guild: boolean) {
  const text = (name: string, description: string, autocomplete = false): APIApplicationCommandBasicOption => ({
    type: ApplicationCommandOptionType.String,
    name,
    description,
    required: false,
    autocomplete,
    max_length: 100,
  });
  const article = choice ? [text("article", "Which article", true)] : [];
  const channel: APIApplicationCommandBasicOption = {
    type: ApplicationCommandOptionType.Channel,
    name: "channel",
    description: "Which channel; this one where none is named",
    required: false,
    channel_types: [...CHANNELS],
  };
  const part = (
    name: string,
    description: string,
    options: APIApplicationCommandBasicOption[],
  ): APIApplicationCommandSubcommandOption => ({
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description,
    options,
  });
  return {
    type: ApplicationCommandType.ChatInput,
    name: "daily",
    description: "The story summed up every day, with what changed",
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      part("start", "Set a daily post up, change it, or resume it", [
        text("time", "Such as 8am, 08:00 or noon; 8am where none is named"),
        text("zone", "Such as London or Europe/London", true),
        channel,
        {
          type: ApplicationCommandOptionType.Boolean,
          name: "changes",
          description: "Only when something changed",
          required: false,
        },
        ...article,
      ]),
      part("stop", "No more daily posts in a channel", [channel, ...article]),
      part("list", "What is posted where, when next, and what came of the last", []),
      part("preview", "The next post, shown to you alone", [channel, ...article]),
    ],
    ...(guild
      ? {}
      : {
          integration_types: [ApplicationIntegrationType.GuildInstall],
          contexts: [InteractionContextType.Guild],
        }),
  };
}

interface Given {
  readonly name: string;
  readonly value?: unknown;
  readonly options?: readonly Given[];
}

/** Answers `/daily`. */
export async function answerDaily(
  interaction: APIApplicationCommandInteraction,
  desk: DailyDesk,
  client: Client<true>,
  frame: () => Promise<Card["explainer"]>,
): Promise<Card> {
  const { member, guild_id: place, data } = interaction;
  const held = BigInt(member?.permissions ?? "0");
  const manages = (held & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
  if (place === undefined || !manages) return noticeCard(await frame(), WORDING.dailyManagers);
  const [part] = ("options" in data ? (data.options ?? []) : []) as readonly Given[];
  const given = new Map((part?.options ?? []).map(({ name, value }) => [name, value]));
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const channel = text("channel") ?? interaction.channel.id;
  const { name, missing } = missingInChannel(client, channel);
  const channelName = name ?? `channel ${channel}`;
  switch (part?.name) {
    case "start": {
      const lacking = missing.filter((each) => each !== "Attach Files");
      if (lacking.length > 0 || name === undefined)
        return noticeCard(
          await frame(),
          `${WORDING.mayNotPost} ${channelName}. ${WORDING.askModerator} ${(lacking.length > 0 ? lacking : ["View Channels"]).join(", ")}.`,
        );
      const asked = {
        platform: "discord",
        place,
        channel,
        channelName,
        by: member?.user.id ?? "",
        time: text("time"),
        zone: text("zone"),
        article: text("article"),
        onlyChanges: given.get("changes") === true,
      } as const;
      return (await desk.start(asked)).card;
    }
    case "stop":
      return desk.stop("discord", place, channel, text("article"));
    case "preview":
      return desk.preview("discord", place, channel, text("article"));
    default:
      return desk.list("discord", place);
  }
}
