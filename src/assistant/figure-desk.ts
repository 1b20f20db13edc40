// What the assistant offers of an explainer's figures: the list, one by name, two beside each other, and charts.
import { compareFigures, type Comparison } from "../figures/compare.js";
import type { ChartSpec } from "../figures/chart.js";
import { chartAltText } from "../figures/alt-text.js";
import { createFigureFinder, type FoundFigure } from "../figures/find.js";
import type { ChartPlan, Figure, FigureBook } from "../figures/types.js";
import type { Explainer } from "../explainer/types.js";
import { createFigureMeaning } from "./figure-names.js";
import { sourceName } from "./source-name.js";
import { wordingOf } from "../languages/languages.js";
import { words } from "../matching/normalise.js";

/** A chart that can be drawn: what stands in it, in words too. */
export interface ChartOffer {
  /** An editor's chart has its own id; a comparison is `a,b`. */
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly figures: readonly Figure[];
  /** What the drawing needs but its theme. */
  readonly spec: ChartPicture;
}

export type ChartPicture = Omit<ChartSpec, "theme">;

export type FoundComparison =
  Comparison | { readonly kind: "unknown"; readonly name: string; readonly nearest: readonly Figure[] };

export interface FigureDesk {
  figures(): readonly Figure[];
  figure(name: string): FoundFigure;
  /** The figure of exactly that id, label or other name. */
  figureNamed(name: string): Figure | undefined;
  compare(a: string, b: string): FoundComparison;
  /** Names that somebody may be typing, best first. */
  suggest(typed: string, limit: number): readonly Figure[];
  charts(): readonly ChartOffer[];
  /** The chart of that id, or the two figures of `a,b` where they are comparable. */
  chart(id: string): ChartOffer | undefined;
  /** The editor's chart of exactly that id or title. */
  chartTitled(name: string): ChartOffer | undefined;
  /** The editor's chart that holds the two likeliest figures of a name that is no one's. */
  chartOfLikely(found: FoundFigure): ChartOffer | undefined;
  /** The editor's chart that holds the figure, else the figure alone; undefined for a range. */
  chartOf(figure: Figure): ChartOffer | undefined;
  /** Figures that a section states, those of the given passage first. */
  inSection(section: string, passage: number): readonly Figure[];
}

export function createFigureDesk(explainer: Explainer, { figures, charts }: FigureBook): FigureDesk {
  const finder = createFigureFinder({ figures, charts }, createFigureMeaning(explainer, figures));
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const { language, asOf } = explainer;
  const wording = wordingOf(language);
  const sourceLine = [wording.source(sourceName(explainer.source)), ...(asOf === "" ? [] : [wording.asOf(asOf)])].join(
    " · ",
  );
  const offer = (id: string, title: string, drawn: readonly Figure[]): ChartOffer => ({
    id,
    title,
    alt: chartAltText(title, drawn, language),
    figures: drawn,
    spec: { title, figures: drawn, source: sourceLine, language },
  });
  const planned = (plan: ChartPlan): ChartOffer =>
    offer(
      plan.id,
      plan.title,
      plan.figures.flatMap((id) => byId.get(id) ?? []),
    );

  function compare(a: string, b: string): FoundComparison {
    const [first, second] = [finder.find(a), finder.find(b)];
    if (!first.figure) return { kind: "unknown", name: a, nearest: first.nearest };
    if (!second.figure) return { kind: "unknown", name: b, nearest: second.nearest };
    return compareFigures(first.figure, second.figure, language);
  }

  return {
    figures: () => figures,
    figure: (name) => finder.find(name),
    figureNamed: (name) => finder.named(name),
    compare,
    suggest: (typed, limit) => finder.suggest(typed, limit),
    charts: () => charts.map(planned),
    chart(id) {
      const plan = charts.find((each) => each.id === id);
      if (plan) return planned(plan);
      const named = id.split(",").map((name) => byId.get(name));
      const [a, b] = named;
      if (!a || named.length > 2) return undefined;
      if (named.length === 1) return typeof a.value === "number" ? offer(a.id, a.label, [a]) : undefined;
      if (!b || compareFigures(a, b, language).kind !== "comparison") return undefined;
      return offer(`${a.id},${b.id}`, `${a.label}; ${b.label}`, [a, b]);
    },
    chartTitled(name) {
      const typed = words(name).join(" ");
      const plan = charts.find(({ id, title }) => [id, title].some((own) => words(own).join(" ") === typed));
      return plan && planned(plan);
    },
    chartOfLikely({ likely: [a, b] }) {
      const plan = a && b && charts.find(({ figures: drawn }) => [a, b].every(({ id }) => drawn.includes(id)));
      return plan && planned(plan);
    },
    chartOf(figure) {
      const plan = charts.find((each) => each.figures.includes(figure.id));
      if (plan) return planned(plan);
      return typeof figure.value === "number" ? offer(figure.id, figure.label, [figure]) : undefined;
    },
    inSection(section, passage) {
      const own = figures.filter((figure) => figure.section === section && figure.from.length === 0);
      return [
        ...own.filter((figure) => figure.passage === passage),
        ...own.filter((figure) => figure.passage !== passage),
      ];
    },
  };
}
