// The page that shows an explainer before it is live: everything as each face will show it.
import { html } from "hono/html";
import type { Card } from "../cards/card.js";
import type { Checked } from "../check-explainer.js";
import { problemLine } from "../explainer/problem-line.js";
import type { Explainer } from "../explainer/types.js";
import { directionOf } from "../languages/direction.js";
import type { Explanation } from "../matching/types.js";
import type { Html } from "../web/render-figures.js";

/** A card as each face shows it. */
export interface Faces {
  readonly page: Html;
  readonly discord: Html;
  readonly slack: Html;
}

export interface Tried {
  readonly question: string;
  readonly card: Card;
  readonly faces: Faces;
  readonly outcome: string;
  readonly why: Explanation | undefined;
}

export interface PreviewView {
  readonly explainer: Explainer;
  readonly checked: Checked;
  readonly summary: Faces;
  readonly figures: Html;
  readonly sections: readonly { readonly id: string; readonly heading: string; readonly faces: Faces }[];
  readonly tried: Tried | undefined;
  /** Sections that stand on other pages of the preview, by page. */
  readonly page: number;
  readonly pages: number;
}

const threeFaces = ({ page, discord, slack }: Faces): Html =>
  html`<div class="faces">
    <section>
      <h4>The page</h4>
      <div class="replied">${page}</div>
    </section>
    <section>
      <h4>Discord</h4>
      ${discord}
    </section>
    <section>
      <h4>Slack</h4>
      ${slack}
    </section>
  </div>`;

function findings({ findings: all, about }: Checked): Html {
  const list = (grave: boolean): Html => {
    const some = all.filter((each) => each.grave === grave);
    return some.length === 0
      ? html``
      : html`<h3>${grave ? "To be mended" : "Good to know"}</h3>
          <ul>
            ${some.map((each) => html`<li>${problemLine(each)}</li>`)}
          </ul>`;
  };
  return html`<p>${about}</p>
    ${list(true)}${list(false)}`;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function reasons({ why, outcome }: Tried, headingOf: (id: string) => string): Html {
  if (!why) return html`<p>${outcome}</p>`;
  const { nearest, matchedWords, unknownWords, corrected, margin, signals } = why;
  const words = (list: readonly string[]): string => (list.length === 0 ? "none" : list.join(", "));
  return html`<p>${outcome}</p>
    <dl>
      <dt>Ahead of the second by</dt>
      <dd>${percent(margin)}</dd>
      <dt>Words it shares with the section</dt>
      <dd>${words(matchedWords)}</dd>
      <dt>Words that stand nowhere here</dt>
      <dd>${words(unknownWords)}</dd>
      <dt>Taken for misspelt</dt>
      <dd>${words(Object.entries(corrected).map(([from, to]) => `${from} → ${to}`))}</dd>
      <dt>Nearest text</dt>
      <dd>${nearest ? html`“${nearest.text}” (${headingOf(nearest.of)})` : "none"}</dd>
      ${Object.entries(signals).map(
        ([name, { section, confidence }]) =>
          html`<dt>By ${name}</dt>
            <dd>${headingOf(section)} (${percent(confidence)})</dd>`,
      )}
    </dl>`;
}

export function renderPreview(view: PreviewView): Html {
  const { explainer, checked, summary, figures, sections, tried, page, pages } = view;
  const { title, language, asOf, source } = explainer;
  const headingOf = (id: string): string => explainer.sections.find((each) => each.id === id)?.heading ?? id;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – preview</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
        <link rel="stylesheet" href="/preview/preview.css" />
      </head>
      <body class="preview">
        <header>
          <p class="brand">Standfirst · preview</p>
          <h1 lang="${language}" dir="${directionOf(language)}">${title}</h1>
          <p>
            ${explainer.id} · ${language} · ${explainer.sections.length} sections ·
            ${source.publisher ?? "no publisher"} · ${asOf === "" ? "no date" : asOf}
          </p>
          <nav aria-label="Parts">
            <ul>
              <li><a href="#try">Try it</a></li>
              <li><a href="#look">What to look at</a></li>
              <li><a href="#summary">The daily post</a></li>
              <li><a href="#figures">Figures</a></li>
              <li><a href="#sections">Sections</a></li>
              <li><a href="/">The chat page</a></li>
            </ul>
          </nav>
        </header>
        <main>
          <section id="try">
            <h2>Try it</h2>
            <form method="get" action="/preview#try">
              <label for="q">A question, as a reader would type it</label>
              <input
                id="q"
                name="q"
                type="text"
                maxlength="2000"
                autocomplete="off"
                value="${tried?.question ?? ""}"
                required
              />
              <button>Ask</button>
            </form>
            ${
              tried
                ? html`<div lang="${language}" dir="${directionOf(language)}">${threeFaces(tried.faces)}</div>
                    <details open>
                      <summary>Why it decided so</summary>
                      ${reasons(tried, headingOf)}
                    </details>`
                : ""
            }
          </section>
          <section id="look">
            <h2>What to look at</h2>
            ${findings(checked)}
          </section>
          <section id="summary">
            <h2>The daily post</h2>
            <div lang="${language}" dir="${directionOf(language)}">${threeFaces(summary)}</div>
          </section>
          <section id="figures">
            <h2>Figures</h2>
            ${figures}
          </section>
          <section id="sections">
            <h2>Sections${pages > 1 ? ` (page ${page + 1} of ${pages})` : ""}</h2>
            <div lang="${language}" dir="${directionOf(language)}">
              ${sections.map(
                ({ id, heading, faces }) =>
                  html`<article id="section-${id}">
                    <h3>${heading} <code>${id}</code></h3>
                    ${threeFaces(faces)}
                  </article>`,
              )}
            </div>
            ${
              pages > 1
                ? html`<nav aria-label="Pages">
                    <ul>
                      ${Array.from({ length: pages }, (_, index) => html`<li><a href="/preview?page=${index + 1}#sections" ${index === page ? html` aria-current="page"` : ""}>${index + 1}</a></li>`)}
                    </ul>
                  </nav>`
                : ""
            }
          </section>
        </main>
      </body>
    </html>`;
}
