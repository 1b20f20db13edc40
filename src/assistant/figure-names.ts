// What a name for a figure means: a figure is a section of its own, with its label for a heading, and is found as a question finds its section.
import type { Intents } from "../explainer/intents.js";
import type { Explainer, Section } from "../explainer/types.js";
import type { MeaningOf } from "../figures/find.js";
import type { Figure } from "../figures/types.js";
import { spellingOf } from "../matching/learn.js";
import { lexiconOf } from "../matching/lexicon.js";
import { QUESTION_FEATURES } from "../matching/similarity-features.js";
import { createSimilarityMatcher } from "../matching/similarity.js";

const BY_EDITOR = { voice: "editor", suggested: false } as const;
const UNMET = QUESTION_FEATURES.indexOf("unmet");
/** Where a language has no lexicon. */
const UNKNOWN = QUESTION_FEATURES.indexOf("unknownShare");

/** What is said of a figure; a worked-out one's working is other figures' numbers. */
function saidOf({ sections }: Explainer, { counts, statement, section, period, statedBy, unit, kind, from }: Figure) {
  const heading = sections.find(({ id }) => id === section)?.heading;
  const beside = [heading, period, statedBy, unit, kind].filter((each) => each !== undefined).join(" ");
  return [counts, ...(from.length === 0 ? [statement] : []), beside];
}

function asSection(explainer: Explainer, figure: Figure): Section {
  const passages = saidOf(explainer, figure).map((text) => ({ kind: "sentence" as const, text, block: 0, line: 0 }));
  return { id: figure.id, heading: figure.label, passages, line: 0 };
}

/** Made at the first name: most explainers' figures are never asked for by one. By words and what they stand for, without an encoder: a name is short, and waits for nothing. */
export function createFigureMeaning(explainer: Explainer, figures: readonly Figure[]): MeaningOf {
  const build = () => {
    const sections = figures.map((figure) => asSection(explainer, figure));
    const book: Explainer = { ...explainer, titleSection: undefined, sections };
    const intents: Intents = {
      answerable: figures.flatMap(({ id, names }) =>
        names.map((name) => ({ text: name, section: id, passage: undefined, ...BY_EDITOR })),
      ),
      unanswerable: [],
      smallTalk: [],
    };
    return createSimilarityMatcher(book, intents, spellingOf(book, intents), () => undefined);
  };
  let built: ReturnType<typeof build> | undefined;
  return (typed) => {
    built ??= build();
    const { ranking, measured } = built.read(typed, undefined);
    return {
      chances: new Map(ranking.candidates.map(({ section, confidence }) => [section, confidence])),
      unmet: measured.question[lexiconOf(explainer.language) ? UNMET : UNKNOWN] ?? 0,
    };
  };
}
