// Slack's settings, read from the environment.
import type { SettingsReader } from "../chat/settings.js";

export interface SlackSettings {
  readonly botToken: string;
  /** Web API root. */
  readonly apiUrl: string;
  readonly mode:
    { readonly kind: "socket"; readonly appToken: string } | { readonly kind: "http"; readonly signingSecret: string };
}

export const SLACK_SETTINGS = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"] as const;

/** Slack's own Web API root (docs.slack.dev/apis/web-api). */
const API = "https://slack.com/api/";

export function readSlackSettings({ setting, addressProblem, secretProblem }: SettingsReader): {
  readonly settings: SlackSettings | undefined;
  readonly problems: readonly string[];
} {
  const bot = setting("SLACK_BOT_TOKEN");
  const app = setting("SLACK_APP_TOKEN");
  const secret = setting("SLACK_SIGNING_SECRET");
  const wrong = (...problems: string[]) => ({ settings: undefined, problems });
  const secrets = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"].map((name) => secretProblem(name));
  const malformed = [...secrets, addressProblem("SLACK_API_URL")].flatMap((problem) => problem ?? []);
  if (malformed.length > 0) return wrong(...malformed);
  if (bot === undefined) {
    const lone = app !== undefined ? "SLACK_APP_TOKEN" : secret !== undefined ? "SLACK_SIGNING_SECRET" : undefined;
    return lone === undefined
      ? wrong()
      : wrong(`${lone} needs SLACK_BOT_TOKEN beside it: the bot token from OAuth & Permissions, xoxb-…`);
  }
  if (app?.startsWith("xoxb-") === true || bot.startsWith("xapp-"))
    return wrong("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are the wrong way round: xoxb-… is the bot's, xapp-… the app's");
  const apiUrl = setting("SLACK_API_URL") ?? API;
  // Socket Mode first: with both, the app is being tried out.
  if (app !== undefined)
    return { settings: { botToken: bot, apiUrl, mode: { kind: "socket", appToken: app } }, problems: [] };
  if (secret !== undefined)
    return { settings: { botToken: bot, apiUrl, mode: { kind: "http", signingSecret: secret } }, problems: [] };
  return wrong(
    "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN beside it (Socket Mode, xapp-…), or SLACK_SIGNING_SECRET (HTTP, on PORT at /slack/events)",
  );
}
