// Buttons, menus and the message shortcut.
import { noticeCard, replyCard, subjectCard, tooFastCard, type Card } from "../assistant/card.js";
import { label } from "../assistant/label.js";
import { WORDING } from "../assistant/wording.js";
import { cardOrApology, type Listening } from "./answers.js";
import type { SlackApi } from "./api.js";
import { MODAL_TITLE } from "./limits.js";
import { decodePress } from "./press.js";
import { renderCard } from "./render-card.js";
import { wordsOf } from "./text.js";

/** A press as its payload tells it. */
export interface Pressed {
  readonly kind: "show" | "share";
  readonly value: string;
  readonly user: string;
  readonly team: string;
  readonly channel: string | undefined;
  /** Where to answer; absent in Home and in modals. */
  readonly responseUrl: string | undefined;
  readonly triggerId: string;
  /** The modal that it stands in. */
  readonly modal: string | undefined;
  /** Whether only this reader sees the message. */
  readonly ephemeral: boolean;
  readonly thread: string | undefined;
}

const gone = async ({ help }: Listening): Promise<Card> => noticeCard((await help()).explainer, WORDING.gone);

/** Shows what a button stands for: in its place, beside it for those who did not ask, in a modal for Home; or shares it. */
export async function answerPress(pressed: Pressed, api: SlackApi, listening: Listening): Promise<void> {
  const { assistant, cooldown, daily, help } = listening;
  const { value, user, responseUrl, thread, ephemeral } = pressed;
  const press = decodePress(value);
  const turn = cooldown.turn(user);
  const made = async (): Promise<Card> => {
    if (turn.kind === "wait") return tooFastCard((await help()).explainer, turn.seconds);
    if (press?.subject.kind === "daily" && daily)
      return daily.list("slack", pressed.team, (row) => row.channel === pressed.channel || row.created_by === user);
    const found = press && (await subjectCard(assistant, press.subject));
    return found ?? gone(listening);
  };
  const card = await cardOrApology(listening, "a press failed", made);
  const page = press?.page ?? 0;
  if (responseUrl === undefined) {
    const title = label(card.explainer.title, MODAL_TITLE);
    const rendered = renderCard(card, { page, asker: user });
    await (pressed.modal === undefined
      ? api.openModal(pressed.triggerId, title, rendered)
      : api.updateModal(pressed.modal, title, rendered));
    return;
  }
  const shown = card.subject !== undefined;
  if (pressed.kind === "share" && shown) {
    // The button goes first, so that impatience does not publish twice.
    await api.respond(responseUrl, renderCard(card, { page, asker: user }), { private: true, replace: true });
    const shared = renderCard(card, { above: `${WORDING.sharedBy} <@${user}>` });
    await api.respond(responseUrl, shared, { private: false, thread: press?.who ?? thread });
  } else if (shown && (ephemeral || press?.who === user)) {
    // On a private card the value holds the message that it answers, for sharing later.
    const share = ephemeral ? { target: press?.who !== user ? press?.who : undefined } : undefined;
    await api.respond(responseUrl, renderCard(card, { page, asker: user, share }), {
      private: ephemeral,
      replace: true,
    });
  } else {
    await api.respond(responseUrl, renderCard(card, { page, asker: user, share: { target: undefined } }), {
      private: true,
      thread,
    });
  }
}

/** The message that somebody picked, and where. */
export interface Picked {
  readonly text: string;
  readonly ts: string;
  readonly user: string;
  readonly responseUrl: string;
  readonly thread: string | undefined;
}

/** Answers a message's question for whoever picked it; sharing puts the answer into its thread. */
export async function answerPicked(picked: Picked, api: SlackApi, listening: Listening): Promise<void> {
  const { assistant, cooldown, help } = listening;
  const words = wordsOf(picked.text);
  const turn = cooldown.turn(picked.user);
  const made = async (): Promise<Card> => {
    if (turn.kind === "wait") return tooFastCard((await help()).explainer, turn.seconds);
    if (words === "") return noticeCard((await help()).explainer, WORDING.noWords);
    return replyCard(await assistant.ask(words), await help());
  };
  const card = await cardOrApology(listening, "a shortcut failed", made);
  const share = { target: picked.thread ?? picked.ts };
  await api.respond(picked.responseUrl, renderCard(card, { asker: picked.user, share }), {
    private: true,
    thread: picked.thread,
  });
}
