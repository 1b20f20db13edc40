// Small talk is known by its words.
import type { Intents } from "../explainer/intents.js";
import { cleanUtterance, words } from "./normalise.js";

/** This share of words must be the same. */
const LIKENESS = 0.8;
/** Longer messages are no small talk. */
const MAX_WORDS = 12;

/** Tells the kind of small talk that a message is; undefined where it is none. */
export function createSmallTalk(intents: Pick<Intents, "smallTalk">): (utterance: string) => string | undefined {
  const talk = intents.smallTalk.flatMap(({ kind, utterances }) =>
    utterances.map((text) => ({ kind, words: new Set(words(text)) })),
  );
  return (utterance) => {
    const typed = new Set(words(cleanUtterance(utterance)));
    if (typed.size === 0 || typed.size > MAX_WORDS) return undefined;
    const best = talk.reduce(
      (top, each) => {
        const same = [...typed].filter((word) => each.words.has(word)).length;
        const near = (2 * same) / (typed.size + each.words.size);
        return near > top.near ? { near, kind: each.kind } : top;
      },
      { near: 0, kind: "" },
    );
    return best.near >= LIKENESS ? best.kind : undefined;
  };
}
