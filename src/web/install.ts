// How the bot is added to a server or workspace, what it asks for and why, and what came of it.
import type { Hono } from "hono";
import { html } from "hono/html";
import { wordingOf } from "../languages/languages.js";
import type { Html } from "./render-figures.js";

export interface Installable {
  readonly title: string;
  /** Where to begin. */
  readonly href: string;
  readonly asks: readonly { readonly name: string; readonly why: string }[];
}

/** Why nothing was added. */
const PROBLEMS = ["cancelled", "expired", "refused", "away"] as const;

function page(content: Html): Html {
  const { install: words } = wordingOf("en").place;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Standfirst – ${words.title()}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
      </head>
      <body>
        <header>
          <p class="brand">Standfirst</p>
          <h1>${words.title()}</h1>
        </header>
        <main class="install">${content}</main>
      </body>
    </html>`;
}

/** `installs`: what can be added now. */
export function addInstallPage(app: Hono, installs: () => readonly Installable[]): void {
  app.get("/install", (c) => {
    const { install: words } = wordingOf("en").place;
    const { done, problem } = c.req.query();
    const failed = PROBLEMS.find((each) => each === problem);
    const found = installs();
    return c.html(
      page(
        html`${done === undefined ? "" : html`<p role="status" class="told">${words.done()}</p>`}
          ${failed === undefined ? "" : html`<p role="alert" class="told">${words.problem(failed)}</p>`}
          <p>${words.about()}</p>
          ${found.length === 0 ? html`<p>${words.none()}</p>` : ""}
          ${found.map(
            ({ title, href, asks }) =>
              html`<section>
                <h2>${title}</h2>
                <p><a class="button" href="${href}" rel="noreferrer">${words.add(title)}</a></p>
                <p>${words.asks()}</p>
                <ul>
                  ${asks.map(({ name, why }) => html`<li><strong>${name}</strong>: ${why}</li>`)}
                </ul>
              </section>`,
          )}`,
      ),
      failed === undefined ? 200 : 400,
    );
  });
}
