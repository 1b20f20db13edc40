// Which token serves which workspace: one whose token is in the settings, or many that added the bot by OAuth.
import type { InstallProvider } from "@slack/oauth";
import type { Installation as SlackInstallation, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import { createKept } from "../assistant/kept.js";
import type { Studio } from "../figures/studio.js";
import type { Installation } from "../memory/address.js";
import type { Installations } from "../memory/installations.js";
import { createSlackApi, type SlackApi } from "./api.js";
import { errorFields, faultOf, slackCode } from "./faults.js";
import { at, NotInstalled } from "./installations.js";
import { PLATFORM } from "./message.js";

/** Who is asked about: as Bolt tells it. */
export interface Source {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall: boolean;
}

/** What serves a workspace. */
export interface Served {
  readonly botToken: string;
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
  readonly teamId: string;
}

export interface Workspaces {
  /** Gets ready; what to tell whoever started it. Rejects as Slack or the store does. */
  open(): Promise<string>;
  /** What serves a workspace; undefined where the bot is not in it. Rejects where that cannot be known now. */
  serving(source: Source): Promise<Served | undefined>;
  /** Requests for a workspace that is served so. */
  apiWith(served: Pick<Served, "botToken" | "teamId">): SlackApi;
  /** Requests for a workspace. Rejects with {@link NotInstalled}. */
  api(of: Installation): Promise<SlackApi>;
  /** Whether it is that of whoever runs the bot. */
  owns(of: Installation): boolean;
  count(): number;
}

export interface WorkspacesOptions {
  /** Without a token. */
  readonly client: webApi.WebClient;
  readonly studio: Studio;
  readonly log: Logger;
  /** Hears for how many seconds Slack asks to wait. */
  readonly onWait: (seconds: number) => void;
}

/** Workspaces whose requests are kept ready, each with the charts that it was given. */
const READY = 2_000;

/** Requests by workspace. `onToken` hears of one whose token was refused. */
function createApis({ client, studio, log, onWait }: WorkspacesOptions, onToken: (team: string) => void) {
  const kept = createKept<{ readonly token: string; readonly api: SlackApi }>(READY);
  return ({ botToken: token, teamId: team }: Pick<Served, "botToken" | "teamId">): SlackApi => {
    const before = kept.get(team);
    if (before?.token === token) return before.api;
    const api = createSlackApi({ client, token, team, studio, log, onWait, onToken: () => onToken(team) });
    kept.set(team, { token, api });
    return api;
  };
}

/** One workspace, told by its token. `refused` hears when Slack's `auth.test` refuses it. */
export function createOneWorkspace(
  botToken: string,
  options: WorkspacesOptions,
  insist: <T>(work: () => Promise<T>) => Promise<T>,
  refused: (error: unknown) => void,
): Workspaces {
  let served: Served | undefined;
  const test = () => options.client.auth.test({ token: botToken });
  // A token is bad when `auth.test` says so, whatever another method or an address answered.
  const apiWith = createApis(options, () => void test().catch(refused));
  return {
    async open() {
      const { bot_id, user_id, team_id = "", team = "" } = await insist(test);
      served = { botToken, botId: bot_id, botUserId: user_id, teamId: team_id };
      options.log.info({ team }, "Slack is ready");
      return `ready in ${team}.`;
    },
    serving() {
      if (!served) throw new Error("not ready");
      return Promise.resolve(served);
    },
    apiWith,
    api: () => Promise.resolve(apiWith({ botToken, teamId: served?.teamId ?? "" })),
    owns: ({ place }) => place !== "" && place === served?.teamId,
    count: () => (served ? 1 : 0),
  };
}

/** Many, as they come and go. A token that Slack refuses ends its own installation and nothing else. */
export function createManyWorkspaces(
  provider: InstallProvider,
  kept: Installations,
  options: WorkspacesOptions,
): Workspaces {
  const { log } = options;
  /** One exchange of a token at a time: what it is exchanged for is good once. */
  const underway = new Map<string, Promise<unknown>>();
  const confirming = new Set<string>();

  async function find(source: Source): Promise<Served | undefined> {
    try {
      const { teamId, enterpriseId } = source;
      const found = await provider.authorize({
        teamId,
        enterpriseId,
        isEnterpriseInstall: source.isEnterpriseInstall,
      });
      if (found.botToken === undefined) return undefined;
      const { botToken, botId, botUserId } = found;
      return { botToken, botId, botUserId, teamId: found.teamId ?? teamId ?? enterpriseId ?? "" };
    } catch (error) {
      const { original } = error as { original?: unknown };
      if (original instanceof NotInstalled) return undefined;
      throw original ?? error;
    }
  }

  /** Whose token serves a workspace: its own, or its organisation's. */
  async function ownerOf({ teamId, enterpriseId }: Source): Promise<string> {
    const own = teamId === undefined ? undefined : await kept.get(at(teamId));
    return own?.body === undefined ? (own?.org ?? enterpriseId ?? teamId ?? "") : (teamId ?? "");
  }

  async function serving(source: Source): Promise<Served | undefined> {
    const owner = await ownerOf(source);
    const before = underway.get(owner);
    // A token that runs out is exchanged by one; the others take what it got.
    if (before) await before.catch(() => undefined);
    const found = find(source).finally(() => {
      if (underway.get(owner) === found) underway.delete(owner);
    });
    underway.set(owner, found);
    return found;
  }

  /** Asks whether a token that was refused holds, and ends its installation where it does not. */
  async function confirm(team: string): Promise<void> {
    if (confirming.has(team)) return;
    confirming.add(team);
    try {
      const place = await ownerOf({ teamId: team, isEnterpriseInstall: false });
      // Another process may have exchanged it, or somebody added the bot anew.
      const { body } = (await kept.reread(at(place))) ?? {};
      const bot = body === undefined ? undefined : (JSON.parse(body) as SlackInstallation).bot;
      if (body === undefined || !bot) return;
      const refused = await options.client.auth.test({ token: bot.token }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (refused === undefined || faultOf(refused) !== "token") return;
      // One that ran out while it could not be exchanged is exchanged at the next question.
      if (bot.refreshToken !== undefined && slackCode(refused) === "token_expired") return;
      await kept.end(at(place), body);
      log.warn(
        { workspace: place, ...errorFields(refused) },
        "a workspace's token is refused; it has to add the bot anew",
      );
    } finally {
      confirming.delete(team);
    }
  }

  const apiWith = createApis(options, (team) => {
    void confirm(team).catch((error: unknown) =>
      log.warn({ workspace: team, ...errorFields(error) }, "a token could not be confirmed"),
    );
  });
  return {
    async open() {
      await kept.refresh();
      const resealed = await kept.reseal();
      const workspaces = kept.count(PLATFORM);
      log.info({ workspaces, resealed }, "Slack is ready");
      return `ready in ${workspaces === 1 ? "1 workspace" : `${workspaces} workspaces`}.`;
    },
    serving,
    apiWith,
    async api({ place }) {
      const served = await serving({ teamId: place, isEnterpriseInstall: false });
      if (!served) throw new NotInstalled(`the bot is not in ${place}`);
      return apiWith(served);
    },
    owns: () => false,
    count: () => kept.count(PLATFORM),
  };
}
