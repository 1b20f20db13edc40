// Accuracy on the labelled questions and on held-out voices, with each signal taken away in turn, and whether a confidence means what it says.
import { THRESHOLDS } from "../src/assistant/decide.js";
import { CALIBRATION } from "../src/matching/calibration.js";
import type { WeightedTerm } from "../src/matching/features.js";
import { encodedTexts, learnModel, spellingOf, teachingTexts } from "../src/matching/learn.js";
import { combineVotes, createLearnedMatcher } from "../src/matching/learned.js";
import { comparedTexts } from "../src/matching/compared.js";
import { createSimilarityMatcher } from "../src/matching/similarity.js";
import type { Spelling } from "../src/matching/spelling.js";
import type { Ranking } from "../src/matching/types.js";
import { unpack } from "../src/matching/vector-store.js";
import { heldOutVotes, logLoss, type HeldOut } from "./calibrate.js";
import { loadShipped, openEncoder, type LabelledQuestion } from "./content.js";
import { share, table } from "./measure.js";
import { tally, type Tally } from "./outcomes.js";

const NO_SPELLING: Spelling = { knows: () => true, correct: (word) => word };

const line = (name: string, counts: Tally): string[] => [
  name,
  ...[counts.first, counts.right, counts.helped, counts.wrong, counts.falseAnswers].map((each) => share(each ?? 0)),
];
const HEAD = ["", "first", "right", "helped", "wrong", "false answers"];

async function ablations(): Promise<string> {
  const { explainer, all, common, questions } = await loadShipped();
  const { vectors } = await openEncoder();
  const read = (await vectors.vectors(questions.map((each) => each.q))).map(unpack);
  const texts = teachingTexts(explainer, all);
  const chosen = encodedTexts(texts);
  const packed = await vectors.vectors(chosen.map((each) => each.text));
  const encoded = chosen.map((each, index) => ({ ...each, vector: packed[index]! }));
  const spelling = spellingOf(explainer, all);
  type Keep = (term: WeightedTerm) => boolean;
  const run = (given: { spelling?: Spelling; keep?: Keep; encoder?: boolean }): Tally => {
    const own = given.spelling ?? spelling;
    const model = learnModel(texts, explainer.language, own, encoded, given.keep);
    const matcher = createLearnedMatcher(explainer, all, model, own);
    return tally(
      questions.map(({ q, accept }, index) => ({
        accept,
        ranking: matcher.rank(q, given.encoder === false ? undefined : read[index]),
      })),
    );
  };
  const without =
    (group: string): Keep =>
    (term) =>
      !term[0].startsWith(`${group}:`);
  const bare = { answerable: [], unanswerable: common.unanswerable, smallTalk: common.smallTalk };
  const compared = comparedTexts(explainer, bare);
  const byText = new Map((await vectors.vectors(compared)).map((vector, index) => [compared[index], vector]));
  const similar = createSimilarityMatcher(explainer, bare, spellingOf(explainer, bare), (text) => byText.get(text));
  const stripped = (encoder: boolean): Tally =>
    tally(
      questions.map(({ q, accept }: LabelledQuestion, index) => ({
        accept,
        ranking: similar.rank(q, encoder ? read[index] : undefined),
      })),
    );
  const rows = [
    line("everything", run({})),
    line("without the encoder", run({ encoder: false })),
    line("without the words (encoder alone)", run({ keep: () => false })),
    line("without stems", run({ keep: without("s") })),
    line("without pairs of stems", run({ keep: without("p") })),
    line("without character runs", run({ keep: without("g") })),
    line("without spelling (Fuse.js)", run({ spelling: NO_SPELLING })),
    line("no example utterances, by similarity", stripped(true)),
    line("the same without the encoder", stripped(false)),
  ];
  await vectors.save();
  return table(HEAD, rows);
}

function chancesOf(
  rows: readonly HeldOut[],
  sections: readonly string[],
  encoder: boolean,
): { ranking: Ranking; accept: string[]; weight: number }[] {
  const answerable = rows.filter((row) => row.right < sections.length).length;
  const weight = answerable / (rows.length - answerable) / 2;
  return rows.map(({ votes, right }) => {
    const calibration = encoder ? CALIBRATION.withEncoder : CALIBRATION.withoutEncoder;
    const chances = combineVotes(encoder ? votes : { ...votes, joint: undefined }, sections.length, calibration);
    const candidates = sections
      .map((section, slot) => ({ section, confidence: chances[slot]!, passage: 0 }))
      .sort((a, b) => b.confidence - a.confidence);
    const unanswerable = chances.subarray(sections.length).reduce((sum, value) => sum + value, 0);
    const ranking: Ranking = {
      candidates,
      unanswerable,
      far: 0,
      smallTalk: undefined,
      explain: () => {
        throw new Error("not explained here");
      },
    };
    return {
      ranking,
      accept: right < sections.length ? [sections[right]!] : [],
      weight: right < sections.length ? 1 : weight,
    };
  });
}

function reliability(asked: ReturnType<typeof chancesOf>): string[][] {
  return Array.from({ length: 10 }, (_, band) => {
    const inside = asked.filter(
      ({ ranking }) => Math.min(9, Math.floor((ranking.candidates[0]?.confidence ?? 0) * 10)) === band,
    );
    const total = inside.reduce((sum, each) => sum + each.weight, 0) || 1;
    const mean =
      inside.reduce((sum, each) => sum + each.weight * (each.ranking.candidates[0]?.confidence ?? 0), 0) / total;
    const right =
      inside.reduce(
        (sum, each) => sum + (each.accept.includes(each.ranking.candidates[0]?.section ?? "") ? each.weight : 0),
        0,
      ) / total;
    return [
      `${(band / 10).toFixed(1)}–${((band + 1) / 10).toFixed(1)}`,
      String(inside.length),
      share(mean),
      share(right),
    ];
  });
}

/** The report that stands in docs/accuracy.md. */
export async function accuracy(): Promise<string> {
  const { questions } = await loadShipped();
  const answerable = questions.filter((each) => each.accept.length > 0).length;
  process.stderr.write("ablations …\n");
  const ablated = await ablations();
  const { rows, sections } = await heldOutVotes((voice) => process.stderr.write(`holding out ${voice} …\n`));
  const held = [true, false].map((encoder) => chancesOf(rows, sections, encoder));
  const losses = [CALIBRATION.withEncoder, CALIBRATION.withoutEncoder].map((calibration, index) =>
    logLoss(rows, sections.length, calibration, index === 0),
  );
  const heldAnswerable = rows.filter((row) => row.right < sections.length).length;
  return [
    "# Accuracy\n",
    "Made by `npm run bench -- accuracy`; the explainer is the shipped one. *First*: the right section came first, when forced to choose.",
    "*Right*, *helped* (answered rightly, or the right section among the choices) and *wrong* are shares of the questions that the article answers;",
    `*false answers* are a share of those that it does not. Thresholds: answer ${THRESHOLDS.answer}, margin ${THRESHOLDS.margin}, clarify ${THRESHOLDS.clarify}.\n`,
    `## ${questions.length} labelled questions (${answerable} answerable), each signal taken away in turn\n`,
    "The labelled questions are in `data/junior-doctors-strike/questions.jsonl`; none of them is in `intents/`, and nothing was fitted to them.\n",
    ablated,
    `\n## ${rows.length} utterances of voices never seen (${heldAnswerable} answerable)\n`,
    "Each natural voice is held out in turn and everything is learned from the others. One section is accepted for each, so that a neighbour that also answers counts as wrong:",
    "a harder measure than the labelled questions.\n",
    table(
      [...HEAD, "log-loss"],
      [
        [...line("with the encoder", tally(held[0]!)), share(losses[0]!)],
        [...line("without it", tally(held[1]!)), share(losses[1]!)],
      ],
    ),
    "\n## Does a confidence mean what it says?\n",
    "Held-out voices, with the encoder; answerable and unanswerable weighed two to one. *Stated* is the mean confidence in the band, *right* the share that was.\n",
    table(["confidence of the best section", "utterances", "stated", "right"], reliability(held[0]!)),
    "",
  ].join("\n");
}
