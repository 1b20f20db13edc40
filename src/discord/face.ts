// The Discord face: connects the real client, hands each event to its listener, and lets nothing but a bad token or a bad
// configuration end it.
import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  RESTEvents,
  Routes,
  ShardClientUtil,
  Status,
  type APIInteraction,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageUpdateDispatchData,
  type Guild,
} from "discord.js";
import { Agent } from "undici";
import { createConversation } from "../chat/conversation.js";
import type { Face, FaceDeps } from "../chat/face.js";
import { createBackoff, persist } from "../assistant/retry.js";
import { createPause } from "../assistant/pause.js";
import { createDiscordApi } from "./api.js";
import { commandDefinitions, registerCommands } from "./commands.js";
import { errorFields, lostToken } from "./faults.js";
import { createInteractions } from "./interactions.js";
import { addressOf, PLATFORM, readMessage } from "./message.js";
import { createDiscordOutgoing } from "./outgoing.js";
import { inviteLink, missingInGuild, NEEDED } from "./permissions.js";
import { followClock, patientRequests, patientShards } from "./patience.js";
import { createDiscordPoster } from "./poster.js";
import type { DiscordSettings } from "./settings.js";

export type DiscordFaceOptions = DiscordSettings & FaceDeps;

/** A token or a configuration that Discord refuses for good; the message says what to do. */
class DiscordRefusal extends Error {
  readonly code = "DISCORD_REFUSED";
}

export interface DiscordFace extends Face {
  status(): { readonly connected: boolean; readonly shards: number; readonly servers: number };
}

/** Mentions, direct messages and interactions; none of these intents is privileged. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

const REFUSALS: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "Discord refuses the token. Copy it anew from the Bot page of your application into DISCORD_TOKEN.",
  [GatewayCloseCodes.InvalidShard]: "Discord refuses these shards. Check DISCORD_SHARDS and DISCORD_SHARD_COUNT.",
  [GatewayCloseCodes.ShardingRequired]:
    "The bot is in too many servers for so few shards. Raise DISCORD_SHARD_COUNT, or unset it.",
  [GatewayCloseCodes.InvalidAPIVersion]: "Discord no longer speaks this version of its protocol. Update Standfirst.",
  [GatewayCloseCodes.InvalidIntents]: "Discord refuses the intents of this version. Update Standfirst.",
  [GatewayCloseCodes.DisallowedIntents]: "Discord refuses the intents of this version. Update Standfirst.",
};

/** Requests a second that Discord takes from a bot (topics/rate-limits, "Global Rate Limit"). */
const REQUESTS_PER_SECOND = 50;
const LONGEST_WAIT_MS = 60_000;

/** Caches hold servers, channels and roles, for permissions by name; nobody's messages. */
const CACHES = Options.cacheWithLimits({
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildInviteManager: 0,
  VoiceStateManager: 0,
  DMMessageManager: 0,
  GuildMessageManager: 0,
  GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === (member.client as Client).user?.id },
  UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === (user.client as Client).user?.id },
});

function refusalOf(error: unknown): DiscordRefusal | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return new DiscordRefusal(REFUSALS[GatewayCloseCodes.AuthenticationFailed], { cause: error });
  return undefined;
}

export function createDiscordFace(options: DiscordFaceOptions): DiscordFace {
  const { token, apiUrl, guild, shards, assistant, studio, log } = options;
  let stopping = false;
  let refusal: DiscordRefusal | undefined;
  let client: Client;
  const pause = createPause();
  let refuse: (reason: DiscordRefusal) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  refused.catch(() => undefined);

  // Discord's limit is for the bot; processes that share its shards share the limit as they share those.
  const requestsPerSecond =
    shards === "auto"
      ? REQUESTS_PER_SECOND
      : Math.max(1, Math.floor((REQUESTS_PER_SECOND * shards.ids.length) / shards.count));

  function refuseWith(reason: DiscordRefusal): void {
    refusal ??= reason;
    refuse(refusal);
  }

  /** discord.js drops the token at the first request that is refused for it, whatever the reason was: asks whether it holds. */
  async function tokenHolds(): Promise<boolean> {
    client.rest.setToken(token);
    const asked = await client.rest.get(Routes.user()).then(
      () => true,
      (error: unknown) => !lostToken(error),
    );
    if (!asked) refuseWith(new DiscordRefusal(REFUSALS[GatewayCloseCodes.AuthenticationFailed]));
    return asked;
  }

  const api = createDiscordApi({
    rest: () => client.rest,
    application: () => client.application!.id,
    studio,
    log,
    tokenHolds,
  });
  const here = (): Client<true> => client as Client<true>;
  const out = createDiscordOutgoing(here, api);
  const conversation = createConversation({ ...options, out });
  const interaction = createInteractions(conversation, api);

  /** Takes an event; one that cannot be read ends here. */
  function heard(what: string, take: () => void | Promise<void>): void {
    void conversation.handle(what, async () => take());
  }
  /** The channel that a thread stands in, as far as it is known. */
  function parentOf(channel: string): string | undefined {
    const known = client.channels.cache.get(channel);
    return known?.isThread() ? (known.parentId ?? undefined) : undefined;
  }
  const messageOf = (data: GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData) =>
    readMessage(data, here().user.id, parentOf(data.channel_id));
  function listen(to: Client): void {
    // Listeners take what Discord sent: nothing has to be in a cache for a question to be heard.
    to.ws.on(GatewayDispatchEvents.MessageCreate, (data: GatewayMessageCreateDispatchData) =>
      heard("a message", () => conversation.created(messageOf(data))),
    );
    to.ws.on(GatewayDispatchEvents.MessageUpdate, (data: GatewayMessageUpdateDispatchData) =>
      heard("an edit", () => conversation.edited(messageOf(data))),
    );
    for (const event of [GatewayDispatchEvents.MessageDelete, GatewayDispatchEvents.MessageDeleteBulk] as const) {
      to.ws.on(event, (data: GatewayMessageDeleteDispatchData | GatewayMessageDeleteBulkDispatchData) =>
        heard("a deletion", () =>
          conversation.deleted(addressOf(data.guild_id, data.channel_id), "ids" in data ? data.ids : [data.id]),
        ),
      );
    }
    to.ws.on(GatewayDispatchEvents.InteractionCreate, (data: APIInteraction) =>
      heard("an interaction", () => interaction(data)),
    );
    to.on(Events.GuildCreate, (server) => {
      tellMissing(server);
      follow("joined", () => options.installations?.put({ platform: PLATFORM, place: server.id }));
    });
    // One that is away for a while is not left: that has an event of its own.
    to.on(Events.GuildDelete, (server) =>
      follow("left", () => options.installations?.end({ platform: PLATFORM, place: server.id })),
    );
    to.on(Events.Error, (error) => log.error(errorFields(error), "the Discord client met a fault"));
    to.on(Events.Warn, (warning) => log.warn({ warning }, "the Discord client warns"));
    to.on(Events.ShardError, (error, shard) =>
      seldom(`failed ${shard}`, { shard, reason: error.message }, "a connection to Discord failed"),
    );
    to.on(Events.ShardReconnecting, (shard) => seldom(`again ${shard}`, { shard }, "reconnecting to Discord"));
    to.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, "resumed with Discord"));
    to.on(Events.ShardDisconnect, ({ code }, shard) => {
      if (stopping) return;
      const message = REFUSALS[code] ?? `Discord closed the connection for good (${code}).`;
      log.debug({ shard, code }, "Discord closed a connection for good");
      refuseWith(new DiscordRefusal(message));
    });
    to.rest.on(RESTEvents.Response, ({ method, route }, { status, headers }) => {
      if (status === 429) {
        const wait = { global: headers.has("x-ratelimit-global"), waitS: Number(headers.get("retry-after")) };
        options.meter?.waited(PLATFORM, wait.waitS);
        log.warn({ ...wait, asked: `${method} ${route}` }, "Discord asks to wait");
      }
    });
    to.rest.on(RESTEvents.InvalidRequestWarning, ({ count }) => log.warn({ count }, "many requests were refused"));
  }

  const saidAt = new Map<string, number>();
  /** The client tries again every half second; its log line need not. */
  function seldom(key: string, fields: Record<string, unknown>, message: string): void {
    const before = saidAt.get(key);
    if (refusal || stopping || (before !== undefined && performance.now() - before < LONGEST_WAIT_MS)) return;
    saidAt.set(key, performance.now());
    log.warn(fields, message);
  }

  function tellMissing(server: Guild): void {
    const missing = missingInGuild(server);
    if (missing.length > 0) log.warn({ server: server.name, missing }, "permissions are missing in a server");
  }

  let followed: Promise<unknown> = Promise.resolve();
  /** Notes in which servers it is, one after the other; where the store is away it waits for it. */
  function follow(what: string, work: () => Promise<void> | undefined): void {
    followed = followed.then(() =>
      persist(async () => work(), {
        wait: (milliseconds) => pause.wait(milliseconds),
        stopped: () => stopping,
        judge: () => 0,
        waits: (error, againInMs) =>
          log.warn(
            { reason: error instanceof Error ? error.message : String(error), againInMs },
            `a server that was ${what} waits for the store`,
          ),
      }).catch((error: unknown) => log.error({ err: error }, `a server that was ${what} could not be noted`)),
    );
  }

  /** Servers that were joined or left while nobody listened. */
  async function settle(connected: Client<true>): Promise<void> {
    const count = connected.options.shardCount ?? 1;
    const own = new Set(connected.ws.shards.keys());
    await options.installations?.settle(PLATFORM, [...connected.guilds.cache.keys()], (place) =>
      own.has(ShardClientUtil.shardIdForGuildId(place, count)),
    );
  }

  async function register(to: Client<true>): Promise<void> {
    const definitions = commandDefinitions(
      assistant.explainers().length > 1,
      guild !== undefined,
      options.desk !== undefined,
    );
    const done = await persist(() => registerCommands(to.rest, to.application.id, guild, definitions), {
      wait: (milliseconds) => pause.wait(milliseconds),
      stopped: () => stopping,
      judge: () => 0,
      waits: (error, againInMs) =>
        log.warn({ ...errorFields(error), guild, againInMs }, "the commands could not be registered; trying again"),
    });
    if (done) log.info({ changed: done.value, guild }, "commands are registered");
  }

  // Of the undici that discord.js uses. What is set for the whole process may be another version's: Slack's client and Node bring
  // their own, and on Node 24 uploads through the wrong one never end.
  const agent = new Agent();

  const makeRequest = patientRequests();
  const connections = patientShards(log);
  let stopFollowing: () => void = () => undefined;

  async function connect(): Promise<Client<true>> {
    for (const backoff = createBackoff(); ;) {
      const next = new Client({
        intents: INTENTS,
        makeCache: CACHES,
        allowedMentions: { parse: [], repliedUser: false },
        rest: {
          api: apiUrl,
          userAgentAppendix: "Standfirst",
          agent,
          globalRequestsPerSecond: requestsPerSecond,
          makeRequest,
          // Ours wait between their tries.
          retries: 0,
        },
        ws: { buildStrategy: connections.build },
        shards: shards === "auto" ? "auto" : [...shards.ids],
        ...(shards === "auto" ? {} : { shardCount: shards.count }),
      });
      client = next;
      stopFollowing();
      stopFollowing = followClock(next.rest);
      listen(next);
      const becameReady = new Promise((resolve) => next.once(Events.ClientReady, resolve));
      const failed = await next.login(token).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (!failed && !stopping) {
        await becameReady;
        return next as Client<true>;
      }
      refusal ??= failed && refusalOf(failed.error);
      if (refusal) throw refusal;
      if (stopping || !failed) {
        await next.destroy();
        throw new Error("stopped before Discord could be reached");
      }
      const jittered = backoff.next();
      log.warn({ ...errorFields(failed.error), againInMs: jittered }, "Discord cannot be reached");
      await pause.wait(jittered);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a stop may have come meanwhile
      if (stopping) throw new Error("stopped before Discord could be reached");
    }
  }

  const ready = Promise.race([refused, connect()]).then((connected) => {
    const invite = inviteLink(connected);
    log.info(
      { bot: connected.user.tag, invite, servers: connected.guilds.cache.size },
      "Discord is ready; add the bot with this link",
    );
    for (const server of connected.guilds.cache.values()) tellMissing(server);
    follow("joined or left", () => settle(connected));
    if (shards === "auto" || shards.ids.includes(0)) void register(connected);
    return { note: `${connected.user.username} is ready. Add it to a server: ${invite}` };
  });
  ready.catch(() => undefined);

  return {
    platform: PLATFORM,
    ready,
    refused,
    poster: createDiscordPoster(here, api, out, log),
    mounts: [],
    install: () =>
      client.isReady()
        ? { title: "Discord", href: inviteLink(client), asks: NEEDED.map(({ name, why }) => ({ name, why })) }
        : undefined,
    installed: () => client.guilds.cache.size,
    owns: ({ place }) => guild !== undefined && place === guild,
    status: () => ({
      connected: client.ws.shards.size > 0 && client.ws.shards.every((shard) => shard.status === Status.Ready),
      shards: client.ws.shards.size,
      servers: client.guilds.cache.size,
    }),
    async stop(patience) {
      stopping = true;
      connections.stop();
      stopFollowing();
      pause.wake();
      if (!(await conversation.stop(patience))) log.warn("stopped before everything was answered");
      await client.destroy();
    },
  };
}
