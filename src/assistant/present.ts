// Sections of an explainer as replies show them.
import type { Explainer, Passage, Section } from "../explainer/types.js";
import type { FigureDesk } from "./figure-desk.js";
import type { Answer, Attribution, Choice, TextBlock } from "./reply.js";

const BLOCK_KIND: Record<Passage["kind"], TextBlock["kind"]> = {
  sentence: "paragraph",
  item: "list",
  row: "table",
  caption: "caption",
  subheading: "subheading",
};

/** The section's passages but for the one at `lead`, as blocks. */
function restOf(section: Section, lead: number): TextBlock[] {
  const blocks = new Map<string, { kind: TextBlock["kind"]; texts: string[] }>();
  for (const [index, passage] of section.passages.entries()) {
    if (index === lead) continue;
    const kind = BLOCK_KIND[passage.kind];
    const key = `${passage.block} ${kind}`;
    const block = blocks.get(key) ?? { kind, texts: [] };
    block.texts.push(passage.text);
    blocks.set(key, block);
  }
  return [...blocks.values()].map(({ kind, texts }) => ({
    kind,
    lines: kind === "paragraph" ? [texts.join(" ")] : texts,
  }));
}

export function answerFrom(section: Section, lead: number, confidence: number, desk: FigureDesk): Answer {
  const figures = desk.inSection(section.id, lead);
  const stated = figures.filter((figure) => figure.passage === lead);
  const chart = desk.charts().find((offer) => offer.figures.some((figure) => stated.includes(figure)));
  return {
    section: section.id,
    heading: section.heading,
    passage: lead,
    lead: section.passages[lead]?.text ?? section.heading,
    rest: restOf(section, lead),
    confidence,
    figures,
    chart,
  };
}

/** The passage that leads where no question picks one: the first that is not a caption or a heading. */
export function openingPassage(section: Section): number {
  return Math.max(
    0,
    section.passages.findIndex((passage) => passage.kind !== "caption" && passage.kind !== "subheading"),
  );
}

export function choiceOf(section: Section, confidence?: number): Choice {
  return { section: section.id, heading: section.heading, ...(confidence === undefined ? {} : { confidence }) };
}

export function attributionOf(explainer: Explainer): Attribution {
  const { title, publisher, url } = explainer.source;
  return { title, publisher, url, asOf: explainer.asOf };
}
