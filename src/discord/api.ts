// The few requests that the face makes, each with a card's chart attached and mentions off.
import { setTimeout as sleep } from "node:timers/promises";
import {
  ComponentType,
  InteractionResponseType,
  MessageFlags,
  Routes,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type RawFile,
  type REST,
} from "discord.js";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import type { Studio } from "../figures/studio.js";
import { lostConnection, lostToken, wasAnswered } from "./faults.js";
import { CHART_FILE, type RenderedCard } from "./render-card.js";

/** An interaction as its answers address it. */
export interface Address {
  readonly id: string;
  readonly token: string;
}

export interface SendOptions {
  /** The message that is answered; it must still be there. */
  readonly replyTo?: string;
  /** The same nonce within minutes gives the same message, not a second. */
  readonly nonce?: string;
}

export interface DiscordApi {
  send(channel: string, card: RenderedCard, options?: SendOptions): Promise<string>;
  edit(channel: string, message: string, card: RenderedCard): Promise<void>;
  remove(channel: string, message: string): Promise<void>;
  /** Messages of a channel that came after a moment, oldest first, up to a hundred. */
  since(channel: string, after: string): Promise<readonly APIMessage[]>;
  /** Opens a direct message channel. */
  direct(user: string): Promise<string>;
  respond(to: Address, card: RenderedCard, how: { private: boolean }): Promise<void>;
  /** Changes the message that holds the pressed button. */
  update(to: Address, card: RenderedCard): Promise<void>;
  defer(to: Address, how: "private" | "public" | "update"): Promise<void>;
  /** Fills in what was deferred. */
  complete(to: Address, card: RenderedCard): Promise<void>;
  followUp(to: Address, card: RenderedCard, how: { private: boolean }): Promise<void>;
  suggest(to: Address, choices: readonly APIApplicationCommandOptionChoice<string>[]): Promise<void>;
  /** Whether drawing the card's chart may take long. */
  slow(card: RenderedCard): Promise<boolean>;
}

export interface DiscordApiOptions {
  /** The client's; a new one after an attempt to connect that failed. */
  readonly rest: () => REST;
  readonly application: () => string;
  readonly assistant: Assistant;
  readonly studio: Studio;
  readonly log: Logger;
  /** Called when a request was refused for its token: whether the token is good after all, and the request worth repeating. */
  readonly tokenHolds: () => Promise<boolean>;
}

const TRIES = 4;
const PAGE_OF_MESSAGES = 100;
const FIRST_WAIT_MS = 200;

/** Nobody is ever pinged, not even the author of the message that is answered. */
const NO_MENTIONS = { parse: [], replied_user: false } as const;

export function createDiscordApi({
  rest,
  application,
  assistant,
  studio,
  log,
  tokenHolds,
}: DiscordApiOptions): DiscordApi {
  async function specOf(chart: NonNullable<RenderedCard["chart"]>) {
    const { desk } = await assistant.figures({ explainer: chart.explainer });
    return desk.spec(chart.offer, "light");
  }

  /**
   * Repeats what a lost connection cut short. All of it may be repeated: messages carry a nonce, edits and deletions come to
   * the same, and a second answer to an interaction is refused as such, which tells that the first arrived.
   */
  async function call<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) return outcome.value;
      const { error } = outcome;
      if (attempt > 1 && wasAnswered(error)) return undefined;
      const again =
        attempt < TRIES && (lostConnection(error) || (attempt === 1 && lostToken(error) && (await tokenHolds())));
      if (!again) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }

  async function payload(
    { components, chart: offered }: RenderedCard,
    flags = 0,
  ): Promise<{ body: Record<string, unknown>; files: RawFile[] }> {
    const picture =
      offered &&
      (await specOf(offered)
        .then((spec) => studio.draw(spec, "png"))
        .catch((error: unknown) => {
          log.error({ err: error }, "a chart could not be drawn; its values stand in the text");
          return undefined;
        }));
    const chart = picture && offered;
    return {
      body: {
        components: chart ? components : components.filter(({ type }) => type !== ComponentType.MediaGallery),
        flags: MessageFlags.IsComponentsV2 | flags,
        allowed_mentions: NO_MENTIONS,
        attachments: chart ? [{ id: "0", filename: CHART_FILE, description: chart.alt }] : [],
      },
      files: picture
        ? [{ name: CHART_FILE, data: Buffer.from(picture.bytes), contentType: "image/png", key: "files[0]" }]
        : [],
    };
  }

  const callback = async (
    { id, token }: Address,
    body: Record<string, unknown>,
    files: RawFile[] = [],
  ): Promise<void> => {
    // discord.js repeats after a 5xx by itself; that the second is refused as answered tells that the first arrived.
    await call(() => rest().post(Routes.interactionCallback(id, token), { body, files, auth: false })).catch(
      (error: unknown) => {
        if (!wasAnswered(error)) throw error;
      },
    );
  };
  const flagsOf = (how: { private: boolean }): number => (how.private ? MessageFlags.Ephemeral : 0);

  return {
    async send(channel, card, { replyTo, nonce } = {}) {
      const { body, files } = await payload(card);
      const sent = await call(() =>
        rest().post(Routes.channelMessages(channel), {
          body: {
            ...body,
            ...(replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: true } }),
            ...(nonce === undefined ? {} : { nonce, enforce_nonce: true }),
          },
          files,
        }),
      );
      return (sent as APIMessage).id;
    },
    async edit(channel, message, card) {
      const { body, files } = await payload(card);
      await call(() => rest().patch(Routes.channelMessage(channel, message), { body, files }));
    },
    async remove(channel, message) {
      await call(() => rest().delete(Routes.channelMessage(channel, message)));
    },
    async since(channel, after) {
      const query = new URLSearchParams({ after, limit: String(PAGE_OF_MESSAGES) });
      const found = await call(() => rest().get(Routes.channelMessages(channel), { query }));
      return (found as APIMessage[]).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    },
    async direct(user) {
      const channel = await call(() => rest().post(Routes.userChannels(), { body: { recipient_id: user } }));
      return (channel as { id: string }).id;
    },
    async respond(to, card, how) {
      const { body, files } = await payload(card, flagsOf(how));
      await callback(to, { type: InteractionResponseType.ChannelMessageWithSource, data: body }, files);
    },
    async update(to, card) {
      const { body, files } = await payload(card);
      await callback(to, { type: InteractionResponseType.UpdateMessage, data: body }, files);
    },
    async defer(to, how) {
      await callback(
        to,
        how === "update"
          ? { type: InteractionResponseType.DeferredMessageUpdate }
          : {
              type: InteractionResponseType.DeferredChannelMessageWithSource,
              data: { flags: flagsOf({ private: how === "private" }) },
            },
      );
    },
    async complete({ token }, card) {
      const { body, files } = await payload(card);
      await call(() =>
        rest().patch(Routes.webhookMessage(application(), token, "@original"), { body, files, auth: false }),
      );
    },
    async followUp({ token }, card, how) {
      const { body, files } = await payload(card, flagsOf(how));
      await rest().post(Routes.webhook(application(), token), { body, files, auth: false });
    },
    async suggest(to, choices) {
      await callback(to, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
    },
    async slow({ chart }) {
      return chart !== undefined && !studio.has(await specOf(chart), "png");
    },
  };
}
