// Slash commands: private answers that restate the question, which Slack hides, with a button to share.
import {
  comparisonCard,
  figuresCard,
  namedFigureCard,
  noticeCard,
  overviewCard,
  replyCard,
  tooFastCard,
  type Card,
} from "../assistant/card.js";
import { explainerNamed } from "../assistant/articles.js";
import { label } from "../assistant/label.js";
import { WORDING } from "../assistant/wording.js";
import { cardOrApology, type Listening } from "./answers.js";
import type { SlackApi } from "./api.js";
import { renderCard } from "./render-card.js";
import { escape, wordsOf } from "./text.js";

/** Every slash command, as the manifest names them. */
export const COMMANDS = ["/ask", "/figures", "/figure", "/compare", "/topics", "/summary", "/daily"] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Command {
  readonly name: CommandName;
  readonly text: string;
  readonly user: string;
  readonly responseUrl: string;
}

/** Characters of a question that are restated; whoever asked knows the rest. */
const RESTATED = 300;
const APART = /\s*(?:,|;|\bvs\.?\b|\bversus\b|\band\b|\bwith\b)\s*/i;

async function commandCard({ name, text }: Command, { assistant, help }: Listening): Promise<Card> {
  const words = wordsOf(text);
  const explainer = explainerNamed(assistant, words);
  switch (name) {
    case "/ask":
      return words === "" || words.toLowerCase() === "help"
        ? help()
        : replyCard(await assistant.ask(words), await help());
    case "/figures":
      return overviewCard(assistant, "figures", explainer);
    case "/figure": {
      if (words !== "") return namedFigureCard(assistant, words);
      const { explainer: of, desk } = await assistant.figures();
      return figuresCard(of, desk.figures(), undefined);
    }
    case "/compare": {
      const [first = "", second = ""] = words.split(APART).filter((part) => part !== "");
      if (second === "") return noticeCard((await help()).explainer, WORDING.compareTwo);
      return comparisonCard(assistant, first, second);
    }
    case "/topics":
      return overviewCard(assistant, "topics", explainer);
    case "/daily":
      return noticeCard((await help()).explainer, WORDING.dailyAway);
    case "/summary":
      return overviewCard(assistant, "summary", explainer);
  }
}

/** Answers a command privately; `made` makes its card. */
export async function answerCommand(
  command: Command,
  api: SlackApi,
  listening: Listening,
  own: () => Promise<Card> = () => commandCard(command, listening),
): Promise<void> {
  const { cooldown, help } = listening;
  const { name, text, user, responseUrl } = command;
  const turn = cooldown.turn(user);
  const made = async (): Promise<Card> =>
    turn.kind === "wait" ? tooFastCard((await help()).explainer, turn.seconds) : own();
  const card = await cardOrApology(listening, "a command failed", made);
  const asked = text.trim() === "" ? name : `${name} ${label(wordsOf(text), RESTATED)}`;
  await api.respond(
    responseUrl,
    renderCard(card, {
      asker: user,
      share: name === "/daily" ? undefined : { target: undefined },
      above: `${WORDING.youAsked} ${escape(asked)}`,
    }),
    { private: true },
  );
}
