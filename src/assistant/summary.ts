// The story summed up: what an editor wrote for it, its key figures, and the questions most worth asking.
import type { Explainer } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";
import type { ChartOffer, FigureDesk } from "./figure-desk.js";
import { attributionOf, choiceOf } from "./present.js";
import type { Attribution, Choice } from "./reply.js";

export interface SummaryView {
  readonly explainer: { readonly id: string; readonly title: string; readonly language: string };
  readonly headline: string;
  /** Three to five, as an editor wrote them; none where nobody did. */
  readonly lines: readonly string[];
  /** What can be asked, where nobody wrote the lines: headings in the article's order. */
  readonly asks: readonly string[];
  readonly figures: readonly Figure[];
  readonly chart: ChartOffer | undefined;
  readonly questions: readonly Choice[];
  readonly source: Attribution;
}

const KEY_FIGURES = 4;
const QUESTIONS = 4;
const ASKS = 10;

/** Sums an explainer up. One without a summary of its own is not summed up by us: its title, and what can be asked. */
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
    lines: summary?.lines ?? [],
    asks: summary ? [] : sections.slice(0, ASKS).map(({ heading }) => heading),
    figures,
    chart,
    questions: [...new Set(asked)].slice(0, QUESTIONS).map((section) => choiceOf(section)),
    source: attributionOf(explainer),
  };
}
