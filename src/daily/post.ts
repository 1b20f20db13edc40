// The daily post: the story summed up, and what has changed since the channel was last told.
import { summaryCard, type Card, type CardBlock } from "../assistant/card.js";
import type { FigureDesk } from "../assistant/figure-desk.js";
import { summarise } from "../assistant/summary.js";
import { WORDING } from "../assistant/wording.js";
import { changesBetween, hasChanged, shownNow, type Changes, type Shown } from "./changes.js";
import type { Explainer } from "../explainer/types.js";
import type { SubscriptionRow } from "../storage/tables.js";
import { localTime } from "./when.js";

export interface DailyPost {
  readonly card: Card;
  /** Undefined before a first post. */
  readonly changes: Changes | undefined;
  readonly shown: Shown;
}

/** What the channel was shown last, and when. */
interface LastShown {
  readonly shown: Shown;
  readonly at: number;
  readonly zone: string;
}

/** What a subscription's channel was shown last; undefined before a first post. */
export function lastShown({ shown, shown_at, zone }: SubscriptionRow): LastShown | undefined {
  return shown === null || shown_at === null ? undefined : { shown: JSON.parse(shown) as Shown, at: shown_at, zone };
}

/** Changes told in full; the rest are counted. */
const TOLD = 12;
const WEEK_MS = 7 * 86_400_000;

/** "Tuesday", or the date where that was longer ago. */
function sinceText({ at, zone }: LastShown, now: number, language: string): string {
  const recent = now - at < WEEK_MS && localTime(at, zone).date !== localTime(now, zone).date;
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    ...(recent ? { weekday: "long" } : { day: "numeric", month: "long" }),
  }).format(at);
}

function changeLines(changes: Changes): string[] {
  const lines = [
    ...changes.figures.map(({ label, before, now }) => `${label}: ${before} → ${now}`),
    ...changes.newFigures.map(({ label, now }) => `${WORDING.newFigure}: ${label}, ${now}`),
    ...changes.gone.map(({ label, before }) => `${WORDING.goneFigure}: ${label}, ${before}`),
    ...changes.added.map((heading) => `${WORDING.addedSection}: ${heading}`),
    ...changes.rewritten.map((heading) => `${WORDING.rewrittenSection}: ${heading}`),
    ...changes.withdrawn.map((heading) => `${WORDING.withdrawnSection}: ${heading}`),
    ...(changes.summary ? [WORDING.newSummary] : []),
  ];
  return lines.length <= TOLD ? lines : [...lines.slice(0, TOLD), `${WORDING.andMore} ${lines.length - TOLD}`];
}

function changeBlocks(changes: Changes, since: string): CardBlock[] {
  if (!hasChanged(changes)) return [{ kind: "paragraph", lines: [`${WORDING.nothingChanged} ${since}.`] }];
  return [
    { kind: "subheading", lines: [`${WORDING.whatChanged} ${since}`] },
    { kind: "list", lines: changeLines(changes) },
  ];
}

/** Today's post of an explainer, as a channel that was shown `last` sees it. */
export function writePost(
  { explainer, desk }: { readonly explainer: Explainer; readonly desk: FigureDesk },
  last: LastShown | undefined,
  now: number,
): DailyPost {
  const card = summaryCard(summarise(explainer, desk));
  const shown = shownNow(explainer, desk.figures());
  const changes = last === undefined ? undefined : changesBetween(last.shown, shown);
  const [headline, lines, ...figures] = card.blocks;
  const told = last && changes ? changeBlocks(changes, sinceText(last, now, explainer.language)) : [];
  return {
    // What changed stands before the figures: nobody reads a summary to its end to learn whether to read it.
    card: {
      ...card,
      blocks: [...(headline ? [headline] : []), ...(lines ? [lines] : []), ...told, ...figures],
      shareable: false,
    },
    changes,
    shown,
  };
}
