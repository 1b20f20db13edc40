// The Slack face: the real Bolt, by Socket Mode or HTTP. Hands each event to its listener, acknowledges before any work, and
// lets nothing but a bad token or a bad configuration end it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi, type Logger as BoltLogger } from "@slack/bolt";
import type { Logger } from "pino";
import { createPause } from "../assistant/pause.js";
import { commandTable } from "../chat/commands.js";
import { createConversation } from "../chat/conversation.js";
import type { Rights } from "../chat/event.js";
import type { Face, FaceDeps } from "../chat/face.js";
import { createBackoff } from "../chat/retry.js";
import { wordingOf } from "../languages/languages.js";
import type { Address, Installation } from "../memory/address.js";
import { createSlackApi, type SlackApi } from "./api.js";
import { errorFields, faultOf, slackCode } from "./faults.js";
import { DAILY_BUTTON, DAILY_FORM, dailyForm, readForm } from "./form.js";
import { openHome, openPane } from "./home.js";
import { openInstallations, type Installations } from "./installations.js";
import { REQUEST_BYTES } from "./limits.js";
import { PLATFORM, readEvent, type Self } from "./message.js";
import { createSlackOutgoing } from "./outgoing.js";
import { createSlackPoster } from "./poster.js";
import { ACTIONS, PRESSES } from "./press.js";
import { renderCard } from "./render-card.js";
import type { SlackSettings } from "./settings.js";
import { wordsOf } from "./text.js";
import { createTurn } from "./turn.js";

export type SlackFaceOptions = SlackSettings & FaceDeps;

export interface SlackFace extends Face {
  status(): { readonly connected: boolean; readonly mode: "socket" | "http" };
}

export const SHORTCUT = "answer_from_the_article";
/** Where requests are taken in HTTP mode. */
const EVENTS_PATH = "/slack/events";

/** A token or a configuration that Slack refuses for good; the message says what to do. */
class SlackRefusal extends Error {
  readonly code = "SLACK_REFUSED";
}

const REQUEST_MS = 10_000;
/** A connection that has not said hello by then is tried anew. */
const HELLO_MS = 20_000;
const FUTURE_S = 300;
/** Articles whose charts are uploaded beforehand. */
const PREPARED = 10;

/** Codes that another try will not mend, and what will. */
function refusalOf(error: unknown, setting: string): SlackRefusal | undefined {
  const code = slackCode(error);
  const fatal =
    faultOf(error) === "token" ||
    ["not_allowed_token_type", "missing_scope", "team_disabled", "user_removed_from_team"].includes(code);
  return fatal
    ? new SlackRefusal(`Slack refuses ${setting} (${code}). Copy it anew from your app's page on api.slack.com/apps.`, {
        cause: error,
      })
    : undefined;
}

/** Bolt's logger on ours. What Bolt calls information is detail here; its debug lines hold readers' words. */
function boltLogger(log: Logger): BoltLogger {
  const say =
    (level: "trace" | "debug" | "warn") =>
    (...parts: unknown[]): void =>
      log[level](
        {
          bolt: parts
            .map((part) => (part instanceof Error ? part.message : typeof part === "string" ? part : "…"))
            .join(" "),
        },
        "bolt",
      );
  return {
    debug: say("trace"),
    info: say("debug"),
    // Every fault comes to us as an exception too; Bolt's own lines about it may hold payloads.
    warn: say("debug"),
    error: say("debug"),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

/** A channel by name; Slack names private channels and conversations by their kind. */
const channelNamed = (name: string): string =>
  /^(?:privategroup|directmessage|mpdm-)/.test(name) ? wordingOf("en").thisConversation() : `#${name}`;

export function createSlackFace(options: SlackFaceOptions): SlackFace {
  const { botToken, apiUrl, mode, assistant, studio, log, daily: desk } = options;
  const slackApiUrl = apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`;
  const clientOptions = { slackApiUrl, timeout: REQUEST_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const logger = boltLogger(log);
  const apis = new Map<string, SlackApi>();
  let installations: (Installations & { only: { teamName: string; botToken: string } }) | undefined;
  let stopping = false;
  let connected = false;
  const pause = createPause();
  let refuse: (reason: SlackRefusal) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  refused.catch(() => undefined);

  /** Requests for a workspace; one set of uploads each. */
  function apiOf(token: string): SlackApi {
    const before = apis.get(token);
    if (before) return before;
    const api = createSlackApi({
      client: new webApi.WebClient(token, { ...clientOptions, logger }),
      studio,
      log,
    });
    apis.set(token, api);
    return api;
  }

  // One workspace so far, whose token is in the settings.
  const apiOfPlace = (of: Installation): SlackApi => {
    void of;
    return apiOf(botToken);
  };
  const frame = async () => (await assistant.topics()).explainer;
  const out = createSlackOutgoing(apiOfPlace, frame);
  const conversation = createConversation({
    ...options,
    out,
    onFault(error) {
      const refusal = faultOf(error) === "token" ? refusalOf(error, "SLACK_BOT_TOKEN") : undefined;
      if (refusal) refuse(refusal);
    },
  });

  const receiver: SocketModeReceiver | HTTPReceiver =
    mode.kind === "socket"
      ? new SocketModeReceiver({
          appToken: mode.appToken,
          logger,
          // We connect again ourselves, at once and knowing why: see `stayConnected`.
          autoReconnectEnabled: false,
          installerOptions: { clientOptions: { ...clientOptions } },
        })
      : new HTTPReceiver({
          signingSecret: mode.signingSecret,
          endpoints: [EVENTS_PATH],
          bodyLimit: REQUEST_BYTES,
          logger,
        });
  const app = new App({
    receiver: receiver,
    logger,
    convoStore: false,
    clientOptions,
    authorize: async ({ teamId }) => {
      if (!installations) throw new Error("not ready");
      const { botToken: token, botId, botUserId } = await installations.find(teamId);
      return { botToken: token, botId, botUserId, ...(teamId === undefined ? {} : { teamId }) };
    },
  });

  type Context = { botToken?: string | undefined; botUserId?: string | undefined; teamId?: string | undefined };
  const apiFor = ({ botToken: token = botToken }: Context): SlackApi => apiOf(token);
  const self = ({ botUserId = "", teamId = "" }: Context): Self => ({ user: botUserId, team: teamId });
  const at = (context: Context, channel: string, thread?: string): Address => ({
    platform: PLATFORM,
    place: self(context).team,
    channel,
    thread,
  });
  /** Whoever may post in a channel sets something up there; an administrator changes what others did. */
  const rightsOf = (context: Context, user: string): Rights => ({
    set: true,
    change: () => apiFor(context).isAdmin(user),
    all: false,
  });

  function heard(event: object, context: Context): Promise<void> {
    return conversation.handle("a message", async () => {
      const news = readEvent(event, self(context));
      if (!news) return;
      if (news.kind === "deleted") conversation.deleted(news.at, [news.id]);
      else conversation[news.kind](news.message);
      await Promise.resolve();
    });
  }
  app.event("app_mention", ({ event, context }) => heard(event, context));
  app.event("message", ({ event, context }) => heard(event, context));
  app.event("app_home_opened", async ({ event, context }) => {
    await conversation.handle("an opened Home", () =>
      event.tab === "messages"
        ? openPane(event.channel, apiFor(context), conversation, log)
        : openHome(at(context, event.channel), event.user, apiFor(context), conversation),
    );
  });
  for (const { name } of commandTable(false)) {
    app.command(`/${name}`, async ({ ack, command, context }) => {
      await ack();
      const { text, user_id: user, response_url: responseUrl, channel_id: channel, trigger_id: id } = command;
      await conversation.commanded({
        id,
        at: at(context, channel),
        reader: user,
        turn: createTurn({ responseUrl }, apiFor(context)),
        name,
        options: undefined,
        line: wordsOf(text),
        rights: rightsOf(context, user),
        alone: true,
        channelName: channelNamed(command.channel_name),
        restate: true,
      });
    });
  }
  if (desk) {
    app.action(DAILY_BUTTON, async ({ ack, body, context }) => {
      await ack();
      const { trigger_id: trigger } = body as unknown as { trigger_id: string };
      await conversation.handle("a form", () => apiFor(context).openForm(trigger, dailyForm()));
    });
    app.view(DAILY_FORM, async ({ ack, body, view, context }) => {
      await ack();
      const reader = body.user.id;
      await conversation.handle("a form", async () => {
        const { channel, options: filled } = readForm(view.state.values);
        const { ok, card } = await conversation.submitted({
          part: "start",
          options: filled,
          at: at(context, channel),
          channelName: channel.startsWith("D") ? wordingOf("en").thisConversation() : undefined,
          reader,
          rights: rightsOf(context, reader),
        });
        // The form is closed by then: what came of it stands in the conversation with the bot, and in Home.
        const api = apiFor(context);
        await api.post({ channel: reader }, renderCard(card));
        if (ok) await openHome(at(context, ""), reader, api, conversation);
      });
    });
  }
  app.shortcut({ type: "message_action", callback_id: SHORTCUT }, async ({ ack, shortcut, context }) => {
    await ack();
    const {
      message,
      user,
      channel,
      response_url: responseUrl,
      trigger_id: id,
    } = shortcut as unknown as {
      message: { text?: string; ts: string; thread_ts?: string };
      user: { id: string };
      channel?: { id: string };
      response_url: string;
      trigger_id: string;
    };
    await conversation.picked({
      id,
      at: at(context, channel?.id ?? ""),
      reader: user.id,
      turn: createTurn({ responseUrl, thread: message.thread_ts }, apiFor(context)),
      text: wordsOf(message.text ?? ""),
      target: message.thread_ts ?? message.ts,
      alone: true,
    });
  });
  for (const [name, id] of Object.entries(ACTIONS)) {
    app.action(new RegExp(`^${id}(:|$)`), async ({ ack, body, action, context }) => {
      await ack();
      const { value, selected_option } = action as { value?: string; selected_option?: { value: string } };
      const from = body as unknown as {
        user: { id: string };
        channel?: { id: string };
        container?: { is_ephemeral?: boolean; thread_ts?: string; type?: string };
        message?: { thread_ts?: string };
        response_url?: string;
        trigger_id: string;
        view?: { id: string; type: string };
      };
      const read = PRESSES.decode(value ?? selected_option?.value ?? "");
      const own = from.container?.is_ephemeral === true;
      const thread = from.container?.thread_ts ?? from.message?.thread_ts;
      const answerable = {
        responseUrl: from.response_url,
        triggerId: from.trigger_id,
        modal: from.view?.type === "modal" ? from.view.id : undefined,
        ephemeral: own,
        thread,
      };
      await conversation.pressed({
        id: from.trigger_id,
        at: at(context, from.channel?.id ?? "", thread),
        reader: from.user.id,
        turn: createTurn(answerable, apiFor(context)),
        // Before values told the action, elements did.
        press: read && { ...read, action: name === "share" ? "share" : "show" },
        own,
        apart: from.response_url === undefined,
        rights: rightsOf(context, from.user.id),
      });
    });
  }
  app.error((error) => {
    log.error(errorFields(error), "Bolt met a fault");
    return Promise.resolve();
  });

  /** Tries until it works, with growing waits; rejects with what will never work. */
  async function persist<T>(setting: string, work: () => Promise<T>): Promise<T> {
    for (const backoff = createBackoff(); ;) {
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) return outcome.value;
      const refusal = refusalOf(outcome.error, setting);
      if (refusal) throw refusal;
      if (stopping) throw new Error("stopped before Slack could be reached", { cause: outcome.error });
      const asked = outcome.error instanceof webApi.WebAPIRateLimitedError ? outcome.error.retryAfter * 1000 : 0;
      const jittered = backoff.next(asked);
      log.warn({ ...errorFields(outcome.error), againInMs: jittered }, "Slack cannot be reached");
      await pause.wait(jittered);
    }
  }

  async function connectSocket(socket: SocketModeReceiver): Promise<void> {
    const { client } = socket;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        void client.disconnect();
        reject(new Error("Slack did not say hello"));
      }, HELLO_MS);
    });
    await Promise.race([client.start(), late]).finally(() => clearTimeout(timer));
    connected = true;
  }

  /** Connects again whenever the connection ends: refreshed by Slack, dropped, or gone silent. */
  async function stayConnected(socket: SocketModeReceiver): Promise<void> {
    while (!stopping) {
      await new Promise((resolve) => socket.client.once("disconnected", resolve));
      connected = false;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a stop may have come meanwhile
      if (stopping) return;
      log.info("reconnecting to Slack");
      await persist("SLACK_APP_TOKEN", () => connectSocket(socket));
      log.info("connected to Slack again");
    }
  }

  /** Uploads the editor's charts, so that answers with them need not wait. */
  async function prepareCharts(api: SlackApi): Promise<void> {
    for (const { id } of assistant.explainers().slice(0, PREPARED)) {
      const { desk: figures } = await assistant.figures({ explainer: id });
      const card = await conversation.show.overview("figures", id);
      for (const chart of figures.charts()) await api.prepare(renderCard({ ...card, chart }));
    }
  }

  async function connect(): Promise<{ note: string }> {
    const client = new webApi.WebClient(undefined, { ...clientOptions, logger });
    installations = await persist("SLACK_BOT_TOKEN", () => openInstallations(client, botToken));
    if (receiver instanceof SocketModeReceiver) {
      await persist("SLACK_APP_TOKEN", () => connectSocket(receiver));
      stayConnected(receiver).catch((error: unknown) => {
        if (error instanceof SlackRefusal) refuse(error);
        else log.error(errorFields(error), "the connection to Slack ended");
      });
    } else connected = true;
    void prepareCharts(apiOf(botToken)).catch((error: unknown) =>
      log.warn(errorFields(error), "charts were not uploaded beforehand"),
    );
    log.info({ team: installations.only.teamName, mode: mode.kind }, "Slack is ready");
    return { note: `ready in ${installations.only.teamName}.` };
  }
  const ready = connect();
  ready.catch(() => undefined);

  function serve(http: HTTPReceiver, request: IncomingMessage, response: ServerResponse): void {
    const stamp = Number(request.headers["x-slack-request-timestamp"]);
    const early = Number.isFinite(stamp) && stamp - Date.now() / 1000 > FUTURE_S;
    // Bolt refuses what is old; a time stamp from the future would stay valid for longer.
    if (request.method !== "POST" || early || stopping || !connected) {
      response.writeHead(request.method !== "POST" ? 405 : early ? 401 : 503).end();
      return;
    }
    http.requestListener(request, response);
  }

  return {
    platform: PLATFORM,
    ready,
    refused,
    poster: createSlackPoster(apiOfPlace, out, log),
    mount:
      receiver instanceof HTTPReceiver
        ? { path: EVENTS_PATH, serve: (request, response) => serve(receiver, request, response) }
        : undefined,
    status: () => ({ connected, mode: mode.kind }),
    async stop(patience) {
      stopping = true;
      pause.wake();
      if (!(await conversation.stop(patience))) log.warn("stopped before everything was answered");
      if (receiver instanceof SocketModeReceiver) {
        receiver.client.once("error", () => undefined);
        await Promise.race([
          receiver.client.disconnect(),
          new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
        ]);
      }
      connected = false;
    },
  };
}
