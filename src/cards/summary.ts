// The story summed up, and the daily post: the summary with what has changed since the channel was last told.
import { hasChanged, type Changes } from "../assistant/changes.js";
import type { SummaryView } from "../assistant/summary.js";
import { figureEntry } from "../figures/format.js";
import { wordingOf } from "../languages/languages.js";
import type { Subject } from "./subject.js";
import { BARE, choicesOf, list, paragraph, strong, type Card, type CardBlock } from "./card.js";

/** Changes told in full; the rest are counted. */
const TOLD = 12;

/** `changed` stands before the figures: nobody reads a summary to its end to learn whether to read it. */
function blocksOf(
  { explainer, headline, lines, asks, figures }: SummaryView,
  changed: readonly CardBlock[],
): CardBlock[] {
  const { language } = explainer;
  return [
    strong(headline),
    ...(lines.length > 0 ? [list(lines)] : []),
    ...changed,
    ...(asks.length > 0 ? [{ kind: "aside" as const, lines: [wordingOf(language).canBeAsked()] }, list(asks)] : []),
    ...(figures.length > 0 ? [list(figures.map((figure) => figureEntry(figure, language)))] : []),
  ];
}

export function summaryCard(view: SummaryView): Card {
  const { explainer, chart } = view;
  return {
    ...BARE,
    explainer,
    blocks: blocksOf(view, []),
    source: view.source,
    chart,
    choices: choicesOf(view.questions, explainer.id),
    choicesTitle: wordingOf(explainer.language).related(),
    subject: { kind: "summary", explainer: explainer.id },
  };
}

function changeLines(changes: Changes, language: string): string[] {
  const wording = wordingOf(language);
  const lines = [
    ...changes.figures.map(({ label, before, now }) => wording.changedFigure(label, before, now)),
    ...changes.newFigures.map(({ label, now }) => wording.newFigure(label, now)),
    ...changes.gone.map(({ label, before }) => wording.goneFigure(label, before)),
    ...changes.added.map(wording.addedSection),
    ...changes.rewritten.map(wording.rewrittenSection),
    ...changes.withdrawn.map(wording.withdrawnSection),
    ...(changes.summary ? [wording.newSummary()] : []),
  ];
  return lines.length <= TOLD ? lines : [...lines.slice(0, TOLD), wording.moreChanges(lines.length - TOLD)];
}

function changeBlocks(changes: Changes, since: string, language: string): CardBlock[] {
  const wording = wordingOf(language);
  if (!hasChanged(changes)) return [paragraph(wording.unchangedSince(since))];
  return [{ kind: "subheading", lines: [wording.changedSince(since)] }, list(changeLines(changes, language))];
}

function subjectOf(explainer: string, day: Parameters<typeof postCard>[2]): Subject | undefined {
  if (!day) return undefined;
  return "channel" in day ? { kind: "preview", explainer, ...day } : { kind: "post", explainer, ...day };
}

/** A day's post. `told`: what has changed since when; absent before a first post. `day` names it, or whose preview it is. */
export function postCard(
  view: SummaryView,
  told: { readonly changes: Changes; readonly since: string } | undefined,
  day: { readonly subscription: string; readonly date: string } | { readonly channel: string } | undefined,
): Card {
  const card = summaryCard(view);
  const changed = told ? changeBlocks(told.changes, told.since, view.explainer.language) : [];
  return {
    ...card,
    blocks: blocksOf(view, changed),
    subject: subjectOf(view.explainer.id, day) ?? card.subject,
    shareable: false,
  };
}
