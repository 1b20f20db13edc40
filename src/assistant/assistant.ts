// The use cases that every face shares: ask, choose a section, list the topics, suggest questions.
import type { Intents } from "../explainer/intents.js";
import type { Explainer, Section } from "../explainer/types.js";
import type { Encoder } from "../matching/encoder.js";
import type { Address } from "../memory/address.js";
import type { OutcomeKind, Outcomes } from "../memory/outcomes.js";
import { cleanUtterance, words } from "../matching/normalise.js";
import { readable } from "../matching/readable.js";
import { wordWeight } from "../matching/stop-words.js";
import { splitQuestions } from "../matching/split-questions.js";
import type { Matcher, Ranking } from "../matching/types.js";
import { decide, MAX_CHOICES, type Decision } from "./decide.js";
import type { FigureDesk } from "./figure-desk.js";
import { leanOn, leans, type Context } from "./follow-up.js";
import { createKept } from "./kept.js";
import { createSuggester, type Suggester } from "./suggester.js";
import { answerFrom, attributionOf, choiceOf, openingPassage } from "./present.js";
import type { Answer, AnswerReply, Choice, Reply } from "./reply.js";
import { summarise, type SummaryView } from "./summary.js";

/** An explainer as it is read: what can be told of it without a question. */
export interface ReadExplainer {
  readonly explainer: Explainer;
  readonly intents: Intents;
  readonly desk: FigureDesk;
}

/** An explainer that is ready to answer. */
export interface ReadyExplainer extends ReadExplainer {
  readonly matcher: Matcher;
}

export interface Chosen {
  readonly ready: ReadyExplainer;
  /** Others that answer as surely: the reader has to say which is meant. */
  readonly rivals: readonly ReadyExplainer[];
}

/** Where the assistant finds its explainers; asked anew for each question, so that content may change under it. */
export interface Shelf {
  /**
   * The explainer that answers a question where none is named: the only one, or the likeliest of many; of those that are `among`, at
   * least one of which there is.
   */
  choose(question: string, vector: Float32Array | undefined, among: readonly string[] | undefined): Promise<Chosen>;
  /** The explainer of that id, undefined where there is none. */
  get(id: string): Promise<ReadyExplainer | undefined>;
  /** The same as it is read, at once; without an id the first of those that are `among`. */
  look(id: string | undefined, among: readonly string[] | undefined): ReadExplainer | undefined;
  readonly ids: readonly string[];
  titles(): readonly { readonly id: string; readonly title: string }[];
  /**
   * How a question is read to the explainer of that id, or to those that are `among`: in what language (none where they differ), and
   * which folded words are theirs, so that they are no slips.
   */
  reading(
    id: string | undefined,
    among: readonly string[] | undefined,
  ): { readonly language: string; readonly knows: (word: string) => boolean };
  /** Changes whenever an answer might. */
  readonly version: string;
}

export interface AskOptions {
  /** Id of the explainer to ask; without it the shelf chooses. */
  readonly explainer?: string | undefined;
  /** Ids of explainers: no other is there. */
  readonly among?: readonly string[] | undefined;
  /** Where it was asked, for the outcomes. */
  readonly from?: Address | undefined;
  /** What was shown last where it is asked. */
  readonly context?: Context | undefined;
  /** By which the asker can speak of this question again. */
  readonly ticket?: string | undefined;
  /** Whether nobody asked: no outcome is reported. */
  readonly quiet?: boolean;
}

export interface SectionOptions extends AskOptions {
  /** Index of the passage that leads; the opening one where there is none of that number. */
  readonly lead?: number | undefined;
}

export interface Assistant {
  /** Answers what a reader typed. Never rejects for what the text holds. */
  ask(question: string, options?: AskOptions): Promise<Reply>;
  /** A section by its id, as a reader chose it; undefined where the explainer no longer has it. */
  section(id: string, options?: SectionOptions): Promise<AnswerReply | undefined>;
  /** The story summed up. */
  summary(options?: AskOptions): Promise<SummaryView>;
  /** Ids and titles of every explainer there is. */
  explainers(): readonly { readonly id: string; readonly title: string }[];
  /** All sections, in the article's order. */
  topics(options?: AskOptions): Promise<{ readonly explainer: Explainer; readonly topics: readonly Choice[] }>;
  /** The figures of an explainer: list, search, comparison, charts. */
  figures(options?: AskOptions): Promise<{ readonly explainer: Explainer; readonly desk: FigureDesk }>;
  /** Questions that a reader may be typing, best first. */
  suggest(typed: string, limit: number, options?: AskOptions): Promise<string[]>;
}

/** What a word of grammar weighs at most. */
const LITTLE = 0.1;
/** Whether a text has words of matter: not only "it", "and him?", "more". */
const hasContent = (text: string, language: string): boolean =>
  words(text).some((word) => wordWeight(word, language) > LITTLE);

/** Of the faces; explainers in other languages are chosen by their own words. */
const LANGUAGE = "en";

/** Whether two decisions come to something else for the reader. */
const isOther = (a: Decision, b: Decision): boolean =>
  a.kind !== b.kind ||
  ("candidate" in a &&
    "candidate" in b &&
    (a.candidate.section !== b.candidate.section || a.candidate.passage !== b.candidate.passage));

/** A question as it is read: by itself, or as going on from the section `before`. */
function readWith(
  { explainer, matcher }: ReadyExplainer,
  clean: string,
  vector: Float32Array | undefined,
  before: string | undefined,
): { ranking: Ranking; decision: Decision; leaned: string | undefined } {
  const { language, sections } = explainer;
  const alone = matcher.rank(clean, vector);
  const contentful = alone.exact === true || hasContent(clean, language);
  const ranking = before === undefined ? alone : leanOn(alone, before, clean, language);
  if (ranking === alone) return { ranking, decision: decide(ranking, contentful), leaned: undefined };
  const decision = decide(ranking);
  const other = isOther(decision, decide(alone, contentful));
  return { ranking, decision, leaned: other ? sections.find(({ id }) => id === before)?.heading : undefined };
}

/** Both halves of a message must be this sure to be answered apart. */
const APART = 0.6;
const KEPT_REPLIES = 600;

/** What is reported of a reply. */
function outcomeOf(reply: Reply): { outcome: OutcomeKind; section: string | undefined; confidence: number } {
  switch (reply.kind) {
    case "answer":
    case "tentative": {
      const outcome = reply.kind === "answer" ? "answered" : "tentative";
      return { outcome, section: reply.section, confidence: reply.confidence };
    }
    case "clarify":
    case "abstain": {
      const [top] = reply.kind === "clarify" ? reply.choices : reply.nearest;
      const talk = reply.kind === "abstain" && (reply.empty || reply.smallTalk !== undefined);
      const outcome = talk ? "small talk" : reply.kind === "clarify" ? "choices" : "abstained";
      return { outcome, section: top?.section, confidence: top?.confidence ?? 0 };
    }
  }
}

/** The explainer that is named, where it is not hidden. */
const idIn = ({ explainer, among }: AskOptions): string | undefined =>
  explainer !== undefined && among?.includes(explainer) === false ? undefined : explainer;

/** `outcomes` hears what came of every question. */
export function createAssistant(shelf: Shelf, encoder: Encoder | undefined, outcomes?: Outcomes): Assistant {
  const kept = createKept<Reply>(KEPT_REPLIES);
  const suggesters = createKept<Suggester>(8);

  /** Where the encoder is away, what is at hand answers: words and characters. */
  const readVectors = async (
    texts: readonly string[],
    id: string | undefined,
    among: readonly string[] | undefined,
  ): Promise<Float32Array[] | undefined> => {
    if (!encoder) return undefined;
    const { language, knows } = shelf.reading(id, among);
    return encoder.encode(texts.map((text) => readable(text, language, knows))).catch(() => {
      timesAway++;
      return undefined;
    });
  };
  let timesAway = 0;

  async function namedIn(options: AskOptions): Promise<ReadyExplainer | undefined> {
    const named = idIn(options);
    return named === undefined ? undefined : shelf.get(named);
  }

  /** The explainer that is meant, or else the first. Throws where there is none. */
  function read(options: AskOptions): ReadExplainer {
    const { among } = options;
    const found = shelf.look(idIn(options), among) ?? shelf.look(undefined, among);
    if (!found) throw new Error("there is no explainer");
    return found;
  }

  /** Each part of a message by itself: what is answered, and the parts that are not. */
  async function separate(
    parts: readonly string[],
    { explainer, matcher, desk }: ReadyExplainer,
  ): Promise<{ answers: Answer[]; unanswered: string[] }> {
    const vectors = await readVectors(parts, explainer.id, undefined);
    const answers: Answer[] = [];
    const unanswered: string[] = [];
    for (const [index, part] of parts.entries()) {
      const ranking = matcher.rank(part, vectors?.[index]);
      const decision = decide(ranking, ranking.exact === true || hasContent(part, explainer.language));
      const sure = decision.kind === "answer" && decision.candidate.confidence >= APART;
      const section = sure ? explainer.sections.find((each) => each.id === decision.candidate.section) : undefined;
      if (!section || decision.kind !== "answer") {
        if (ranking.smallTalk === undefined) unanswered.push(part);
      } else if (!answers.some((answer) => answer.section === section.id)) {
        answers.push(answerFrom(section, decision.candidate.passage, decision.candidate.confidence, desk));
      }
    }
    return { answers, unanswered };
  }

  /** A question that several articles answer: each one's answer to choose. */
  function whichOf(
    all: readonly ReadyExplainer[],
    question: string,
    clean: string,
    vector: Float32Array | undefined,
  ): Reply {
    const [{ explainer: first, matcher }] = all as [ReadyExplainer];
    const { id, title, language } = first;
    return {
      kind: "clarify",
      question,
      explainer: { id, title, language },
      source: attributionOf(first),
      explain: () => matcher.rank(clean, vector).explain(),
      choices: all.slice(0, MAX_CHOICES).flatMap(({ explainer: of, matcher: own }) => {
        const [best] = own.rank(clean, vector).candidates;
        const section = of.sections.find((each) => each.id === best?.section);
        return section ? [{ ...choiceOf(section, best?.confidence), explainer: { id: of.id, title: of.title } }] : [];
      }),
    };
  }

  async function answer(question: string, clean: string, options: AskOptions): Promise<Reply> {
    const parts = splitQuestions(clean);
    const { context } = options;
    // What goes on stays in the article that it goes on from.
    const said = context && leans(clean, LANGUAGE) ? context.explainer : undefined;
    const { among, explainer: wanted = said } = options;
    const vector = (await readVectors([clean], idIn({ explainer: wanted, among }), among))?.[0];
    const named = await namedIn({ explainer: wanted, among });
    const { ready: chosen, rivals } = named ? { ready: named, rivals: [] } : await shelf.choose(clean, vector, among);
    if (rivals.length > 0) return whichOf([chosen, ...rivals], question, clean, vector);
    const { explainer, intents, desk } = chosen;
    const before = parts.length < 2 && context?.explainer === explainer.id ? context.section : undefined;
    const { ranking, decision, leaned } = readWith(chosen, clean, vector, before);
    const sectionOf = (id: string): Section | undefined => explainer.sections.find((section) => section.id === id);
    const choices = (of: readonly { section: string; confidence?: number }[]): Choice[] =>
      of.flatMap(({ section: id, confidence }) => {
        const section = sectionOf(id);
        return section ? [choiceOf(section, confidence)] : [];
      });
    const { id, title, language } = explainer;
    const common = {
      question,
      explainer: { id, title, language },
      source: attributionOf(explainer),
      explain: () => ranking.explain(),
      ...(vector ? { vector } : {}),
      ...(leaned === undefined ? {} : { leaned }),
    };
    const { answers, unanswered } = parts.length > 0 ? await separate(parts, chosen) : { answers: [], unanswered: [] };
    const single = decision.kind === "answer" ? sectionOf(decision.candidate.section) : undefined;
    // A message read as a whole is surer than one half of it, unless its halves are answered by different sections.
    const whole = single !== undefined && answers.length < 2 && (unanswered.length === 0 || answers.length === 0);
    if (whole && decision.kind === "answer") {
      answers.splice(
        0,
        answers.length,
        answerFrom(single, decision.candidate.passage, decision.candidate.confidence, desk),
      );
      unanswered.length = 0;
    }
    const [first, ...also] = answers;
    if (first) {
      const others = ranking.candidates.filter((each) => !answers.some((given) => given.section === each.section));
      const related = choices(others.slice(0, MAX_CHOICES).map(({ section }) => ({ section })));
      return { kind: "answer", ...common, ...first, related, also, unanswered };
    }
    const closest = decision.kind === "tentative" ? sectionOf(decision.candidate.section) : undefined;
    if (closest && decision.kind === "tentative") {
      const { passage, confidence } = decision.candidate;
      return {
        kind: "tentative",
        ...common,
        ...answerFrom(closest, passage, confidence, desk),
        others: choices(decision.others),
      };
    }
    if (decision.kind === "clarify") return { kind: "clarify", ...common, choices: choices(decision.choices) };
    const kind = decision.kind === "abstain" ? decision.smallTalk : undefined;
    const reply = intents.smallTalk.find((talk) => talk.kind === kind)?.reply;
    const nearest = decision.kind === "abstain" ? choices(decision.nearest) : [];
    return {
      kind: "abstain",
      ...common,
      nearest,
      smallTalk: kind !== undefined && reply !== undefined ? { kind, reply } : undefined,
      empty: false,
    };
  }

  async function ask(question: string, options: AskOptions = {}): Promise<Reply> {
    const reply = await replyTo(question, options);
    if (!outcomes || options.quiet === true) return reply;
    const { from, ticket } = options;
    const { id, language } = reply.explainer;
    const words = outcomes.wantsWords(from) ? question : undefined;
    outcomes.report({ ...outcomeOf(reply), explainer: id, language, from, words, vector: reply.vector, ticket });
    return reply;
  }

  async function replyTo(question: string, options: AskOptions): Promise<Reply> {
    const clean = cleanUtterance(question);
    const { explainer = null, context = null, among = null } = options;
    const key = JSON.stringify([shelf.version, explainer, clean, context, among]);
    const before = kept.get(key);
    if (before) return { ...before, question };
    const awayBefore = timesAway;
    const reply = clean === "" ? empty(question, options) : await answer(question, clean, options);
    // What was answered without the encoder is worked out again when it is back.
    if (timesAway === awayBefore) kept.set(key, { ...reply, question: "" });
    return reply;
  }

  function empty(question: string, options: AskOptions): Reply {
    const { explainer } = read(options);
    const { id, title, language } = explainer;
    const nearest = explainer.sections.slice(0, MAX_CHOICES).map((section) => choiceOf(section));
    return {
      kind: "abstain",
      question,
      explainer: { id, title, language },
      source: attributionOf(explainer),
      nearest,
      smallTalk: undefined,
      empty: true,
    };
  }

  function sectionOf(id: string, options: SectionOptions): AnswerReply | undefined {
    const { explainer, desk } = read(options);
    const at = explainer.sections.findIndex((section) => section.id === id);
    const section = explainer.sections[at];
    if (!section) return undefined;
    const around = [...explainer.sections.slice(at + 1), ...explainer.sections.slice(0, at)];
    return {
      kind: "answer",
      question: section.heading,
      explainer: { id: explainer.id, title: explainer.title, language: explainer.language },
      source: attributionOf(explainer),
      ...answerFrom(section, section.passages[options.lead ?? -1] ? options.lead! : openingPassage(section), 1, desk),
      related: around.slice(0, MAX_CHOICES).map((each) => choiceOf(each)),
      also: [],
      unanswered: [],
    };
  }

  function suggested(typed: string, limit: number, options: AskOptions): string[] {
    const { explainer, intents } = read(options);
    const headings = explainer.sections.map((section) => section.heading);
    const clean = cleanUtterance(typed).slice(0, 64);
    if (clean === "") return headings.slice(0, limit);
    const key = `${shelf.version} ${explainer.id}`;
    const suggester = suggesters.get(key) ?? createSuggester(headings, intents);
    suggesters.set(key, suggester);
    return suggester(clean, limit);
  }

  return {
    ask,
    // What is told of an article as it is read takes no time.
    section: (id, options = {}) => Promise.resolve(sectionOf(id, options)),
    topics(options = {}) {
      const { explainer } = read(options);
      return Promise.resolve({ explainer, topics: explainer.sections.map((section) => choiceOf(section)) });
    },
    summary(options = {}) {
      const { explainer, desk } = read(options);
      return Promise.resolve(summarise(explainer, desk));
    },
    explainers: () => shelf.titles(),
    figures(options = {}) {
      const { explainer, desk } = read(options);
      return Promise.resolve({ explainer, desk });
    },
    suggest: (typed, limit, options = {}) => Promise.resolve(suggested(typed, limit, options)),
  };
}
