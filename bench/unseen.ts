// Explainers left out of what they are measured by: what an article is answered like on its first day, and what each signal is worth.
// `--also DIR` adds pages that are not kept here; `--signals` takes each group of signals away in turn.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { comparedTexts } from "../src/matching/compared.js";
import { spellingOf } from "../src/matching/learn.js";
import { createSimilarityMatcher } from "../src/matching/similarity.js";
import { OF_LEXICON, QUESTION_FEATURES, SECTION_FEATURES } from "../src/matching/similarity-features.js";
import { SIMILARITY_WEIGHTS, type SimilarityWeights, type WeightsFor } from "../src/matching/similarity-weights.js";
import { unpack } from "../src/matching/vector-store.js";
import { fitRows } from "./fit.js";
import { loadCommon, loadMany, type Bench } from "./many.js";
import { share, table } from "./measure.js";
import { isAbstained, shareOf, tally, type Outcome } from "./outcomes.js";
import {
  asRead,
  fitPriors,
  priorsOf,
  type FittedPriors,
  measureRows,
  openVectors,
  PARTS,
  type Row,
  type Vectors,
} from "./rows.js";

interface Asked extends Outcome {
  readonly kind: string;
  readonly explainer: string;
}

interface Columns {
  readonly section: readonly boolean[];
  readonly question: readonly boolean[];
}

/** Columns whose names have one of these in them. */
const named = (pattern: RegExp): Columns => ({
  section: SECTION_FEATURES.map((name) => pattern.test(name)),
  question: QUESTION_FEATURES.map((name) => pattern.test(name)),
});

const GROUPS: readonly (readonly [string, Columns, boolean])[] = [
  ["everything", { section: [], question: [] }, true],
  ["without the lexicon", OF_LEXICON, true],
  ["without centred vectors", named(/centred/), true],
  ["without plain vectors", named(/(?<!centred)Cosine|^centred$/), true],
  ["without shared words", named(/Overlap|unknownShare/), true],
  ["without terms and character runs", named(/Terms/), true],
  ["without what is asked for", named(/askedAlike|holdsNumber|[Hh]oldsAsked|[Ll]acksAsked/), true],
  ["without “asked in vain”", named(/askedInVain/), true],
  ["without being ahead of the others", named(/ ahead$|^margin|bestShare/), true],
  ["without the encoder", { section: [], question: [] }, false],
  ["without the encoder and the lexicon", OF_LEXICON, false],
];

async function rankAll(
  benches: readonly Bench[],
  vectors: Vectors,
  priors: readonly FittedPriors[],
  weightsOf: (part: number) => SimilarityWeights,
  encoder: boolean,
): Promise<Asked[]> {
  const common = await loadCommon();
  const bare = { ...common, answerable: [] };
  const outcomes: Asked[] = [];
  for (const [number, { id, explainer, questions }] of benches.entries()) {
    const texts = questions.map(({ q }) => asRead(q, explainer, bare));
    await vectors.read([...comparedTexts(explainer, bare), ...texts]);
    const own = weightsOf(number % PARTS);
    const weights = Object.fromEntries(Object.keys(SIMILARITY_WEIGHTS).map((name) => [name, own])) as Record<
      WeightsFor,
      SimilarityWeights
    >;
    const matcher = createSimilarityMatcher(explainer, bare, spellingOf(explainer, bare), (text) => vectors.of(text), {
      weights,
      builtIn: vectors.builtIn,
      priors: priorsOf(priors[number % PARTS]!),
    });
    for (const [index, { q, accept, kind }] of questions.entries()) {
      const ranking = matcher.rank(q, encoder ? unpack(vectors.of(texts[index]!)!) : undefined);
      outcomes.push({ ranking, accept, kind, explainer: id });
    }
  }
  return outcomes;
}

function counts(outcomes: readonly Asked[]): string[] {
  const { first, inThree, right, shown, helped, wrong, falseAnswers } = tally(outcomes);
  const others = outcomes.filter(({ accept }) => accept.length === 0);
  const near = others.filter(({ kind }) => kind !== "foreign");
  const foreign = others.filter(({ kind }) => kind === "foreign");
  const abstained = [near, foreign].map((some) => shareOf(some, isAbstained));
  return [first, inThree, right, shown, helped, wrong, falseAnswers, ...abstained].map((each) => share(each ?? 0));
}

export async function unseen(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { also: { type: "string" }, signals: { type: "boolean", default: false }, raw: { type: "string" } },
  });
  const vectors = await openVectors();
  const benches = await loadMany(values.also);
  const priors = await fitPriors(benches, await loadCommon(), vectors);
  const rows = await measureRows(benches, vectors, priors);
  await vectors.save();
  const lines: string[][] = [];
  for (const [name, without, encoder] of values.signals ? GROUPS : GROUPS.slice(0, 1)) {
    const all: readonly Row[] = encoder ? rows.withEncoder : rows.withoutEncoder;
    const fitted = Array.from({ length: PARTS }, (_, part) =>
      fitRows(
        all.filter((row) => row.part !== part),
        without,
      ),
    );
    const outcomes = await rankAll(benches, vectors, priors, (part) => fitted[part]!, encoder);
    lines.push([name, ...counts(outcomes)]);
    if (values.raw !== undefined)
      await writeFile(
        values.raw,
        JSON.stringify(
          outcomes.map(({ ranking: { candidates, far, unanswerable, smallTalk }, accept, kind, explainer }) => ({
            ...{ accept, kind, explainer, far, unanswerable, smallTalk },
            top: candidates.slice(0, 3).map(({ section, confidence }) => [confidence, accept.includes(section)]),
          })),
        ),
      );
  }
  const head = [
    "",
    "first",
    "three",
    "right",
    "shown",
    "helped",
    "wrong",
    "false",
    "near abstained",
    "foreign abstained",
  ];
  process.stdout.write(
    `${benches.length} explainers, each left out of what it is measured by, no utterances\n\n${table(head, lines)}\n`,
  );
}
