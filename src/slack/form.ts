// The form that sets a daily post up, and what it was filled in with.
import type { types } from "@slack/bolt";
import { wordingOf } from "../languages/languages.js";

export const DAILY_FORM = "standfirst_daily";
export const DAILY_BUTTON = "standfirst_daily_open";

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: false });
const input = (id: string, name: string, element: types.InputBlock["element"], optional = true): types.InputBlock => ({
  type: "input",
  block_id: id,
  label: plain(name),
  optional,
  element,
});

export function dailyForm(): types.ModalView {
  const words = wordingOf("en").form();
  return {
    type: "modal",
    callback_id: DAILY_FORM,
    title: plain(words.title),
    submit: plain(words.submit),
    close: plain(words.cancel),
    blocks: [
      input(
        "channel",
        words.channel,
        { type: "conversations_select", action_id: "value", default_to_current_conversation: true },
        false,
      ),
      input("time", words.time, { type: "plain_text_input", action_id: "value", initial_value: "8am" }),
      input("zone", words.zone, { type: "plain_text_input", action_id: "value" }),
      input("article", words.article, { type: "plain_text_input", action_id: "value" }),
      input("changes", words.often, {
        type: "checkboxes",
        action_id: "value",
        options: [{ text: plain(words.changes), value: "changes" }],
      }),
    ],
  };
}

type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The channel that was picked, and the options as they are typed behind the command. */
export function readForm(values: Values): { readonly channel: string; readonly options: Record<string, string> } {
  const of = (id: string): Record<string, unknown> => (values[id]?.["value"] ?? {}) as Record<string, unknown>;
  const options: Record<string, string> = {};
  for (const id of ["time", "zone", "article"]) {
    const { value } = of(id);
    if (typeof value === "string" && value.trim() !== "") options[id] = value.trim();
  }
  const chosen = of("changes")["selected_options"];
  if (Array.isArray(chosen) && chosen.length > 0) options["changes"] = "true";
  const channel = of("channel")["selected_conversation"];
  return { channel: typeof channel === "string" ? channel : "", options };
}
