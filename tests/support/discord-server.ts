// A server that speaks enough of Discord's REST API (v10) and gateway for a real client: hello, identify, ready, resume,
// heartbeats, interactions and their callbacks, messages with attachments, rate limits. It refuses what Discord refuses.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { checkChoices, checkCommands, checkMessage, type SentMessage } from "./discord-rules.js";

export const TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.test.token";
export const BOT = {
  id: "900000000000000001",
  username: "Standfirst",
  discriminator: "0",
  global_name: null,
  avatar: null,
  bot: true,
};
export const READER = {
  id: "900000000000000002",
  username: "reader",
  discriminator: "0",
  global_name: null,
  avatar: null,
};
export const MODERATOR = {
  id: "900000000000000003",
  username: "moderator",
  discriminator: "0",
  global_name: null,
  avatar: null,
};
/** View, send, send in threads, read history, attach. */
const ALL_PERMISSIONS = (1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 16n) | (1n << 15n);

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly at: number;
  readonly status: number;
}

export interface StoredMessage {
  readonly id: string;
  readonly channel: string;
  body: SentMessage;
  readonly files: readonly { name: string; bytes: Uint8Array }[];
}

/** An answer in place of the server's own, for requests whose `METHOD /path` matches. */
export interface Fault {
  readonly match: RegExp;
  times: number;
  readonly status: number;
  readonly body?: unknown;
  /** A page in place of a body that a program could read. */
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Does what was asked and then answers with the fault: a request whose answer is lost. */
  readonly after?: boolean;
  /** Cuts the connection in place of an answer. */
  readonly hangUp?: boolean;
  /** Milliseconds until it answers. */
  readonly delay?: number;
  /** Milliseconds until it does what was asked, and answers as ever. */
  readonly slow?: number;
  /** Does what was asked, and breaks off in the middle of its answer. */
  readonly half?: boolean;
}

/** What the gateway does with connections. */
export type Conduct = "normal" | "closes at once" | "closes when ready" | "answers no resume";

export interface DiscordServerOptions {
  readonly permissions?: bigint;
  readonly heartbeatMs?: number;
  readonly guilds?: readonly { id: string; name: string; channels: readonly { id: string; name: string }[] }[];
  /** Messages that one channel takes within five seconds; Discord's own five where nothing is said. */
  readonly perChannel?: number;
  readonly perSecond?: number;
  readonly port?: number;
}

export const GUILD = "800000000000000001";
export const CHANNEL = "700000000000000001";
const DEFAULT_GUILDS = [{ id: GUILD, name: "Newsroom", channels: [{ id: CHANNEL, name: "general" }] }];
const DAY_ONE = 1_420_070_400_000;

interface Session {
  readonly id: string;
  socket: WebSocket | undefined;
  readonly shard: readonly [number, number];
  readonly sent: { s: number; t: string; d: unknown }[];
}

interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  answeredAt: number | undefined;
  /** Deferred and not yet filled in. */
  pending: boolean;
  answers: { readonly kind: string; readonly body: SentMessage | undefined; readonly files: StoredMessage["files"] }[];
  choices: { name: string; value: string }[] | undefined;
  /** The message that a component stands on. */
  readonly onMessage: string | undefined;
  readonly expired: boolean;
}

async function readBody(request: IncomingMessage): Promise<{ json: unknown; files: StoredMessage["files"] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (raw.length === 0) return { json: undefined, files: [] };
  if (!type.startsWith("multipart/form-data")) return { json: JSON.parse(raw.toString("utf8")) as unknown, files: [] };
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const [key, value] of form.entries()) {
    if (key.startsWith("files[") && typeof value !== "string")
      files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { json: JSON.parse(form.get("payload_json") as string) as unknown, files };
}

export interface InteractOptions {
  readonly user?: Record<string, unknown>;
  readonly guild?: string | null;
  readonly channel?: string;
  readonly context?: number;
  readonly message?: unknown;
  readonly expired?: boolean;
  /** Permissions of who acts. */
  readonly permissions?: string;
}

export type DiscordServer = Awaited<ReturnType<typeof startDiscordServer>>;

export async function startDiscordServer({
  permissions = ALL_PERMISSIONS,
  heartbeatMs = 41_250,
  guilds = DEFAULT_GUILDS,
  perChannel = 5,
  perSecond = 50,
  port = 0,
}: DiscordServerOptions = {}) {
  const seen: Seen[] = [];
  const faults: Fault[] = [];
  const messages = new Map<string, StoredMessage>();
  const nonces = new Map<string, string>();
  const readerMessages = new Set<string>();
  const interactions = new Map<string, Interaction>();
  const sessions = new Map<string, Session>();
  const buckets = new Map<string, { left: number; resetAt: number }>();
  const identifies: unknown[] = [];
  const resumes: unknown[] = [];
  const waiting: (() => void)[] = [];
  let commands: unknown[] = [];
  let commandWrites = 0;
  let acknowledges = true;
  let second = { at: 0, count: 0 };
  let counter = 0;
  let token = TOKEN;
  let conduct: Conduct = "normal";
  const connectedAt: number[] = [];
  let closeOnIdentify: number | undefined;
  let perms = permissions;

  const nextId = (): string => String((BigInt(Date.now() - DAY_ONE) << 22n) + BigInt(++counter % 4_000_000));
  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };

  /** Waits until `find` gives something. */
  async function until<T>(
    find: () => T | undefined | false | Promise<T | undefined | false>,
    what = "it",
    patience = 20_000,
  ): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const found = await find();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`${what} did not happen; last requests: ${JSON.stringify(seen.slice(-5))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  const refusal = (problem: string): { status: number; body: unknown } => ({
    status: 400,
    body: { code: 50035, message: "Invalid Form Body", errors: { _errors: [{ code: "INVALID", message: problem }] } },
  });

  function filesMissing(body: SentMessage, files: StoredMessage["files"]): boolean {
    return (body.attachments ?? []).some((attachment) => !files.some((file) => file.name === attachment.filename));
  }

  function checked(
    json: unknown,
    files: StoredMessage["files"],
  ): { body: SentMessage } | { status: number; body: unknown; refused: true } {
    const message = checkMessage(json);
    if (!message.ok) return { ...refusal(message.problem), refused: true };
    if (filesMissing(message.value, files))
      return { ...refusal("an attachment is listed and not sent"), refused: true };
    return { body: message.value };
  }

  const shown = (message: StoredMessage): unknown => ({
    id: message.id,
    channel_id: message.channel,
    author: BOT,
    content: message.body.content ?? "",
    components: message.body.components ?? [],
    flags: message.body.flags ?? 0,
    type: 0,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    ...(message.body.nonce === undefined ? {} : { nonce: message.body.nonce }),
  });

  const threads = new Set<string>();
  const channelOf = (id: string): { id: string; name: string } | undefined =>
    guilds.flatMap((guild) => guild.channels).find((channel) => channel.id === id) ??
    (id.startsWith("6") || threads.has(id) ? { id, name: "dm" } : undefined);

  interface Answer {
    readonly status: number;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  }

  function limited(key: string): Answer | undefined {
    const now = Date.now();
    if (now - second.at >= 1000) second = { at: now, count: 0 };
    second.count += 1;
    if (second.count > perSecond) {
      const retry = (second.at + 1000 - now) / 1000;
      return {
        status: 429,
        body: { message: "You are being rate limited.", retry_after: retry, global: true },
        headers: {
          "retry-after": String(Math.ceil(retry)),
          "x-ratelimit-global": "true",
          "x-ratelimit-scope": "global",
        },
      };
    }
    const bucket = buckets.get(key);
    const current = bucket && bucket.resetAt > now ? bucket : { left: perChannel, resetAt: now + 5000 };
    buckets.set(key, current);
    const after = (current.resetAt - now) / 1000;
    if (current.left <= 0) {
      return {
        status: 429,
        body: { message: "You are being rate limited.", retry_after: after, global: false },
        headers: { "retry-after": String(Math.ceil(after)), "x-ratelimit-scope": "user" },
      };
    }
    current.left -= 1;
    return undefined;
  }

  function rateHeaders(key: string): Record<string, string> {
    const bucket = buckets.get(key);
    if (!bucket) return {};
    return {
      "x-ratelimit-limit": String(perChannel),
      "x-ratelimit-remaining": String(bucket.left),
      "x-ratelimit-reset": String(bucket.resetAt / 1000),
      "x-ratelimit-reset-after": String(Math.max(0, (bucket.resetAt - Date.now()) / 1000)),
      "x-ratelimit-bucket": Buffer.from(key.split(" ")[0] ?? "").toString("hex"),
    };
  }

  /** An edit leaves what the message answers as it was. */
  const replaceBody = (message: StoredMessage, body: SentMessage): void => {
    const { message_reference } = message.body;
    message.body = { ...body, ...(message_reference === undefined ? {} : { message_reference }) };
  };

  function createMessage(channel: string, json: unknown, files: StoredMessage["files"]): Answer {
    const known = channelOf(channel);
    if (!known) return { status: 404, body: { code: 10003, message: "Unknown Channel" } };
    const inGuild = !channel.startsWith("6");
    if (inGuild && (perms & (1n << 10n)) === 0n)
      return { status: 403, body: { code: 50001, message: "Missing Access" } };
    if (inGuild && (perms & (1n << 11n)) === 0n)
      return { status: 403, body: { code: 50013, message: "Missing Permissions" } };
    const read = checked(json, files);
    if ("refused" in read) return read;
    if (files.length > 0 && inGuild && (perms & (1n << 15n)) === 0n)
      return { status: 403, body: { code: 50013, message: "Missing Permissions" } };
    const { body } = read;
    if (((body.flags ?? 0) & 64) !== 0) return refusal("ephemeral is for interactions");
    if (body.allowed_mentions === undefined) return refusal("this server insists on allowed_mentions");
    const reference = body.message_reference?.message_id;
    if (reference !== undefined) {
      if (inGuild && (perms & (1n << 16n)) === 0n)
        return {
          status: 400,
          body: { code: 160002, message: "Cannot reply without permission to read message history" },
        };
      if (!readerMessages.has(reference) && !messages.has(reference))
        return {
          status: 400,
          body: {
            code: 50035,
            message: "Invalid Form Body",
            errors: {
              message_reference: {
                _errors: [{ code: "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", message: "Unknown message" }],
              },
            },
          },
        };
    }
    if (body.nonce !== undefined && body.enforce_nonce === true) {
      const before = messages.get(nonces.get(`${channel} ${body.nonce}`) ?? "");
      if (before) return { status: 200, body: shown(before) };
    }
    const message: StoredMessage = { id: nextId(), channel, body, files };
    messages.set(message.id, message);
    if (body.nonce !== undefined) nonces.set(`${channel} ${body.nonce}`, message.id);
    return { status: 200, body: shown(message) };
  }

  function interactionCallback(id: string, given: string, json: unknown, files: StoredMessage["files"]): Answer {
    const interaction = interactions.get(id);
    if (!interaction || interaction.token !== given || interaction.expired || Date.now() - interaction.createdAt > 3000)
      return { status: 404, body: { code: 10062, message: "Unknown interaction" } };
    if (interaction.answeredAt !== undefined)
      return { status: 400, body: { code: 40060, message: "Interaction has already been acknowledged." } };
    const { type, data } = json as { type: number; data?: unknown };
    const accept = (kind: string, body?: SentMessage): Answer => {
      interaction.answeredAt = Date.now();
      interaction.answers.push({ kind, body, files });
      return { status: 204 };
    };
    switch (type) {
      case 4:
      case 7: {
        const read = checked(data, files);
        if ("refused" in read) return read;
        if (type === 7 && interaction.onMessage === undefined) return refusal("only components can update a message");
        if (type === 7) {
          const target = messages.get(interaction.onMessage ?? "");
          if (target) replaceBody(target, read.body);
        }
        return accept(type === 4 ? "reply" : "update", read.body);
      }
      case 5: {
        const flags = (data as { flags?: number } | undefined)?.flags ?? 0;
        if ((flags & ~64) !== 0) return refusal("a deferral takes EPHEMERAL only");
        interaction.pending = true;
        return accept("defer");
      }
      case 6:
        if (interaction.onMessage === undefined) return refusal("only components can update a message");
        interaction.pending = true;
        return accept("defer-update");
      case 8: {
        const choices = checkChoices(data);
        if (!choices.ok) return refusal(choices.problem);
        interaction.choices = choices.value.choices;
        return accept("choices");
      }
      default:
        return refusal("unknown callback type");
    }
  }

  function webhook(
    method: string,
    given: string,
    rest: string | undefined,
    json: unknown,
    files: StoredMessage["files"],
  ): Answer {
    const interaction = [...interactions.values()].find((each) => each.token === given);
    if (!interaction) return { status: 404, body: { code: 10015, message: "Unknown Webhook" } };
    if (interaction.answeredAt === undefined) return { status: 404, body: { code: 10015, message: "Unknown Webhook" } };
    const read = checked(json, files);
    if ("refused" in read) return read;
    if (method === "PATCH" && rest === "@original") {
      interaction.pending = false;
      interaction.answers.push({ kind: "edit", body: read.body, files });
      const target = messages.get(interaction.onMessage ?? "");
      if (target && interaction.answers[0]?.kind === "defer-update") replaceBody(target, read.body);
      return { status: 200, body: shown({ id: nextId(), channel: CHANNEL, body: read.body, files }) };
    }
    if (method === "POST") {
      const message: StoredMessage = { id: nextId(), channel: CHANNEL, body: read.body, files };
      interaction.answers.push({ kind: "follow-up", body: read.body, files });
      if (((read.body.flags ?? 0) & 64) === 0) messages.set(message.id, message);
      return { status: 200, body: shown(message) };
    }
    return { status: 405, body: { code: 0, message: "405" } };
  }

  function route(
    method: string,
    path: string,
    authorization: string | undefined,
    json: unknown,
    files: StoredMessage["files"],
  ): Answer {
    const parts = path.split("/").slice(1);
    const [first = "", second_ = "", third = "", fourth, fifth] = parts;
    if (first === "interactions") return interactionCallback(second_, third, json, files);
    if (first === "webhooks") return webhook(method, third, fifth, json, files);
    if (authorization !== `Bot ${token}`) return { status: 401, body: { code: 0, message: "401: Unauthorized" } };
    const key = `${method}:${first} ${second_}`;
    if (first !== "gateway") {
      const stop = limited(key);
      if (stop) return stop;
    }
    const answer = ((): Answer => {
      if (path === "/gateway/bot")
        return {
          status: 200,
          body: {
            url: gatewayUrl(),
            shards: 1,
            session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 16 },
          },
        };
      if (first === "applications" && /^\/applications\/\d+\/(guilds\/\d+\/)?commands$/.test(path)) {
        if (method === "GET") return { status: 200, body: commands };
        const read = checkCommands(json);
        if (!read.ok) return refusal(read.problem);
        commandWrites += 1;
        // Discord gives back more than it was given, and leaves out what is the default.
        commands = read.value.map((command) => ({
          ...command,
          id: nextId(),
          application_id: BOT.id,
          version: nextId(),
          default_member_permissions:
            ("default_member_permissions" in command && command.default_member_permissions) || null,
          nsfw: false,
          ...("description" in command ? {} : { description: "" }),
          integration_types: [...(command.integration_types ?? [0])].reverse(),
          ...("options" in command
            ? {
                options: command.options.map((each) =>
                  "required" in each && each.required !== true ? { ...each, required: undefined } : each,
                ),
              }
            : {}),
        }));
        return { status: 200, body: commands };
      }
      if (path === "/users/@me") return { status: 200, body: BOT };
      if (path === "/users/@me/guilds")
        return {
          status: 200,
          body: guilds.map(({ id, name }) => ({ id, name, owner: false, permissions: String(perms), features: [] })),
        };
      if (path === "/users/@me/channels" && method === "POST") {
        const { recipient_id } = json as { recipient_id: string };
        return {
          status: 200,
          body: { id: `6${recipient_id.slice(1)}`, type: 1, recipients: [{ ...READER, id: recipient_id }] },
        };
      }
      if (first === "channels" && third === "messages") {
        if (method === "POST" && fourth === undefined) return createMessage(second_, json, files);
        if (method === "GET" && fourth === undefined) {
          if (!channelOf(second_)) return { status: 404, body: { code: 10003, message: "Unknown Channel" } };
          return {
            status: 200,
            body: [...messages.values()]
              .filter((each) => each.channel === second_)
              .reverse()
              .slice(0, 100)
              .map(shown),
          };
        }
        const message = messages.get(fourth ?? "");
        if (!message) return { status: 404, body: { code: 10008, message: "Unknown Message" } };
        if (method === "DELETE") {
          messages.delete(message.id);
          return { status: 204 };
        }
        if (method === "PATCH") {
          const read = checked(json, files);
          if ("refused" in read) return read;
          if (files.length > 0 && !second_.startsWith("6") && (perms & (1n << 15n)) === 0n)
            return { status: 403, body: { code: 50013, message: "Missing Permissions" } };
          replaceBody(message, read.body);
          return { status: 200, body: shown(message) };
        }
      }
      return { status: 404, body: { code: 0, message: "404: Not Found" } };
    })();
    return { ...answer, headers: { ...rateHeaders(key), ...answer.headers } };
  }

  const http = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "";
    const path = decodeURIComponent(request.url ?? "")
      .replace(/^\/api\/v10/, "")
      .replace(/\?.*$/, "");
    const { json, files } = await readBody(request);
    const fault = faults.find((each) => each.times > 0 && each.match.test(`${method} ${path}`));
    let answer: Answer;
    if (fault?.slow !== undefined || fault?.half === true) {
      fault.times -= 1;
      await new Promise((resolve) => setTimeout(resolve, fault.slow ?? 0));
      answer = route(method, path, request.headers.authorization, json, files);
    } else if (fault) {
      fault.times -= 1;
      if (fault.after === true) route(method, path, request.headers.authorization, json, files);
      answer = fault;
    } else answer = route(method, path, request.headers.authorization, json, files);
    seen.push({ method, path, body: json, at: performance.now(), status: answer.status });
    wakeAll();
    if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault?.hangUp === true) {
      request.socket.destroy();
      return;
    }
    if (fault?.page !== undefined) {
      response.writeHead(answer.status, { "content-type": "text/html", ...answer.headers }).end(fault.page);
      return;
    }
    if (fault?.half === true) {
      const whole = JSON.stringify(answer.body ?? {});
      response.writeHead(answer.status, { "content-type": "application/json", "content-length": whole.length + 1 });
      response.write(whole.slice(0, whole.length / 2), () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status, {
      ...(answer.body === undefined ? {} : { "content-type": "application/json" }),
      ...answer.headers,
    });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  }

  http.listen(port, "127.0.0.1");
  await once(http, "listening");
  const bound = (http.address() as AddressInfo).port;
  const gatewayUrl = (): string => `ws://127.0.0.1:${bound}/gateway`;

  const gateway = new WebSocketServer({ server: http });
  const send = (socket: WebSocket, payload: unknown): void => socket.send(JSON.stringify(payload));

  function dispatchTo(session: Session, t: string, d: unknown): void {
    const event = { s: session.sent.length + 1, t, d };
    session.sent.push(event);
    if (session.socket?.readyState === 1) send(session.socket, { op: 0, ...event });
  }

  const guildData = (guild: (typeof guilds)[number]): unknown => ({
    id: guild.id,
    name: guild.name,
    owner_id: MODERATOR.id,
    unavailable: false,
    member_count: 3,
    roles: [
      {
        id: guild.id,
        name: "@everyone",
        permissions: String(perms),
        position: 0,
        color: 0,
        colors: { primary_color: 0 },
        hoist: false,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    channels: guild.channels.map((channel) => ({
      ...channel,
      type: 0,
      guild_id: guild.id,
      position: 0,
      permission_overwrites: [],
      nsfw: false,
      parent_id: null,
      flags: 0,
    })),
    members: [{ user: BOT, roles: [], joined_at: "2026-01-01T00:00:00.000Z", deaf: false, mute: false, flags: 0 }],
    threads: [],
    emojis: [],
    stickers: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    features: [],
    preferred_locale: "en-GB",
    verification_level: 0,
    explicit_content_filter: 0,
    default_message_notifications: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    large: false,
    joined_at: "2026-01-01T00:00:00.000Z",
  });

  const shardOf = (guild: string, count: number): number => Number((BigInt(guild) >> 22n) % BigInt(count));

  gateway.on("connection", (socket) => {
    connectedAt.push(performance.now());
    if (conduct === "closes at once") {
      socket.close(4000);
      return;
    }
    send(socket, { op: 10, d: { heartbeat_interval: heartbeatMs } });
    socket.on("message", (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString("utf8")) as { op: number; d: Record<string, unknown> };
      if (op === 1 && acknowledges) send(socket, { op: 11 });
      if (op === 2) {
        identifies.push(d);
        wakeAll();
        if (closeOnIdentify !== undefined) {
          socket.close(closeOnIdentify);
          return;
        }
        if (d["token"] !== token) {
          socket.close(4004, "Authentication failed.");
          return;
        }
        const shard = (d["shard"] as [number, number] | undefined) ?? [0, 1];
        const session: Session = { id: `session-${sessions.size + 1}`, socket, shard, sent: [] };
        sessions.set(session.id, session);
        const own = guilds.filter((guild) => shardOf(guild.id, shard[1]) === shard[0]);
        dispatchTo(session, "READY", {
          v: 10,
          user: BOT,
          guilds: own.map(({ id }) => ({ id, unavailable: true })),
          session_id: session.id,
          resume_gateway_url: gatewayUrl(),
          shard,
          application: { id: BOT.id, flags: 0 },
        });
        for (const guild of own) dispatchTo(session, "GUILD_CREATE", guildData(guild));
        if (conduct === "closes when ready") socket.close(4000);
      }
      if (op === 6) {
        resumes.push(d);
        wakeAll();
        if (conduct === "answers no resume") return;
        const session = sessions.get(String(d["session_id"]));
        if (!session) {
          send(socket, { op: 9, d: false });
        } else {
          session.socket = socket;
          for (const event of session.sent.slice(Number(d["seq"]))) send(socket, { op: 0, ...event });
          dispatchTo(session, "RESUMED", {});
          if (conduct === "closes when ready") socket.close(4000);
        }
      }
      wakeAll();
    });
  });

  /** To the shard that has the guild; direct messages go to shard 0. */
  function dispatch(t: string, d: unknown, guild: string | undefined): void {
    for (const session of sessions.values()) {
      const [id, count] = session.shard;
      const mine = guild === undefined ? id === 0 : shardOf(guild, count) === id;
      const newest = [...sessions.values()].filter((each) => each.shard[0] === id && each.shard[1] === count).at(-1);
      if (mine && newest === session) dispatchTo(session, t, d);
    }
  }

  function interact(type: number, data: Record<string, unknown>, more: InteractOptions = {}): Interaction {
    const { user = READER, guild = GUILD, channel = CHANNEL, message, expired = false } = more;
    const id = nextId();
    const onMessage = (message as { id?: string } | undefined)?.id;
    const interaction: Interaction = {
      id,
      token: `token-${id}`,
      createdAt: Date.now(),
      answeredAt: undefined,
      pending: false,
      answers: [],
      choices: undefined,
      onMessage,
      expired,
    };
    interactions.set(id, interaction);
    dispatch(
      "INTERACTION_CREATE",
      {
        id,
        application_id: BOT.id,
        type,
        data,
        token: interaction.token,
        version: 1,
        channel_id: channel,
        channel: { id: channel, type: guild === null ? 1 : 0 },
        context: more.context ?? (guild === null ? 1 : 0),
        locale: "en-GB",
        app_permissions: String(perms),
        authorizing_integration_owners: {},
        entitlements: [],
        attachment_size_limit: 10_485_760,
        ...(guild === null
          ? { user }
          : {
              guild_id: guild,
              guild: { id: guild, features: [], locale: "en-GB" },
              member: {
                user,
                roles: [],
                permissions: more.permissions ?? "0",
                joined_at: "2026-01-01T00:00:00.000Z",
                deaf: false,
                mute: false,
                flags: 0,
              },
            }),
        ...(message === undefined ? {} : { message }),
      },
      guild ?? undefined,
    );
    return interaction;
  }

  const server = {
    url: `http://127.0.0.1:${bound}/api`,
    seen,
    messages,
    interactions,
    identifies,
    resumes,
    until,
    get commands() {
      return commands;
    },
    get commandWrites() {
      return commandWrites;
    },
    set acknowledges(value: boolean) {
      acknowledges = value;
    },
    set conduct(value: Conduct) {
      conduct = value;
    },
    /** When connections to the gateway were made, in milliseconds. */
    connectedAt,
    set closeOnIdentify(value: number | undefined) {
      closeOnIdentify = value;
    },
    set token(value: string) {
      token = value;
    },
    set permissions(value: bigint) {
      perms = value;
    },
    /** What went wrong on the wire is refused with a 400 or, where the client misbehaved, another 4xx. */
    refused: () => seen.filter(({ status }) => status === 400),
    fault(match: RegExp, status: number, more: Partial<Fault> = {}): Fault {
      const fault: Fault = { match, status, times: 1, ...more };
      faults.push(fault);
      return fault;
    },
    clearFaults: () => void faults.splice(0),
    sessions: () => [...sessions.values()],
    connected: () => [...sessions.values()].filter((session) => session.socket?.readyState === 1).length,
    /** Messages of the bot in a channel, oldest first. */
    said: (channel = CHANNEL) => [...messages.values()].filter((message) => message.channel === channel),
    /** Somebody gives a channel another name. */
    rename(id: string, name: string): void {
      dispatch(
        "CHANNEL_UPDATE",
        {
          id,
          name,
          type: 0,
          guild_id: GUILD,
          position: 0,
          permission_overwrites: [],
          nsfw: false,
          parent_id: null,
          flags: 0,
        },
        GUILD,
      );
    },
    /** Somebody begins a thread in a channel. */
    thread(id: string, parent: string): void {
      threads.add(id);
      const archived = { archived: false, auto_archive_duration: 60, archive_timestamp: new Date().toISOString() };
      dispatch(
        "THREAD_CREATE",
        {
          id,
          guild_id: GUILD,
          parent_id: parent,
          name: "a thread",
          type: 11,
          owner_id: READER.id,
          thread_metadata: archived,
        },
        GUILD,
      );
    },
    /** Messages of the bot everywhere. */
    all: () => messages.values(),
    /** Somebody writes. */
    write(
      content: string,
      more: Record<string, unknown> & {
        channel?: string;
        guild?: string | null;
        author?: Record<string, unknown>;
      } = {},
    ): string {
      const { channel = CHANNEL, guild = GUILD, author = READER, ...rest } = more;
      const id = nextId();
      readerMessages.add(id);
      const mentions = content.includes(`<@${BOT.id}>`) ? [BOT] : [];
      dispatch(
        "MESSAGE_CREATE",
        {
          id,
          channel_id: channel,
          ...(guild === null ? { channel_type: 1 } : { guild_id: guild }),
          author,
          content,
          type: 0,
          timestamp: new Date().toISOString(),
          edited_timestamp: null,
          tts: false,
          mention_everyone: false,
          mentions,
          mention_roles: [],
          attachments: [],
          embeds: [],
          pinned: false,
          flags: 0,
          ...rest,
        },
        guild ?? undefined,
      );
      return id;
    },
    edit(id: string, content: string, more: Record<string, unknown> = {}): void {
      dispatch(
        "MESSAGE_UPDATE",
        {
          id,
          channel_id: CHANNEL,
          guild_id: GUILD,
          author: READER,
          content,
          type: 0,
          timestamp: new Date().toISOString(),
          edited_timestamp: new Date(Date.now() + ++counter).toISOString(),
          mentions: content.includes(`<@${BOT.id}>`) ? [BOT] : [],
          mention_roles: [],
          attachments: [],
          embeds: [],
          ...more,
        },
        GUILD,
      );
    },
    delete(id: string): void {
      readerMessages.delete(id);
      dispatch("MESSAGE_DELETE", { id, channel_id: CHANNEL, guild_id: GUILD }, GUILD);
    },
    /** Forgets a message without saying so: it is gone by the time it is replied to. */
    forget(id: string): void {
      readerMessages.delete(id);
    },
    dispatch,
    interact,
    command(name: string, options: Record<string, string> = {}, more: InteractOptions = {}): Interaction {
      return interact(
        2,
        {
          id: nextId(),
          name,
          type: 1,
          options: Object.entries(options).map(([key, value]) => ({ type: 3, name: key, value })),
        },
        more,
      );
    },
    /** Presses a button on a message that the bot sent, or that an interaction answered with. */
    press(customId: string, on: StoredMessage | SentMessage, more: InteractOptions = {}): Interaction {
      const stored: StoredMessage = "channel" in on ? on : { id: nextId(), channel: CHANNEL, body: on, files: [] };
      return interact(3, { custom_id: customId, component_type: 2 }, { message: shown(stored), ...more });
    },
    select(customId: string, value: string, on: SentMessage): Interaction {
      return interact(
        3,
        { custom_id: customId, component_type: 3, values: [value] },
        { message: shown({ id: nextId(), channel: CHANNEL, body: on, files: [] }) },
      );
    },
    /** The last answer of an interaction, once it has one. */
    answered: (interaction: Interaction): Promise<Interaction["answers"][number]> =>
      until(() => (interaction.pending ? undefined : interaction.answers.at(-1)), "an answer to an interaction"),
    requestReconnect(): void {
      for (const { socket } of sessions.values()) if (socket) send(socket, { op: 7, d: null });
    },
    invalidate(resumable: boolean): void {
      for (const session of sessions.values()) if (session.socket) send(session.socket, { op: 9, d: resumable });
    },
    /** Cuts every gateway connection, or closes it with a code. */
    drop(code?: number): void {
      for (const { socket } of sessions.values()) {
        if (code === undefined) socket?.terminate();
        else socket?.close(code);
      }
    },
    forgetSessions(): void {
      sessions.clear();
    },
    async stop(): Promise<void> {
      for (const client of gateway.clients) client.terminate();
      gateway.close();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
  return server;
}

type Component = {
  type: number;
  content?: string;
  label?: string;
  custom_id?: string;
  components?: Component[];
  options?: { label: string; value: string }[];
  items?: unknown[];
};

/** All text of a message, as a reader sees it. */
export function textOf(body: SentMessage | undefined): string {
  return ((body?.components ?? []) as Component[])
    .map((component) => component.content ?? "")
    .filter(Boolean)
    .join("\n");
}

/** Buttons of a message: label and id. */
export function buttonsOf(body: SentMessage | undefined): { label: string; id: string }[] {
  return ((body?.components ?? []) as Component[]).flatMap((component) =>
    (component.components ?? []).flatMap((inner) =>
      inner.type === 2 ? [{ label: inner.label ?? "", id: inner.custom_id ?? "" }] : [],
    ),
  );
}

/** Menus of a message. */
export function menusOf(body: SentMessage | undefined): { id: string; options: { label: string; value: string }[] }[] {
  return ((body?.components ?? []) as Component[]).flatMap((component) =>
    (component.components ?? []).flatMap((inner) =>
      inner.type === 3 ? [{ id: inner.custom_id ?? "", options: inner.options ?? [] }] : [],
    ),
  );
}
