// How one interaction is answered: at once where that is possible, else Discord is asked for time first.
import type { Shown, Turn } from "../chat/event.js";
import type { Answerable, DiscordApi } from "./api.js";
import { FIRST_RESPONSE_MS } from "./limits.js";
import { render } from "./render-card.js";

/** After so long without an answer Discord is told to wait; half of what it gives, for the way there. */
const DEFER_AFTER_MS = FIRST_RESPONSE_MS / 2;

/** `linkTo`: the address of a message, for those who share an answer to it. */
export function createTurn(to: Answerable, api: DiscordApi, linkTo: (message: string) => string): Turn {
  let how: "private" | "public" | "update" = "private";
  let deferred: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let answered = false;
  return {
    begin(where) {
      how = where;
      timer = setTimeout(() => {
        deferred = api.defer(to, how);
        deferred.catch(() => undefined);
      }, DEFER_AFTER_MS);
    },
    async put(shown, where) {
      clearTimeout(timer);
      const card = render(shown);
      const beside = where === "beside";
      if (answered || (deferred && beside && how === "update")) {
        await deferred;
        await api.followUp(to, card, { private: true });
        return;
      }
      if (!deferred && api.slow(card)) deferred = api.defer(to, beside ? "private" : where);
      if (deferred) {
        await deferred;
        await api.complete(to, card);
      } else if (where === "update") await api.update(to, card);
      else await api.respond(to, card, { private: where !== "public" });
      answered = true;
    },
    publish(shown: Shown, answering) {
      const { above } = shown.place;
      const linked =
        above?.kind === "shared" && answering !== undefined ? { ...above, answering: linkTo(answering) } : above;
      return api.followUp(to, render({ ...shown, place: { ...shown.place, above: linked } }), { private: false });
    },
  };
}
