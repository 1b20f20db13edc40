// The chat page around the conversation.
import { html } from "hono/html";
import { sectionChoices } from "../cards/card.js";
import type { Explainer } from "../explainer/types.js";
import { renderChoices } from "./render-card.js";
import type { Html } from "./render-figures.js";
import { directionOf } from "../languages/direction.js";
import { wordingOf } from "../languages/languages.js";

export interface PageContent {
  readonly explainer: Explainer;
  readonly explainers: readonly string[];
  readonly conversation: Html | "";
  /** What is kept of questions; undefined where nothing is. */
  readonly kept?: string | undefined;
}

const SUGGESTED = 6;

function shell(
  explainer: Explainer,
  explainers: readonly string[],
  here: "chat" | "figures" | "summary",
  content: Html,
): Html {
  const words = wordingOf(explainer.language).pageWords();
  const query = explainers.length > 1 ? `?explainer=${encodeURIComponent(explainer.id)}` : "";
  return html`<!doctype html>
    <html lang="${explainer.language}" dir="${directionOf(explainer.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${explainer.title} – ${words.titles[here]}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
        ${here === "chat" ? html`<script src="/assets/chat.js" defer></script>` : ""}
      </head>
      <body>
        ${here === "chat" ? html`<a class="skip" href="#question">${words.skip}</a>` : ""}
        <header>
          <p class="brand">Standfirst</p>
          <h1>${explainer.title}</h1>
          ${explainer.asOf === "" ? "" : html`<p class="as-of">${wordingOf(explainer.language).asOf(explainer.asOf)}</p>`}
          <nav aria-label="${words.views}">
            <ul>
              <li><a href="/${query}" ${here === "chat" ? html` aria-current="page"` : ""}>${words.ask}</a></li>
              <li>
                <a href="/figures${query}" ${here === "figures" ? html` aria-current="page"` : ""}>${words.figures}</a>
              </li>
              <li>
                <a href="/summary${query}" ${here === "summary" ? html` aria-current="page"` : ""}>${words.summary}</a>
              </li>
              ${explainers.length > 1 ? explainers.map((id) => html`<li><a href="/?explainer=${id}" ${id === explainer.id ? html` aria-current="true"` : ""}>${id}</a></li>`) : ""}
            </ul>
          </nav>
        </header>
        ${content}
      </body>
    </html>`;
}

/** The story summed up. */
export function renderSummaryPage(explainer: Explainer, explainers: readonly string[], summary: Html): Html {
  return shell(explainer, explainers, "summary", html`<main class="figures">${summary}</main>`);
}

/** The view of all figures. */
export function renderFiguresPage(explainer: Explainer, explainers: readonly string[], figures: Html): Html {
  return shell(explainer, explainers, "figures", html`<main class="figures">${figures}</main>`);
}

/** The whole chat page. */
export function renderPage({ explainer, explainers, conversation, kept }: PageContent): Html {
  const wording = wordingOf(explainer.language);
  const words = wording.pageWords();
  const topics = sectionChoices(explainer);
  return shell(
    explainer,
    explainers,
    "chat",
    html`<main>
        <section class="opening" aria-label="${words.howToStart}">
          <p>${wording.pageIntro()}${kept === undefined ? "" : html` <span class="aside">${kept}</span>`}</p>
          ${renderChoices(topics.slice(0, SUGGESTED), words.suggested)}
          ${
            topics.length > SUGGESTED
              ? html`<details>
                  <summary>${words.moreQuestions(topics.length - SUGGESTED)}</summary>
                  ${renderChoices(topics.slice(SUGGESTED), words.moreSuggested)}
                </details>`
              : ""
          }
        </section>
        <ol id="conversation" role="log" aria-live="polite" aria-label="${words.conversation}">
          ${conversation}
        </ol>
      </main>
      <form id="ask" method="get" action="/">
        <input type="hidden" name="explainer" value="${explainer.id}" />
        <label class="unseen" for="question">${words.yourQuestion}</label>
        <input
          id="question"
          name="q"
          type="text"
          maxlength="2000"
          autocomplete="off"
          enterkeyhint="send"
          list="suggestions"
          placeholder="${words.placeholder}"
          required
        />
        <datalist id="suggestions"></datalist>
        <button>${words.ask}</button>
      </form>`,
  );
}
