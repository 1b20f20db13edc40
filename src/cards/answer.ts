// Replies as cards: answers, choices, abstentions, small talk.
import type { AbstainReply, Answer, AnswerReply, Reply } from "../assistant/reply.js";
import { figureEntry } from "../figures/format.js";
import type { ChartOffer } from "../assistant/figure-desk.js";
import { wordingOf } from "../languages/languages.js";
import { BARE, choicesOf, paragraph, strong, type Card, type CardBlock } from "./card.js";
import type { SectionRef } from "./subject.js";

/** The values of a chart in words, for those who do not see it. */
export function chartCaption(chart: ChartOffer, language: string): CardBlock {
  const { title, figures } = chart;
  const wording = wordingOf(language);
  const values = figures.map((figure) => figureEntry(figure, language)).join("; ");
  return { kind: "values", lines: [`${wording.valued(title, values)}.`], chart };
}

const answerBlocks = ({ heading, leadLine, rest, chart }: Answer, language: string): CardBlock[] => [
  { ...strong(leadLine), heading },
  ...rest,
  ...(chart ? [chartCaption(chart, language)] : []),
];

/** As sure as a subject can say it again. */
const hundredths = (confidence: number): number => Math.round(confidence * 100) / 100;

const refOf = ({ section, passage, confidence }: Answer, asked: boolean): SectionRef => ({
  id: section,
  lead: passage,
  ...(asked ? { confidence: hundredths(confidence) } : {}),
});

/** An answer, with what else the message asked. `asked`: whether in words, so that there is a confidence to tell. */
export function answerCard(reply: AnswerReply, asked = true): Card {
  const { explainer, also, unanswered, related } = reply;
  const wording = wordingOf(explainer.language);
  const answers = [reply, ...also];
  return {
    ...BARE,
    explainer,
    leaned: reply.leaned,
    blocks: [
      ...answerBlocks(reply, explainer.language),
      ...also.flatMap((other) => [
        { kind: "aside" as const, lines: [wording.also()] },
        ...answerBlocks(other, explainer.language),
      ]),
    ],
    left: unanswered,
    headings: answers.map(({ heading }) => heading),
    source: reply.source,
    chart: answers.find(({ chart }) => chart !== undefined)?.chart,
    choices: choicesOf(related, explainer.id),
    choicesTitle: related.length > 0 ? wording.related() : undefined,
    subject: {
      kind: "sections",
      explainer: explainer.id,
      sections: answers.map((answer) => refOf(answer, asked)),
      ...(related.length > 0 ? { related: related.map(({ section }) => section) } : {}),
      ...(unanswered.length > 0 ? { left: unanswered } : {}),
    },
    confidence: asked ? hundredths(reply.confidence) : undefined,
  };
}

/**
 * A reply as a card. `help` stands in where nothing was asked, and for small talk that asks for it; without it a few questions to
 * start with do, and what an editor wrote.
 */
export function replyCard(reply: Reply, help?: Card): Card {
  const { explainer } = reply;
  const wording = wordingOf(explainer.language);
  const about = { explainer: explainer.id } as const;
  switch (reply.kind) {
    case "answer":
      return answerCard(reply);
    case "tentative": {
      const { heading, section, leadLine, passage, confidence, others } = reply;
      return {
        ...BARE,
        explainer,
        leaned: reply.leaned,
        blocks: [strong(wording.closest()), { ...paragraph(leadLine), heading }],
        headings: [heading],
        source: reply.source,
        choices: choicesOf([{ section, heading }, ...others], explainer.id),
        choicesTitle: wording.closestMore(),
        subject: {
          kind: "tentative",
          ...about,
          sections: [
            { id: section, lead: passage, confidence: hundredths(confidence) },
            ...others.map((other) => ({ id: other.section })),
          ],
        },
        confidence: hundredths(confidence),
      };
    }
    case "clarify":
      return {
        ...BARE,
        explainer,
        blocks: [strong(wording.clarify())],
        choices: choicesOf(reply.choices, explainer.id),
        // Of several articles it is no card of one of them.
        subject: reply.choices.some((choice) => choice.explainer)
          ? undefined
          : { kind: "clarify", ...about, sections: reply.choices.map(({ section }) => ({ id: section })) },
        shareable: false,
      };
    case "abstain":
      if (reply.empty) return help ?? startCard(reply);
      if (help && reply.smallTalk?.kind === "help") return help;
      if (reply.smallTalk)
        return {
          ...BARE,
          explainer,
          blocks: [paragraph(reply.smallTalk.reply)],
          subject: { kind: "talk", ...about, talk: reply.smallTalk.kind },
          shareable: false,
        };
      return {
        ...BARE,
        explainer,
        blocks: [strong(wording.abstain())],
        choices: choicesOf(reply.nearest, explainer.id),
        choicesTitle: reply.nearest.length > 0 ? wording.nearest() : undefined,
        subject: { kind: "abstain", ...about, sections: reply.nearest.map(({ section }) => ({ id: section })) },
        shareable: false,
      };
  }
}

/** Nothing was asked, and there is no help to show: a few questions to start with. */
function startCard(reply: AbstainReply): Card {
  const wording = wordingOf(reply.explainer.language);
  return {
    ...BARE,
    explainer: reply.explainer,
    blocks: [paragraph(wording.emptyQuestion())],
    choices: choicesOf(reply.nearest, reply.explainer.id),
    shareable: false,
  };
}
