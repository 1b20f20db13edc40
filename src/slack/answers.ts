// Mentions and direct messages: an answer in a thread under the question, or in the conversation with the bot.
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { noticeCard, replyCard, tooFastCard, type Card } from "../assistant/card.js";
import type { Cooldown } from "../assistant/cooldown.js";
import type { Seen } from "../assistant/seen.js";
import type { DailyDesk } from "../daily/desk.js";
import { WORDING } from "../assistant/wording.js";
import type { SlackApi } from "./api.js";
import { errorFields, faultOf } from "./faults.js";
import { renderCard } from "./render-card.js";
import { wordsOf } from "./text.js";

/** A message as its event tells it. */
export interface Heard {
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | undefined;
  readonly user: string | undefined;
  readonly text: string;
  readonly botId: string | undefined;
  readonly subtype: string | undefined;
  /** Whether it was written to the bot alone. */
  readonly direct: boolean;
}

export interface Listening {
  readonly assistant: Assistant;
  readonly cooldown: Cooldown;
  readonly seen: Seen;
  readonly help: () => Promise<Card>;
  /** Where daily posts are set up; absent where there are none. */
  readonly daily: DailyDesk | undefined;
  readonly log: Logger;
}

/** The card that `make` makes, or the apology where making it failed. */
export function cardOrApology({ help, log }: Listening, what: string, make: () => Promise<Card>): Promise<Card> {
  return make().catch(async (error: unknown) => {
    log.error(errorFields(error), what);
    return noticeCard((await help()).explainer, WORDING.fault);
  });
}

/** Kinds of messages that are somebody's words; all others tell of something. */
const WORDS = new Set<string | undefined>([undefined, "file_share", "thread_broadcast"]);

/**
 * Answers a message that mentions the bot or is written to it. Silent for its own messages, other bots and messages that
 * tell of something; a message that comes by several events, or again, is answered once.
 */
export async function answerMessage(
  heard: Heard,
  self: { readonly user: string; readonly team: string },
  api: SlackApi,
  listening: Listening,
): Promise<void> {
  const { assistant, cooldown, seen, help, log } = listening;
  const { channel, ts, user, text, direct } = heard;
  if (heard.botId !== undefined || user === undefined || user === self.user || !WORDS.has(heard.subtype)) return;
  if (!direct && !text.includes(`<@${self.user}`)) return;
  if (!(await seen.first(`message ${self.team} ${channel} ${ts}`))) return;
  // In a channel the thread keeps the answer with its question; a direct message is answered where it stands.
  const place = { channel, thread: direct ? heard.thread : (heard.thread ?? ts) };
  const turn = cooldown.turn(user, channel);
  if (turn.kind === "wait") {
    if (turn.first) await api.whisper(place, user, renderCard(tooFastCard((await help()).explainer, turn.seconds)));
    return;
  }
  const answered = async (): Promise<Card> => replyCard(await assistant.ask(wordsOf(text)), await help());
  const card = await cardOrApology(listening, "a question could not be answered", answered);
  const rendered = renderCard(card, { asker: user });
  const settle = async (error: unknown): Promise<void> => {
    const fault = faultOf(error);
    if (fault === "gone") log.warn({ channel, ...errorFields(error) }, "a channel was gone before the answer");
    else if (fault === "forbidden") {
      log.warn({ channel, ...errorFields(error) }, "may not answer in a channel");
      const notice = `${WORDING.mayNotAnswer} <#${channel}>. ${WORDING.askInvite}`;
      const told = renderCard(
        noticeCard((await help()).explainer, `${WORDING.mayNotAnswer} ${WORDING.thatChannel}. ${WORDING.askInvite}`),
      );
      await api.post({ channel: user }, { ...told, text: notice });
    } else if (fault === "unavailable") {
      // It may have arrived: the asker gets a copy that nobody else sees, and the channel no second one.
      log.warn(
        { channel, ...errorFields(error) },
        "Slack did not say whether it took an answer; the asker was shown it",
      );
      await api.whisper(place, user, rendered);
    } else throw error;
  };
  await api.post(place, rendered).then(() => undefined, settle);
}
