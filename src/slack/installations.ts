// Which token serves which workspace. One workspace now, whose token is in the settings; a store of many would stand here.
import type { webApi } from "@slack/bolt";

export interface Installation {
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId: string;
  readonly teamName: string;
}

export interface Installations {
  /** The installation of a workspace. Rejects for one that is not served. */
  find(team: string | undefined): Promise<Installation>;
}

/** One workspace, told by its token. Rejects as Slack's `auth.test` does where the token is of no use. */
export async function openInstallations(
  client: webApi.WebClient,
  botToken: string,
): Promise<Installations & { readonly only: Installation }> {
  const { bot_id = "", user_id = "", team_id = "", team = "" } = await client.auth.test({ token: botToken });
  const only: Installation = { botToken, botId: bot_id, botUserId: user_id, teamId: team_id, teamName: team };
  return { only, find: () => Promise.resolve(only) };
}
