// Two figures side by side, or the reason why they cannot be.
import { valueText } from "./format.js";
import type { Figure } from "./types.js";

export type Comparison =
  | { readonly kind: "comparison"; readonly a: Figure; readonly b: Figure; readonly sentence: string }
  | { readonly kind: "refusal"; readonly a: Figure; readonly b: Figure; readonly reason: string };

/** Compares numbers of the same unit; of percentages also of the same whole. Symmetric but for the order told. */
export function compareFigures(a: Figure, b: Figure, language: string): Comparison {
  const refuse = (reason: string): Comparison => ({ kind: "refusal", a, b, reason });
  if (a.id === b.id) return refuse("They are the same figure. Name two.");
  if (typeof a.value !== "number" || typeof b.value !== "number") {
    const range = typeof a.value === "number" ? b : a;
    return refuse(`"${range.label}" is a range, not one number, so there is nothing to set beside it.`);
  }
  if (a.unit !== b.unit)
    return refuse(`They count different things: "${a.label}" is in ${a.unit}, "${b.label}" in ${b.unit}.`);
  if (a.shareOf !== b.shareOf) {
    return refuse(
      `Both are percentages, but not of the same: "${a.label}" is of ${a.shareOf ?? "something not named"}, "${b.label}" of ${b.shareOf ?? "something not named"}.`,
    );
  }
  const told = (figure: Figure): string => `${figure.label}: ${valueText(figure, language)}`;
  return { kind: "comparison", a, b, sentence: `${told(a)}. ${told(b)}.` };
}
