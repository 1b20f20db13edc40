// Sections of an explainer as replies show them.
import { cellsOf, joinRich, plainRich, writeInline, writeItem, type Rich } from "../explainer/inline.js";
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
    block.texts.push(writeItem(passage.depth ?? 0, writeInline(passage)));
    blocks.set(key, block);
  }
  return [...blocks.values()].map(({ kind, texts }) => ({
    kind,
    lines: kind === "paragraph" ? [texts.join(" ")] : texts,
  }));
}

const richOf = ({ text, marks = [] }: Passage): Rich => ({ text, marks });

/** A passage as it leads: a row of a table with its head, "Line 4: every 30 minutes". */
function leadOf({ passages, heading }: Section, index: number): Rich {
  const passage = passages[index];
  if (!passage) return plainRich(heading);
  const head = passages.find(({ kind, block }) => kind === "subheading" && block === passage.block);
  if (passage.kind !== "row" || !head) return richOf(passage);
  const heads = cellsOf(richOf(head));
  const [first = plainRich(""), ...others] = cellsOf(richOf(passage)).map((cell, column) =>
    joinRich(
      [heads[column] ?? plainRich(""), cell].filter(({ text }) => text !== ""),
      " ",
    ),
  );
  return others.length === 0 ? first : joinRich([first, joinRich(others, ", ")], ": ");
}

export function answerFrom(section: Section, lead: number, confidence: number, desk: FigureDesk): Answer {
  const figures = desk.inSection(section.id, lead);
  const stated = figures.filter((figure) => figure.passage === lead);
  const chart = desk.charts().find((offer) => offer.figures.some((figure) => stated.includes(figure)));
  const leading = leadOf(section, lead);
  return {
    section: section.id,
    heading: section.heading,
    passage: lead,
    lead: leading.text,
    leadLine: writeInline(leading),
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
  const { title, author, publisher, url } = explainer.source;
  return { title, ...(author === undefined ? {} : { author }), publisher, url, asOf: explainer.asOf };
}
