// Compares a question with an explainer's texts by what their words stand for, where they are not the same words.
import { strengthOf, type Entry, type Lexicon } from "./lexicon.js";

/** A section's texts as stems: what it is asked by (its heading, its utterances), and its passages. */
export interface ConceptSection {
  readonly asks: readonly (readonly string[])[];
  readonly passages: readonly (readonly string[])[];
}

export interface ConceptReading {
  /** Of each section, in the order of `CONCEPT_SIGNALS` (similarity-features.ts), 0–1. */
  readonly sections: readonly (readonly number[])[];
  /** Share of the question's weight that neither a word of the explainer nor what a word stands for meets. */
  readonly unmet: number;
  /** The most that one such word weighs. */
  readonly heaviest: number;
}

export interface ConceptIndex {
  /** `stems` of the question in order, and what each weighs, 0–1. */
  compare(stems: readonly string[], weights: readonly number[]): ConceptReading;
}

/** A word of grammar weighs so much within a phrase that stands for something. */
const IN_PHRASE = 0.25;

interface Text {
  readonly section: number;
  readonly ask: boolean;
  readonly stems: ReadonlySet<string>;
}

/** How surely a text speaks of each group, by its mentions. */
function groupsOf(mentions: readonly { readonly entry: Entry }[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { entry } of mentions) {
    const strength = strengthOf(entry);
    for (const group of entry.groups) found.set(group, Math.max(found.get(group) ?? 0, strength));
  }
  return found;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

export function createConceptIndex(lexicon: Lexicon, sections: readonly ConceptSection[]): ConceptIndex {
  const texts: Text[] = [];
  /** The sections that have a stem, and the texts that an entry stands in. */
  const sectionsOf = new Map<string, Set<number>>();
  const textsOf = new Map<Entry, number[]>();
  const ofTexts: Map<number, number>[] = [];
  const ofSections: Map<number, number>[] = [];
  for (const [section, { asks, passages }] of sections.entries()) {
    const all = new Map<number, number>();
    for (const [at, stems] of [...asks, ...passages].entries()) {
      const index = texts.push({ section, ask: at < asks.length, stems: new Set(stems) }) - 1;
      for (const stem of stems) {
        const known = sectionsOf.get(stem);
        if (known) known.add(section);
        else sectionsOf.set(stem, new Set([section]));
      }
      const mentions = lexicon.mentions(stems);
      for (const entry of new Set(mentions.map((each) => each.entry))) append(textsOf, entry, index);
      const own = groupsOf(mentions);
      ofTexts.push(own);
      for (const [group, strength] of own) all.set(group, Math.max(all.get(group) ?? 0, strength));
    }
    ofSections.push(all);
  }
  const entriesOf = new Map<number, { entry: Entry; share: number }[]>();
  for (const entry of textsOf.keys()) {
    const shares = lexicon.sharesOf(entry);
    for (const [at, group] of entry.groups.entries()) append(entriesOf, group, { entry, share: shares[at]! });
  }
  const count = sections.length;
  const rarest = Math.log(1 + count);
  const spokenOf = new Map<number, number>();
  for (const own of ofSections) for (const group of own.keys()) spokenOf.set(group, (spokenOf.get(group) ?? 0) + 1);
  /** What a group tells sections apart by, 0–1. */
  const telling = (group: number): number => Math.log(1 + count / (spokenOf.get(group) ?? 1)) / rarest;
  const normOf = (own: ReadonlyMap<number, number>): number =>
    Math.sqrt([...own].reduce((sum, [group, strength]) => sum + (strength * telling(group)) ** 2, 0)) || 1;
  /** Of each group the texts and the sections that speak of it, and how much of what they speak of it is. */
  const spokenInTexts = new Map<number, { index: number; share: number }[]>();
  const spokenInSections = new Map<number, { index: number; share: number }[]>();
  for (const [all, into] of [
    [ofTexts, spokenInTexts],
    [ofSections, spokenInSections],
  ] as const)
    for (const [index, own] of all.entries()) {
      const norm = normOf(own);
      for (const [group, strength] of own)
        append(into, group, { index, share: (strength * telling(group) ** 2) / norm });
    }

  /** How near each text's nearest entry is to this one, 0–1; texts without any are left out. */
  function nearnessOf(entry: Entry): Map<number, number> {
    const shares = lexicon.sharesOf(entry);
    const to = new Map<Entry, number>();
    for (const [at, group] of entry.groups.entries())
      for (const other of entriesOf.get(group) ?? [])
        to.set(other.entry, (to.get(other.entry) ?? 0) + shares[at]! * other.share);
    const near = new Map<number, number>();
    for (const [other, value] of to)
      for (const index of textsOf.get(other) ?? []) near.set(index, Math.max(near.get(index) ?? 0, Math.min(1, value)));
    return near;
  }

  /** Likeness to each text or section, by what both speak of. */
  function likenesses(
    spoken: ReadonlyMap<number, number>,
    into: ReadonlyMap<number, readonly { index: number; share: number }[]>,
    size: number,
  ): Float32Array {
    const found = new Float32Array(size);
    const norm = normOf(spoken);
    for (const [group, strength] of spoken)
      for (const { index, share } of into.get(group) ?? []) found[index]! += (strength * share) / norm;
    return found;
  }

  return {
    compare(stems, weights) {
      const mentions = lexicon.mentions(stems);
      const asked = new Map<string, { weight: number; near: Map<number, number> }>();
      for (const [at, stem] of stems.entries())
        if (!asked.has(stem)) asked.set(stem, { weight: weights[at] ?? 0, near: new Map() });
      const nearness = new Map<Entry, Map<number, number>>();
      for (const { start, entry } of mentions) {
        const near = nearness.get(entry) ?? nearnessOf(entry);
        nearness.set(entry, near);
        for (const stem of stems.slice(start, start + 1 + entry.rest.length)) {
          const each = asked.get(stem)!;
          if (entry.rest.length > 0) each.weight = Math.max(each.weight, IN_PHRASE);
          for (const [index, value] of near) each.near.set(index, Math.max(each.near.get(index) ?? 0, value));
        }
      }
      const inSection = new Float32Array(count);
      const byText = new Float32Array(texts.length);
      let total = 0;
      let unmet = 0;
      let heaviest = 0;
      for (const [stem, { weight, near }] of asked) {
        total += weight;
        const said = sectionsOf.get(stem);
        const best = new Float32Array(count);
        for (const [index, value] of near) {
          const { section } = texts[index]!;
          best[section] = Math.max(best[section]!, value);
        }
        const met = said ? 1 : Math.max(...best);
        unmet += weight * (1 - met);
        heaviest = Math.max(heaviest, weight * (1 - met));
        if (near.size === 0) continue;
        const having = best.reduce((sum, value) => sum + value, 0);
        const rare = Math.log(1 + count / Math.max(1, having)) / rarest;
        for (let section = 0; section < count; section++)
          if (said?.has(section) !== true) inSection[section]! += weight * best[section]! * rare;
        for (const [index, value] of near) if (!texts[index]!.stems.has(stem)) byText[index]! += weight * value * rare;
      }
      total ||= 1;
      const spoken = groupsOf(mentions);
      const likeTexts = likenesses(spoken, spokenInTexts, texts.length);
      const likeSections = likenesses(spoken, spokenInSections, count);
      const rows = sections.map((_, section) => [inSection[section]! / total, 0, 0, 0, likeSections[section]!, 0]);
      for (const [index, { section, ask }] of texts.entries()) {
        const row = rows[section]!;
        const [met, like] = ask ? [1, 3] : [2, 5];
        row[met] = Math.max(row[met]!, byText[index]! / total);
        row[like] = Math.max(row[like]!, likeTexts[index]!);
      }
      return { sections: rows, unmet: unmet / total, heaviest };
    },
  };
}
