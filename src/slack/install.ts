// "Add to Slack": OAuth v2 (docs.slack.dev/authentication/installing-with-oauth) by Slack's own provider, on the bot's own port.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger as BoltLogger, webApi } from "@slack/bolt";
import { InstallProvider } from "@slack/oauth";
import type { Logger } from "pino";
import { createAllowance } from "../assistant/allowance.js";
import type { Mount } from "../chat/face.js";
import type { Installations } from "../memory/installations.js";
import type { Once } from "../memory/once.js";
import { errorFields, slackCode } from "./faults.js";
import { at, createInstallationStore, placeOf } from "./installations.js";
import { SCOPES } from "./scopes.js";

export interface OAuthSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where readers' browsers reach the bot's port. */
  readonly publicUrl: string;
}

export interface InstallOptions extends OAuthSettings {
  readonly apiUrl: string;
  readonly kept: Installations;
  readonly states: Once;
  readonly clientOptions: webApi.WebClientOptions;
  readonly logger: BoltLogger;
  readonly log: Logger;
}

export const INSTALL_PATH = "/slack/install";
/** At once, and a second after; for one address, and as many for all. */
const BEGINNINGS = { burst: 60, perSecond: 1 } as const;
const REDIRECT_PATH = "/slack/oauth_redirect";

/** Why nothing was installed, as the page tells it. */
type Problem = "cancelled" | "expired" | "refused" | "away";

/** Beside the Web API stands the page where somebody allows it. */
const authorizeUrl = (apiUrl: string): string => new URL("/oauth/v2/authorize", apiUrl).toString();

function problemOf(error: { readonly code?: string; readonly original?: unknown; readonly message?: string }): Problem {
  switch (error.code) {
    case "slack_oauth_installer_authorization_error":
      return "cancelled";
    case "slack_oauth_invalid_state":
    case "slack_oauth_missing_state":
    case "slack_oauth_missing_code":
      return "expired";
    default: {
      const code = slackCode(error);
      return code === "" || code === "ratelimited" ? "away" : "refused";
    }
  }
}

function goTo(response: ServerResponse, path: string, query: Readonly<Record<string, string>>): void {
  response.writeHead(302, {
    location: `${path}?${new URLSearchParams(query).toString()}`,
    "cache-control": "no-store",
  });
  response.end();
}

/** The provider, and the paths that it answers. */
export function createInstall({
  clientId,
  clientSecret,
  publicUrl,
  apiUrl,
  kept,
  states,
  clientOptions,
  logger,
  log,
}: InstallOptions): { readonly provider: InstallProvider; readonly mounts: readonly Mount[] } {
  const installUrlOptions = {
    scopes: SCOPES.map(({ name }) => name),
    redirectUri: new URL(REDIRECT_PATH, publicUrl).toString(),
  };
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    clientOptions,
    logger,
    authorizationUrl: authorizeUrl(apiUrl),
    installationStore: createInstallationStore(kept),
    installUrlOptions,
    directInstall: true,
    stateStore: {
      generateStateParam: () => states.issue(),
      async verifyStateParam(_, state) {
        if (await states.take(state)) return installUrlOptions;
        throw Object.assign(new Error("the state was used, or is too old"), { code: "slack_oauth_invalid_state" });
      },
    },
  });

  const beginnings = createAllowance(BEGINNINGS);
  async function begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Each is written down: nobody needs many.
    const seconds = beginnings.take(request.socket.remoteAddress ?? "") || beginnings.take("all");
    if (seconds > 0) {
      response.writeHead(429, { "retry-after": String(seconds) }).end();
      return;
    }
    await provider.handleInstallPath(request, response).catch((error: unknown) => {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, "an installation could not begin");
      if (!response.headersSent) goTo(response, "/install", { problem: "away" });
    });
  }

  async function finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await provider.handleCallback(request, response, {
      async afterInstallation(installation) {
        const place = placeOf(installation);
        // Without a bot there is nobody to answer.
        if (place === "" || installation.bot === undefined) {
          goTo(response, "/install", { problem: "refused" });
          return false;
        }
        // Asked for anew it is a new one: what tells of the end of the one before comes late.
        await kept.put(at(place), { body: JSON.stringify(installation) });
        log.info({ workspace: place, org: installation.isEnterpriseInstall === true }, "a workspace added the bot");
        return true;
      },
      success() {
        goTo(response, "/install", { done: "yes" });
      },
      failure(error) {
        log.warn(
          { problem: problemOf(error), code: error.code, ...errorFields(error) },
          "an installation was not finished",
        );
        if (!response.headersSent) goTo(response, "/install", { problem: problemOf(error) });
      },
    });
  }

  const only =
    (work: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Mount["serve"] =>
    (request, response) => {
      if (request.method === "GET") void work(request, response);
      else response.writeHead(405, { allow: "GET" }).end();
    };
  return {
    provider,
    mounts: [
      { path: INSTALL_PATH, serve: only(begin) },
      { path: REDIRECT_PATH, serve: only(finish) },
    ],
  };
}
