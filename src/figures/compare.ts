// Two figures side by side, or the reason why they cannot be.
import { wordingOf } from "../languages/languages.js";
import { valueText } from "./format.js";
import type { Figure } from "./types.js";

export type Comparison =
  | { readonly kind: "comparison"; readonly a: Figure; readonly b: Figure; readonly sentence: string }
  | { readonly kind: "refusal"; readonly a: Figure; readonly b: Figure; readonly reason: Refusal };

/** Why two figures cannot be set beside each other. */
export type Refusal = "same" | "range" | "unit" | "whole";

/** Compares numbers of the same unit; of percentages also of the same whole. Symmetric but for the order told. */
export function compareFigures(a: Figure, b: Figure, language: string): Comparison {
  const refuse = (reason: Refusal): Comparison => ({ kind: "refusal", a, b, reason });
  if (a.id === b.id) return refuse("same");
  if (typeof a.value !== "number" || typeof b.value !== "number") return refuse("range");
  if (a.unit !== b.unit) return refuse("unit");
  if (a.shareOf !== b.shareOf) return refuse("whole");
  const wording = wordingOf(language);
  const told = (figure: Figure): string => wording.valued(figure.label, valueText(figure, language));
  return { kind: "comparison", a, b, sentence: wording.beside(told(a), told(b)) };
}

/** A refusal as a sentence. */
export function comparisonRefusal(
  { a, b, reason }: Extract<Comparison, { kind: "refusal" }>,
  language: string,
): string {
  const wording = wordingOf(language);
  switch (reason) {
    case "same":
      return wording.sameFigure();
    case "range":
      return wording.isRange((typeof a.value === "number" ? b : a).label);
    case "unit":
      return wording.otherUnit({ label: a.label, of: a.unit }, { label: b.label, of: b.unit });
    case "whole":
      return wording.otherWhole({ label: a.label, of: a.shareOf ?? "" }, { label: b.label, of: b.shareOf ?? "" });
  }
}
