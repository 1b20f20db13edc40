// Figures worked out from others, with their working shown and their qualifiers kept.
import { wordingOf } from "../languages/languages.js";
import { valueText } from "./format.js";
import { exact } from "./stated.js";
import type { Figure, Qualifier } from "./types.js";

type Direction = "up" | "down" | "either";

const DIRECTION: Record<Qualifier, Direction> = {
  "more than": "up",
  "at least": "up",
  almost: "down",
  "less than": "down",
  "at most": "down",
  about: "either",
};
const FLIPPED: Record<Direction, Direction> = { up: "down", down: "up", either: "either" };

/** The qualifier of a result: parts that are all plain leave it plain; parts that err the same way keep it; else it is "about". */
function joined(parts: readonly { qualifier: Qualifier | undefined; subtracted: boolean }[]): Qualifier | undefined {
  const directions = new Set<Direction>();
  for (const { qualifier, subtracted } of parts) {
    if (qualifier === undefined) continue;
    const direction = DIRECTION[qualifier];
    directions.add(subtracted ? FLIPPED[direction] : direction);
  }
  const [only, ...more] = directions;
  if (only === undefined) return undefined;
  if (more.length > 0 || only === "either") return "about";
  return only === "up" ? "more than" : "less than";
}

export interface Derivation {
  readonly id: string;
  readonly label: string;
  readonly names: readonly string[];
  readonly counts: string;
  readonly operation: "add" | "subtract";
  readonly parts: readonly Figure[];
}

/** Why figures cannot be added up or taken from each other; undefined where they can. */
export function underivable(parts: readonly Figure[]): string | undefined {
  const [first] = parts;
  if (!first || parts.length < 2) return "it takes two figures or more";
  if (parts.some((part) => typeof part.value !== "number")) return "a range cannot be calculated with";
  const other = parts.find((part) => part.unit !== first.unit || part.shareOf !== first.shareOf);
  return other === undefined ? undefined : `"${first.id}" is in ${first.unit} and "${other.id}" in ${other.unit}`;
}

/** Works a figure out. Its statement is the working: "about 1,800: about 14,600 less 12,800". Call {@link underivable} first. */
export function derive({ id, label, names, counts, operation, parts }: Derivation, language: string): Figure {
  const [first, ...rest] = parts as [Figure, ...Figure[]];
  const sign = operation === "add" ? 1 : -1;
  const sum = rest.reduce((all, part) => all + sign * Number(part.value), Number(first.value));
  const value = exact(sum);
  const qualifier = joined(
    parts.map((part, index) => ({ qualifier: part.qualifier, subtracted: index > 0 && operation === "subtract" })),
  );
  const periods = new Set(parts.map((part) => part.period));
  const result = { value, unit: first.unit, qualifier };
  const wording = wordingOf(language);
  const told = parts.map((part) => valueText(part, language));
  const working = operation === "add" ? wording.sum(told) : wording.difference(told);
  return {
    id,
    label,
    names,
    ...result,
    shareOf: first.shareOf,
    counts,
    period: periods.size === 1 ? first.period : undefined,
    statedBy: undefined,
    kind: "count",
    section: first.section,
    passage: first.passage,
    statement: wording.valued(valueText(result, language), working),
    from: parts.map((part) => part.id),
  };
}
