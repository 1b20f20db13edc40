// The reply as scripts read it: names and shapes are a contract, fields are added and never renamed.
import { plainInline, readItem } from "../explainer/inline.js";
import type { Figure } from "../figures/types.js";
import type { Answer, Choice, Reply, TextBlock } from "./reply.js";
import type { SummaryView } from "./summary.js";

export interface FigureJson {
  readonly id: string;
  readonly label: string;
  /** Null for a range. */
  readonly value: number | null;
  readonly range?: { from: number | string; to: number | string };
  readonly unit: string;
  readonly qualifier: string | null;
  readonly statement: string;
  readonly counts: string;
  readonly kind: string;
  readonly section: string;
  readonly period?: string;
  readonly statedBy?: string;
  readonly shareOf?: string;
  /** Ids of the figures that it was worked out from. */
  readonly from?: readonly string[];
}

export interface ReplyJson {
  readonly question: string;
  readonly outcome: "answer" | "tentative" | "clarify" | "abstain";
  readonly explainer: string;
  readonly section: string | null;
  readonly heading: string | null;
  readonly lead: string;
  readonly text: string;
  readonly confidence: number;
  /** `explainer`: its id, where they stand in several. */
  readonly choices: readonly { section: string; heading: string; confidence: number; explainer?: string }[];
  readonly figures: readonly FigureJson[];
  readonly source: { title: string; asOf: string; publisher?: string; url?: string };
  readonly related?: readonly { section: string; heading: string }[];
  readonly also?: readonly { section: string; heading: string; lead: string; text: string }[];
  /** Questions of the message that the article does not answer. */
  readonly unanswered?: readonly string[];
  readonly smallTalk?: string;
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Blocks as plain text: paragraphs apart by an empty line, list items behind hyphens. */
function plainText(blocks: readonly TextBlock[]): string {
  return blocks
    .map(({ kind, lines }) =>
      lines
        .map((each) => {
          const { depth, line, numbered } = readItem(each);
          return `${"  ".repeat(depth)}${kind === "list" && !numbered ? "- " : ""}${plainInline(line)}`;
        })
        .join("\n"),
    )
    .join("\n\n");
}

const choicesJson = (choices: readonly Choice[]): ReplyJson["choices"] =>
  choices.map(({ section, heading, confidence, explainer }) => ({
    section,
    heading,
    confidence: round(confidence ?? 0),
    ...(explainer ? { explainer: explainer.id } : {}),
  }));

const answerJson = ({ section, heading, lead, rest }: Answer) => ({ section, heading, lead, text: plainText(rest) });

/** A figure in the contract's form. */
export function figureJson(figure: Figure): FigureJson {
  const { id, label, value, unit, qualifier, statement, counts, kind, section, period, statedBy, shareOf, from } =
    figure;
  return {
    id,
    label,
    value: typeof value === "number" ? value : null,
    ...(typeof value === "number" ? {} : { range: value }),
    unit,
    qualifier: qualifier ?? null,
    statement,
    counts,
    kind,
    section,
    ...(period === undefined ? {} : { period }),
    ...(statedBy === undefined ? {} : { statedBy }),
    ...(shareOf === undefined ? {} : { shareOf }),
    ...(from.length === 0 ? {} : { from }),
  };
}

/** A reply in the contract's form. */
export function toJson(reply: Reply): ReplyJson {
  const { title, asOf, publisher, url } = reply.source;
  const common = {
    question: reply.question,
    outcome: reply.kind,
    explainer: reply.explainer.id,
    section: null,
    heading: null,
    lead: "",
    text: "",
    confidence: 0,
    choices: [],
    figures: [],
    source: { title, asOf, ...(publisher === undefined ? {} : { publisher }), ...(url === undefined ? {} : { url }) },
  };
  switch (reply.kind) {
    case "answer":
      return {
        ...common,
        ...answerJson(reply),
        confidence: round(reply.confidence),
        figures: reply.figures.map(figureJson),
        related: reply.related.map(({ section, heading }) => ({ section, heading })),
        ...(reply.unanswered.length > 0 ? { unanswered: reply.unanswered } : {}),
        ...(reply.also.length > 0 ? { also: reply.also.map(answerJson) } : {}),
      };
    case "tentative":
      return {
        ...common,
        ...answerJson(reply),
        confidence: round(reply.confidence),
        choices: choicesJson(reply.others),
        figures: reply.figures.map(figureJson),
      };
    case "clarify":
      return { ...common, confidence: round(reply.choices[0]?.confidence ?? 0), choices: choicesJson(reply.choices) };
    case "abstain":
      return {
        ...common,
        confidence: round(reply.nearest[0]?.confidence ?? 0),
        choices: choicesJson(reply.nearest),
        ...(reply.smallTalk ? { text: reply.smallTalk.reply, smallTalk: reply.smallTalk.kind } : {}),
      };
  }
}

export interface SummaryJson {
  readonly explainer: string;
  readonly title: string;
  readonly headline: string;
  readonly lines: readonly string[];
  /** Headings, where nobody wrote the lines. */
  readonly asks?: readonly string[];
  readonly figures: readonly FigureJson[];
  readonly chart: { readonly title: string; readonly alt: string } | null;
  readonly questions: readonly { section: string; heading: string }[];
  readonly source: ReplyJson["source"];
}

/** The story summed up, in the contract's form. */
export function summaryJson(view: SummaryView): SummaryJson {
  const { explainer, headline, lines, asks, figures, chart, questions, source } = view;
  const { title, asOf, publisher, url } = source;
  return {
    explainer: explainer.id,
    title: explainer.title,
    headline,
    lines,
    ...(asks.length > 0 ? { asks } : {}),
    figures: figures.map(figureJson),
    chart: chart ? { title: chart.title, alt: chart.alt } : null,
    questions: questions.map(({ section, heading }) => ({ section, heading })),
    source: { title, asOf, ...(publisher === undefined ? {} : { publisher }), ...(url === undefined ? {} : { url }) },
  };
}
