// The numbers of a question beside an explainer, by name in similarity-features.ts: what the weights are weights of.
import type { Explainer, Passage } from "../explainer/types.js";
import { grammarOf, spoken } from "../languages/languages.js";
import { centredQuestion } from "./centre.js";
import { topTwo } from "./compare.js";
import { askedKind, type Compared, type ComparedSection, type Content } from "./compared.js";
import { cleanUtterance, words } from "./normalise.js";
import type { Priors } from "./priors.js";
import { readable } from "./readable.js";
import { COMPARED, PLAIN, SIGNALS } from "./similarity-features.js";
import { correctText, type Spelling } from "./spelling.js";
import { likeness, type PackedVector } from "./vector-store.js";

export interface Measured {
  readonly sections: readonly (readonly number[])[];
  readonly question: readonly number[];
  /** For each section the passage that answers best. */
  readonly passages: readonly number[];
  /** Misspelt words and what they were taken for. */
  readonly changed: Readonly<Record<string, string>>;
}

/** Words of a message that are compared. */
const MAX_WORDS = 80;

/** Index of the passage that answers best. `cosines`, `overlaps`: of each with the question. */
function leadOf(
  passages: readonly Passage[],
  cosines: readonly number[],
  overlaps: readonly number[],
  wants: { readonly number: boolean; readonly reason: boolean },
): number {
  let lead = 0;
  let best = -Infinity;
  for (const [index, passage] of passages.entries()) {
    if (passage.kind === "subheading") continue;
    const score =
      1.3 * cosines[index]! +
      1.2 * overlaps[index]! +
      (wants.number && /\d/.test(passage.text) ? 0.18 : 0) +
      (wants.reason && spoken.reasons.test(passage.text) ? 0.15 : 0) +
      (passage.kind === "caption" ? -0.15 : 0) +
      (passage.text.trim().endsWith("?") ? -0.3 : 0) +
      (index === 0 ? 0.12 : 0);
    if (score > best) {
      best = score;
      lead = index;
    }
  }
  return lead;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const most = (values: readonly number[]): number => Math.max(0, ...values);

function meanOfBest(values: readonly number[], count: number): number {
  const best = [...values].sort((a, b) => b - a).slice(0, count);
  return sum(best) / Math.max(1, best.length);
}

/** What is measured of a section with its vectors centred; zeros where there are none. */
function centredSignals({ centred }: ComparedSection, cosine: (to: PackedVector | undefined) => number): number[] {
  if (!centred) return [0, 0, 0, 0, 0, 0];
  const contexts = centred.contexts.map(cosine);
  return [
    Math.max(...centred.asks.map(cosine)),
    most(centred.passages.map(cosine)),
    most(contexts),
    cosine(centred.middle),
    meanOfBest(contexts, 3),
    cosine(centred.whole),
  ];
}

/** Whether a section has, or lacks, what is asked for; and whether its lead does. `telling`: of each passage whether it has it. */
function tellsOf(telling: readonly boolean[], lead: number): number[] {
  const some = telling.includes(true) ? 1 : 0;
  const first = telling[lead] === true ? 1 : 0;
  return [some, 1 - some, first, 1 - first];
}

/** Measures questions beside `content`, which was made of the explainer. */
export function createMeasure(
  explainer: Explainer,
  content: Content,
  spelling: Spelling,
  priors: Priors,
): (utterance: string, vector: Float32Array | undefined) => Measured {
  const { sections, unanswerable, taught, stem, weightOf } = content;
  const telling = new Map<RegExp, readonly (readonly boolean[])[]>();
  /** Of each section's passages whether they have what is asked for: looked through at the first such question. */
  function tellingOf(wanted: RegExp): readonly (readonly boolean[])[] {
    const known =
      telling.get(wanted) ?? explainer.sections.map(({ passages }) => passages.map(({ text }) => wanted.test(text)));
    telling.set(wanted, known);
    return known;
  }

  return (utterance, vector) => {
    const taken = new Map<string, string>();
    // What may be a word of the explainer is left for its own spelling.
    const clean = readable(
      cleanUtterance(utterance),
      explainer.language,
      (word) => spelling.correct(word) !== undefined,
      (word, meant) => taken.set(word, meant),
    );
    const { text, changed } = correctText(clean, spelling);
    const typed = words(text).slice(0, MAX_WORDS);
    const asked = new Map(typed.map((word) => [stem(word), word]));
    const weighed = [...asked].map(([stemmed, word]) => ({ stemmed, weight: weightOf(stemmed, word) }));
    const whole = sum(weighed.map(({ weight }) => weight)) || 1;
    const shared = (stems: ReadonlySet<string>): number =>
      weighed.reduce((all, each) => all + (stems.has(each.stemmed) ? each.weight : 0), 0);
    const cosine = (to: PackedVector | undefined): number => (vector && to ? content.scale(likeness(vector, to)) : 0);
    const left = vector && content.means && centredQuestion(vector, content.means);
    const centredCosine = (to: PackedVector | undefined): number =>
      left && to ? content.centredScale(likeness(left, to)) : 0;
    const both = (other: Compared): number => (2 * shared(other.stems)) / (whole + other.weight || 1);
    const terms = content.terms(text);
    const stems = typed.map(stem);
    const concepts = content.concepts?.compare(
      stems,
      stems.map((stemmed, at) => weightOf(stemmed, typed[at]!)),
    );
    const kind = askedKind(clean);
    const wants = { number: kind === "number" || kind === "time", reason: kind === "reason" };
    const wanted = grammarOf(explainer.language)?.told.find((each) => each.asked.test(clean))?.has;
    const has = wanted && tellingOf(wanted);
    const leads: number[] = [];
    const raw = sections.map((section, at) => {
      const cosines = section.passages.map((passage) => cosine(passage.vector));
      const overlaps = section.passages.map((passage) => shared(passage.stems) / whole);
      leads.push(leadOf(explainer.sections[at]?.passages ?? [], cosines, overlaps, wants));
      const passageTerms = section.passages.map(({ index }) => terms[index] ?? 0);
      return [
        cosine(section.heading.vector),
        Math.max(...section.asks.map((ask) => cosine(ask.vector))),
        most(cosines),
        meanOfBest(cosines, 3),
        most(section.contexts.map(cosine)),
        cosine(section.middle),
        shared(section.stems) / whole,
        most(overlaps),
        Math.max(...section.asks.map(both)),
        Math.max(...section.asks.map(({ index }) => terms[index] ?? 0)),
        most(passageTerms),
        Math.sqrt(sum(passageTerms.map((value) => value * value))),
        ...(left ? centredSignals(section, centredCosine) : [0, 0, 0, 0, 0, 0]),
        ...(concepts?.sections[at] ?? [0, 0, 0, 0, 0, 0]),
        kind !== "other" && section.asked.has(kind) ? 1 : 0,
        wants.number && section.numbers ? 1 : 0,
        ...(has ? tellsOf(has[at] ?? [], leads[at]!) : [0, 0, 0, 0]),
      ];
    });
    const tops = SIGNALS.map((_, column) => topTwo(raw, column));
    const rows = raw.map((row, at) => {
      const ahead = row.map((value, column) => {
        const { first, second, where } = tops[column]!;
        return value - (where === at ? second : first);
      });
      const bestIn = tops.slice(0, PLAIN).filter(({ where, first }) => where === at && first > 0).length;
      const taughtOnes = ["askCosine", "askTerms", "centredAsk"] as const;
      return [...row, ...ahead, bestIn / PLAIN, ...taughtOnes.map((name) => taught * row[SIGNALS.indexOf(name)]!)];
    });
    const unknown = sum(weighed.map(({ stemmed, weight }) => (content.knows(stemmed) ? 0 : weight))) / whole;
    const farCosine = most(unanswerable.map((each) => cosine(each.vector)));
    const farOverlap = most(unanswerable.map(both));
    const compared = tops.slice(0, COMPARED);
    return {
      sections: rows,
      question: [
        ...compared.map(({ first }) => first),
        ...compared.map(({ first, second }) => first - second),
        unknown,
        farCosine,
        farOverlap,
        Math.log(1 + weighed.length) / 3,
        taught,
        taught * farCosine,
        vector ? priors.inVain(vector) : 0,
        concepts?.unmet ?? 0,
        concepts?.heaviest ?? 0,
        vector ? priors.everyday(vector) : 0,
      ],
      passages: leads,
      changed: { ...Object.fromEntries(taken), ...changed },
    };
  };
}
