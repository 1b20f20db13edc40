// One question of the desk: what is known of it, how to decide, and what a decision would change.
import { html } from "hono/html";
import type { Trial } from "../assistant/trial.js";
import { dayText } from "../desk/cards.js";
import type { Explainer } from "../explainer/types.js";
import type { QuestionRow, TaughtRow } from "../storage/tables.js";
import { hidden, LANGUAGE, moment, page, words, type DeskFrame } from "./render-desk.js";
import type { Html } from "./render-figures.js";

export interface QuestionView {
  readonly row: QuestionRow;
  readonly explainer: Explainer;
  readonly lesson: TaughtRow | undefined;
  readonly reasons: readonly string[];
}

export function renderQuestion(of: DeskFrame, { row, explainer, lesson, reasons }: QuestionView): Html {
  const headingOf = (id: string | null | undefined): string | undefined =>
    explainer.sections.find((section) => section.id === id)?.heading;
  const facts = words.question({
    words: row.words,
    forms: JSON.parse(row.forms) as string[],
    count: row.count,
    first: dayText(row.first_at, "UTC", LANGUAGE),
    last: dayText(row.last_at, "UTC", LANGUAGE),
    outcome: row.outcome,
    nearest: headingOf(row.section),
    confidence: row.confidence / 100,
  });
  const post = (action: string, content: Html): Html =>
    html`<form method="post" action="/desk/q/${row.id}/${action}" class="stack">
      ${hidden("form", of.form)}${content}
    </form>`;
  const open = html`${post(
    "try",
    html`<h3>${words.answered()}</h3>
      <label>The question as it is taught <input name="words" value="${row.words}" maxlength="500" required /></label>
      <label
        >Which section and passage answers it
        <select name="answer" required>
          ${[...explainer.sections]
            .sort((a, b) => Number(b.id === row.section) - Number(a.id === row.section))
            .map(
              ({ id, heading, passages }) =>
                html`<optgroup label="${heading}">
                  <option value="${JSON.stringify([id])}">${words.whole()}</option>
                  ${passages.flatMap(({ kind, text }, index) => (kind === "subheading" ? [] : [html`<option value="${JSON.stringify([id, index])}">${text.slice(0, 160)}</option>`]))}
                </optgroup>`,
            )}
        </select></label
      >
      <button>Try it</button>`,
  )}
  ${post(
    "try",
    html`<h3>${words.refused()}</h3>
      ${hidden("words", row.words)}
      <label
        >${words.whichReason()}
        <select name="reason">
          ${reasons.map((reason) => html`<option>${reason}</option>`)}
        </select></label
      >
      <button>Try it</button>`,
  )}
  ${post("ignore", html`<button class="plain">${words.ignore()}</button>`)}`;
  const decided = html`<p>
      <strong
        >${words.decision({
          state: row.state,
          by: row.decided_by ?? "",
          at: moment(row.decided_at ?? row.last_at),
          heading: headingOf(lesson?.section),
          reason: lesson?.kind ?? undefined,
        })}</strong
      >
    </p>
    ${post("undo", html`<button>${words.undo()}</button>`)}`;
  return page(
    of,
    html`<h2>“${row.words}”</h2>
      <p class="aside">${explainer.title}</p>
      <ul>
        ${facts.map((fact) => html`<li>${fact}</li>`)}
      </ul>
      ${row.state === "open" ? open : decided}`,
  );
}

export interface TrialView {
  readonly row: QuestionRow;
  readonly explainer: Explainer;
  readonly trial: Trial | undefined;
  readonly fields: Readonly<Record<string, string>>;
  /** What is wanted, in words. */
  readonly wanted: string;
}

export function renderTrial(of: DeskFrame, { row, trial, fields, wanted }: TrialView): Html {
  const worse = (trial?.worse ?? []).map(({ text, was, now }) => ({
    text,
    was: was === undefined ? words.notAnswered() : `“${was}”`,
    now: now === undefined ? words.notAnswered() : `“${now}”`,
  }));
  return page(
    of,
    html`<h2>“${fields["words"] ?? row.words}”</h2>
      <p>${wanted}</p>
      <p>${trial ? words.trial({ ...trial, worse }) : words.trialFailed()}</p>
      <ul>
        ${worse.slice(0, 40).map((each) => html`<li>${words.trialWorse(each)}</li>`)}
      </ul>
      <form method="post" action="/desk/q/${row.id}/decide">
        ${hidden("form", of.form)}${Object.entries(fields).map(([name, value]) => hidden(name, value))}
        <button>${words.teach(worse.length > 0)}</button> <a href="/desk/q/${row.id}">${words.leave()}</a>
      </form>`,
  );
}
