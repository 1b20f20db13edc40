// The Slack face: the real Bolt, by Socket Mode or HTTP. Hands each event to its listener, acknowledges before any work, and
// lets nothing but a bad token or a bad configuration end it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver, SocketModeReceiver, webApi } from "@slack/bolt";
import { createPause } from "../assistant/pause.js";
import { createConversation } from "../chat/conversation.js";
import type { Face, FaceDeps, Mount } from "../chat/face.js";
import type { Installation } from "../memory/address.js";
import type { Installations } from "../memory/installations.js";
import { createBackoff, persist } from "../assistant/retry.js";
import { SealError } from "../storage/seal.js";
import { errorFields, faultOf, retryAfter, slackCode } from "./faults.js";
import { boltLogger } from "./bolt-logger.js";
import { createInstall, INSTALL_PATH } from "./install.js";
import { at as slackPlace } from "./installations.js";
import { REQUEST_BYTES } from "./limits.js";
import { listen } from "./listeners.js";
import { PLATFORM } from "./message.js";
import { createSlackOutgoing } from "./outgoing.js";
import { createSlackPoster } from "./poster.js";
import { renderCard } from "./render-card.js";
import { readRequest } from "./request.js";
import { SCOPES } from "./scopes.js";
import type { SlackApp, SlackSettings } from "./settings.js";
import { createManyWorkspaces, createOneWorkspace, type Workspaces } from "./workspaces.js";

export type SlackFaceOptions = SlackSettings & FaceDeps;

export interface SlackFace extends Face {
  status(): { readonly connected: boolean; readonly mode: "socket" | "http"; readonly workspaces: number };
}

/** Where requests are taken in HTTP mode. */
const EVENTS_PATH = "/slack/events";

/** A token or a configuration that Slack refuses for good; the message says what to do. */
class SlackRefusal extends Error {
  readonly code = "SLACK_REFUSED";
}

const REQUEST_MS = 10_000;
/** Requests under way at once, for all workspaces. */
const REQUESTS_AT_ONCE = 500;
/** A connection that has not said hello by then is tried anew. */
const HELLO_MS = 20_000;
const FUTURE_S = 300;
/** A connection that held for so long is one that worked. */
const LASTED_MS = 10_000;
/** The first wait after a connection that did not; Slack refreshes connections, so it is short. */
const SHORT_LIVED_FIRST_MS = 500;
/** How long somebody may take to allow it. */
const STATE_MS = 600_000;
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

export function createSlackFace(options: SlackFaceOptions): SlackFace {
  const { auth, apiUrl, mode, assistant, studio, log, daily: desk, installations: kept, once } = options;
  const slackApiUrl = apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`;
  const logger = boltLogger(log);
  const clientOptions = {
    slackApiUrl,
    timeout: REQUEST_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  };
  let stopping = false;
  let connected = false;
  const pause = createPause();
  let refuse: (reason: SlackRefusal) => void = () => undefined;
  const refused = new Promise<never>((_, reject) => (refuse = reject));
  refused.catch(() => undefined);

  const shared = {
    client: new webApi.WebClient(undefined, { ...clientOptions, maxRequestConcurrency: REQUESTS_AT_ONCE }),
    studio,
    log,
    onWait: (seconds: number) => options.meter?.waited(PLATFORM, seconds),
  };
  /** Of many workspaces: how they add the bot, and which have. */
  function openMany(app: SlackApp) {
    if (!kept || !once) throw new Error("a bot of many workspaces needs a store");
    const states = once("oauth", STATE_MS);
    const { provider, mounts } = createInstall({
      ...app,
      apiUrl: slackApiUrl,
      kept,
      states,
      clientOptions,
      logger,
      log,
    });
    return { mounts, workspaces: createManyWorkspaces(provider, kept, shared) };
  }
  const openOne = (botToken: string): Workspaces =>
    createOneWorkspace(
      botToken,
      shared,
      (work) => insist("SLACK_BOT_TOKEN", work),
      (error) => {
        const refusal = refusalOf(error, "SLACK_BOT_TOKEN");
        if (refusal) refuse(refusal);
      },
    );
  const { workspaces, mounts } =
    auth.kind === "one" ? { workspaces: openOne(auth.botToken), mounts: undefined } : openMany(auth);
  const frame = async () => (await assistant.topics()).explainer;
  const out = createSlackOutgoing((of) => workspaces.api(of), frame);
  const conversation = createConversation({ ...options, out });

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
    authorize: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      const served = await workspaces.serving({ teamId, enterpriseId, isEnterpriseInstall });
      const known = {
        ...(teamId === undefined ? {} : { teamId }),
        ...(enterpriseId === undefined ? {} : { enterpriseId }),
      };
      if (!served) return known;
      // Bolt makes a client of its own of every token that it is shown, and keeps it; ours is at hand.
      const { botId, botUserId, teamId: team } = served;
      return {
        ...known,
        teamId: team,
        served,
        ...(botId === undefined ? {} : { botId }),
        ...(botUserId === undefined ? {} : { botUserId }),
      };
    },
  });

  listen({
    app,
    apiFor: (served) => workspaces.apiWith(served),
    async left(place, since, how) {
      if (!kept) return;
      // Slack was told that it was heard, and tells it no second time: where the store is away it waits for it.
      await persist(() => leave(kept, slackPlace(place), since, how), {
        wait: (milliseconds) => pause.wait(milliseconds),
        stopped: () => stopping,
        judge: () => 0,
        waits: (error, againInMs) =>
          log.warn({ ...errorFields(error), againInMs }, "what a workspace leaves waits for the store"),
      });
    },
    conversation,
    forms: desk !== undefined,
    log,
  });
  app.error((error) => {
    log.error(errorFields(error), "Bolt met a fault");
    return Promise.resolve();
  });

  async function leave(
    from: Installations,
    of: Installation,
    since: number,
    how: "removed" | "revoked",
  ): Promise<void> {
    const installed = await from.installedAt(of);
    // What tells of the end of an installation may come after the next has begun.
    if (installed !== undefined && since < Math.floor(installed / 1000)) return;
    await (how === "removed" ? from.remove(of) : from.end(of));
    log.info(
      { workspace: of.place },
      how === "removed"
        ? "a workspace took the bot out; what belonged to it is deleted"
        : "a workspace took its token back",
    );
  }

  /** Tries until it works, with growing waits; rejects with what will never work. */
  async function insist<T>(setting: string, work: () => Promise<T>, backoff = createBackoff()): Promise<T> {
    const done = await persist(work, {
      backoff,
      wait: (milliseconds) => pause.wait(milliseconds),
      stopped: () => stopping,
      judge(error) {
        const refusal = refusalOf(error, setting);
        if (refusal) throw refusal;
        return (retryAfter(error) ?? 0) * 1000;
      },
      waits: (error, againInMs) => log.warn({ ...errorFields(error), againInMs }, "Slack cannot be reached"),
    });
    if (!done) throw new Error("stopped before Slack could be reached");
    return done.value;
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
    const backoff = createBackoff({ first: SHORT_LIVED_FIRST_MS });
    while (!stopping) {
      const since = performance.now();
      await new Promise((resolve) => socket.client.once("disconnected", resolve));
      connected = false;
      // What counts as success is a connection that lasted: one that ends as soon as it is there is tried again after a while.
      if (performance.now() - since >= LASTED_MS) backoff.reset();
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a stop may have come meanwhile
      else if (!stopping) {
        const againInMs = backoff.next();
        log.warn({ againInMs }, "the connection to Slack did not last");
        await pause.wait(againInMs);
      }
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a stop may have come meanwhile
      if (stopping) return;
      log.info("reconnecting to Slack");
      await insist("SLACK_APP_TOKEN", () => connectSocket(socket), backoff);
      log.info("connected to Slack again");
    }
  }

  /** Uploads the editor's charts to the one workspace there is, so that answers with them need not wait. */
  async function prepareCharts(): Promise<void> {
    const api = await workspaces.api(slackPlace(""));
    for (const { id } of assistant.explainers().slice(0, PREPARED)) {
      const { desk: figures } = await assistant.figures({ explainer: id });
      const card = await conversation.show.overview("figures", id);
      for (const chart of figures.charts()) await api.prepare(renderCard({ ...card, chart }));
    }
  }

  async function connect(): Promise<{ note: string }> {
    const note = auth.kind === "one" ? await workspaces.open() : await openStored();
    if (receiver instanceof SocketModeReceiver) {
      await insist("SLACK_APP_TOKEN", () => connectSocket(receiver));
      stayConnected(receiver).catch((error: unknown) => {
        if (error instanceof SlackRefusal) refuse(error);
        else log.error(errorFields(error), "the connection to Slack ended");
      });
    } else connected = true;
    if (auth.kind === "one")
      void prepareCharts().catch((error: unknown) =>
        log.warn(errorFields(error), "charts were not uploaded beforehand"),
      );
    return { note };
  }

  /** The installations are in the store, which may be away for a while. */
  async function openStored(): Promise<string> {
    const opened = await persist(() => workspaces.open(), {
      wait: (milliseconds) => pause.wait(milliseconds),
      stopped: () => stopping,
      judge(error) {
        if (error instanceof SealError)
          throw new SlackRefusal(
            "INSTALLATION_KEY does not open what the workspaces' tokens were sealed with. Set the key that was set before; to change keys, write the new one and behind a comma the old one.",
            { cause: error },
          );
        return 0;
      },
      waits: (error, againInMs) =>
        log.warn({ ...errorFields(error), againInMs }, "the workspaces cannot be read; the store is away"),
    });
    if (!opened) throw new Error("stopped before the workspaces could be read");
    return opened.value;
  }

  const ready = connect();
  ready.catch(() => undefined);

  async function serve(http: HTTPReceiver, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stamp = Number(request.headers["x-slack-request-timestamp"] ?? 0);
    // Bolt refuses what is old; a time stamp from the future, or of no time at all, would stay valid for longer.
    const early = !(stamp - Date.now() / 1000 <= FUTURE_S);
    if (request.method !== "POST" || early || stopping || !connected || mode.kind !== "http") {
      response.writeHead(request.method !== "POST" ? 405 : early ? 401 : 503).end();
      return;
    }
    const read = await readRequest(request, mode.signingSecret);
    if (read.ok) http.requestListener(read.request, response);
    else response.writeHead(read.status).end();
  }

  return {
    platform: PLATFORM,
    ready,
    refused,
    poster: createSlackPoster((of) => workspaces.api(of), out, log),
    owns: (of) => workspaces.owns(of),
    mounts: [
      ...(receiver instanceof HTTPReceiver
        ? [{ path: EVENTS_PATH, serve: (...args: Parameters<Mount["serve"]>) => void serve(receiver, ...args) }]
        : []),
      ...(mounts ?? []),
    ],
    install: () => mounts && { title: "Slack", href: INSTALL_PATH, asks: SCOPES },
    installed: () => workspaces.count(),
    status: () => ({ connected, mode: mode.kind, workspaces: workspaces.count() }),
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
