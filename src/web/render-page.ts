// The chat page around the conversation.
import { html } from "hono/html";
import type { Choice } from "../assistant/reply.js";
import type { Explainer } from "../explainer/types.js";
import { renderChoices, type Html } from "./render-reply.js";

export interface PageContent {
  readonly explainer: Explainer;
  readonly explainers: readonly string[];
  readonly topics: readonly Choice[];
  readonly conversation: Html | "";
}

const SUGGESTED = 6;

/** The whole page. */
export function renderPage({ explainer, explainers, topics, conversation }: PageContent): Html {
  return html`<!doctype html>
    <html lang="${explainer.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${explainer.title} – ask the article</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
        <script src="/assets/chat.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#question">Skip to the question field</a>
        <header>
          <p class="brand">Standfirst</p>
          <h1>${explainer.title}</h1>
          ${explainer.asOf === "" ? "" : html`<p class="as-of">As of: ${explainer.asOf}</p>`}
          ${
            explainers.length > 1
              ? html`<nav aria-label="Explainers">
                  <ul>
                    ${explainers.map((id) => html`<li><a href="/?explainer=${id}" ${id === explainer.id ? html` aria-current="page"` : ""}>${id}</a></li>`)}
                  </ul>
                </nav>`
              : ""
          }
        </header>
        <main>
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
        </form>
      </body>
    </html>`;
}
