// What `doctor` asks Slack: tokens, scopes, the app, the clock.
import { webApi } from "@slack/bolt";
import { skewFinding, type Finding } from "../chat/finding.js";
import { errorFields, slackCode } from "./faults.js";
import { SCOPES } from "./scopes.js";
import type { SlackSettings } from "./settings.js";

const REQUEST_MS = 10_000;
const PAGE = "api.slack.com/apps";

const told = (error: unknown): string => slackCode(error) || JSON.stringify(Object.values(errorFields(error))[0] ?? "");

async function ask<T>(
  what: string,
  mend: string,
  work: () => Promise<T>,
  good: (value: T) => Finding[],
): Promise<Finding[]> {
  try {
    return good(await work());
  } catch (error) {
    const code = slackCode(error);
    return code === ""
      ? [
          {
            level: "bad",
            what: `Slack cannot be reached (${told(error)})`,
            mend: "see whether this machine may reach slack.com by https, and SLACK_API_URL",
          },
        ]
      : [{ level: "bad", what: `${what} (${code})`, mend }];
  }
}

export async function examineSlack({ auth, mode, apiUrl }: SlackSettings): Promise<readonly Finding[]> {
  const slackApiUrl = apiUrl.endsWith("/") ? apiUrl : `${apiUrl}/`;
  const client = new webApi.WebClient(undefined, {
    slackApiUrl,
    timeout: REQUEST_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const found: Finding[] = [await skewFinding("Slack", `${slackApiUrl}api.test`)];
  if (auth.kind === "one")
    found.push(
      ...(await ask(
        "Slack refuses SLACK_BOT_TOKEN",
        `copy it anew from OAuth & Permissions on ${PAGE}`,
        () => client.auth.test({ token: auth.botToken }),
        ({ team, user, response_metadata: meta }) => {
          const held = new Set(meta?.scopes ?? []);
          const missing = held.size === 0 ? [] : SCOPES.filter(({ name }) => !held.has(name));
          return [
            { level: "good", what: `Slack takes SLACK_BOT_TOKEN: ${user ?? "the bot"} in ${team ?? "its workspace"}` },
            ...missing.map(({ name, why }): Finding => ({
              level: "bad",
              what: `the scope ${name} is missing, which is ${why}`,
              mend: `add it under OAuth & Permissions on ${PAGE} and reinstall the app, or paste slack-manifest.yaml anew`,
            })),
          ];
        },
      )),
    );
  else
    found.push(
      ...(await ask(
        "",
        "",
        async () => {
          // A code of no use tells whether the app is known, and asks for nothing.
          const { clientId, clientSecret } = auth;
          const code = await client.oauth.v2
            .access({ client_id: clientId, client_secret: clientSecret, code: "doctor" })
            .then(
              () => "",
              (error: unknown) => {
                if (slackCode(error) === "") throw error;
                return slackCode(error);
              },
            );
          return code;
        },
        (code): Finding[] =>
          /client|secret/.test(code)
            ? [
                {
                  level: "bad",
                  what: `Slack refuses SLACK_CLIENT_ID or SLACK_CLIENT_SECRET (${code})`,
                  mend: `copy both anew from Basic Information on ${PAGE}`,
                },
              ]
            : [{ level: "good", what: "Slack knows the app by SLACK_CLIENT_ID and SLACK_CLIENT_SECRET" }],
      )),
    );
  if (mode.kind === "socket")
    found.push(
      ...(await ask(
        "Slack refuses SLACK_APP_TOKEN",
        `make one with the scope connections:write under Basic Information, App-Level Tokens, on ${PAGE}, and turn Socket Mode on`,
        () => client.apps.connections.open({ token: mode.appToken }),
        (): Finding[] => [{ level: "good", what: "Slack opens connections for SLACK_APP_TOKEN" }],
      )),
    );
  else
    found.push({
      level: "look",
      what: "whether SLACK_SIGNING_SECRET is this app's cannot be asked",
      mend: "a wrong one shows as 401 at /slack/events; Slack's page Event Subscriptions says whether the address answered",
    });
  return found;
}
