// Charts and figures as HTML: every picture has its values as a table.
import { html } from "hono/html";
import type { ChartOffer } from "../assistant/figure-desk.js";
import { wordingOf } from "../languages/languages.js";
import { figureDetail, valueText } from "../figures/format.js";
import type { Figure } from "../figures/types.js";

/** What the `html` template gives: escaped text, ready to be put into another template. */
export type Html = ReturnType<typeof html>;

interface Shown {
  readonly id: string;
  readonly language: string;
}

function table(figures: readonly Figure[], language: string): Html {
  return html`<table>
    <thead>
      <tr>
        ${wordingOf(language)
          .tableHead()
          .map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${figures.map(
        (figure) =>
          html`<tr>
            <th scope="row">${figure.label}</th>
            <td>${valueText(figure, language)}</td>
            <td>
              ${figure.from.length > 0 ? wordingOf(language).workedOut(figure.statement) : figureDetail(figure, language)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A chart with its values as a table beneath it. */
export function renderChart({ id, title, alt, figures }: ChartOffer, { id: explainer, language }: Shown): Html {
  const path = `/charts/${encodeURIComponent(explainer)}/${encodeURIComponent(id)}`;
  return html`<figure>
    <picture>
      <source srcset="${path}/dark.svg" media="(prefers-color-scheme: dark)" />
      <img src="${path}/light.svg" alt="${alt}" width="640" loading="lazy" />
    </picture>
    <figcaption class="unseen">${title}</figcaption>
    <details>
      <summary>${wordingOf(language).tableTitle()}</summary>
      <div class="wide">${table(figures, language)}</div>
    </details>
  </figure>`;
}

/** All figures of an explainer: its charts, then every number. */
export function renderFigures(charts: readonly ChartOffer[], figures: readonly Figure[], shown: Shown): Html {
  if (figures.length === 0) return html`<p>${wordingOf(shown.language).noFigures()}</p>`;
  return html`${charts.map((chart) => renderChart(chart, shown))}
    <h2>${wordingOf(shown.language).everyFigure()}</h2>
    <div class="wide">${table(figures, shown.language)}</div>`;
}
