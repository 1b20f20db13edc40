// Cards as HTML fragments. Everything that is shown is escaped by the template.
import { html } from "hono/html";
import type { Attribution } from "../assistant/reply.js";
import { sourceName } from "../assistant/source-name.js";
import type { Card, CardBlock, CardChoice } from "../cards/card.js";
import type { Subject } from "../cards/subject.js";
import { readInline, readItem } from "../explainer/inline.js";
import { wordingOf } from "../languages/languages.js";
import { renderChart, type Html } from "./render-figures.js";

/** A line with what is set in it. */
function renderLine(line: string): Html {
  return html`${readInline(line).map(({ text, strong, code, href }) => {
    const set = code ? html`<code>${text}</code>` : text;
    const bold = strong ? html`<strong>${set}</strong>` : set;
    return href === undefined ? bold : html`<a href="${href}" rel="noopener noreferrer nofollow">${bold}</a>`;
  })}`;
}

const renderLines = (lines: readonly string[]): Html => renderLine(lines.join(" "));

/** Items with those that stand deeper inside of the one before. */
function renderList(
  items: readonly { readonly depth: number; readonly line: string; readonly numbered: boolean }[],
): Html {
  const [first] = items;
  if (!first) return html``;
  const groups: (typeof items)[number][][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    if (group && item.depth > first.depth) group.push(item);
    else groups.push([item]);
  }
  const entries = groups.map(([head, ...inner]) => {
    const line = head?.line ?? "";
    return html`<li>${renderLine(first.numbered ? line.replace(/^\d+\. /, "") : line)}${renderList(inner)}</li>`;
  });
  const start = Number(/^\d+/.exec(first.line)?.[0] ?? 1);
  if (!items.every(({ depth, numbered }) => depth > first.depth || numbered))
    return html`<ul>
      ${entries}
    </ul>`;
  return start === 1
    ? html`<ol>
        ${entries}
      </ol>`
    : html`<ol start="${String(start)}">
        ${entries}
      </ol>`;
}

function renderBlock({ kind, lines, heading, chart }: CardBlock, explainer: Card["explainer"]): Html {
  const { language } = explainer;
  switch (kind) {
    case "list":
      return renderList(lines.map(readItem));
    case "table":
      return html`<div class="wide">
        <table>
          <tbody>
            ${lines.map(
              (line) =>
                html`<tr>
                  ${line.split(" · ").map((cell) => html`<td>${renderLine(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
    case "caption":
      return html`<p class="caption">${renderLine(wordingOf(language).caption(lines.join(" ")))}</p>`;
    case "values":
      // They stand in a table under the chart.
      return chart ? renderChart(chart, explainer) : html``;
    case "subheading":
      return html`<h3>${renderLines(lines)}</h3>`;
    case "aside":
      return html`<p class="aside">${renderLines(lines)}</p>`;
    case "strong":
      return html`${heading === undefined ? "" : html`<h2>${heading}</h2>`}
        <p class="lead">${renderLines(lines)}</p>`;
    case "paragraph":
      return html`${heading === undefined ? "" : html`<h2>${heading}</h2>`}
        <p>${renderLines(lines)}</p>`;
  }
}

function renderSource(source: Attribution, language: string): Html {
  const wording = wordingOf(language);
  const { url, asOf } = source;
  const name = sourceName(source);
  const [before = "", after = ""] = wording.source("\u0000").split("\u0000");
  return html`<p class="source">
    ${before}${url === undefined ? name : html`<a href="${url}" rel="noopener noreferrer">${name}</a>`}${after}
    ${asOf === "" ? "" : html`<br />${wording.asOf(asOf)}`}
  </p>`;
}

/** The section that a choice shows; undefined where it shows something else. */
function sectionOf(subject: Subject): string | undefined {
  return subject.kind === "sections" ? subject.sections[0]?.id : undefined;
}

/** Choices as buttons that work without a script; those of each article in a form of their own. */
export function renderChoices(choices: readonly CardChoice[], label: string): Html {
  const articles = [...new Set(choices.map(({ subject }) => subject.explainer))];
  return html`${articles.map(
    (article) =>
      html`<form class="choices" method="get" action="/" aria-label="${label}">
        <input type="hidden" name="explainer" value="${article}" />
        ${choices
          .filter(({ subject }) => subject.explainer === article)
          .map(({ label: name, subject }) => {
            const section = sectionOf(subject);
            return section === undefined ? "" : html`<button name="section" value="${section}">${name}</button>`;
          })}
      </form>`,
  )}`;
}

/** A card without what stands around it. */
export function renderCard(card: Card): Html {
  const { explainer, blocks, left, source, chart, choices, choicesTitle } = card;
  const { language } = explainer;
  const wording = wordingOf(language);
  // Where values stand in the text, their chart stands there.
  const alone = blocks.some((block) => block.chart) ? undefined : chart;
  return html`${blocks.map((block) => renderBlock(block, explainer))} ${alone ? renderChart(alone, explainer) : ""}
  ${
    left.length > 0
      ? html`<p class="aside">${wording.left()}</p>
          <ul class="left">
            ${left.map((each) => html`<li>${each}</li>`)}
          </ul>`
      : ""
  }
  ${source ? renderSource(source, language) : ""}
  ${choicesTitle === undefined ? "" : html`<p class="aside">${choicesTitle}</p>`}
  ${renderChoices(choices, choicesTitle ?? wording.clarify())}`;
}

const CLASSES: Partial<Record<Subject["kind"], string>> = {
  sections: "answer",
  tentative: "tentative",
  clarify: "clarify",
  abstain: "abstain",
};

const renderAsked = (question: string, language: string): Html =>
  html`<li class="asked">
    <p><span class="unseen">${wordingOf(language).pageYouAsked()}</span>${question}</p>
  </li>`;

/** Says that it is no answer to what was asked; for answers to questions in words. */
function renderRemark({ explainer, subject, confidence }: Card, ticket: string | undefined): Html {
  if (!subject || confidence === undefined || !("sections" in subject)) return html``;
  return html`<form class="choices remark" method="post" action="/remark">
    <input type="hidden" name="explainer" value="${explainer.id}" />
    <input type="hidden" name="section" value="${subject.sections[0]?.id ?? ""}" />
    ${ticket === undefined ? "" : html`<input type="hidden" name="ticket" value="${ticket}" />`}
    <button>${wordingOf(explainer.language).desk.notAsked()}</button>
  </form>`;
}

/** A question and its answer, as two entries of the conversation. `remarks`: whether somebody hears that it is none, and by which ticket. */
export function renderExchange(question: string, card: Card, remarks?: { readonly ticket: string | undefined }): Html {
  const remark = remarks ? renderRemark(card, remarks.ticket) : "";
  return html`${renderAsked(question, card.explainer.language)}
    <li class="replied ${(card.subject && CLASSES[card.subject.kind]) ?? "abstain"}">${renderCard(card)}${remark}</li>`;
}

/** A sentence in place of an answer, for what went wrong. */
export function renderNotice(notice: string): Html {
  return html`<li class="replied notice"><p>${notice}</p></li>`;
}
