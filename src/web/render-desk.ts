// The desk's pages: forms and tables, no script. Everything that is shown is escaped by the template.
import { html } from "hono/html";
import type { Corrected } from "../desk/corrected.js";
import { dayText } from "../desk/cards.js";
import { readReason } from "../daily/reason.js";
import type { SilentDesk } from "../desk/posts.js";
import type { Report } from "../desk/report.js";
import { wordingOf } from "../languages/languages.js";
import type { AuditRow, QuestionRow, TaughtRow } from "../storage/tables.js";
import type { Html } from "./render-figures.js";

export const { desk: words } = wordingOf("en");
/** Of the dates. */
export const LANGUAGE = "en-GB";
const STATES = ["open", "answered", "refused", "ignored"] as const;
const STATE_NAMES: Readonly<Record<string, string>> = {
  open: "Waiting",
  answered: "Answered",
  refused: "Not answered",
  ignored: "Ignored",
};
const OUTCOMES: Readonly<Record<string, string>> = {
  abstained: "“does not say”",
  tentative: "the closest",
  choices: "choices",
  disputed: "“not what I asked”",
  picked: "picked",
};
const ERRANDS: Readonly<Record<string, string>> = {
  due: "waiting",
  sending: "under way",
  done: "put right",
  gone: "gone or unchanged",
  refused: "could not be edited",
  unknown: "not known",
};

export interface DeskFrame {
  readonly who: string;
  readonly form: string;
  readonly title: string;
  readonly here: string;
  readonly notice?: string | undefined;
}

const PAGES = [
  ["", "Questions"],
  ["/taught", "Taught"],
  ["/corrections", "Corrections"],
  ["/report", "Report"],
  ["/audit", "Log"],
] as const;

export const moment = (at: number): string => new Date(at).toISOString().replace("T", " ").slice(0, 16);

function frame(title: string, head: Html | "", content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – ${words.name()}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/chat.css" />
        <link rel="stylesheet" href="/assets/desk.css" />
      </head>
      <body class="desk">
        <header>
          <p class="brand">Standfirst</p>
          <h1>${words.name()}</h1>
          ${head}
        </header>
        <main>${content}</main>
      </body>
    </html>`;
}

export function page({ who, form, title, here, notice }: DeskFrame, content: Html): Html {
  return frame(
    title,
    html`<nav aria-label="Desk">
      <ul>
        ${PAGES.map(([path, name]) => html`<li><a href="/desk${path}" ${path === here ? html` aria-current="page"` : ""}>${name}</a></li>`)}
        <li class="who">
          <form method="post" action="/desk/sign-out">
            ${hidden("form", form)}<span>${who}</span>
            <button class="plain">Sign out</button>
          </form>
        </li>
      </ul>
    </nav>`,
    html`${notice === undefined ? "" : html`<p class="notice" role="status">${notice}</p>`}${content}`,
  );
}

export function renderSignIn(problem: string | undefined): Html {
  return frame(
    "Sign in",
    "",
    html`<form method="post" action="/desk/sign-in" class="stack">
      ${problem === undefined ? "" : html`<p class="notice" role="alert">${problem}</p>`}
      <label>Your name, for the log <input name="name" autocomplete="name" maxlength="60" required /></label>
      <label
        >The desk’s token (DESK_TOKEN) <input name="token" type="password" autocomplete="current-password" required
      /></label>
      <button>Sign in</button>
    </form>`,
  );
}

export interface QueueView {
  readonly state: string;
  readonly rows: readonly QuestionRow[];
  readonly counts: Readonly<Record<string, number>>;
  readonly from: number;
  readonly size: number;
  readonly keeps: boolean;
  /** Desks in chat that take nothing any more. */
  readonly silent: readonly SilentDesk[];
  readonly nearest: (row: QuestionRow) => string | undefined;
}

export function renderQueue(
  of: DeskFrame,
  { state, rows, counts, from, size, keeps, silent, nearest }: QueueView,
): Html {
  const more = from + rows.length < (counts[state] ?? 0);
  const link = (start: number, name: string): Html =>
    html`<a href="/desk?state=${state}&from=${String(start)}">${name}</a>`;
  return page(
    of,
    html`<p class="tabs">
        ${STATES.map((each) => html`<a href="/desk?state=${each}" ${each === state ? html` aria-current="true"` : ""}>${STATE_NAMES[each] ?? each} (${String(counts[each] ?? 0)})</a> `)}
      </p>
      ${silent.map(
        ({ platform, place, channel, why }) =>
          html`<p class="notice" role="alert">
            The desk’s channel ${channel} (${platform} ${place}) cannot be written to:
            ${wordingOf("en").reason(readReason(why))}. What waits, waits here; /desk here in another channel moves it.
          </p>`,
      )}
      ${keeps ? "" : html`<p class="aside">Questions asked on the page are not kept: KEEP_QUESTIONS is off.</p>`}
      ${
        rows.length === 0
          ? html`<p>${words.empty()}</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">Asked</th>
                  <th scope="col">Question</th>
                  <th scope="col">What came of it</th>
                  <th scope="col">Nearest</th>
                  <th scope="col">Last</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr>
                      <td class="number">${String(row.count)}</td>
                      <td><a href="/desk/q/${row.id}">${row.words}</a></td>
                      <td>${OUTCOMES[row.outcome] ?? row.outcome}</td>
                      <td>${nearest(row) ?? ""}</td>
                      <td>${dayText(row.last_at, "UTC", LANGUAGE)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      <p>${from > 0 ? link(Math.max(0, from - size), "Before") : ""} ${more ? link(from + size, "More") : ""}</p>`,
  );
}

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

export function renderTaught(
  of: DeskFrame,
  rows: readonly TaughtRow[],
  headingOf: (row: TaughtRow) => string | undefined,
): Html {
  return page(
    of,
    html`<p class="aside">
        <code>npm run desk -- export</code> writes what is taught into <code>intents/</code>, as a change to review.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Taught to</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
            <th scope="col"></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <td>${row.words}</td>
                <td>
                  ${row.section === null ? `${words.notAnswered()} (${row.kind ?? ""})` : (headingOf(row) ?? `${row.section}: no longer in the article`)}
                </td>
                <td>${row.by}</td>
                <td>${moment(row.at)}</td>
                <td>
                  ${
                    row.undone_at === null
                      ? html`<form method="post" action="/desk/taught/${row.id}/undo">
                          ${hidden("form", of.form)}<button class="plain">${words.undo()}</button>
                        </form>`
                      : html`taken back`
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  );
}

export function renderCorrections(of: DeskFrame, rows: readonly Corrected[], titleOf: (id: string) => string): Html {
  return page(
    of,
    rows.length === 0
      ? html`<p>Nothing that was said had to be put right.</p>`
      : html`<table>
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col">Edition</th>
              <th scope="col">Last</th>
              <th scope="col">Messages</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ explainer, edition, at, states }) =>
                html`<tr>
                  <td>${titleOf(explainer)}</td>
                  <td class="number">${String(edition)}</td>
                  <td>${moment(at)}</td>
                  <td>
                    ${Object.entries(states)
                      .map(([state, count]) => `${count} ${ERRANDS[state] ?? state}`)
                      .join(", ")}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>`,
  );
}

export function renderReport(
  of: DeskFrame,
  report: Report,
  lines: readonly string[],
  days: number,
  headingOf: (explainer: string, section: string) => string,
): Html {
  return page(
    of,
    html`<h2>${words.reportTitle(report.from, report.to)}</h2>
      <ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
      <h3>${words.reportChart()}</h3>
      ${report.asked > 0 ? html`<p><img src="/desk/report.svg?days=${String(days)}" alt="${report.days.map(({ day, asked }) => `${day}: ${asked}`).join("; ")}" /></p>` : ""}
      <h3>${words.reportSections()}</h3>
      <ol>
        ${report.sections.map(({ explainer, section, asked }) => html`<li>${headingOf(explainer, section)} (${String(asked)})</li>`)}
      </ol>
      <h3>${words.reportOpen()}</h3>
      <ol>
        ${report.open.map(({ words: text, count }) => html`<li>${text} (${String(count)})</li>`)}
      </ol>
      <p>
        <a href="/desk/report.csv?days=${String(days)}">As CSV</a> ·
        ${[7, 30, 90].map((each) => html`<a href="/desk/report?days=${String(each)}">${String(each)} days</a> `)}
      </p>`,
  );
}

export function renderAudit(of: DeskFrame, rows: readonly AuditRow[]): Html {
  return page(
    of,
    html`<table>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">About</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ at, who, what, about }) =>
            html`<tr>
              <td>${moment(at)}</td>
              <td>${who}</td>
              <td>${what}</td>
              <td>${about}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}
