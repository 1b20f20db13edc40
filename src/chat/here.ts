// What holds where somebody asks: which explainers answer, whether the bot speaks there now, who sees its answers.
import type { Assistant } from "../assistant/assistant.js";
import { createKept } from "../assistant/kept.js";
import { scopeAssistant } from "../assistant/scope.js";
import type { Above, Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import { localTime } from "../daily/when.js";
import { keyOf, placeKey, type Address } from "../memory/address.js";
import type { Answers, Effective, Quiet } from "../memory/place-settings.js";
import type { Places } from "../memory/places.js";
import type { PlaceRate, Turn } from "./cooldown.js";

/** The explainers of a place, and the cards that are made of them. */
export interface Scope {
  readonly assistant: Assistant;
  readonly show: Show;
}

export interface Here extends Scope {
  /** Why nothing is said now where everybody reads it: not at all, or until a time of day; undefined where it is. */
  readonly silent: "always" | { readonly until: string } | undefined;
  readonly answers: Answers | undefined;
  readonly perMinute: number | undefined;
}

const SCOPES = 256;
const ZONE = "UTC";

/** Whether a time of day, HH:MM, is a quiet one. */
function isQuiet({ from, to }: Quiet, time: string): boolean {
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

function silentBy({ speaks, quiet, zone }: Effective, now: number): Here["silent"] {
  if (!speaks.value) return "always";
  const { value: hours } = quiet;
  return hours && isQuiet(hours, localTime(now, zone.value ?? ZONE).time) ? { until: hours.to } : undefined;
}

/** `show` makes what shows the cards of an assistant. */
export function createHere(
  assistant: Assistant,
  places: Places | undefined,
  show: (assistant: Assistant) => Show,
  now: () => number = Date.now,
): { readonly whole: Scope; readonly at: (address: Address) => Here } {
  const whole: Scope = { assistant, show: show(assistant) };
  const scopes = createKept<Scope>(SCOPES);

  /** Nothing is answered: whatever is asked for, why is said. */
  function closed(say: Parameters<Show["notice"]>[0]): Scope {
    const why = (): Promise<Card> => whole.show.notice(say);
    return {
      assistant: scopeAssistant(assistant, []),
      show: {
        question: why,
        overview: why,
        figure: why,
        comparison: why,
        help: why,
        home: why,
        noArticle: why,
        subject: why,
        notice: (sentence) => whole.show.notice(sentence),
      },
    };
  }

  function scopeOf(ids: readonly string[] | undefined): Scope {
    if (ids === undefined) return whole;
    const there = new Set(assistant.explainers().map(({ id }) => id));
    const chosen = ids.filter((id) => there.has(id)).sort();
    if (chosen.length === 0) return closed(({ place }) => place.noneLeft());
    const key = JSON.stringify(chosen);
    const before = scopes.get(key);
    if (before) return before;
    const scoped = scopeAssistant(assistant, chosen);
    const made: Scope = { assistant: scoped, show: show(scoped) };
    scopes.set(key, made);
    return made;
  }

  return {
    whole,
    at(address) {
      const held = address.place === "" ? undefined : places?.at(address);
      const free = { silent: undefined, answers: undefined, perMinute: undefined };
      if (!held) return { ...whole, ...free };
      // Of several one may be none of theirs: as long as nobody knows, none is shown.
      if (places?.known() === false && assistant.explainers().length > 1)
        return { ...closed(({ place }) => place.away()), ...free };
      return {
        ...scopeOf(held.explainers.value),
        silent: silentBy(held, now()),
        answers: held.answers.value,
        perMinute: held.perMinute.value,
      };
    },
  };
}

/** Whose share an answer is taken from: the place's, or the conversation's where it belongs to none. */
export const shareOf = (at: Address): string => (at.place === "" ? keyOf(at) : placeKey(at));

/** How many questions a minute its place may ask, where its managers set that. */
export const rateOf = (at: Address, { perMinute }: Pick<Here, "perMinute">): PlaceRate | undefined =>
  perMinute === undefined ? undefined : { key: shareOf(at), perMinute };

export const silentAbove = (silent: NonNullable<Here["silent"]>): Above => ({
  kind: "silent",
  until: silent === "always" ? undefined : silent.until,
});

export const tooFastNotice = (show: Show, { seconds, place }: Extract<Turn, { kind: "wait" }>): Promise<Card> =>
  show.notice((wording) => (place ? wording.place.placeTooFast(seconds) : wording.tooFast(seconds)));
