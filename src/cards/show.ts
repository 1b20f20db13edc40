// From what is wanted to its card: the one place where cards are made from the assistant.
import { locateFigures } from "../assistant/articles.js";
import type { Assistant, AskOptions } from "../assistant/assistant.js";
import type { FigureDesk } from "../assistant/figure-desk.js";
import { attributionOf, choiceOf } from "../assistant/present.js";
import type { AnswerReply, Choice, Reply } from "../assistant/reply.js";
import type { Address, Installation } from "../memory/address.js";
import type { Explainer, Section } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";
import type { Request } from "../languages/grammar.js";
import { wordingOf } from "../languages/languages.js";
import { answerCard, replyCard } from "./answer.js";
import { named, noticeCard, type Card } from "./card.js";
import { chartCard, comparisonCard, figureCard, figuresCard, noFigureCard } from "./figure.js";
import { articlesCard, helpCard, homeCard, noArticleCard, sourceCard, topicsCard } from "./help.js";
import { requestIn } from "../assistant/request.js";
import { means, type Subject } from "./subject.js";
import { summaryCard } from "./summary.js";

/** From this chance on what a question names is a figure. */
const SURELY = 0.9;
/** Confidence of what was taught word for word (`matching/pooled.ts`). */
const TAUGHT = 0.99;

export type Overview = "figures" | "topics" | "summary";

/** Cards on demand. `explainer` is an id; absent where the reader named none. */
export interface Show {
  /** Answers what somebody typed. */
  question(text: string, options?: AskOptions): Promise<Card>;
  /** What is told of an article as a whole; of several, and none named, which one is meant. */
  overview(kind: Overview, explainer: string | undefined): Promise<Card>;
  figure(name: string, explainer?: string): Promise<Card>;
  comparison(a: string, b: string, explainer?: string): Promise<Card>;
  help(from?: Address): Promise<Card>;
  home(): Promise<Card>;
  noArticle(): Promise<Card>;
  /** A sentence of our own. */
  notice(say: (wording: ReturnType<typeof wordingOf>) => string): Promise<Card>;
  /** The same card again; undefined where the content no longer has it, or it was not shown to `of`. */
  subject(subject: Subject, of?: Installation): Promise<Card | undefined>;
}

/** A day's post as it was shown; `of`: to the server or workspace that asks, and to no other. */
export type PostShown = (subscription: string, date: string, of?: Installation) => Promise<Card | undefined>;

export interface ShowOptions {
  readonly assistant: Assistant;
  /** How to ask on this face, a line each. */
  readonly ways?: readonly string[];
  /** What the help says of what is kept of questions from there; undefined where nothing is. */
  readonly kept?: ((from: Address | undefined) => string | undefined) | undefined;
  /** A day's post as it was shown; absent where there are none. */
  readonly post?: PostShown | undefined;
}

const sectionNamed = (of: Explainer, reference: string): Section | undefined =>
  of.sections.find(({ id }) => means(reference, id));

/** Sections by their references, those that are still there. */
const choicesNamed = (of: Explainer, references: readonly string[]): Choice[] =>
  references.flatMap((reference) => {
    const section = sectionNamed(of, reference);
    return section ? [choiceOf(section)] : [];
  });

const withChart = (figure: Figure, of: Explainer, desk: FigureDesk): Card =>
  figureCard(of, figure, desk.chartOf(figure));

/** The figure's card, else the card of the editor's chart of that id. */
function figureOrChart(reference: string, of: Explainer, desk: FigureDesk): Card | undefined {
  const figure = desk.figures().find(({ id }) => means(reference, id));
  if (figure) return withChart(figure, of, desk);
  const drawn = desk.charts().find(({ id }) => means(reference, id));
  return drawn && chartCard(of, drawn);
}

export function createShow({ assistant, ways = [], post, kept }: ShowOptions): Show {
  const help = async (explainer?: string, from?: Address): Promise<Card> =>
    helpCard((await assistant.topics({ explainer })).explainer, ways, kept?.(from));

  async function comparison(a: string, b: string, explainer?: string): Promise<Card> {
    const { explainer: id, names, open } = await locateFigures(assistant, [a, b], explainer);
    const { explainer: of, desk } = await assistant.figures({ explainer: id });
    if (open) return articlesCard(of, assistant.explainers(), "figures");
    const found = desk.compare(names[0] ?? "", names[1] ?? "");
    const chart = found.kind === "comparison" ? desk.chart(`${found.a.id},${found.b.id}`) : undefined;
    return comparisonCard(of, found, chart);
  }

  async function overview(kind: Overview, explainer: string | undefined): Promise<Card> {
    const { explainer: of, desk } = await assistant.figures({ explainer });
    if (explainer === undefined && assistant.explainers().length > 1)
      return articlesCard(of, assistant.explainers(), kind);
    switch (kind) {
      case "figures":
        return figuresCard(of, desk.figures(), desk.charts()[0]);
      case "topics":
        return topicsCard(of);
      case "summary":
        return summaryCard(await assistant.summary({ explainer }));
    }
  }

  async function sections(
    subject: Extract<Subject, { kind: "sections" }>,
    explainer: string,
  ): Promise<Card | undefined> {
    const { explainer: of } = await assistant.topics({ explainer });
    const answers: AnswerReply[] = [];
    for (const { id, lead, confidence } of subject.sections) {
      const section = sectionNamed(of, id);
      const reply = section && (await assistant.section(section.id, { explainer, lead }));
      if (!reply) return undefined;
      answers.push(confidence === undefined ? reply : { ...reply, confidence });
    }
    const [first, ...also] = answers;
    if (!first) return undefined;
    const related = subject.related && choicesNamed(of, subject.related);
    const left = subject.left === "shown" ? [] : (subject.left ?? []);
    const asked = subject.sections[0]?.confidence !== undefined;
    // Of an answer to a question what is not named was not offered.
    const offered = related ?? (asked ? [] : undefined);
    return answerCard({ ...first, also, unanswered: left, ...(offered ? { related: offered } : {}) }, asked);
  }

  /** What the command of that kind shows. */
  function fulfil(kind: Exclude<Request, "figure">, name: string, explainer: string | undefined): Promise<Card> {
    switch (kind) {
      case "chart":
        return chart(name, explainer);
      case "source":
        return source(explainer);
      case "summary":
      case "figures":
      case "topics":
        return overview(kind, explainer);
    }
  }

  /** Where the article comes from, and how old it is. */
  async function source(explainer: string | undefined): Promise<Card> {
    const { explainer: of } = await assistant.topics({ explainer });
    if (explainer === undefined && assistant.explainers().length > 1)
      return articlesCard(of, assistant.explainers(), "topics");
    return sourceCard(of);
  }

  /** Whose figure it may be, and what is found of it. */
  async function located(name: string, explainer: string | undefined) {
    const { explainer: id, names, open } = await locateFigures(assistant, [name], explainer);
    const { explainer: of, desk } = await assistant.figures({ explainer: id });
    const bare = names[0] ?? name;
    return { of, desk, bare, open, found: desk.figure(bare) };
  }

  function figureFrom(name: string, { of, desk, open, found }: Awaited<ReturnType<typeof located>>): Card {
    if (open) return articlesCard(of, assistant.explainers(), "figures");
    if (desk.figures().length === 0) return figuresCard(of, [], undefined);
    return found.figure ? withChart(found.figure, of, desk) : noFigureCard(of, name, found.nearest);
  }

  /** The figure that a question asks for by name; undefined where it is not surely one: the article may say it all the same. */
  async function figureAsked(name: string, explainer: string | undefined): Promise<Card | undefined> {
    const { of, desk, open, found } = await located(name, explainer);
    return !open && found.figure && found.chance >= SURELY ? withChart(found.figure, of, desk) : undefined;
  }

  /** The editor's chart of that title, else a figure of that name with its chart, else the chart that holds what the name may mean. */
  async function chart(name: string, explainer?: string): Promise<Card> {
    const where = await located(name, explainer);
    const { of, desk, bare, open, found } = where;
    const drawn = open ? undefined : (desk.chartTitled(bare) ?? (found.figure ? undefined : desk.chartOfLikely(found)));
    return drawn ? chartCard(of, drawn) : figureFrom(name, where);
  }

  async function replied(answer: Reply, options: AskOptions | undefined): Promise<Card> {
    // Only what is no answer may be one for the help.
    const helps = ways.length > 0 && answer.kind === "abstain";
    return replyCard(answer, helps ? await help(answer.explainer.id, options?.from) : undefined);
  }

  return {
    async question(text, options) {
      const { kind, name } = requestIn(text) ?? { kind: undefined, name: "" };
      if (kind !== undefined && kind !== "figure") return fulfil(kind, name, options?.explainer);
      const answer = await assistant.ask(text, options);
      // What somebody taught word for word is an answer, whatever it looks like.
      const taught = answer.kind === "answer" && answer.confidence >= TAUGHT;
      const asked = kind === "figure" && !taught ? await figureAsked(name, options?.explainer) : undefined;
      return asked ?? replied(answer, options);
    },
    overview,
    comparison,
    figure: async (name, explainer) => figureFrom(name, await located(name, explainer)),
    help: (from) => help(undefined, from),
    async home() {
      const { explainer, desk } = await assistant.figures();
      return homeCard(explainer, desk.figures(), desk.charts()[0], await help());
    },
    async noArticle() {
      return noArticleCard((await assistant.topics()).explainer, assistant.explainers());
    },
    async notice(say) {
      const { explainer } = await assistant.topics();
      return noticeCard(explainer, say(wordingOf(explainer.language)));
    },
    async subject(subject, of) {
      const explainer = assistant.explainers().find(({ id }) => means(subject.explainer, id))?.id;
      // What was posted is kept as it was, whatever became of its article.
      if (subject.kind === "post") return post?.(subject.subscription, subject.date, of);
      if (explainer === undefined) return undefined;
      const { explainer: shown, desk } = await assistant.figures({ explainer });
      switch (subject.kind) {
        case "sections":
          return sections(subject, explainer);
        case "tentative": {
          const [closest, ...others] = subject.sections;
          const section = closest && sectionNamed(shown, closest.id);
          const reply = section && (await assistant.section(section.id, { explainer, lead: closest.lead }));
          if (!reply) return undefined;
          const { confidence = reply.confidence } = closest;
          const known = choicesNamed(
            shown,
            others.map(({ id }) => id),
          );
          return replyCard({ ...reply, kind: "tentative", confidence, others: known });
        }
        case "clarify":
        case "abstain": {
          const choices = choicesNamed(
            shown,
            subject.sections.map(({ id }) => id),
          );
          const common = { question: "", explainer: named(shown), source: attributionOf(shown) };
          return subject.kind === "clarify"
            ? replyCard({ kind: "clarify", ...common, choices })
            : replyCard({ kind: "abstain", ...common, nearest: choices, smallTalk: undefined, empty: false });
        }
        case "figure":
          return figureOrChart(subject.figure, shown, desk);
        case "comparison": {
          const [a, b] = subject.figures.map((reference) => desk.figures().find(({ id }) => means(reference, id)));
          return a && b && comparison(a.id, b.id, explainer);
        }
        case "figures":
        case "topics":
        case "summary":
          return overview(subject.kind, explainer);
        case "help":
          return help(explainer);
        case "talk":
        case "preview":
        case "daily":
        case "desk":
        case "settings":
        case "privacy":
        case "forget":
          // Small talk has one page; what is set up in a place, or kept of somebody, is not content.
          return undefined;
      }
    },
  };
}
