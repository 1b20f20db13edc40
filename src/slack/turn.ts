// How one command or press is answered: through the address that came with it, or in a window where there is none.
import type { Turn } from "../chat/event.js";
import { label } from "../cards/label.js";
import type { SlackApi } from "./api.js";
import { MODAL_TITLE } from "./limits.js";
import { render } from "./render-card.js";

export interface Answerable {
  /** Where to answer; absent in Home and in windows. */
  readonly responseUrl: string | undefined;
  readonly triggerId?: string | undefined;
  /** The window that the button stands in. */
  readonly modal?: string | undefined;
  /** Whether the message is seen by one reader alone. */
  readonly ephemeral?: boolean;
  readonly thread?: string | undefined;
}

export function createTurn(to: Answerable, api: SlackApi): Turn {
  const { responseUrl, triggerId = "", modal, ephemeral = false, thread } = to;
  return {
    // Slack was acknowledged at once and waits for half an hour.
    begin: () => undefined,
    async put(shown, where) {
      const card = render(shown);
      if (responseUrl === undefined) {
        const title = label(shown.card.explainer.title, MODAL_TITLE);
        await (modal === undefined ? api.openModal(triggerId, title, card) : api.updateModal(modal, title, card));
      } else if (where === "update") await api.respond(responseUrl, card, { private: ephemeral, replace: true });
      else await api.respond(responseUrl, card, { private: where !== "public", thread });
    },
    async publish(shown, answering) {
      if (responseUrl !== undefined)
        await api.respond(responseUrl, render(shown), { private: false, thread: answering ?? thread });
      return undefined;
    },
  };
}
