// Compares a question with an explainer's texts by what their words stand for, where they are not the same words.
import type { Entry, Lexicon } from "./lexicon.js";

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
  for (const { entry } of mentions)
    for (const group of entry.groups) found.set(group, Math.max(found.get(group) ?? 0, entry.strength));
  return found;
}

export function createConceptIndex(lexicon: Lexicon, sections: readonly ConceptSection[]): ConceptIndex {
  const texts: Text[] = [];
  /** The texts that an entry stands in, and the entries of a group that stand in any. */
  const textsOf = new Map<Entry, number[]>();
  const entriesOf = new Map<number, { entry: Entry; share: number }[]>();
  const groups: Map<number, number>[] = [];
  const whole: Map<number, number>[] = [];
  for (const [section, { asks, passages }] of sections.entries()) {
    const all = new Map<number, number>();
    for (const [at, stems] of [...asks, ...passages].entries()) {
      const index = texts.push({ section, ask: at < asks.length, stems: new Set(stems) }) - 1;
      const mentions = lexicon.mentions(stems);
      for (const entry of new Set(mentions.map((each) => each.entry))) {
        const list = textsOf.get(entry);
        if (list) list.push(index);
        else textsOf.set(entry, [index]);
      }
      const own = groupsOf(mentions);
      groups.push(own);
      for (const [group, strength] of own) all.set(group, Math.max(all.get(group) ?? 0, strength));
    }
    whole.push(all);
  }
  for (const entry of textsOf.keys())
    for (const [at, group] of entry.groups.entries()) {
      const share = entry.shares[at]!;
      const list = entriesOf.get(group);
      if (list) list.push({ entry, share });
      else entriesOf.set(group, [{ entry, share }]);
    }
  const count = sections.length;
  const rarest = Math.log(1 + count);
  const spokenOf = new Map<number, number>();
  for (const own of whole) for (const group of own.keys()) spokenOf.set(group, (spokenOf.get(group) ?? 0) + 1);
  /** What a group tells sections apart by, 0–1. */
  const telling = (group: number): number => Math.log(1 + count / (spokenOf.get(group) ?? 1)) / rarest;
  const normOf = (own: ReadonlyMap<number, number>): number =>
    Math.sqrt([...own].reduce((sum, [group, strength]) => sum + (strength * telling(group)) ** 2, 0)) || 1;
  const norms = groups.map(normOf);
  const wholeNorms = whole.map(normOf);

  /** How near each text's nearest entry is to this one, 0–1. */
  function nearnessOf(entry: Entry): Float32Array {
    const to = new Map<Entry, number>();
    for (const [at, group] of entry.groups.entries())
      for (const other of entriesOf.get(group) ?? [])
        to.set(other.entry, (to.get(other.entry) ?? 0) + entry.shares[at]! * other.share);
    const near = new Float32Array(texts.length);
    for (const [other, value] of to)
      for (const index of textsOf.get(other) ?? []) near[index] = Math.max(near[index]!, Math.min(1, value));
    return near;
  }

  return {
    compare(stems, weights) {
      const mentions = lexicon.mentions(stems);
      const asked = new Map<string, { weight: number; near: Float32Array }>();
      for (const [at, stem] of stems.entries())
        if (!asked.has(stem)) asked.set(stem, { weight: weights[at] ?? 0, near: new Float32Array(texts.length) });
      for (const { start, entry } of mentions) {
        const near = nearnessOf(entry);
        for (const stem of stems.slice(start, start + entry.stems.length)) {
          const each = asked.get(stem)!;
          if (entry.stems.length > 1) each.weight = Math.max(each.weight, IN_PHRASE);
          for (let index = 0; index < near.length; index++)
            each.near[index] = Math.max(each.near[index]!, near[index]!);
        }
      }
      const inSection = new Float32Array(count);
      const inAsks = new Float32Array(count);
      const inPassages = new Float32Array(count);
      const byText = new Float32Array(texts.length);
      let total = 0;
      let unmet = 0;
      let heaviest = 0;
      for (const [stem, { weight, near }] of asked) {
        total += weight;
        const best = new Float32Array(count);
        const said = new Uint8Array(count);
        for (const [index, text] of texts.entries()) {
          best[text.section] = Math.max(best[text.section]!, near[index]!);
          if (text.stems.has(stem)) said[text.section] = 1;
        }
        const rare =
          Math.log(
            1 +
              count /
                Math.max(
                  1,
                  best.reduce((sum, value) => sum + value, 0),
                ),
          ) / rarest;
        let met = 0;
        for (let section = 0; section < count; section++) {
          met = Math.max(met, said[section]!, best[section]!);
          if (said[section] === 0) inSection[section]! += weight * best[section]! * rare;
        }
        for (const [index, text] of texts.entries())
          if (!text.stems.has(stem)) byText[index]! += weight * near[index]! * rare;
        unmet += weight * (1 - met);
        heaviest = Math.max(heaviest, weight * (1 - met));
      }
      total ||= 1;
      for (const [index, { section, ask }] of texts.entries()) {
        const into = ask ? inAsks : inPassages;
        into[section] = Math.max(into[section]!, byText[index]!);
      }
      const spoken = groupsOf(mentions);
      const norm = normOf(spoken);
      const likeness = (own: ReadonlyMap<number, number>, ownNorm: number): number => {
        let sum = 0;
        for (const [group, strength] of spoken) sum += strength * (own.get(group) ?? 0) * telling(group) ** 2;
        return sum / (norm * ownNorm);
      };
      const likeAsks = new Float32Array(count);
      const likePassages = new Float32Array(count);
      for (const [index, { section, ask }] of texts.entries()) {
        const into = ask ? likeAsks : likePassages;
        into[section] = Math.max(into[section]!, likeness(groups[index]!, norms[index]!));
      }
      return {
        sections: sections.map((_, section) => [
          inSection[section]! / total,
          inAsks[section]! / total,
          inPassages[section]! / total,
          likeAsks[section]!,
          likeness(whole[section]!, wholeNorms[section]!),
          likePassages[section]!,
        ]),
        unmet: unmet / total,
        heaviest,
      };
    },
  };
}
