// The reasons behind a ranking, worked out only when somebody asks.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import { cleanUtterance, words } from "./normalise.js";
import type { Candidate, Explanation } from "./types.js";

interface Known {
  readonly text: string;
  readonly of: string;
  readonly stems: ReadonlySet<string>;
}

/** Prepares explanations for one explainer; the example utterances are read at the first one. */
export function createExplain(
  explainer: Explainer,
  intents: Intents,
  stem: (word: string) => string,
  knows: (stem: string) => boolean,
): (
  utterance: string,
  corrected: Readonly<Record<string, string>>,
  candidates: readonly Candidate[],
  signals: Explanation["signals"],
) => Explanation {
  let known: readonly Known[] | undefined;
  const stemsOf = (text: string): Set<string> => new Set(words(text).map(stem));

  function read(): readonly Known[] {
    const own = explainer.sections.flatMap((section) =>
      [section.heading, ...section.passages.map((passage) => passage.text)].map((text) => ({ text, of: section.id })),
    );
    const typed = intents.answerable.map(({ text, section }) => ({ text, of: section }));
    const none = intents.unanswerable.map(({ text, kind }) => ({ text, of: kind }));
    const talk = intents.smallTalk.flatMap(({ kind, utterances }) => utterances.map((text) => ({ text, of: kind })));
    return [...own, ...typed, ...none, ...talk].map((each) => ({ ...each, stems: stemsOf(each.text) }));
  }

  return (utterance, corrected, candidates, signals) => {
    known ??= read();
    const typed = words(cleanUtterance(utterance)).slice(0, 80);
    const right = new Map(typed.map((word) => [word, stem(corrected[word] ?? word)]));
    const asked = new Set(right.values());
    let nearest: Explanation["nearest"];
    const best = candidates[0];
    const matched = new Set<string>();
    for (const { text, of, stems } of known) {
      let shared = 0;
      for (const each of asked) {
        if (!stems.has(each)) continue;
        shared++;
        if (of === best?.section) matched.add(each);
      }
      const likeness = asked.size === 0 ? 0 : (2 * shared) / (asked.size + stems.size);
      if (likeness > (nearest?.likeness ?? 0)) nearest = { text, of, likeness };
    }
    return {
      read: cleanUtterance(utterance),
      corrected,
      matchedWords: [...right].filter(([, stemmed]) => matched.has(stemmed)).map(([word]) => word),
      unknownWords: [...right].filter(([, stemmed]) => !knows(stemmed)).map(([word]) => word),
      nearest,
      margin: (best?.confidence ?? 0) - (candidates[1]?.confidence ?? 0),
      signals,
    };
  };
}
