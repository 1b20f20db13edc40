// Figures as cards: one, all of them, two beside each other, or none of that name.
import type { ChartOffer, FoundComparison } from "../assistant/figure-desk.js";
import { attributionOf } from "../assistant/present.js";
import type { Explainer } from "../explainer/types.js";
import { comparisonRefusal } from "../figures/compare.js";
import { figureDetail, figureEntry, figureLine, valueText } from "../figures/format.js";
import type { Figure } from "../figures/types.js";
import { wordingOf } from "../languages/languages.js";
import { chartCaption } from "./answer.js";
import { BARE, choicesOf, list, named, noticeCard, paragraph, strong, type Card, type CardChoice } from "./card.js";

/** Characters of a name that are said back. */
const SAID_BACK = 100;

const figureChoices = (explainer: Explainer, figures: readonly Figure[]): CardChoice[] =>
  figures.map(({ id, label }) => ({ label, subject: { kind: "figure", explainer: explainer.id, figure: id } }));

/** The sections that state them. */
function statedIn(explainer: Explainer, figures: readonly Figure[]): CardChoice[] {
  const ids = new Set(figures.map(({ section }) => section));
  return choicesOf(
    explainer.sections.filter(({ id }) => ids.has(id)).map(({ id, heading }) => ({ section: id, heading })),
    explainer.id,
  );
}

export function figureCard(explainer: Explainer, figure: Figure, chart: ChartOffer | undefined): Card {
  const { language } = explainer;
  const wording = wordingOf(language);
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [
      strong(wording.valued(figure.label, valueText(figure, language))),
      paragraph(figureDetail(figure, language)),
      paragraph(figure.from.length > 0 ? wording.workedOut(figure.statement) : figure.statement),
      ...(chart && chart.figures.length > 1 ? [chartCaption(chart, language)] : []),
    ],
    source: attributionOf(explainer),
    chart,
    choices: statedIn(explainer, [figure]),
    choicesTitle: wording.related(),
    subject: { kind: "figure", explainer: explainer.id, figure: figure.id },
  };
}

/** An editor's chart, with each of its figures. */
export function chartCard(explainer: Explainer, chart: ChartOffer): Card {
  const { language } = explainer;
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [strong(chart.title), list(chart.figures.map((figure) => figureEntry(figure, language)))],
    source: attributionOf(explainer),
    chart,
    choices: statedIn(explainer, chart.figures),
    choicesTitle: wordingOf(language).related(),
    subject: { kind: "figure", explainer: explainer.id, figure: chart.id },
  };
}

/** All figures, a line each; the editor's first chart with them. */
export function figuresCard(explainer: Explainer, figures: readonly Figure[], chart: ChartOffer | undefined): Card {
  const { language } = explainer;
  const wording = wordingOf(language);
  if (figures.length === 0) return noticeCard(explainer, wording.noFigures());
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [strong(wording.figures()), list(figures.map((figure) => figureEntry(figure, language)))],
    source: attributionOf(explainer),
    chart,
    choices: figureChoices(explainer, figures),
    subject: { kind: "figures", explainer: explainer.id },
  };
}

/** There is none of that name: the nearest. */
export function noFigureCard(explainer: Explainer, name: string, nearest: readonly Figure[]): Card {
  const wording = wordingOf(explainer.language);
  const { language } = explainer;
  // The value beside the name: whoever looked for a number sees which is which.
  const valued = figureChoices(explainer, nearest).map((choice, index) => ({
    ...choice,
    label: wording.valued(choice.label, valueText(nearest[index]!, language)),
  }));
  return noticeCard(explainer, wording.noFigure(name.slice(0, SAID_BACK)), valued);
}

/** Two beside each other, or why they cannot be. */
export function comparisonCard(explainer: Explainer, found: FoundComparison, chart: ChartOffer | undefined): Card {
  if (found.kind === "unknown") return noFigureCard(explainer, found.name, found.nearest);
  const { a, b } = found;
  const { language } = explainer;
  if (found.kind === "refusal")
    return noticeCard(explainer, comparisonRefusal(found, language), figureChoices(explainer, a === b ? [a] : [a, b]));
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [strong(found.sentence), list([a, b].map((figure) => figureLine(figure, language)))],
    source: attributionOf(explainer),
    chart,
    choices: statedIn(explainer, [a, b]),
    choicesTitle: wordingOf(language).related(),
    subject: { kind: "comparison", explainer: explainer.id, figures: [a.id, b.id] },
  };
}
