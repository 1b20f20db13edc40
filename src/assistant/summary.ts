// The story summed up: what an editor wrote for it, its key figures, and the questions most worth asking.
import type { Explainer } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";
import type { ChartOffer, FigureDesk } from "./figure-desk.js";
import { attributionOf, choiceOf, openingPassage } from "./present.js";
import type { Attribution, Choice } from "./reply.js";

export interface SummaryView {
  readonly explainer: { readonly id: string; readonly title: string; readonly language: string };
  readonly headline: string;
  /** Three to five where an editor wrote them; else the opening sentences of the first sections. */
  readonly lines: readonly string[];
  readonly figures: readonly Figure[];
  readonly chart: ChartOffer | undefined;
  readonly questions: readonly Choice[];
  readonly source: Attribution;
}

const KEY_FIGURES = 4;
const QUESTIONS = 4;
const OPENINGS = 3;

/** Sums an explainer up. Of one without a summary of its own, the title and opening sentences stand in. */
export function summarise(explainer: Explainer, desk: FigureDesk): SummaryView {
  const { id, title, language, sections, summary } = explainer;
  const chart = desk.charts()[0];
  const figures = (chart?.figures ?? desk.figures().filter((figure) => figure.from.length === 0)).slice(0, KEY_FIGURES);
  const told = new Set(figures.map((figure) => figure.section));
  const asked = [
    ...sections.filter((section) => section.id === explainer.titleSection),
    ...sections.filter((section) => told.has(section.id)),
    ...sections,
  ];
  return {
    explainer: { id, title, language },
    headline: summary?.headline ?? title,
    lines:
      summary?.lines ??
      sections.slice(0, OPENINGS).flatMap((section) => section.passages[openingPassage(section)]?.text ?? []),
    figures,
    chart,
    questions: [...new Set(asked)].slice(0, QUESTIONS).map((section) => choiceOf(section)),
    source: attributionOf(explainer),
  };
}
