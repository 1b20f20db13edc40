// Replies as HTML fragments. Everything that is shown is escaped by the template.
import { html } from "hono/html";
import type { Answer, Attribution, Choice, Reply, TextBlock } from "../assistant/reply.js";
import { renderChart, type Html } from "./render-figures.js";
import type { SummaryView } from "../assistant/summary.js";
import { figureEntry } from "../figures/format.js";
import { WORDING } from "../assistant/wording.js";

function renderBlock({ kind, lines }: TextBlock): Html {
  switch (kind) {
    case "list":
      return lines.every((line) => /^\d+\. /.test(line))
        ? html`<ol>
            ${lines.map((line) => html`<li>${line.replace(/^\d+\. /, "")}</li>`)}
          </ol>`
        : html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`;
    case "table":
      return html`<div class="wide">
        <table>
          <tbody>
            ${lines.map(
              (line) =>
                html`<tr>
                  ${line.split(" · ").map((cell) => html`<td>${cell}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
    case "caption":
      return html`<p class="caption">Caption: ${lines.join(" ")}</p>`;
    case "subheading":
      return html`<h3>${lines.join(" ")}</h3>`;
    case "paragraph":
      return html`<p>${lines.join(" ")}</p>`;
  }
}

function renderAnswer({ heading, lead, rest, chart }: Answer, explainer: Reply["explainer"]): Html {
  return html`<h2>${heading}</h2>
    <p class="lead">${lead}</p>
    ${rest.map(renderBlock)} ${chart ? renderChart(chart, explainer) : ""}`;
}

function renderSource({ title, publisher, url, asOf }: Attribution): Html {
  const name = [title, publisher].filter(Boolean).join(", ");
  return html`<p class="source">
    ${WORDING.source}: ${url === undefined ? name : html`<a href="${url}" rel="noopener noreferrer">${name}</a>`}
    ${asOf === "" ? "" : html`<br />${WORDING.asOf}: ${asOf}`}
  </p>`;
}

/** Sections as buttons that work without a script. */
export function renderChoices(choices: readonly Choice[], explainer: string, label: string): Html {
  if (choices.length === 0) return html``;
  return html`<form class="choices" method="get" action="/" aria-label="${label}">
    <input type="hidden" name="explainer" value="${explainer}" />
    ${choices.map(({ section, heading }) => html`<button name="section" value="${section}">${heading}</button>`)}
  </form>`;
}

function renderBody(reply: Reply): Html {
  const explainer = reply.explainer.id;
  switch (reply.kind) {
    case "answer":
      return html`${renderAnswer(reply, reply.explainer)}
      ${reply.also.map(
        (other) =>
          html`<p class="aside">${WORDING.also}</p>
            ${renderAnswer(other, reply.explainer)}`,
      )}
      ${renderSource(reply.source)} ${reply.related.length > 0 ? html`<p class="aside">${WORDING.related}</p>` : ""}
      ${renderChoices(reply.related, explainer, WORDING.related)}`;
    case "clarify":
      return html`<p class="lead">${WORDING.clarify}</p>
        ${renderChoices(reply.choices, explainer, WORDING.clarify)}`;
    case "abstain": {
      if (reply.smallTalk) return html`<p>${reply.smallTalk.reply}</p>`;
      return html`<p class="lead">${reply.empty ? WORDING.emptyQuestion : WORDING.abstain}</p>
        ${reply.nearest.length > 0 && !reply.empty ? html`<p class="aside">${WORDING.nearest}</p>` : ""}
        ${renderChoices(reply.nearest, explainer, WORDING.nearest)}`;
    }
  }
}

/** A question and its reply, as two entries of the conversation. */
export function renderExchange(reply: Reply): Html {
  return html`<li class="asked">
      <p><span class="unseen">You asked: </span>${reply.question}</p>
    </li>
    <li class="replied ${reply.kind}">${renderBody(reply)}</li>`;
}

/** A sentence in place of a reply, for what went wrong. */
export function renderNotice(question: string, notice: string): Html {
  return html`${
      question === ""
        ? ""
        : html`<li class="asked">
            <p><span class="unseen">You asked: </span>${question}</p>
          </li>`
    }
    <li class="replied notice"><p>${notice}</p></li>`;
}

/** The story summed up, with its chart and the questions most worth asking. */
export function renderSummary({ explainer, headline, lines, figures, chart, questions, source }: SummaryView): Html {
  return html`<h2>${headline}</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${
      figures.length > 0
        ? html`<ul>
            ${figures.map((figure) => html`<li>${figureEntry(figure, explainer.language)}</li>`)}
          </ul>`
        : ""
    }
    ${chart ? renderChart(chart, explainer) : ""} ${renderSource(source)}
    <p class="aside">${WORDING.related}</p>
    ${renderChoices(questions, explainer.id, WORDING.related)}`;
}
