// What is told where something that was said before is put right: when, and what it said beside what it says.
import { readInline, readItem } from "../explainer/inline.js";
import { splitSentences } from "../explainer/sentences.js";
import { wordingOf } from "../languages/languages.js";
import type { Above, CardBlock } from "./card.js";
import { label } from "./label.js";

/** Characters of all that is told. */
const LONGEST = 480;
/** Of one passage, before or now. */
const PASSAGE = 150;
/** Changes told; the rest are counted. */
const TOLD = 2;

const plainOf = (line: string): string =>
  readInline(readItem(line).line)
    .map(({ text }) => text)
    .join("")
    .trim();

/** The passages of a card, without what is ours. */
function passagesOf(blocks: readonly CardBlock[], language: string): string[] {
  return blocks
    .filter(({ kind }) => kind !== "aside" && kind !== "values")
    .flatMap(({ lines }) => lines.flatMap((line) => splitSentences(plainOf(line), language)))
    .filter((passage) => passage !== "");
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Share of words that two passages have in common, 0–1. */
function alike(a: string, b: string): number {
  const [one, other] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const common = [...one].filter((word) => other.has(word)).length;
  return common / Math.max(1, Math.min(one.size, other.size));
}

export interface Difference {
  readonly before: string;
  /** Undefined where it is no longer said. */
  readonly now: string | undefined;
}

/** What of a card is said no longer or otherwise, in its order. Empty where everything that it said still stands there. */
export function differences(before: readonly CardBlock[], now: readonly CardBlock[], language: string): Difference[] {
  const [old, fresh] = [passagesOf(before, language), passagesOf(now, language)];
  const kept = new Set(fresh);
  const known = new Set(old);
  const added = fresh.filter((passage) => !known.has(passage));
  return old
    .filter((passage) => !kept.has(passage))
    .map((passage) => {
      const [best] = added
        .map((each) => ({ each, likeness: alike(passage, each) }))
        .filter(({ likeness }) => likeness >= 0.5)
        .sort((a, b) => b.likeness - a.likeness);
      if (best) added.splice(added.indexOf(best.each), 1);
      return { before: passage, now: best?.each };
    });
}

/** Moment of a correction as readers see it. */
function correctedAt(at: number, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).format(at);
}

export interface Correcting {
  readonly at: number;
  readonly zone: string;
  readonly language: string;
  /** What the editor wrote of it. */
  readonly wording: string | undefined;
}

/** The line above a card that is put right. */
export function correctedAbove(changed: readonly Difference[], { at, zone, language, wording }: Correcting): Above {
  const words = wordingOf(language);
  const told = changed
    .slice(0, TOLD)
    .map(({ before, now }) =>
      now === undefined
        ? words.correctedGone(label(before, PASSAGE))
        : words.correctedInto(label(before, PASSAGE), label(now, PASSAGE)),
    );
  const more = changed.length > TOLD ? [words.moreChanges(changed.length - TOLD)] : [];
  const text = [...(wording === undefined ? [] : [wording]), ...told, ...more].join(" ");
  return { kind: "corrected", at: correctedAt(at, zone, language), wording: label(text, LONGEST) };
}
