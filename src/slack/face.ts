// The Slack face: the real Bolt, by Socket Mode or HTTP. Hands each event to its listener, acknowledges before any work, and
// lets nothing but a bad token or a bad configuration end it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi, type Logger as BoltLogger } from "@slack/bolt";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { figuresCard, helpCard, type Card } from "../assistant/card.js";
import { createCooldown, type CooldownOptions } from "../assistant/cooldown.js";
import { createInFlight } from "../assistant/in-flight.js";
import { createPause } from "../assistant/pause.js";
import type { Seen } from "../assistant/seen.js";
import type { DailyDesk } from "../daily/desk.js";
import type { Poster } from "../daily/poster.js";
import type { Studio } from "../figures/studio.js";
import { answerMessage, type Listening } from "./answers.js";
import { createSlackApi, type SlackApi } from "./api.js";
import { answerCommand, COMMANDS } from "./commands.js";
import { answerDaily, DAILY_BUTTON, DAILY_MODAL, dailyModal, submitDaily } from "./daily.js";
import { createSlackPoster } from "./poster.js";
import { errorFields, faultOf, slackCode } from "./faults.js";
import { openHome, openPane } from "./home.js";
import { openInstallations, type Installations } from "./installations.js";
import { REQUEST_BYTES } from "./limits.js";
import { ACTIONS } from "./press.js";
import { answerPicked, answerPress } from "./presses.js";
import { renderCard } from "./render-card.js";

export interface SlackSettings {
  readonly botToken: string;
  /** Web API root. */
  readonly apiUrl: string;
  readonly mode:
    { readonly kind: "socket"; readonly appToken: string } | { readonly kind: "http"; readonly signingSecret: string };
}

export interface SlackFaceOptions extends SlackSettings {
  readonly assistant: Assistant;
  readonly studio: Studio;
  readonly log: Logger;
  readonly cooldown: CooldownOptions;
  /** Remembers events; shared where several processes serve one workspace. */
  readonly seen: Seen;
  /** Where daily posts are set up; absent where there are none. */
  readonly daily?: DailyDesk | undefined;
}

export interface SlackFace {
  /** Resolves when it hears; waits out a Slack that is not there; rejects with what Slack refuses for good. */
  readonly ready: Promise<{ readonly team: string }>;
  /** Rejects when Slack takes a token back later; never resolves. */
  readonly refused: Promise<never>;
  /** Serves a request to `/slack/events`; undefined in Socket Mode. */
  readonly serve: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly poster: Poster;
  status(): { readonly connected: boolean; readonly mode: "socket" | "http" };
  /** Takes nothing new, finishes what is being answered within `patience` milliseconds, and disconnects. */
  stop(patience: number): Promise<void>;
}

export const SHORTCUT = "answer_from_the_article";
export const EVENTS_PATH = "/slack/events";

/** A token or a configuration that Slack refuses for good; the message says what to do. */
class SlackRefusal extends Error {
  readonly code = "SLACK_REFUSED";
}

const REQUEST_MS = 10_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A connection that has not said hello by then is tried anew. */
const HELLO_MS = 20_000;
const FUTURE_S = 300;

const WAYS = [
  "mention me in a channel, or write to me directly",
  "/ask – a private answer, which you may share",
  "/topics, /summary – what there is",
  "/figures, /figure NAME, /compare A, B – the numbers, with charts",
  "More actions on a message → Answer from the article",
];

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
  /^(?:privategroup|directmessage|mpdm-)/.test(name) ? "this conversation" : `#${name}`;

export function createSlackFace(options: SlackFaceOptions): SlackFace {
  const { botToken, apiUrl, mode, assistant, studio, log, seen } = options;
  const inFlight = createInFlight();
  const help = async (): Promise<Card> => helpCard((await assistant.topics()).explainer, WAYS);
  const frame = async (): Promise<Card["explainer"]> => (await help()).explainer;
  const { daily: desk } = options;
  const listening: Listening = { assistant, cooldown: createCooldown(options.cooldown), seen, help, daily: desk, log };
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
      assistant,
      studio,
      log,
    });
    apis.set(token, api);
    return api;
  }

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

  /** The one place where a listener's fault ends. */
  async function handle(what: string, work: () => Promise<void>): Promise<void> {
    if (stopping) return;
    await inFlight.track(
      work().catch((error: unknown) => {
        const fault = faultOf(error);
        log[fault === "bug" ? "error" : "warn"]({ fault, ...errorFields(error) }, `${what} was not answered`);
        const refusal = fault === "token" ? refusalOf(error, "SLACK_BOT_TOKEN") : undefined;
        if (refusal) refuse(refusal);
      }),
    );
  }

  const heard = (event: object) => {
    const { channel, ts, thread_ts, user, text, bot_id, subtype, channel_type } = event as Record<
      string,
      string | undefined
    >;
    return {
      channel: channel ?? "",
      ts: ts ?? "",
      thread: thread_ts,
      user,
      text: text ?? "",
      botId: bot_id,
      subtype,
      direct: channel_type === "im",
    };
  };
  type Context = { botToken?: string | undefined; botUserId?: string | undefined; teamId?: string | undefined };
  const apiFor = ({ botToken: token = botToken }: Context): SlackApi => apiOf(token);
  const self = ({ botUserId = "", teamId = "" }: Context) => ({ user: botUserId, team: teamId });

  app.event("app_mention", async ({ event, context }) => {
    await handle("a mention", () => answerMessage(heard(event), self(context), apiFor(context), listening));
  });
  app.event("message", async ({ event, context }) => {
    await handle("a message", () => answerMessage(heard(event), self(context), apiFor(context), listening));
  });
  app.event("app_home_opened", async ({ event, context }) => {
    await handle("an opened Home", () =>
      event.tab === "messages"
        ? openPane(event.channel, apiFor(context), listening)
        : openHome(event.user, self(context).team, apiFor(context), listening),
    );
  });
  for (const name of COMMANDS) {
    app.command(name, async ({ ack, command, context }) => {
      await ack();
      const { text, user_id: user, response_url: responseUrl } = command;
      const given = { name, text, user, responseUrl };
      const api = apiFor(context);
      const asked = {
        team: self(context).team,
        channel: command.channel_id,
        channelName: channelNamed(command.channel_name),
        user,
      };
      const own = name === "/daily" && desk ? () => answerDaily(asked, text, desk, api, frame) : undefined;
      await handle("a command", () => answerCommand(given, api, listening, own));
    });
  }
  if (desk) {
    app.action(DAILY_BUTTON, async ({ ack, body, context }) => {
      await ack();
      const { trigger_id: trigger } = body as unknown as { trigger_id: string };
      await handle("a form", () => apiFor(context).openForm(trigger, dailyModal()));
    });
    app.view(DAILY_MODAL, async ({ ack, body, view, context }) => {
      await ack();
      const who = { team: self(context).team, user: body.user.id };
      await handle("a form", async () => {
        const api = apiFor(context);
        const { ok, card } = await submitDaily(who, view.state.values, desk, api, frame);
        // The form is closed by then: what came of it stands in the conversation with the bot, and in Home.
        await api.post({ channel: who.user }, renderCard(card));
        if (ok) await openHome(who.user, who.team, api, listening);
      });
    });
  }
  app.shortcut({ type: "message_action", callback_id: SHORTCUT }, async ({ ack, shortcut, context }) => {
    await ack();
    const {
      message,
      user,
      response_url: responseUrl,
    } = shortcut as unknown as {
      message: { text?: string; ts: string; thread_ts?: string };
      user: { id: string };
      response_url: string;
    };
    const picked = {
      text: message.text ?? "",
      ts: message.ts,
      thread: message.thread_ts,
      user: user.id,
      responseUrl,
    };
    await handle("a shortcut", () => answerPicked(picked, apiFor(context), listening));
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
      await handle("a press", () =>
        answerPress(
          {
            kind: name === "share" ? "share" : "show",
            value: value ?? selected_option?.value ?? "",
            user: from.user.id,
            team: self(context).team,
            channel: from.channel?.id,
            responseUrl: from.response_url,
            triggerId: from.trigger_id,
            modal: from.view?.type === "modal" ? from.view.id : undefined,
            ephemeral: from.container?.is_ephemeral === true,
            thread: from.container?.thread_ts ?? from.message?.thread_ts,
          },
          apiFor(context),
          listening,
        ),
      );
    });
  }
  app.error((error) => {
    log.error(errorFields(error), "Bolt met a fault");
    return Promise.resolve();
  });

  /** Tries until it works, with growing waits; rejects with what will never work. */
  async function persist<T>(setting: string, work: () => Promise<T>): Promise<T> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      if ("value" in outcome) return outcome.value;
      const refusal = refusalOf(outcome.error, setting);
      if (refusal) throw refusal;
      if (stopping) throw new Error("stopped before Slack could be reached", { cause: outcome.error });
      const asked = outcome.error instanceof webApi.WebAPIRateLimitedError ? outcome.error.retryAfter * 1000 : 0;
      const jittered = Math.max(asked, Math.round(wait * (0.5 + Math.random() / 2)));
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
    for (const { id } of assistant.explainers().slice(0, 10)) {
      const { explainer, desk } = await assistant.figures({ explainer: id });
      for (const chart of desk.charts()) await api.prepare(renderCard(figuresCard(explainer, desk.figures(), chart)));
    }
  }

  async function connect(): Promise<{ team: string }> {
    const client = new webApi.WebClient(undefined, { ...clientOptions, logger });
    installations = await persist("SLACK_BOT_TOKEN", () => openInstallations(client, botToken));
    if (receiver instanceof SocketModeReceiver) {
      await persist("SLACK_APP_TOKEN", () => connectSocket(receiver));
      stayConnected(receiver).catch((error: unknown) => {
        if (error instanceof SlackRefusal) refuse(error);
        else log.error(errorFields(error), "the connection to Slack ended");
      });
    } else connected = true;
    void inFlight
      .track(prepareCharts(apiOf(botToken)))
      .catch((error: unknown) => log.warn(errorFields(error), "charts were not uploaded beforehand"));
    log.info({ team: installations.only.teamName, mode: mode.kind }, "Slack is ready");
    return { team: installations.only.teamName };
  }
  const ready = connect();
  ready.catch(() => undefined);

  return {
    ready,
    refused,
    poster: createSlackPoster(() => apiOf(botToken), frame),
    serve:
      receiver instanceof HTTPReceiver
        ? (request, response) => {
            const stamp = Number(request.headers["x-slack-request-timestamp"]);
            const early = Number.isFinite(stamp) && stamp - Date.now() / 1000 > FUTURE_S;
            // Bolt refuses what is old; a time stamp from the future would stay valid for longer.
            if (request.method !== "POST" || early || stopping || !connected) {
              response.writeHead(request.method !== "POST" ? 405 : early ? 401 : 503).end();
              return;
            }
            receiver.requestListener(request, response);
          }
        : undefined,
    status: () => ({ connected, mode: mode.kind }),
    async stop(patience) {
      stopping = true;
      pause.wake();
      if (!(await inFlight.settled(patience))) log.warn("stopped before everything was answered");
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
