// The daily post: the story summed up, and what has changed since the channel was last told.
import { changesBetween, shownNow, type Changes, type Shown } from "../assistant/changes.js";
import type { FigureDesk } from "../assistant/figure-desk.js";
import { summarise } from "../assistant/summary.js";
import type { Card } from "../cards/card.js";
import { postCard } from "../cards/summary.js";
import type { Explainer } from "../explainer/types.js";
import { localTime } from "./when.js";

export interface DailyPost {
  readonly card: Card;
  /** Undefined before a first post. */
  readonly changes: Changes | undefined;
  readonly shown: Shown;
}

/** What the channel was shown last, and when. */
export interface LastShown {
  readonly shown: Shown;
  readonly at: number;
  readonly zone: string;
}

/** What of a post is kept: its card, and the article's state that the next one is compared with. */
export interface KeptPost {
  /** Absent in what was kept before cards were. */
  readonly card?: Card;
  readonly shown: Shown;
}

/** Without its name, which tells one subscription's post from another's: what many are shown alike is kept once. */
export const writeKept = ({ card, shown }: DailyPost): string =>
  JSON.stringify({ card: { ...card, subject: undefined }, shown } satisfies KeptPost);
export const readKept = (body: string): KeptPost => JSON.parse(body) as KeptPost;

const WEEK_MS = 7 * 86_400_000;

/** "Tuesday", or the date where that was longer ago. */
function sinceText({ at, zone }: LastShown, now: number, language: string): string {
  const recent = now - at < WEEK_MS && localTime(at, zone).date !== localTime(now, zone).date;
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    ...(recent ? { weekday: "long" } : { day: "numeric", month: "long" }),
  }).format(at);
}

/** Today's post of an explainer, as a channel that was shown `last` sees it. `day` names it, or whose preview it is. */
export function writePost(
  { explainer, desk }: { readonly explainer: Explainer; readonly desk: FigureDesk },
  last: LastShown | undefined,
  now: number,
  day?: { readonly subscription: string; readonly date: string } | { readonly channel: string },
): DailyPost {
  const shown = shownNow(explainer, desk.figures());
  const changes = last === undefined ? undefined : changesBetween(last.shown, shown);
  const told = last && changes ? { changes, since: sinceText(last, now, explainer.language) } : undefined;
  return { card: postCard(summarise(explainer, desk), told, day), changes, shown };
}
