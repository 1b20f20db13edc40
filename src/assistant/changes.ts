// What a channel was shown, and what has changed since: figures old and new, sections added, rewritten or withdrawn.
import { createHash } from "node:crypto";
import type { Explainer } from "../explainer/types.js";
import { valueText } from "../figures/format.js";
import type { Figure } from "../figures/types.js";

/** What was shown, kept as JSON. */
export interface Shown {
  readonly sections: Readonly<Record<string, { readonly heading: string; readonly text: string }>>;
  readonly figures: Readonly<Record<string, { readonly label: string; readonly value: string }>>;
  readonly summary: string;
}

export interface Changes {
  readonly figures: readonly { readonly label: string; readonly before: string; readonly now: string }[];
  readonly newFigures: readonly { readonly label: string; readonly now: string }[];
  readonly gone: readonly { readonly label: string; readonly before: string }[];
  readonly added: readonly string[];
  readonly rewritten: readonly string[];
  readonly withdrawn: readonly string[];
  /** Whether the editor's lines are others. */
  readonly summary: boolean;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/** What an explainer shows now. */
export function shownNow(explainer: Explainer, figures: readonly Figure[]): Shown {
  return {
    sections: Object.fromEntries(
      explainer.sections.map(({ id, heading, passages }) => [
        id,
        { heading, text: digest([heading, ...passages.map(({ text }) => text)].join("\n")) },
      ]),
    ),
    figures: Object.fromEntries(
      figures.map((figure) => [figure.id, { label: figure.label, value: valueText(figure, explainer.language) }]),
    ),
    summary: digest(JSON.stringify(explainer.summary ?? null)),
  };
}

/** What is different. */
export function changesBetween(before: Shown, now: Shown): Changes {
  const figures = Object.entries(now.figures);
  const sections = Object.entries(now.sections);
  return {
    figures: figures.flatMap(([id, { label, value }]) => {
      const old = before.figures[id];
      return old && old.value !== value ? [{ label, before: old.value, now: value }] : [];
    }),
    newFigures: figures.flatMap(([id, { label, value }]) => (before.figures[id] ? [] : [{ label, now: value }])),
    gone: Object.entries(before.figures).flatMap(([id, { label, value }]) =>
      now.figures[id] ? [] : [{ label, before: value }],
    ),
    added: sections.flatMap(([id, { heading }]) => (before.sections[id] ? [] : [heading])),
    rewritten: sections.flatMap(([id, { heading, text }]) => {
      const old = before.sections[id];
      return old && old.text !== text ? [heading] : [];
    }),
    withdrawn: Object.entries(before.sections).flatMap(([id, { heading }]) => (now.sections[id] ? [] : [heading])),
    summary: before.summary !== now.summary,
  };
}

export function hasChanged(changes: Changes): boolean {
  const { summary, ...lists } = changes;
  return summary || Object.values(lists).some((list) => list.length > 0);
}
