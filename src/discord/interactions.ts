// Slash commands, autocomplete, the message command and buttons. Answers are private until somebody shares them.
import {
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageFlags,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
} from "discord.js";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import {
  comparisonCard,
  namedFigureCard,
  noticeCard,
  overviewCard,
  replyCard,
  subjectCard,
  tooFastCard,
  type Card,
  type CardPlace,
} from "../assistant/card.js";
import { explainerNamed, figureAddress } from "../assistant/articles.js";
import type { Cooldown } from "../assistant/cooldown.js";
import { label } from "../assistant/label.js";
import { createKept } from "../assistant/kept.js";
import { suggestZones } from "../daily/when.js";
import { decodeSubject } from "../assistant/subject.js";
import { WORDING } from "../assistant/wording.js";
import type { DiscordApi } from "./api.js";
import { decodePress, type Press } from "./custom-id.js";
import { errorFields } from "./faults.js";
import { AUTOCOMPLETE_CHOICES, AUTOCOMPLETE_LABEL, FIRST_RESPONSE_MS } from "./limits.js";
import { pickedWords } from "./question.js";
import { renderCard, type RenderedCard } from "./render-card.js";

export interface InteractionsOptions {
  readonly api: DiscordApi;
  readonly assistant: Assistant;
  readonly cooldown: Cooldown;
  readonly help: () => Promise<Card>;
  /** Answers `/daily`; absent where there are no daily posts. */
  readonly daily: ((interaction: APIApplicationCommandInteraction) => Promise<Card>) | undefined;
  /** The daily posts of a server, for their further pages. */
  readonly dailyList: ((interaction: APIMessageComponentInteraction) => Promise<Card>) | undefined;
  readonly log: Logger;
}

type Options = Readonly<Record<string, string>>;

/** After so long without an answer Discord is told to wait; half of what it gives, for the way there. */
const DEFER_AFTER_MS = FIRST_RESPONSE_MS / 2;
const REMEMBERED = 5_000;
/** Articles that suggestions come from where none is named. */
const SUGGESTED_FROM = 8;

const readerOf = (interaction: APIInteraction): string => (interaction.member?.user ?? interaction.user)?.id ?? "";

type Listed = { readonly name: string; readonly value?: unknown };

function optionsOf(options: readonly Listed[] | undefined): Options {
  return Object.fromEntries(
    (options ?? []).flatMap(({ name, value }) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

export function createInteractions({ api, assistant, cooldown, help, daily, dailyList, log }: InteractionsOptions): {
  received(interaction: APIInteraction): Promise<void>;
} {
  const seen = createKept<true>(REMEMBERED);

  /** A card, or the apology where making it failed. */
  async function made(work: Promise<Card>): Promise<Card> {
    return work.catch(async (error: unknown) => {
      log.error(errorFields(error), "an interaction failed");
      return noticeCard((await help()).explainer, WORDING.fault);
    });
  }

  /**
   * Answers at once where it can, else asks for time first. A result to be shown `beside` leaves the message as it is, whatever
   * was to be done to it.
   */
  async function deliver(
    to: APIInteraction,
    how: "private" | "public" | "update",
    work: Promise<{ card: RenderedCard; beside?: boolean }>,
  ): Promise<void> {
    let deferred: Promise<void> | undefined;
    const timer = setTimeout(() => {
      deferred = api.defer(to, how);
      deferred.catch(() => undefined);
    }, DEFER_AFTER_MS);
    const { card, beside = false } = await work.finally(() => clearTimeout(timer));
    if (!deferred && (await api.slow(card))) deferred = api.defer(to, beside ? "private" : how);
    else if (deferred && beside && how === "update") {
      await deferred;
      await api.followUp(to, card, { private: true });
      return;
    }
    if (deferred) {
      await deferred;
      await api.complete(to, card);
    } else if (how === "update" && !beside) await api.update(to, card);
    else await api.respond(to, card, { private: how !== "public" });
  }

  /** In a direct message with the bot a reply is private as it is. */
  const reach = (interaction: APIInteraction): { how: "private" | "public"; share: boolean } =>
    interaction.context === InteractionContextType.BotDM
      ? { how: "public", share: false }
      : { how: "private", share: true };

  async function answer(
    interaction: APIInteraction,
    work: Promise<Card>,
    target?: string,
    shareable = true,
  ): Promise<void> {
    const { how, share } = reach(interaction);
    const place: CardPlace = { asker: readerOf(interaction), share: share && shareable ? { target } : undefined };
    await deliver(
      interaction,
      how,
      made(work).then((card) => ({ card: renderCard(card, place) })),
    );
  }

  async function tooFast(interaction: APIInteraction): Promise<boolean> {
    // Answers to interactions do not count towards what a channel takes.
    const turn = cooldown.turn(readerOf(interaction));
    if (turn.kind === "go") return false;
    const card = tooFastCard((await help()).explainer, turn.seconds);
    await api.respond(interaction, renderCard(card), { private: true });
    return true;
  }

  async function commandCard(name: string, options: Options): Promise<Card> {
    const { article } = options;
    const explainer = article === undefined ? undefined : explainerNamed(assistant, article);
    if (article !== undefined && explainer === undefined) {
      const { titles, none } = { titles: assistant.explainers(), none: (await help()).explainer };
      return noticeCard(
        none,
        `${WORDING.noArticle} ${titles
          .slice(0, 10)
          .map((each) => each.title)
          .join(" · ")}`,
      );
    }
    switch (name) {
      case "ask":
        return replyCard(await assistant.ask(options["question"] ?? "", { explainer }), await help());
      case "figures":
      case "topics":
      case "summary":
        return overviewCard(assistant, name, explainer);
      case "figure":
        return namedFigureCard(assistant, options["name"] ?? "", explainer);
      case "compare":
        return comparisonCard(assistant, options["first"] ?? "", options["second"] ?? "", explainer);
      default:
        return help();
    }
  }

  async function command(interaction: APIApplicationCommandInteraction): Promise<void> {
    if (await tooFast(interaction)) return;
    const { data } = interaction;
    if (data.type === ApplicationCommandType.Message) {
      const target = data.resolved.messages[data.target_id];
      // A forwarded message has its words in a snapshot.
      const text = pickedWords(target?.content || (target?.message_snapshots?.[0]?.message.content ?? ""));
      const work = async (): Promise<Card> =>
        text === ""
          ? noticeCard((await help()).explainer, WORDING.noWords)
          : replyCard(await assistant.ask(text), await help());
      await answer(interaction, work(), data.target_id);
      return;
    }
    if (data.name === "daily") {
      const away = async (): Promise<Card> => noticeCard((await help()).explainer, WORDING.dailyAway);
      await answer(interaction, daily ? daily(interaction) : away(), undefined, false);
      return;
    }
    const options = data.type === ApplicationCommandType.ChatInput ? optionsOf(data.options) : {};
    await answer(interaction, commandCard(data.name, options));
  }

  async function suggestions(name: string, typed: string, article: string | undefined) {
    const named = article === undefined ? undefined : explainerNamed(assistant, article);
    const all = assistant.explainers();
    const among = named === undefined ? all.map(({ id }) => id).slice(0, SUGGESTED_FROM) : [named];
    const each = Math.max(3, Math.ceil(AUTOCOMPLETE_CHOICES / among.length));
    switch (name) {
      case "question": {
        const found = await Promise.all(among.map((explainer) => assistant.suggest(typed, each, { explainer })));
        return [...new Set(found.flat())]
          .filter((text) => text.length <= AUTOCOMPLETE_LABEL)
          .map((text) => ({ name: text, value: text }));
      }
      case "zone":
        return suggestZones(typed, AUTOCOMPLETE_CHOICES).map((zone) => ({ name: zone, value: zone }));
      case "article": {
        const like = typed.toLowerCase();
        return all
          .filter(({ id, title }) => id.length <= AUTOCOMPLETE_LABEL && `${title} ${id}`.toLowerCase().includes(like))
          .map(({ id, title }) => ({ name: label(title, AUTOCOMPLETE_LABEL), value: id }));
      }
      default: {
        const found = await Promise.all(
          among.map(async (explainer) => {
            const { desk } = await assistant.figures({ explainer });
            return desk.suggest(typed, each).map((figure) => ({
              name: label(figure.label, AUTOCOMPLETE_LABEL),
              value: all.length > 1 ? figureAddress(explainer, figure.id) : figure.id,
            }));
          }),
        );
        return found.flat().filter(({ value }) => value.length <= AUTOCOMPLETE_LABEL);
      }
    }
  }

  async function autocomplete(interaction: APIApplicationCommandAutocompleteInteraction): Promise<void> {
    const given = interaction.data.options as readonly (Listed & { focused?: boolean; options?: Listed[] })[];
    const listed = given.flatMap((option) => option.options ?? [option]) as (Listed & { focused?: boolean })[];
    const focused = listed.find((option) => option.focused === true);
    const typed = typeof focused?.value === "string" ? focused.value : "";
    const choices = await suggestions(focused?.name ?? "question", typed, optionsOf(listed)["article"]);
    await api.suggest(interaction, choices.slice(0, AUTOCOMPLETE_CHOICES));
  }

  /** What a press asks for; a menu names it by its value. */
  function pressOf({ data }: APIMessageComponentInteraction): Press | undefined {
    const press = decodePress(data.custom_id);
    if (data.component_type !== ComponentType.StringSelect) return press;
    const subject = decodeSubject(data.values[0] ?? "");
    return press && subject && { ...press, subject, page: 0 };
  }

  async function share(interaction: APIMessageComponentInteraction, press: Press, card: Card): Promise<void> {
    const reader = readerOf(interaction);
    const rendered = renderCard(card, { page: press.page, asker: reader });
    // The button goes first, so that impatience does not publish twice.
    await deliver(interaction, "update", Promise.resolve({ card: rendered }));
    const link = `https://discord.com/channels/${interaction.guild_id ?? "@me"}/${interaction.channel.id}/${press.who ?? ""}`;
    const above = `${WORDING.sharedBy} <@${reader}>${press.who === undefined ? "" : ` ${WORDING.inAnswerTo} ${link}`}`;
    await api.followUp(interaction, renderCard(card, { above }), { private: false });
  }

  async function pressed(interaction: APIMessageComponentInteraction): Promise<void> {
    if (await tooFast(interaction)) return;
    const press = pressOf(interaction);
    const reader = readerOf(interaction);
    const gone = async (): Promise<Card> => noticeCard((await help()).explainer, WORDING.gone);
    const shown = async (): Promise<Card> => {
      if (press?.subject.kind === "daily" && dailyList) return dailyList(interaction);
      return (press && (await subjectCard(assistant, press.subject))) ?? gone();
    };
    const work = made(shown());
    const own = ((interaction.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
    if (press?.action === "share") {
      const card = await work;
      if (card.subject) await share(interaction, press, card);
      else await deliver(interaction, "private", Promise.resolve({ card: renderCard(card) }));
      return;
    }
    // On a private card the id holds the message that it answers, for sharing later.
    const target = own && press?.who !== reader ? press?.who : undefined;
    const inPlace = press !== undefined && (own || press.who === reader);
    const place: CardPlace = {
      page: press?.page ?? 0,
      asker: reader,
      share: own || !inPlace ? { target } : undefined,
    };
    await deliver(
      interaction,
      inPlace ? "update" : "private",
      work.then((card) => ({ card: renderCard(card, place), beside: card.subject === undefined })),
    );
  }

  return {
    async received(interaction) {
      if (seen.get(interaction.id)) return;
      seen.set(interaction.id, true);
      switch (interaction.type) {
        case InteractionType.ApplicationCommand:
          return command(interaction);
        case InteractionType.ApplicationCommandAutocomplete:
          return autocomplete(interaction);
        case InteractionType.MessageComponent:
          return pressed(interaction);
        default:
          return undefined;
      }
    },
  };
}
