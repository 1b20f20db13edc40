// Numbers of an explainer, each told once: what it is, what it counts, who says so and the sentence that states it.

/** How sure the number itself is; absent where the source gives it plainly. */
export type Qualifier = "more than" | "at least" | "almost" | "less than" | "at most" | "about";

/** Counted by somebody, claimed by somebody, or offered to somebody. */
export type FigureKind = "count" | "claim" | "offer";

/** A number, or a range: of numbers, or of times of day as `HH:MM`. */
export type FigureValue = number | { readonly from: number | string; readonly to: number | string };

export interface Figure {
  readonly id: string;
  readonly label: string;
  /** Other names that readers may use for it. */
  readonly names: readonly string[];
  readonly value: FigureValue;
  readonly unit: string;
  /** For percentages: of what. Two percentages are comparable only if they are shares of the same. */
  readonly shareOf: string | undefined;
  readonly qualifier: Qualifier | undefined;
  readonly counts: string;
  readonly period: string | undefined;
  /** Who says so; absent where the source states it itself. */
  readonly statedBy: string | undefined;
  readonly kind: FigureKind;
  readonly section: string;
  /** Index in the section of the passage that states it. */
  readonly passage: number;
  /** The sentence that states it; of a derived figure, its working. */
  readonly statement: string;
  /** Ids of the figures that it was worked out from; empty for a stated one. */
  readonly from: readonly string[];
}

/** Figures that an editor wants drawn together. */
export interface ChartPlan {
  readonly id: string;
  readonly title: string;
  readonly figures: readonly string[];
}

export interface FigureBook {
  readonly figures: readonly Figure[];
  readonly charts: readonly ChartPlan[];
}

export const NO_FIGURES: FigureBook = { figures: [], charts: [] };
