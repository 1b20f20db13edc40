// Questions that go on from what was shown before: "and the time before?", "why?", "who said that?". How much a question leans is told by
// its form: the fewer words of matter it has, the likelier it means the section that was shown last. A question that stands by itself is
// read by itself (docs/matching.md, "Conversations").
import { grammarOf } from "../languages/languages.js";
import { cleanUtterance, words } from "../matching/normalise.js";
import { wordWeight } from "../matching/stop-words.js";
import type { Ranking } from "../matching/types.js";

/** What was shown last where a question is asked. */
export interface Context {
  readonly explainer: string;
  readonly section: string;
}

/** Words that weigh less carry a question's grammar. */
const MATTER = 0.3;
/** How many times as likely the section shown last is, by the number of words of matter; of more words it is no likelier. */
const ODDS = [40, 10, 6, 3] as const;
/** The same of a question that only points back: with three words of its own it mostly stands by itself. */
const ODDS_POINTING = [40, 10, 6, 1.5] as const;
/** With so many words of matter only what goes on by its form leans, and a little. */
const ODDS_LONG = 2;
/** What a question without words of matter says of being foreign. */
const FOREIGN = [0.25, 0.25, 0.6] as const;
/** A section that by itself is not likely at all can still be meant. */
const TINY = 0.005;

/** How many times as likely the section shown last is; 1 for a question that stands by itself. */
function oddsOf(text: string, language: string): { readonly odds: number; readonly foreign: number } {
  const grammar = grammarOf(language);
  const clean = cleanUtterance(text);
  const matter = words(clean).filter((word) => wordWeight(word, language) > MATTER).length;
  const foreign = FOREIGN[matter] ?? 1;
  if (!grammar) return { odds: 1, foreign: 1 };
  if (grammar.goesOn.test(clean)) return { odds: ODDS[matter] ?? ODDS_LONG, foreign };
  if (grammar.pointsBack.test(clean)) return { odds: ODDS_POINTING[matter] ?? 1, foreign };
  return matter === 0 ? { odds: ODDS[0], foreign } : { odds: 1, foreign: 1 };
}

/** Whether a question may lean on what was shown before. */
export const leans = (text: string, language: string): boolean => oddsOf(text, language).odds > 1;

/** The ranking with what was shown before; the same one where the question stands by itself. */
export function leanOn(ranking: Ranking, section: string, text: string, language: string): Ranking {
  const { odds, foreign } = oddsOf(text, language);
  // With words of its own, and likelier not answered than answered, it is about something else.
  if (foreign === 1 && ranking.unanswerable > 0.5) return ranking;
  if (odds <= 1 || ranking.exact === true || ranking.smallTalk !== undefined) return ranking;
  const raw = ranking.candidates.map((candidate) => ({
    ...candidate,
    confidence: (candidate.confidence + TINY) * (candidate.section === section ? odds : 1),
  }));
  const none = ranking.unanswerable * foreign;
  const total = raw.reduce((sum, { confidence }) => sum + confidence, none) || 1;
  return {
    ...ranking,
    candidates: raw
      .map((candidate) => ({ ...candidate, confidence: candidate.confidence / total }))
      .sort((a, b) => b.confidence - a.confidence),
    unanswerable: none / total,
    far: ranking.far * foreign,
  };
}
