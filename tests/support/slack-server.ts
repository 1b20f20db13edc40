// A server that speaks Slack's Web API, Socket Mode, response addresses and uploads, and sends events by socket or as signed
// requests. It refuses what Slack refuses, with Slack's codes.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { refuseBlocks, refuseView, type Block } from "./slack-rules.js";

export const BOT_TOKEN = "xoxb-test-token";
export const APP_TOKEN = "xapp-test-token";
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
export const BOT = "UBOT00001";
export const READER = "UREADER01";
export const COLLEAGUE = "UCOLLEAG1";
export const TEAM = "TTEAM0001";
export const CHANNEL = "CGENERAL1";
export const OTHER_CHANNEL = "COTHER001";
export const DM = "DREADER01";

export const CLIENT_ID = "111.222";
export const CLIENT_SECRET = "0123456789abcdef0123456789abcdef";

/** A workspace, or an organisation of workspaces, and what its installation has. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** The user that the bot is there. */
  readonly bot: string;
  /** The organisation that it belongs to. */
  readonly org?: string;
  /** Whether it is an organisation itself. */
  readonly whole?: boolean;
  /** Whether its tokens run out and are exchanged. */
  readonly rotates?: boolean;
  /** Undefined where the app is not installed. */
  token: string | undefined;
  refresh: string | undefined;
}

export interface Call {
  readonly method: string;
  readonly args: Record<string, unknown>;
  readonly at: number;
  readonly answer: Record<string, unknown>;
  readonly status: number;
  /** The workspace whose token it came with. */
  readonly team?: string | undefined;
}
export interface Posted {
  readonly channel: string;
  /** The workspace whose token it came with; of what came by a response address, whose address it was. */
  readonly team: string;
  readonly ts: string;
  readonly thread: string | undefined;
  /** Whom it is shown to; everybody where it is absent. */
  readonly user: string | undefined;
  text: string;
  blocks: Block[];
  /** The response address that it came by. */
  readonly by: string | undefined;
  readonly at: number;
}
export interface Fault {
  readonly match: RegExp;
  times: number;
  readonly status?: number;
  readonly error?: string;
  readonly retryAfter?: number;
  /** A page in place of an answer that a program could read. */
  readonly page?: string;
  /** Does what was asked, and then answers with the fault. */
  readonly after?: boolean;
  readonly hangUp?: boolean;
  /** Milliseconds until it answers. */
  readonly delay?: number;
  /** Milliseconds until it does what was asked, and answers as ever. */
  readonly slow?: number;
  /** Does what was asked, and breaks off in the middle of its answer. */
  readonly half?: boolean;
}
export interface Envelope {
  readonly id: string;
  acked: unknown;
  ackedAt: number | undefined;
  readonly at: number;
}
export interface SlackServerOptions {
  /** Where signed requests go; without it events go by socket. */
  readonly requests?: () => string;
  readonly channels?: Readonly<Record<string, "member" | "public" | "archived">>;
  /** Milliseconds that an uploaded file takes before it can be shown. */
  readonly processing?: number;
  readonly perSecond?: number;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function argsOf(raw: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([key, value]) => {
      if (/^[[{]/.test(value)) return [key, JSON.parse(value) as unknown];
      return [key, value];
    }),
  );
}

export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>;

export async function startSlackServer({
  requests,
  channels = { [CHANNEL]: "member", [OTHER_CHANNEL]: "member" },
  processing = 0,
  perSecond = 1_000,
}: SlackServerOptions = {}) {
  const calls: Call[] = [];
  const posted: Posted[] = [];
  const envelopes = new Map<string, Envelope>();
  const faults: Fault[] = [];
  const files = new Map<string, { bytes: number; ready: number; complete: boolean }>();
  const addresses = new Map<
    string,
    { uses: number; channel: string; user: string; on: Posted | undefined; team: string }
  >();
  const teams = new Map<string, Team>();
  const expired = new Set<string>();
  const codes = new Map<string, { readonly team: string; readonly redirect: string; used: boolean }>();
  const tokenOf = (team: Team): string => `xoxb-${team.id}-${++counter}`;
  const views: {
    kind: string;
    user: string | undefined;
    trigger: string | undefined;
    view: { blocks: Block[]; type: string; title?: { text: string } };
  }[] = [];
  const prompts: Record<string, unknown>[] = [];
  const triggers = new Set<string>();
  const sockets = new Set<WebSocket>();
  const greeted = new Set<WebSocket>();
  const waiting: (() => void)[] = [];
  const rate = new Map<string, { at: number; count: number }>();
  let botToken = BOT_TOKEN;
  let appToken = APP_TOKEN;
  let counter = 0;
  let hello = true;
  let scopes: readonly string[] | undefined;
  let clockSkew = 0;
  let connections = 0;

  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };
  async function until<T>(
    find: () => T | undefined | false | Promise<T | undefined | false>,
    what = "it",
    patience = 20_000,
  ): Promise<T> {
    const end = Date.now() + patience;
    for (;;) {
      const found = await find();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end)
        throw new Error(`${what} did not happen; last calls: ${JSON.stringify(calls.slice(-4)).slice(0, 3000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
  const nextTs = (): string => `${Math.floor(Date.now() / 1000)}.${String(++counter).padStart(6, "0")}`;
  const shownFiles = (): Set<string> =>
    new Set([...files].filter(([, file]) => file.complete && file.ready <= Date.now()).map(([id]) => id));

  type Answer = Record<string, unknown> & { ok: boolean };
  const no = (error: string, more: Record<string, unknown> = {}): Answer => ({ ok: false, error, ...more });

  function blocksRefused(args: Record<string, unknown>): Answer | undefined {
    if (args["blocks"] === undefined)
      return args["text"] === undefined || args["text"] === "" ? no("no_text") : undefined;
    const refusal = refuseBlocks(args["blocks"], 50, shownFiles());
    if (refusal)
      return no(refusal.error, { errors: refusal.messages, response_metadata: { messages: refusal.messages } });
    // Notifications and screen readers read the text.
    if (typeof args["text"] !== "string" || args["text"] === "") return no("no_text");
    return undefined;
  }

  function post(args: Record<string, unknown>, user: string | undefined, team: string): Answer {
    let channel = String(args["channel"]);
    if (/^U/.test(channel)) channel = `D${channel.slice(1)}`;
    const kind = /^D/.test(channel) ? "member" : channels[channel];
    if (kind === undefined) return no("channel_not_found");
    if (kind === "archived") return no("is_archived");
    if (kind === "public") return no("not_in_channel");
    const refused = blocksRefused(args);
    if (refused) return refused;
    if (String(args["text"]).length > 40_000) return no("msg_too_long");
    if (user === undefined && args["unfurl_links"] !== "false") return no("this_server_insists_on_unfurl_links");
    const message: Posted = {
      channel,
      team,
      ts: nextTs(),
      thread: args["thread_ts"] as string | undefined,
      user,
      text: String(args["text"]),
      blocks: (args["blocks"] ?? []) as Block[],
      by: undefined,
      at: performance.now(),
    };
    // "Ephemeral messages in threads are only shown if there is already an active thread" (docs.slack.dev, chat.postEphemeral).
    const unseen =
      user !== undefined &&
      message.thread !== undefined &&
      !posted.some((each) => each.user === undefined && each.thread === message.thread);
    if (!unseen) posted.push(message);
    return { ok: true, channel, ts: message.ts, message_ts: message.ts };
  }

  /** What a code, or a token that runs out, is exchanged for (docs.slack.dev/reference/methods/oauth.v2.access). */
  function access(args: Record<string, unknown>): Answer {
    if (args["client_id"] !== CLIENT_ID) return no("invalid_client_id");
    if (args["client_secret"] !== CLIENT_SECRET) return no("bad_client_secret");
    const again = args["grant_type"] === "refresh_token";
    const code = codes.get(String(args["code"]));
    const team = again
      ? [...teams.values()].find(({ refresh }) => refresh !== undefined && refresh === args["refresh_token"])
      : teams.get(code?.team ?? "");
    if (!team) return no(again ? "invalid_refresh_token" : "invalid_code");
    if (code) {
      if (code.used) return no("code_already_used");
      if (code.redirect !== args["redirect_uri"]) return no("bad_redirect_uri");
      code.used = true;
    }
    team.token = tokenOf(team);
    const rotation = team.rotates === true ? { refresh_token: `xoxe-${team.id}-${++counter}`, expires_in: 43_200 } : {};
    team.refresh = rotation.refresh_token;
    return {
      ok: true,
      app_id: "A1",
      access_token: team.token,
      token_type: "bot",
      scope: "app_mentions:read,commands,chat:write",
      bot_user_id: team.bot,
      team: team.whole === true ? null : { id: team.id, name: team.name },
      enterprise:
        team.whole === true ? { id: team.id, name: team.name } : team.org ? { id: team.org, name: "Org" } : null,
      is_enterprise_install: team.whole === true,
      authed_user: { id: "UINSTALL1" },
      ...rotation,
    };
  }

  const methods: Record<string, (args: Record<string, unknown>, team: string) => Answer> = {
    "auth.test": (_, team) => ({
      ok: true,
      bot_id: team === TEAM ? "BBOT00001" : `B${team}`,
      user_id: teams.get(team)?.bot ?? BOT,
      team_id: team,
      team: teams.get(team)?.name ?? "Newsroom",
      user: "standfirst",
      url: "https://example.slack.com/",
    }),
    "oauth.v2.access": (args) => access(args),
    "apps.connections.open": () => ({ ok: true, url: `ws://127.0.0.1:${port}/link/?ticket=1` }),
    "chat.postMessage": (args, team) => post(args, undefined, team),
    "chat.postEphemeral": (args, team) => post(args, String(args["user"]), team),
    "chat.update": (args, team) => {
      const message = posted.find((each) => each.ts === args["ts"]);
      if (!message) return no("message_not_found");
      // A message is its author's alone to change.
      if (message.team !== team) return no("cant_update_message");
      if (String(args["text"]).length > 4_000) return no("msg_too_long");
      const refused = blocksRefused(args);
      if (refused) return refused;
      message.text = String(args["text"]);
      message.blocks = (args["blocks"] ?? []) as Block[];
      return { ok: true, ts: message.ts };
    },
    "chat.delete": (args) => {
      const index = posted.findIndex((each) => each.ts === args["ts"] && each.channel === args["channel"]);
      if (index < 0) return no("message_not_found");
      posted.splice(index, 1);
      return { ok: true, ts: args["ts"] };
    },
    "views.publish": (args) => view("home", args),
    "views.open": (args) => {
      const trigger = String(args["trigger_id"]);
      if (!triggers.delete(trigger)) return no("invalid_trigger_id");
      return view("modal", args);
    },
    "views.update": (args) => (String(args["view_id"]).startsWith("V") ? view("update", args) : no("not_found")),
    "users.info": (args) => ({
      ok: true,
      user: { id: args["user"], is_admin: args["user"] === "UADMIN001", is_owner: false, tz: "Europe/London" },
    }),
    "conversations.history": (args) => ({
      ok: true,
      messages: posted
        .filter((each) => each.channel === args["channel"] && each.user === undefined)
        .map((each) => ({ ts: each.ts, text: each.text, blocks: each.blocks })),
    }),
    "assistant.threads.setSuggestedPrompts": (args) => {
      if (args["thread_ts"] !== undefined) return no("invalid_thread_ts");
      if (!Array.isArray(args["prompts"]) || args["prompts"].length > 4) return no("invalid_arguments");
      prompts.push(args);
      return { ok: true };
    },
    "files.getUploadURLExternal": (args) => {
      const length = Number(args["length"]);
      if (!(length > 0) || typeof args["filename"] !== "string") return no("missing_argument");
      const id = `F${++counter}`;
      files.set(id, { bytes: 0, ready: Infinity, complete: false });
      return { ok: true, upload_url: `http://127.0.0.1:${port}/upload/${id}`, file_id: id };
    },
    "files.completeUploadExternal": (args) => {
      const [first] = args["files"] as { id: string }[];
      const file = files.get(first?.id ?? "");
      if (!file || file.bytes === 0) return no("file_not_found");
      file.complete = true;
      file.ready = Date.now() + processing;
      return { ok: true, files: [{ id: first?.id }] };
    },
  };
  function view(kind: string, args: Record<string, unknown>): Answer {
    const refusal = refuseView(args["view"], shownFiles());
    if (refusal) return no(refusal.error, { response_metadata: { messages: refusal.messages } });
    views.push({
      kind,
      user: args["user_id"] as string | undefined,
      trigger: args["trigger_id"] as string | undefined,
      view: args["view"] as (typeof views)[number]["view"],
    });
    return { ok: true, view: { id: `V${++counter}` } };
  }

  function api(method: string, args: Record<string, unknown>, authorization: string | undefined): Answer {
    const known = methods[method];
    // What a token is asked for with comes without one.
    if (method === "oauth.v2.access") return access(args);
    const team = teamOf(args, authorization);
    if (method === "apps.connections.open") {
      if (tokenIn(args, authorization) !== appToken) return no("invalid_auth");
    } else if (expired.has(tokenIn(args, authorization) ?? "")) return no("token_expired");
    else if (team === undefined) return no("invalid_auth");
    return known ? known(args, team ?? TEAM) : no("unknown_method");
  }
  const tokenIn = (args: Record<string, unknown>, authorization: string | undefined): string | undefined =>
    authorization?.replace("Bearer ", "") ?? (args["token"] as string | undefined);
  /** The workspace of a token; of an organisation's the one that is named, or the organisation. */
  function teamOf(args: Record<string, unknown>, authorization: string | undefined): string | undefined {
    const token = tokenIn(args, authorization);
    if (token === botToken) return TEAM;
    return [...teams.values()].find((each) => each.token !== undefined && each.token === token)?.id;
  }

  function respondTo(id: string, args: Record<string, unknown>): { status: number; body: string } {
    const address = addresses.get(id);
    if (!address) return { status: 404, body: "expired_url" };
    if (++address.uses > 5) return { status: 404, body: "used_url" };
    const refused = blocksRefused(args);
    if (refused) return { status: 404, body: JSON.stringify(refused) };
    const blocks = (args["blocks"] ?? []) as Block[];
    if (args["replace_original"] === true) {
      if (!address.on) return { status: 404, body: "message_not_found" };
      address.on.text = String(args["text"]);
      address.on.blocks = blocks;
      return { status: 200, body: "ok" };
    }
    posted.push({
      channel: address.channel,
      team: address.team,
      ts: nextTs(),
      thread: args["thread_ts"] as string | undefined,
      user: args["response_type"] === "in_channel" ? undefined : address.user,
      text: String(args["text"]),
      blocks,
      by: id,
      at: performance.now(),
    });
    return { status: 200, body: "ok" };
  }

  const http = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const url = new URL(request.url ?? "/", "http://localhost");
    const [, kind = "", name = ""] = url.pathname.split("/");
    const send = (status: number, body: string, headers: Record<string, string> = {}): void => {
      response.writeHead(status, {
        "content-type": body.startsWith("{") ? "application/json" : "text/plain",
        ...(scopes === undefined ? {} : { "x-oauth-scopes": scopes.join(",") }),
        ...(clockSkew === 0 ? {} : { date: new Date(Date.now() + clockSkew * 1_000).toUTCString() }),
        ...headers,
      });
      response.end(body);
    };
    const key = kind === "api" ? name : kind;
    const fault = faults.find((each) => each.times > 0 && each.match.test(key));
    if (fault) fault.times -= 1;
    const doIt = (): { status: number; body: string } => {
      if (kind === "upload") {
        const file = files.get(name);
        if (file) file.bytes = raw.length;
        return { status: file ? 200 : 404, body: "OK" };
      }
      const args =
        kind === "response"
          ? (JSON.parse(raw.toString("utf8")) as Record<string, unknown>)
          : argsOf(raw.toString("utf8"));
      if (kind === "response") {
        const answer = respondTo(name, args);
        calls.push({
          method: "response",
          args,
          at: performance.now(),
          answer: { body: answer.body },
          status: answer.status,
        });
        return answer;
      }
      const bucket = `${name} ${String(args["channel"])}`;
      const window = rate.get(bucket);
      const now = Date.now();
      if (window && now - window.at < 1000 && window.count >= perSecond) {
        calls.push({ method: name, args, at: performance.now(), answer: { error: "ratelimited" }, status: 429 });
        return { status: 429, body: JSON.stringify(no("ratelimited")) };
      }
      rate.set(
        bucket,
        window && now - window.at < 1000 ? { at: window.at, count: window.count + 1 } : { at: now, count: 1 },
      );
      const answer = api(name, args, request.headers.authorization);
      calls.push({
        method: name,
        args,
        at: performance.now(),
        answer,
        status: 200,
        team: teamOf(args, request.headers.authorization),
      });
      return { status: 200, body: JSON.stringify(answer) };
    };
    if (fault?.slow !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.slow));
    if (fault?.half === true) {
      const { status, body } = doIt();
      wakeAll();
      response.writeHead(status, { "content-type": "application/json", "content-length": body.length + 1 });
      response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
      return;
    }
    if (!fault || fault.slow !== undefined) {
      const { status, body } = doIt();
      wakeAll();
      send(status, body, status === 429 ? { "retry-after": "1" } : {});
      return;
    }
    if (fault.after === true) doIt();
    else
      calls.push({
        method: key,
        args: kind === "api" ? argsOf(raw.toString("utf8")) : {},
        at: performance.now(),
        answer: { fault: true },
        status: fault.status ?? 200,
      });
    wakeAll();
    if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
    if (fault.hangUp === true) {
      request.socket.destroy();
      return;
    }
    const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
    const body = fault.page ?? (fault.error === undefined ? "" : JSON.stringify(no(fault.error)));
    send(fault.status ?? 200, body, headers);
  }
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;

  const link = new WebSocketServer({ server: http });
  link.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    // Nothing is delivered by a connection that was not greeted.
    if (hello) greeted.add(socket);
    if (hello) socket.send(JSON.stringify({ type: "hello", connection_info: { app_id: "A1" }, num_connections: 1 }));
    socket.on("close", () => {
      sockets.delete(socket);
      greeted.delete(socket);
      wakeAll();
    });
    socket.on("message", (data: Buffer) => {
      const { envelope_id, payload } = JSON.parse(data.toString("utf8")) as { envelope_id: string; payload?: unknown };
      const envelope = envelopes.get(envelope_id);
      if (envelope) {
        envelope.acked = payload ?? {};
        envelope.ackedAt ??= performance.now();
      }
      wakeAll();
    });
    wakeAll();
  });

  const sign = (stamp: number, body: string, secret = SIGNING_SECRET): string =>
    `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex")}`;

  /** Sends a signed request; the answer's status and body. */
  async function request(
    body: string,
    type: string,
    more: { stamp?: number; secret?: string; signature?: string | null; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: string }> {
    const stamp = more.stamp ?? Math.floor(Date.now() / 1000);
    const signature = more.signature === undefined ? sign(stamp, body, more.secret) : more.signature;
    const response = await fetch(requests?.() ?? "", {
      method: "POST",
      headers: {
        "content-type": type,
        "x-slack-request-timestamp": String(stamp),
        ...(signature === null ? {} : { "x-slack-signature": signature }),
        ...more.headers,
      },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  /** Delivers a payload by socket, or as a request. */
  function deliver(
    type: "events_api" | "slash_commands" | "interactive",
    payload: Record<string, unknown>,
    retry?: number,
  ): Envelope {
    const envelope: Envelope = { id: `E${++counter}`, acked: undefined, ackedAt: undefined, at: performance.now() };
    envelopes.set(envelope.id, envelope);
    if (!requests) {
      const socket = [...greeted].at(-1);
      socket?.send(
        JSON.stringify({
          envelope_id: envelope.id,
          type,
          accepts_response_payload: type !== "events_api",
          payload,
          ...(retry === undefined ? {} : { retry_attempt: retry, retry_reason: "timeout" }),
        }),
      );
      return envelope;
    }
    const form = (value: string): string => new URLSearchParams({ payload: value }).toString();
    const [body, kind] =
      type === "events_api"
        ? [JSON.stringify(payload), "application/json"]
        : [
            type === "interactive"
              ? form(JSON.stringify(payload))
              : new URLSearchParams(payload as Record<string, string>).toString(),
            "application/x-www-form-urlencoded",
          ];
    const headers =
      retry === undefined ? {} : { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" };
    void request(body, kind, { headers }).then(
      ({ status, body: answer }) => {
        envelope.acked = { status, answer };
        envelope.ackedAt = performance.now();
        wakeAll();
      },
      () => undefined,
    );
    return envelope;
  }

  const eventOf = (
    payload: Record<string, unknown>,
    id = `Ev${++counter}`,
    team = TEAM,
    more: Record<string, unknown> = {},
  ): Record<string, unknown> => ({
    token: "verification",
    team_id: team,
    api_app_id: "A1",
    event: payload,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        team_id: team,
        enterprise_id: teams.get(team)?.org ?? null,
        user_id: teams.get(team)?.bot ?? BOT,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    ...more,
  });
  const event = (payload: Record<string, unknown>, id?: string, retry?: number): Envelope =>
    deliver("events_api", eventOf(payload, id), retry);
  function address(channel: string, user: string, on?: Posted, team = TEAM): string {
    const id = `R${++counter}`;
    addresses.set(id, { uses: 0, channel, user, on, team });
    return `http://127.0.0.1:${port}/response/${id}`;
  }
  const trigger = (): string => {
    const id = `T${++counter}`;
    triggers.add(id);
    return id;
  };

  const server = {
    url: `http://127.0.0.1:${port}/api/`,
    /** Tokens that have run out. */
    expired,
    calls,
    posted,
    envelopes,
    files,
    views,
    prompts,
    until,
    request,
    event,
    eventOf,
    nextTs,
    deliver,
    /** Delivers an event again that was not acknowledged, as Slack does. */
    redeliver(envelope: Envelope, payload: Record<string, unknown>, retry: number): void {
      [...greeted].at(-1)?.send(
        JSON.stringify({
          envelope_id: envelope.id,
          type: "events_api",
          accepts_response_payload: false,
          payload,
          retry_attempt: retry,
          retry_reason: "timeout",
        }),
      );
    },
    clearFaults: () => void faults.splice(0),
    set botToken(value: string) {
      botToken = value;
    },
    set appToken(value: string) {
      appToken = value;
    },
    /** What a token may do, as Slack says with every answer. */
    set scopes(value: readonly string[] | undefined) {
      scopes = value;
    },
    /** Seconds that its clock is ahead. */
    set clockSkew(value: number) {
      clockSkew = value;
    },
    set hello(value: boolean) {
      hello = value;
    },
    get connections() {
      return connections;
    },
    connected: () => greeted.size,
    fault(match: RegExp, more: Partial<Fault>): Fault {
      const fault: Fault = { match, times: 1, ...more };
      faults.push(fault);
      return fault;
    },
    /** What Slack would have refused. */
    refused: () =>
      calls.filter(({ answer, status }) => {
        const code = JSON.stringify(answer["error"] ?? answer["body"] ?? "").replaceAll('"', "");
        const pending = JSON.stringify(answer).includes("invalid slack file");
        return !pending && (status === 404 || /^(invalid_|no_text|msg_|unknown_|this_server|missing_arg)/.test(code));
      }),
    /** Somebody mentions the bot in a channel. */
    mention(text: string, more: Record<string, unknown> = {}): string {
      const ts = (more["ts"] as string | undefined) ?? nextTs();
      event({
        type: "app_mention",
        user: READER,
        text: `<@${BOT}> ${text}`,
        ts,
        channel: CHANNEL,
        event_ts: ts,
        ...more,
      });
      return ts;
    },
    /** The same message by the other event. */
    message(text: string, more: Record<string, unknown> = {}): string {
      const ts = (more["ts"] as string | undefined) ?? nextTs();
      event({
        type: "message",
        user: READER,
        text,
        ts,
        channel: CHANNEL,
        channel_type: "channel",
        event_ts: ts,
        ...more,
      });
      return ts;
    },
    direct(text: string, more: Record<string, unknown> = {}): string {
      return server.message(text, { channel: DM, channel_type: "im", ...more });
    },
    openHome: (tab: "home" | "messages", user = READER): Envelope =>
      event({ type: "app_home_opened", user, channel: DM, tab, event_ts: nextTs() }),
    /** A workspace that may add the app; `token`: it has. */
    team(id: string, more: Partial<Team> = {}): Team {
      const team: Team = { id, name: `Team ${id}`, bot: `UBOT${id}`, token: undefined, refresh: undefined, ...more };
      teams.set(id, team);
      return team;
    },
    /** Somebody of a workspace allows what the app asks for: where their browser goes next. */
    approve(authorize: string, team: string, code = `code-${++counter}`): string {
      const query = new URL(authorize).searchParams;
      if (query.get("client_id") !== CLIENT_ID) throw new Error("Slack knows no such app");
      if (!query.get("scope")?.includes("chat:write")) throw new Error("nothing was asked for");
      const redirect = query.get("redirect_uri") ?? "";
      codes.set(code, { team, redirect, used: false });
      const to = new URL(redirect);
      to.searchParams.set("code", code);
      to.searchParams.set("state", query.get("state") ?? "");
      return to.toString();
    },
    /** An event of a workspace, or one of its own kind. */
    tell(team: string, payload: Record<string, unknown>, more: Record<string, unknown> = {}): Envelope {
      return deliver("events_api", eventOf(payload, undefined, team, more));
    },
    command(
      command: string,
      text = "",
      user = READER,
      { team = TEAM, channel = CHANNEL, ...more }: Record<string, string> = {},
    ): { id: string; envelope: Envelope; answers: () => Posted[] } {
      const to = address(channel, user, undefined, team);
      const id = to.split("/").at(-1) ?? "";
      const envelope = deliver("slash_commands", {
        token: "verification",
        team_id: team,
        team_domain: "newsroom",
        channel_id: channel,
        channel_name: "general",
        user_id: user,
        user_name: "reader",
        command,
        text,
        api_app_id: "A1",
        is_enterprise_install: "false",
        response_url: to,
        trigger_id: trigger(),
        ...more,
      });
      return { id, envelope, answers: () => posted.filter((each) => each.by === id) };
    },
    /** Somebody presses a button, or picks from a menu, on a message. */
    press(
      value: string,
      actionId: string,
      on: Posted,
      user = READER,
      team = TEAM,
    ): { envelope: Envelope; answers: () => Posted[] } {
      const to = address(on.channel, user, on, team);
      const id = to.split("/").at(-1);
      const envelope = deliver("interactive", {
        type: "block_actions",
        team: { id: team, domain: "newsroom" },
        user: { id: user, name: "reader", team_id: team },
        api_app_id: "A1",
        token: "verification",
        container: {
          type: "message",
          message_ts: on.ts,
          channel_id: on.channel,
          is_ephemeral: on.user !== undefined,
          ...(on.thread === undefined ? {} : { thread_ts: on.thread }),
        },
        trigger_id: trigger(),
        channel: { id: on.channel, name: "general" },
        ...(on.user === undefined ? { message: { ts: on.ts, text: on.text, thread_ts: on.thread } } : {}),
        response_url: to,
        actions: [actionOf(value, actionId)],
      });
      return { envelope, answers: () => posted.filter((each) => each.by === id) };
    },
    /** Somebody presses a button in Home or in a modal. */
    pressView(value: string, actionId: string, type: "home" | "modal", user = READER): Envelope {
      return deliver("interactive", {
        type: "block_actions",
        team: { id: TEAM, domain: "newsroom" },
        user: { id: user, name: "reader", team_id: TEAM },
        api_app_id: "A1",
        token: "verification",
        container: { type: "view", view_id: "V0" },
        trigger_id: trigger(),
        view: { id: "V0", type, blocks: [], private_metadata: "", callback_id: "", state: { values: {} } },
        actions: [actionOf(value, actionId)],
      });
    },
    submitView(
      callbackId: string,
      values: Record<string, Record<string, unknown>>,
      more: { user?: string; metadata?: string } = {},
    ): Envelope {
      return deliver("interactive", {
        type: "view_submission",
        team: { id: TEAM, domain: "newsroom" },
        user: { id: more.user ?? READER, name: "reader", team_id: TEAM },
        api_app_id: "A1",
        token: "verification",
        trigger_id: trigger(),
        view: {
          id: "V0",
          type: "modal",
          blocks: [],
          private_metadata: more.metadata ?? "",
          callback_id: callbackId,
          state: { values },
          hash: "1",
        },
        response_urls: [],
      });
    },
    shortcut(
      text: string,
      user = COLLEAGUE,
      more: Record<string, unknown> = {},
    ): { envelope: Envelope; answers: () => Posted[]; ts: string } {
      const to = address(CHANNEL, user);
      const id = to.split("/").at(-1);
      const ts = nextTs();
      const envelope = deliver("interactive", {
        type: "message_action",
        callback_id: "answer_from_the_article",
        token: "verification",
        trigger_id: trigger(),
        action_ts: nextTs(),
        response_url: to,
        team: { id: TEAM, domain: "newsroom" },
        channel: { id: CHANNEL, name: "general" },
        user: { id: user, name: "colleague", team_id: TEAM },
        message_ts: ts,
        message: { type: "message", user: READER, ts, text, ...more },
      });
      return { envelope, ts, answers: () => posted.filter((each) => each.by === id) };
    },
    /** Slack asks to connect anew. */
    disconnect(reason: string): void {
      for (const socket of sockets) socket.send(JSON.stringify({ type: "disconnect", reason, debug_info: {} }));
    },
    raw(text: string): void {
      for (const socket of sockets) socket.send(text);
    },
    drop(): void {
      for (const socket of sockets) socket.terminate();
    },
    replies: (ts: string) => posted.filter((each) => each.thread === ts && each.user === undefined),
    async stop(): Promise<void> {
      for (const socket of link.clients) socket.terminate();
      link.close();
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
  return server;
}

function actionOf(value: string, actionId: string): Record<string, unknown> {
  const common = { action_id: actionId, block_id: "b", action_ts: "1" };
  return actionId.startsWith("standfirst_pick")
    ? { ...common, type: "static_select", selected_option: { text: { type: "plain_text", text: "x" }, value } }
    : { ...common, type: "button", text: { type: "plain_text", text: "x" }, value };
}

/** Words of blocks, as a reader sees them. */
export function wordsIn(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === "rich_text")
        return block.elements
          .flatMap(({ elements }) => elements.map((part) => (part.type === "text" ? part.text : part.url)))
          .join("");
      if (block.type === "context") return block.elements.map((element) => element.text).join(" ");
      return block.type === "section" ? block.text.text : "";
    })
    .filter(Boolean)
    .join("\n");
}

export interface Element {
  readonly label: string;
  readonly id: string;
  readonly value: string;
}
/** Buttons of blocks. */
export function buttonsIn(blocks: readonly Block[]): Element[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element) =>
          element.type === "button"
            ? [{ label: element.text.text, id: element.action_id, value: element.value ?? "" }]
            : [],
        )
      : [],
  );
}
/** Options of the menus in blocks. */
export function optionsIn(blocks: readonly Block[]): Element[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element) =>
          element.type === "static_select"
            ? element.options.map((option) => ({ label: option.text.text, id: element.action_id, value: option.value }))
            : [],
        )
      : [],
  );
}
