// `/daily` on Slack, and the same in Home and a modal. Whoever may post in a channel sets it up there; whoever set it up, an
// admin or an owner changes it.
import type { types } from "@slack/bolt";
import { noticeCard, type Card } from "../assistant/card.js";
import { WORDING } from "../assistant/wording.js";
import type { DailyDesk } from "../daily/desk.js";
import { readTime } from "../daily/when.js";
import type { SlackApi } from "./api.js";
import { faultOf } from "./faults.js";
import { renderCard } from "./render-card.js";
import { wordsOf } from "./text.js";

export const DAILY_MODAL = "standfirst_daily";
export const DAILY_BUTTON = "standfirst_daily_open";

interface Typed {
  readonly part: string;
  readonly time: string | undefined;
  readonly zone: string | undefined;
  readonly article: string | undefined;
  readonly onlyChanges: boolean;
}

/** "start 8:30 am London changes about harbour": a part, a time, a zone, and what else was said. */
export function readDaily(text: string): Typed {
  const [part = "", ...rest] = wordsOf(text).split(/\s+/);
  const said = rest.join(" ");
  // These name nothing but an article.
  if (/^(?:stop|preview|list)$/i.test(part)) {
    const named = said.replace(/^about\b/i, "").trim();
    return {
      part: part.toLowerCase(),
      time: undefined,
      zone: undefined,
      article: named === "" ? undefined : named,
      onlyChanges: false,
    };
  }
  const [before = "", article] = said.split(/\s*\babout\b\s*/i);
  const words = before
    .replace(/\b(?:only )?(?:when |if )?(?:something |it )?chang(?:es|ed|e)\b/i, " ")
    .split(/\s+/)
    .filter((word) => word !== "" && !/^(?:at|in|every|day)$/i.test(word));
  const taken = [2, 1].find(
    (count) => words.length >= count && readTime(words.slice(0, count).join(" ")) !== undefined,
  );
  // What stands first and is no time is told as such, unless it is a zone.
  const looksLikeTime = words[0] !== undefined && /\d/.test(words[0]);
  const count = taken ?? (looksLikeTime ? 1 : 0);
  const zone = words.slice(count).join(" ");
  return {
    part: part.toLowerCase(),
    time: count > 0 ? words.slice(0, count).join(" ") : undefined,
    zone: zone === "" ? undefined : zone,
    article: article === undefined || article.trim() === "" ? undefined : article.trim(),
    onlyChanges: /\bchang(?:es|ed|e)\b/i.test(before),
  };
}

export interface DailyAsked {
  readonly team: string;
  readonly channel: string;
  readonly channelName: string;
  readonly user: string;
}

/** Whether somebody may change what is set up in a channel: they set it up, or administer the workspace. */
async function mayChange({ team, channel, user }: DailyAsked, desk: DailyDesk, api: SlackApi): Promise<boolean> {
  const set = await desk.of("slack", team, channel);
  return set.length === 0 || set.every((row) => row.created_by === user) || api.isAdmin(user);
}

/** Sets a daily post up, after checking that it can be posted there; the answer is a sentence. */
async function start(
  asked: DailyAsked,
  typed: Omit<Typed, "part">,
  desk: DailyDesk,
  api: SlackApi,
  frame: () => Promise<Card["explainer"]>,
) {
  const refuse = async (notice: string) => ({ ok: false, card: noticeCard(await frame(), notice) });
  if (!(await mayChange(asked, desk, api))) return refuse(WORDING.dailyNotYours);
  const { team, channel, channelName, user } = asked;
  // A message that only they see tells whether the bot, and they, are in the channel; nothing else that we may ask does.
  const trying = renderCard(noticeCard(await frame(), WORDING.dailyTrying));
  const closed = await api.whisper({ channel }, user, trying).then(
    () => false,
    (error: unknown) => {
      const fault = faultOf(error);
      if (fault !== "forbidden" && fault !== "gone") throw error;
      return true;
    },
  );
  if (closed) return refuse(`${WORDING.mayNotPost} ${channelName}. ${WORDING.askInvite}`);
  return desk.start({ platform: "slack", place: team, channel, channelName, by: user, ...typed });
}

/** Answers `/daily`. */
export async function answerDaily(
  asked: DailyAsked,
  text: string,
  desk: DailyDesk,
  api: SlackApi,
  frame: () => Promise<Card["explainer"]>,
): Promise<Card> {
  const typed = readDaily(text);
  const { team, channel } = asked;
  switch (typed.part) {
    case "start":
      return (await start(asked, typed, desk, api, frame)).card;
    case "stop":
      return (await mayChange(asked, desk, api))
        ? desk.stop("slack", team, channel, typed.article)
        : noticeCard(await frame(), WORDING.dailyNotYours);
    case "list":
      // Private channels are nobody else's business.
      return desk.list("slack", team, (row) => row.channel === channel || row.created_by === asked.user);
    case "preview":
      return desk.preview("slack", team, channel, typed.article);
    default:
      return noticeCard(await frame(), WORDING.dailyHow);
  }
}

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: false });
const input = (id: string, name: string, element: types.InputBlock["element"], optional = true): types.InputBlock => ({
  type: "input",
  block_id: id,
  label: plain(name),
  optional,
  element,
});

/** The modal that sets a daily post up. */
export function dailyModal(): types.ModalView {
  return {
    type: "modal",
    callback_id: DAILY_MODAL,
    title: plain("Daily post"),
    submit: plain("Set up"),
    close: plain("Cancel"),
    blocks: [
      input(
        "channel",
        "Channel",
        { type: "conversations_select", action_id: "value", default_to_current_conversation: true },
        false,
      ),
      input("time", "Time, such as 8am or 08:00", {
        type: "plain_text_input",
        action_id: "value",
        initial_value: "8am",
      }),
      input("zone", "Time zone, such as London", { type: "plain_text_input", action_id: "value" }),
      input("article", "Article, where there are several", { type: "plain_text_input", action_id: "value" }),
      input("changes", "How often", {
        type: "checkboxes",
        action_id: "value",
        options: [{ text: plain("Only when something changed"), value: "changes" }],
      }),
    ],
  };
}

type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Sets up what the modal was filled in with. */
export async function submitDaily(
  who: { readonly team: string; readonly user: string },
  values: Values,
  desk: DailyDesk,
  api: SlackApi,
  frame: () => Promise<Card["explainer"]>,
): Promise<{ readonly ok: boolean; readonly card: Card }> {
  const of = (id: string): Record<string, unknown> => (values[id]?.["value"] ?? {}) as Record<string, unknown>;
  const text = (id: string): string | undefined => {
    const { value } = of(id);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const picked = of("channel")["selected_conversation"];
  const channel = typeof picked === "string" ? picked : "";
  const chosen = of("changes")["selected_options"];
  return start(
    { ...who, channel, channelName: channel.startsWith("D") ? "this conversation" : `channel ${channel}` },
    {
      time: text("time"),
      zone: text("zone"),
      article: text("article"),
      onlyChanges: Array.isArray(chosen) && chosen.length > 0,
    },
    desk,
    api,
    frame,
  );
}
