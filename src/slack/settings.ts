// Slack's settings, read from the environment.
import type { SettingsReader } from "../chat/settings.js";

/** The app, where workspaces add it by themselves. */
export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach the bot's port. */
  readonly publicUrl: string;
}

export interface SlackSettings {
  /** Of one workspace its token; of many the app that they add. */
  readonly auth: { readonly kind: "one"; readonly botToken: string } | ({ readonly kind: "many" } & SlackApp);
  /** Web API root. */
  readonly apiUrl: string;
  readonly mode:
    { readonly kind: "socket"; readonly appToken: string } | { readonly kind: "http"; readonly signingSecret: string };
}

export const SLACK_SETTINGS = [
  "SLACK_BOT_TOKEN",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_API_URL",
] as const;

/** Slack's own Web API root (docs.slack.dev/apis/web-api). */
const API = "https://slack.com/api/";

const SECRETS = ["SLACK_BOT_TOKEN", "SLACK_CLIENT_SECRET", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"];

type Auth = { readonly auth: SlackSettings["auth"] | undefined } | { readonly problem: string };

/** Who is served: one workspace by its token, or all that add the app; undefined where nothing says. */
function readAuth(setting: SettingsReader["setting"]): Auth {
  const [bot, id, secret] = ["SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"].map((name) => setting(name));
  if (id === undefined && secret === undefined)
    return { auth: bot === undefined ? undefined : { kind: "one", botToken: bot } };
  if (bot !== undefined)
    return {
      problem:
        "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many that add the app; leave one or the other out",
    };
  if (id === undefined || secret === undefined)
    return { problem: "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET need each other; both stand under Basic Information" };
  const publicUrl = setting("PUBLIC_URL");
  if (publicUrl === undefined)
    return { problem: "SLACK_CLIENT_ID needs PUBLIC_URL: the https:// address under which browsers reach PORT" };
  if (setting("INSTALLATION_KEY") === undefined)
    return {
      problem:
        "SLACK_CLIENT_ID needs INSTALLATION_KEY, which seals the workspaces' tokens; make one with openssl rand -base64 32",
    };
  return { auth: { kind: "many", clientId: id, clientSecret: secret, publicUrl } };
}

export function readSlackSettings({ setting, addressProblem, secretProblem }: SettingsReader): {
  readonly settings: SlackSettings | undefined;
  readonly problems: readonly string[];
} {
  const bot = setting("SLACK_BOT_TOKEN");
  const app = setting("SLACK_APP_TOKEN");
  const secret = setting("SLACK_SIGNING_SECRET");
  const wrong = (...problems: string[]) => ({ settings: undefined, problems });
  const secrets = SECRETS.map((name) => secretProblem(name));
  const malformed = [...secrets, addressProblem("SLACK_API_URL")].flatMap((problem) => problem ?? []);
  if (malformed.length > 0) return wrong(...malformed);
  const read = readAuth(setting);
  if ("problem" in read) return wrong(read.problem);
  const { auth } = read;
  if (!auth) {
    const lone = app !== undefined ? "SLACK_APP_TOKEN" : secret !== undefined ? "SLACK_SIGNING_SECRET" : undefined;
    return lone === undefined
      ? wrong()
      : wrong(`${lone} needs SLACK_BOT_TOKEN beside it: the bot token from OAuth & Permissions, xoxb-…`);
  }
  if (app?.startsWith("xoxb-") === true || bot?.startsWith("xapp-") === true)
    return wrong("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are the wrong way round: xoxb-… is the bot's, xapp-… the app's");
  const apiUrl = setting("SLACK_API_URL") ?? API;
  // Socket Mode first: with both, the app is being tried out.
  if (app !== undefined) return { settings: { auth, apiUrl, mode: { kind: "socket", appToken: app } }, problems: [] };
  if (secret !== undefined)
    return { settings: { auth, apiUrl, mode: { kind: "http", signingSecret: secret } }, problems: [] };
  const lone = auth.kind === "one" ? "SLACK_BOT_TOKEN" : "SLACK_CLIENT_ID";
  return wrong(
    `${lone} needs SLACK_APP_TOKEN beside it (Socket Mode, xapp-…), or SLACK_SIGNING_SECRET (HTTP, on PORT at /slack/events)`,
  );
}
