// Fits src/matching/calibration.ts: every natural voice is held out in turn, a model is learned from the others, and the
// few numbers are chosen that make the held-out chances most likely (least log-loss), ordinary traffic taken to be two thirds answerable.
import { combineVotes, createLearnedMatcher, type Votes } from "../src/matching/learned.js";
import { encodedTexts, learnModel, spellingOf, teachingTexts } from "../src/matching/learn.js";
import type { Calibration } from "../src/matching/calibration.js";
import { unpack } from "../src/matching/vector-store.js";
import { holdOut, loadShipped, naturalVoices, openEncoder } from "./content.js";

export interface HeldOut {
  readonly text: string;
  readonly votes: Votes;
  /** Slot of the right section, or the number of sections where the article does not answer. */
  readonly right: number;
}

/** Votes on every utterance of every natural voice, by models that never saw that voice. */
export async function heldOutVotes(onVoice: (voice: string) => void): Promise<{ rows: HeldOut[]; sections: string[] }> {
  const { explainer, all } = await loadShipped();
  const { vectors } = await openEncoder();
  const sections = explainer.sections.map((section) => section.id);
  const rows: HeldOut[] = [];
  for (const voice of naturalVoices(all)) {
    onVoice(voice);
    const { rest, held } = holdOut(all, voice);
    const texts = teachingTexts(explainer, rest);
    const spelling = spellingOf(explainer, rest);
    const chosen = encodedTexts(texts);
    const packed = await vectors.vectors(chosen.map((each) => each.text));
    const model = learnModel(
      texts,
      explainer.language,
      spelling,
      chosen.map((each, index) => ({ ...each, vector: packed[index]! })),
    );
    const matcher = createLearnedMatcher(explainer, rest, model, spelling);
    const asked = [
      ...held.answerable.map(({ text, section }) => ({ text, right: sections.indexOf(section) })),
      ...held.unanswerable.map(({ text }) => ({ text, right: sections.length })),
    ];
    const read = await vectors.vectors(asked.map((each) => each.text));
    for (const [index, { text, right }] of asked.entries())
      rows.push({ text, right, votes: matcher.measure(text, unpack(read[index]!)) });
    await vectors.save();
  }
  return { rows, sections };
}

/** Mean log-loss of the right slot, answerable and unanswerable weighed two to one. */
export function logLoss(
  rows: readonly HeldOut[],
  sections: number,
  calibration: Calibration,
  encoder: boolean,
): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (const { votes, right } of rows) {
    const chances = combineVotes(encoder ? votes : { ...votes, joint: undefined }, sections, calibration);
    const none = right === sections;
    const chance = none ? chances.subarray(sections).reduce((sum, value) => sum + value, 0) : chances[right]!;
    const at = none ? 1 : 0;
    sums[at]! -= Math.log(Math.max(chance, 1e-9));
    counts[at]!++;
  }
  return (2 / 3) * (sums[0]! / counts[0]!) + (1 / 3) * (sums[1]! / counts[1]!);
}

function fit(rows: readonly HeldOut[], sections: number, encoder: boolean): { calibration: Calibration; loss: number } {
  let best: Calibration = { jointWeight: encoder ? 2 : 0, unanswerableOffset: -2, unknownWeight: 1, temperature: 1 };
  let loss = logLoss(rows, sections, best, encoder);
  let steps = { jointWeight: encoder ? 1 : 0, unanswerableOffset: 1, unknownWeight: 1, temperature: 0.3 };
  for (let round = 0; round < 6; round++) {
    for (let moved = true; moved;) {
      moved = false;
      for (const name of ["jointWeight", "unanswerableOffset", "unknownWeight", "temperature"] as const) {
        for (const sign of [1, -1]) {
          const next = { ...best, [name]: best[name] + sign * steps[name] };
          if (steps[name] === 0 || next.temperature <= 0.2) continue;
          const trial = logLoss(rows, sections, next, encoder);
          if (trial < loss - 1e-5) [best, loss, moved] = [next, trial, true];
        }
      }
    }
    steps = {
      jointWeight: steps.jointWeight / 2,
      unanswerableOffset: steps.unanswerableOffset / 2,
      unknownWeight: steps.unknownWeight / 2,
      temperature: steps.temperature / 2,
    };
  }
  return { calibration: best, loss };
}

export async function calibrate(): Promise<void> {
  const { rows, sections } = await heldOutVotes((voice) => process.stderr.write(`holding out ${voice}\n`));
  for (const encoder of [true, false]) {
    const { calibration, loss } = fit(rows, sections.length, encoder);
    const rounded = Object.fromEntries(
      Object.entries(calibration).map(([name, value]) => [name, Math.round(value * 100) / 100]),
    );
    process.stdout.write(
      `${encoder ? "withEncoder" : "withoutEncoder"}: ${JSON.stringify(rounded)} log-loss ${loss.toFixed(4)}\n`,
    );
  }
}
