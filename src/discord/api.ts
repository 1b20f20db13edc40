// The few requests that the face makes, each with a card's chart attached and mentions off.
import { setTimeout as sleep } from "node:timers/promises";
import {
  ComponentType,
  InteractionResponseType,
  MessageFlags,
  Routes,
  type APIApplicationCommandOptionChoice,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type RawFile,
  type REST,
} from "discord.js";
import type { Logger } from "pino";
import type { ChartSpec } from "../figures/chart.js";
import type { Studio } from "../figures/studio.js";
import { faultOf, lostToken, wasAnswered } from "./faults.js";
import { CHART_FILE, type RenderedCard } from "./render-card.js";

/** An interaction as its answers address it. */
export interface Answerable {
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
  respond(to: Answerable, card: RenderedCard, how: { private: boolean }): Promise<void>;
  /** Changes the message that holds the pressed button. */
  update(to: Answerable, card: RenderedCard): Promise<void>;
  defer(to: Answerable, how: "private" | "public" | "update"): Promise<void>;
  /** Fills in what was deferred. */
  complete(to: Answerable, card: RenderedCard): Promise<void>;
  followUp(to: Answerable, card: RenderedCard, how: { private: boolean }): Promise<string | undefined>;
  suggest(to: Answerable, choices: readonly APIApplicationCommandOptionChoice<string>[]): Promise<void>;
  /** Whether drawing the card's chart may take long. */
  slow(card: RenderedCard): boolean;
}

export interface DiscordApiOptions {
  /** The client's; a new one after an attempt to connect that failed. */
  readonly rest: () => REST;
  readonly application: () => string;
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

export function createDiscordApi({ rest, application, studio, log, tokenHolds }: DiscordApiOptions): DiscordApi {
  /**
   * Repeats what a lost connection cut short, or a server failed over. All of it may be repeated: messages carry a nonce, edits and deletions come to
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
        attempt < TRIES &&
        (faultOf(error) === "unavailable" || (attempt === 1 && lostToken(error) && (await tokenHolds())));
      if (!again) throw error;
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }

  const specOf = (chart: NonNullable<RenderedCard["chart"]>): ChartSpec => ({ ...chart.spec, theme: "light" });

  async function payload(
    { content, components, chart: offered }: RenderedCard,
    flags = 0,
    standing = false,
  ): Promise<{ body: Record<string, unknown>; files: RawFile[] }> {
    const off = { allowed_mentions: NO_MENTIONS };
    if (content !== undefined) {
      // What a message's layout was once, it stays: an edit is words in the same layout.
      const words: APIMessageTopLevelComponent = { type: ComponentType.TextDisplay, content };
      const body = standing
        ? { components: [words], flags: MessageFlags.IsComponentsV2 | flags }
        : { content, components, flags };
      return { body: { ...body, ...off, attachments: [] }, files: [] };
    }
    const picture =
      offered &&
      (await studio.draw(specOf(offered), "png").catch((error: unknown) => {
        log.error({ err: error }, "a chart could not be drawn; its values stand in the text");
        return undefined;
      }));
    const chart = picture && offered;
    return {
      body: {
        components: chart ? components : components.filter(({ type }) => type !== ComponentType.MediaGallery),
        flags: MessageFlags.IsComponentsV2 | flags,
        ...off,
        attachments: chart ? [{ id: "0", filename: CHART_FILE, description: chart.alt }] : [],
        // Of a message that was words alone, these go as it gets the layout.
        ...(standing ? { content: null } : {}),
      },
      files: picture
        ? [{ name: CHART_FILE, data: Buffer.from(picture.bytes), contentType: "image/png", key: "files[0]" }]
        : [],
    };
  }

  const callback = async (
    { id, token }: Answerable,
    body: Record<string, unknown>,
    files: RawFile[] = [],
  ): Promise<void> => {
    await call(() => rest().post(Routes.interactionCallback(id, token), { body, files, auth: false }));
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
      const { body, files } = await payload(card, 0, true);
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
      const { body, files } = await payload(card, 0, true);
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
      const { body, files } = await payload(card, 0, true);
      await call(() =>
        rest().patch(Routes.webhookMessage(application(), token, "@original"), { body, files, auth: false }),
      );
    },
    async followUp({ token }, card, how) {
      const { body, files } = await payload(card, flagsOf(how));
      // Without waiting Discord would not tell what message it became.
      const query = new URLSearchParams({ wait: "true" });
      const sent = await rest().post(Routes.webhook(application(), token), { body, files, query, auth: false });
      return (sent as { id?: string } | undefined)?.id;
    },
    async suggest(to, choices) {
      await callback(to, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
    },
    slow({ chart }) {
      return chart !== undefined && !studio.has(specOf(chart), "png");
    },
  };
}
