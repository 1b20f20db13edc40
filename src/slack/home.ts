// App Home, and the questions that the direct-message pane suggests.
import type { types } from "@slack/bolt";
import { homeCard, noticeCard } from "../assistant/card.js";
import { WORDING } from "../assistant/wording.js";
import type { Listening } from "./answers.js";
import type { SlackApi } from "./api.js";
import { DAILY_BUTTON } from "./daily.js";
import { faultOf, slackCode } from "./faults.js";
import { PROMPTS } from "./limits.js";
import { renderCard } from "./render-card.js";

/** The daily posts that somebody set up, and a button to set one up. */
async function dailyBlocks(user: string, team: string, { daily, help, log }: Listening): Promise<types.KnownBlock[]> {
  if (!daily) return [];
  const own = daily
    .list("slack", team, (row) => row.created_by === user)
    .catch(async (error: unknown) => {
      log.warn({ err: error }, "daily posts could not be listed");
      return noticeCard((await help()).explainer, WORDING.dailyAway);
    });
  const list = renderCard(await own);
  return [
    { type: "divider" },
    ...list.blocks(),
    {
      type: "actions",
      elements: [
        {
          type: "button",
          text: { type: "plain_text", text: WORDING.dailyButton, emoji: false },
          action_id: DAILY_BUTTON,
        },
      ],
    },
  ];
}

export async function openHome(user: string, team: string, api: SlackApi, listening: Listening): Promise<void> {
  const { assistant, help } = listening;
  const { explainer, desk } = await assistant.figures();
  const ways = (await help()).blocks;
  await api.publishHome(
    user,
    renderCard(homeCard(explainer, desk.figures(), desk.charts()[0], ways), { asker: user }),
    await dailyBlocks(user, team, listening),
  );
}

/** Suggests the article's questions. Workspaces whose apps have no such pane refuse; that is no fault. */
export async function openPane(channel: string, api: SlackApi, { assistant, log }: Listening): Promise<void> {
  const view = await assistant.summary();
  const prompts = view.questions.slice(0, PROMPTS).map(({ heading }) => ({ title: heading, message: heading }));
  await api.suggest(channel, WORDING.helpTry, prompts).catch((error: unknown) => {
    if (faultOf(error) === "token") throw error;
    log.debug({ error: slackCode(error) }, "questions could not be suggested");
  });
}
