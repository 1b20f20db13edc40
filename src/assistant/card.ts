// What is shown for a reply, a figure, the topics or the summary, in no platform's markup: the chat faces lay the same card
// out in their own way, so that both say the same words and numbers.
import type { Explainer } from "../explainer/types.js";
import { figureDetail, figureEntry, figureLine, valueText } from "../figures/format.js";
import type { Figure } from "../figures/types.js";
import { locateFigures } from "./articles.js";
import type { Assistant } from "./assistant.js";
import type { ChartOffer } from "./figure-desk.js";
import { attributionOf } from "./present.js";
import type { Answer, AnswerReply, Attribution, Choice, Reply, TextBlock } from "./reply.js";
import { means, type SectionRef, type Subject } from "./subject.js";
import type { SummaryView } from "./summary.js";
import { WORDING } from "./wording.js";

/** A button: what it says, and what it shows when it is chosen. */
export interface CardChoice {
  readonly label: string;
  readonly subject: Subject;
}

export interface CardBlock {
  readonly kind: TextBlock["kind"] | "strong";
  readonly lines: readonly string[];
}

export interface Card {
  readonly explainer: { readonly id: string; readonly title: string; readonly language: string };
  readonly blocks: readonly CardBlock[];
  /** Headings of the sections shown; empty where none is. */
  readonly headings: readonly string[];
  /** Absent where nothing of the article is quoted. */
  readonly source: Attribution | undefined;
  readonly chart: ChartOffer | undefined;
  readonly choices: readonly CardChoice[];
  readonly choicesTitle: string | undefined;
  /** How to show the same card again; absent where there is nothing of the article in it. */
  readonly subject: Subject | undefined;
  /** Whether the subject gives the whole card again: not where a part of it is in the reader's words. */
  readonly shareable: boolean;
}

/** Where and for whom a card is laid out. */
export interface CardPlace {
  /** Page of the card, from 0. */
  readonly page?: number;
  /** Who asked: only they may have a public card changed under the others. */
  readonly asker?: string | undefined;
  /** Whether to offer publishing it, and as an answer to which message. */
  readonly share?: { readonly target: string | undefined } | undefined;
  /** A line above the card in the platform's markup, such as the question or who shared it. */
  readonly above?: string | undefined;
}

/** Who a button is for: on a private card nobody need be told apart, and the message that it answers is kept. */
export const whoOf = ({ asker, share }: CardPlace): string | undefined => (share ? share.target : asker);

type Named = Card["explainer"];

const nothingMore = {
  headings: [],
  source: undefined,
  chart: undefined,
  choices: [],
  choicesTitle: undefined,
  subject: undefined,
  shareable: true,
} as const;
const strong = (line: string): CardBlock => ({ kind: "strong", lines: [line] });
const paragraph = (line: string): CardBlock => ({ kind: "paragraph", lines: [line] });

const choicesOf = (choices: readonly Choice[], explainer: string): CardChoice[] =>
  choices.map(({ section, heading }) => ({
    label: heading,
    subject: { kind: "sections", explainer, sections: [{ id: section }] },
  }));

/** The values of a chart in words, for those who do not see it. */
function chartCaption({ title, figures }: ChartOffer, language: string): CardBlock {
  return {
    kind: "caption",
    lines: [`${title}: ${figures.map((figure) => `${figure.label}, ${valueText(figure, language)}`).join("; ")}`],
  };
}

const answerBlocks = ({ lead, rest }: Answer): CardBlock[] => [strong(lead), ...rest];

function answerCard(reply: AnswerReply): Card {
  const { explainer, also, unanswered, chart } = reply;
  const sections: SectionRef[] = [reply, ...also].map(({ section, passage }) => ({ id: section, lead: passage }));
  return {
    explainer,
    blocks: [
      ...answerBlocks(reply),
      ...(chart ? [chartCaption(chart, explainer.language)] : []),
      ...also.flatMap((other) => [{ kind: "subheading" as const, lines: [WORDING.also] }, ...answerBlocks(other)]),
      ...(unanswered.length > 0
        ? [
            { kind: "subheading" as const, lines: [WORDING.unanswered] },
            { kind: "list" as const, lines: unanswered },
          ]
        : []),
    ],
    headings: [reply, ...also].map(({ heading }) => heading),
    source: reply.source,
    chart,
    choices: choicesOf(reply.related, explainer.id),
    choicesTitle: reply.related.length > 0 ? WORDING.related : undefined,
    subject: { kind: "sections", explainer: explainer.id, sections },
    shareable: unanswered.length === 0,
  };
}

/** A reply as a card. `help` stands in where nothing was asked, and beside small talk that asks for it. */
export function replyCard(reply: Reply, help: Card): Card {
  const { explainer } = reply;
  switch (reply.kind) {
    case "answer":
      return answerCard(reply);
    case "clarify":
      return {
        ...nothingMore,
        explainer,
        blocks: [strong(WORDING.clarify)],
        choices: choicesOf(reply.choices, explainer.id),
      };
    case "abstain":
      if (reply.empty || reply.smallTalk?.kind === "help") return help;
      if (reply.smallTalk) return { ...nothingMore, explainer, blocks: [paragraph(reply.smallTalk.reply)] };
      return {
        ...nothingMore,
        explainer,
        blocks: [strong(WORDING.abstain)],
        choices: choicesOf(reply.nearest, explainer.id),
        choicesTitle: reply.nearest.length > 0 ? WORDING.nearest : undefined,
      };
  }
}

/** A sentence of our own, such as why something cannot be shown. */
export function noticeCard(explainer: Named, notice: string, choices: readonly CardChoice[] = []): Card {
  return { ...nothingMore, explainer, blocks: [paragraph(notice)], choices };
}

/** Told once to whoever asks faster than the allowance. */
export function tooFastCard(explainer: Named, seconds: number): Card {
  return noticeCard(explainer, `${WORDING.tooFast} ${seconds} ${seconds === 1 ? "second" : "seconds"}.`);
}

const named = ({ id, title, language }: Explainer): Named => ({ id, title, language });
const figureSubject = (explainer: string, figure: string): Subject => ({ kind: "figure", explainer, figure });
const statementOf = (figure: Figure): string =>
  figure.from.length > 0 ? `${WORDING.workedOut}: ${figure.statement}` : figure.statement;
const sectionChoice = (explainer: Explainer, figures: readonly Figure[]): CardChoice[] =>
  [...new Set(figures.map((figure) => figure.section))].flatMap((id) => {
    const section = explainer.sections.find((each) => each.id === id);
    return section
      ? [
          {
            label: section.heading,
            subject: { kind: "sections" as const, explainer: explainer.id, sections: [{ id }] },
          },
        ]
      : [];
  });

export function figureCard(explainer: Explainer, figure: Figure, chart: ChartOffer | undefined): Card {
  const { language } = explainer;
  return {
    ...nothingMore,
    explainer: named(explainer),
    blocks: [
      strong(`${figure.label}: ${valueText(figure, language)}`),
      paragraph(figureDetail(figure)),
      paragraph(statementOf(figure)),
      ...(chart && chart.figures.length > 1 ? [chartCaption(chart, language)] : []),
    ],
    source: attributionOf(explainer),
    chart,
    choices: sectionChoice(explainer, [figure]),
    choicesTitle: WORDING.related,
    subject: figureSubject(explainer.id, figure.id),
  };
}

/** All figures, a line each; the editor's first chart with them. */
export function figuresCard(explainer: Explainer, figures: readonly Figure[], chart: ChartOffer | undefined): Card {
  const { language } = explainer;
  if (figures.length === 0) return noticeCard(named(explainer), WORDING.noFigures);
  return {
    ...nothingMore,
    explainer: named(explainer),
    blocks: [strong(WORDING.figures), { kind: "list", lines: figures.map((figure) => figureEntry(figure, language)) }],
    source: attributionOf(explainer),
    chart,
    choices: figures.map((figure) => ({ label: figure.label, subject: figureSubject(explainer.id, figure.id) })),
    subject: { kind: "figures", explainer: explainer.id },
  };
}

export function topicsCard(explainer: Explainer): Card {
  return {
    ...nothingMore,
    explainer: named(explainer),
    blocks: [
      strong(`${WORDING.topics} “${explainer.title}”`),
      { kind: "list", lines: explainer.sections.map(({ heading }) => heading) },
    ],
    source: attributionOf(explainer),
    choices: explainer.sections.map(({ id, heading }) => ({
      label: heading,
      subject: { kind: "sections", explainer: explainer.id, sections: [{ id }] },
    })),
    subject: { kind: "topics", explainer: explainer.id },
  };
}

export function summaryCard(view: SummaryView): Card {
  const { explainer, headline, lines, figures, chart } = view;
  return {
    ...nothingMore,
    explainer,
    blocks: [
      strong(headline),
      { kind: "list", lines },
      ...(figures.length > 0
        ? [
            {
              kind: "list" as const,
              lines: figures.map((figure) => figureEntry(figure, explainer.language)),
            },
          ]
        : []),
    ],
    source: view.source,
    chart,
    choices: choicesOf(view.questions, explainer.id),
    choicesTitle: WORDING.related,
    subject: { kind: "summary", explainer: explainer.id },
  };
}

/** What it can do: `ways` are the platform's own, a line each. */
export function helpCard(explainer: Explainer, ways: readonly string[]): Card {
  const first = explainer.sections.slice(0, 3);
  return {
    ...nothingMore,
    explainer: named(explainer),
    blocks: [
      strong(`${WORDING.helpAbout} “${explainer.title}”. ${WORDING.helpHow}`),
      { kind: "list", lines: ways },
      paragraph(WORDING.helpSource),
    ],
    choices: first.map(({ id, heading }) => ({
      label: heading,
      subject: { kind: "sections", explainer: explainer.id, sections: [{ id }] },
    })),
    choicesTitle: WORDING.helpTry,
  };
}

/** A page of its own: how to ask, what there is to ask, and the figures. `ways` are the blocks of the help. */
export function homeCard(
  explainer: Explainer,
  figures: readonly Figure[],
  chart: ChartOffer | undefined,
  ways: readonly CardBlock[],
): Card {
  const { language } = explainer;
  return {
    ...topicsCard(explainer),
    blocks: [
      ...ways,
      ...(figures.length > 0
        ? [
            strong(WORDING.figures),
            { kind: "list" as const, lines: figures.map((figure) => figureEntry(figure, language)) },
          ]
        : []),
    ],
    chart,
    choicesTitle: `${WORDING.topics} “${explainer.title}”`,
    subject: undefined,
  };
}

export type Overview = "figures" | "topics" | "summary";

/** What is told of an article as a whole; of several, and none named, which one is meant. */
export async function overviewCard(assistant: Assistant, kind: Overview, explainer: string | undefined): Promise<Card> {
  if (explainer === undefined && assistant.explainers().length > 1) return articlesCard(assistant, kind);
  const { explainer: of, desk } = await assistant.figures({ explainer });
  switch (kind) {
    case "figures":
      return figuresCard(of, desk.figures(), desk.charts()[0]);
    case "topics":
      return topicsCard(of);
    case "summary":
      return summaryCard(await assistant.summary({ explainer }));
  }
}

/** Which article? A choice of all, each showing what was asked for. */
async function articlesCard(assistant: Assistant, kind: Overview): Promise<Card> {
  const { explainer } = await assistant.topics();
  return noticeCard(
    named(explainer),
    WORDING.whichArticle,
    assistant.explainers().map(({ id, title }) => ({ label: title, subject: { kind, explainer: id } })),
  );
}

/** Two figures beside each other, or why they cannot be. */
export async function comparisonCard(assistant: Assistant, a: string, b: string, explainer?: string): Promise<Card> {
  const located = await locateFigures(assistant, [a, b], explainer);
  const { explainer: of, desk } = await assistant.figures({ explainer: located.explainer });
  const found = desk.compare(located.names[0] ?? "", located.names[1] ?? "");
  const offer = (figures: readonly Figure[]): CardChoice[] =>
    figures.map((figure) => ({ label: figure.label, subject: figureSubject(of.id, figure.id) }));
  if (found.kind === "unknown")
    return noticeCard(
      named(of),
      `${WORDING.noFigure} “${found.name.slice(0, 100)}”. ${WORDING.nearestFigures}`,
      offer(found.nearest),
    );
  if (found.kind === "refusal")
    return noticeCard(named(of), found.reason, offer(found.a === found.b ? [found.a] : [found.a, found.b]));
  const chart = desk.chart(`${found.a.id},${found.b.id}`);
  return {
    ...nothingMore,
    explainer: named(of),
    blocks: [
      strong(found.sentence),
      { kind: "list", lines: [found.a, found.b].map((figure) => figureLine(figure, of.language)) },
    ],
    source: attributionOf(of),
    chart,
    choices: sectionChoice(of, [found.a, found.b]),
    choicesTitle: WORDING.related,
    subject: { kind: "comparison", explainer: of.id, figures: [found.a.id, found.b.id] },
  };
}

/** The figure that somebody named, or the nearest as choices. */
export async function namedFigureCard(assistant: Assistant, name: string, explainer?: string): Promise<Card> {
  const located = await locateFigures(assistant, [name], explainer);
  const { explainer: of, desk } = await assistant.figures({ explainer: located.explainer });
  if (desk.figures().length === 0) return noticeCard(named(of), WORDING.noFigures);
  const { figure, nearest } = desk.figure(located.names[0] ?? name);
  if (figure) return figureCard(of, figure, desk.chartOf(figure));
  return noticeCard(
    named(of),
    `${WORDING.noFigure} “${name.slice(0, 100)}”. ${WORDING.nearestFigures}`,
    nearest.map((each) => ({ label: each.label, subject: figureSubject(of.id, each.id) })),
  );
}

/** The card of what a button stands for; undefined where the content no longer has it. */
export async function subjectCard(assistant: Assistant, subject: Subject): Promise<Card | undefined> {
  const explainer = assistant.explainers().find(({ id }) => means(subject.explainer, id))?.id;
  if (explainer === undefined) return undefined;
  const { explainer: of, desk } = await assistant.figures({ explainer });
  switch (subject.kind) {
    case "sections": {
      const replies: AnswerReply[] = [];
      for (const { id, lead } of subject.sections) {
        const known = of.sections.find((section) => means(id, section.id));
        const reply = known && (await assistant.section(known.id, { explainer, lead }));
        if (!reply) return undefined;
        replies.push(reply);
      }
      const [first, ...also] = replies;
      return first && answerCard({ ...first, also });
    }
    case "figure": {
      const figure = desk.figures().find(({ id }) => means(subject.figure, id));
      return figure && figureCard(of, figure, desk.chartOf(figure));
    }
    case "comparison": {
      const [a, b] = subject.figures.map((reference) => desk.figures().find(({ id }) => means(reference, id)));
      return a && b && comparisonCard(assistant, a.id, b.id, explainer);
    }
    case "figures":
    case "topics":
    case "summary":
      return overviewCard(assistant, subject.kind, explainer);
    case "daily":
      // What is set up in a place is not content; the faces ask the desk.
      return undefined;
  }
}
