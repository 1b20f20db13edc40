// The chat page around the conversation.
import { html } from "hono/html";
import type { Choice } from "../assistant/reply.js";
import type { Explainer } from "../explainer/types.js";
import { renderChoices } from "./render-reply.js";
import type { Html } from "./render-figures.js";

export interface PageContent {
  readonly explainer: Explainer;
  readonly explainers: readonly string[];
  readonly topics: readonly Choice[];
  readonly conversation: Html | "";
}

const SUGGESTED = 6;
const TITLES = { chat: "ask the article", figures: "its figures", summary: "the story in short" } as const;

function shell(
  explainer: Explainer,
  explainers: readonly string[],
  here: "chat" | "figures" | "summary",
  content: Html,
): Html {
  const query = explainers.length > 1 ? `?explainer=${encodeURIComponent(explainer.id)}` : "";
  return html`<!doctype html>
    <html lang="${explainer.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${explainer.title} – ${TITLES[here]}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
        ${here === "chat" ? html`<script src="/assets/chat.js" defer></script>` : ""}
      </head>
      <body>
        ${here === "chat" ? html`<a class="skip" href="#question">Skip to the question field</a>` : ""}
        <header>
          <p class="brand">Standfirst</p>
          <h1>${explainer.title}</h1>
          ${explainer.asOf === "" ? "" : html`<p class="as-of">As of: ${explainer.asOf}</p>`}
          <nav aria-label="Views">
            <ul>
              <li><a href="/${query}" ${here === "chat" ? html` aria-current="page"` : ""}>Ask</a></li>
              <li><a href="/figures${query}" ${here === "figures" ? html` aria-current="page"` : ""}>Figures</a></li>
              <li><a href="/summary${query}" ${here === "summary" ? html` aria-current="page"` : ""}>Summary</a></li>
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
export function renderPage({ explainer, explainers, topics, conversation }: PageContent): Html {
  return shell(
    explainer,
    explainers,
    "chat",
    html`<main>
        <section class="opening" aria-label="How to start">
          <p>
            Ask about this story in your own words. You get what the article says, word for word, or an honest "the
            article does not say".
          </p>
          ${renderChoices(topics.slice(0, SUGGESTED), explainer.id, "Suggested questions")}
          ${
            topics.length > SUGGESTED
              ? html`<details>
                  <summary>${topics.length - SUGGESTED} more questions that the article answers</summary>
                  ${renderChoices(topics.slice(SUGGESTED), explainer.id, "More questions")}
                </details>`
              : ""
          }
        </section>
        <ol id="conversation" role="log" aria-live="polite" aria-label="Conversation">
          ${conversation}
        </ol>
      </main>
      <form id="ask" method="get" action="/">
        <input type="hidden" name="explainer" value="${explainer.id}" />
        <label class="unseen" for="question">Your question</label>
        <input
          id="question"
          name="q"
          type="text"
          maxlength="2000"
          autocomplete="off"
          enterkeyhint="send"
          list="suggestions"
          placeholder="Ask about this story"
          required
        />
        <datalist id="suggestions"></datalist>
        <button>Ask</button>
      </form>`,
  );
}
