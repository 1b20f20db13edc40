// App Home, and the questions that the direct-message pane suggests.
import type { types } from "@slack/bolt";
import type { Logger } from "pino";
import type { Conversation } from "../chat/conversation.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";
import type { SlackApi } from "./api.js";
import { faultOf, slackCode } from "./faults.js";
import { DAILY_BUTTON } from "./form.js";
import { PROMPTS } from "./limits.js";
import { renderCard } from "./render-card.js";

/** The article, what somebody set up, and a button to set a daily post up. */
async function openHome(at: Address, user: string, api: SlackApi, conversation: Conversation): Promise<void> {
  const home = await conversation.showAt(at).home();
  const subscriptions = await conversation.subscriptions(at, user);
  const below: types.KnownBlock[] = subscriptions
    ? [
        { type: "divider" },
        ...renderCard(subscriptions).blocks(),
        {
          type: "actions",
          elements: [
            {
              type: "button",
              text: { type: "plain_text", text: wordingOf(home.explainer.language).dailyButton(), emoji: false },
              action_id: DAILY_BUTTON,
            },
          ],
        },
      ]
    : [];
  await api.publishHome(user, renderCard(home, { asker: user }), below);
}

/** Says once for every workspace that it has no Home: an opening that the app's settings forbid is no fault of ours. */
export function createHome(log: Logger): typeof openHome {
  const told = new Set<string>();
  return async (at, user, api, conversation) =>
    openHome(at, user, api, conversation).catch((error: unknown) => {
      if (faultOf(error) !== "forbidden") throw error;
      if (told.has(at.place)) return;
      told.add(at.place);
      log.warn(
        { workspace: at.place, error: slackCode(error) },
        "App Home cannot be shown; turn on its Home tab in the app's settings, or let it be",
      );
    });
}

/** Suggests the article's questions. Workspaces whose apps have no such pane refuse; that is no fault. */
export async function openPane(at: Address, api: SlackApi, conversation: Conversation, log: Logger): Promise<void> {
  const summary = await conversation.showAt(at).overview("summary", undefined);
  const prompts = summary.choices.slice(0, PROMPTS).map(({ label }) => ({ title: label, message: label }));
  await api.suggest(at.channel, wordingOf(summary.explainer.language).helpTry(), prompts).catch((error: unknown) => {
    if (faultOf(error) === "token") throw error;
    log.debug({ error: slackCode(error) }, "questions could not be suggested");
  });
}
