// What the desk shows: a question that waits, the choice of its answer, what teaching it would change, and what readers asked.
import type { Trial } from "../assistant/trial.js";
import { BARE, list, named, paragraph, strong, type Card, type CardChoice } from "../cards/card.js";
import { label } from "../cards/label.js";
import type { DeskStep, DeskSubject } from "../cards/desk-subject.js";
import type { Explainer, Section } from "../explainer/types.js";
import { wordingOf } from "../languages/languages.js";
import type { QuestionRow, TaughtRow } from "../storage/tables.js";

const PASSAGE = 140;
/** Changes for the worse that are told. */
const WORSE = 8;

export const dayText = (at: number, zone: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeZone: zone, day: "numeric", month: "long" }).format(at);

const subject = (
  { id, explainer }: Pick<QuestionRow, "id" | "explainer">,
  step: DeskStep,
  more: Partial<DeskSubject> = {},
): DeskSubject => ({ kind: "desk", explainer, step, question: id, ...more });

const headingOf = ({ sections }: Explainer, id: string | null | undefined): string | undefined =>
  sections.find((section) => section.id === id)?.heading;

const bare = (explainer: Explainer, more: Partial<Card>): Card => ({
  ...BARE,
  explainer: named(explainer),
  blocks: [],
  shareable: false,
  ...more,
});

/** A question of the queue; of a decided one what was decided. `by`: who that was, as the face shows it. */
export function questionCard(
  explainer: Explainer,
  row: QuestionRow,
  lesson: TaughtRow | undefined,
  by: (who: string) => string = (who) => who,
): Card {
  const { language, timeZone: zone } = explainer;
  const { desk } = wordingOf(language);
  const told = desk.question({
    words: row.words,
    forms: JSON.parse(row.forms) as string[],
    count: row.count,
    first: dayText(row.first_at, zone, language),
    last: dayText(row.last_at, zone, language),
    outcome: row.outcome,
    nearest: headingOf(explainer, row.section),
    confidence: row.confidence / 100,
  });
  const open = row.state === "open";
  const decision = open
    ? []
    : [
        strong(
          desk.decision({
            state: row.state,
            by: by(row.decided_by ?? ""),
            at: dayText(row.decided_at ?? row.last_at, zone, language),
            heading: headingOf(explainer, lesson?.section),
            reason: lesson?.kind ?? undefined,
          }),
        ),
      ];
  const choices: CardChoice[] = open
    ? [
        { label: desk.answered(), subject: subject(row, "sections") },
        { label: desk.refused(), subject: subject(row, "reasons") },
        { label: desk.ignore(), subject: subject(row, "ignore") },
      ]
    : [{ label: desk.undo(), subject: subject(row, "undo") }];
  return bare(explainer, {
    blocks: [strong(`“${row.words}”`), ...decision, ...told.map(paragraph)],
    choices,
    subject: subject(row, "card"),
  });
}

/** Which section answers it: the nearest first. */
export function sectionsCard(explainer: Explainer, row: QuestionRow): Card {
  const { desk } = wordingOf(explainer.language);
  const nearest = explainer.sections.filter(({ id }) => id === row.section);
  const others = explainer.sections.filter(({ id }) => id !== row.section);
  return bare(explainer, {
    blocks: [strong(desk.whichSection(row.words))],
    choices: [...nearest, ...others].map(({ id, heading }) => ({
      label: heading,
      subject: subject(row, "passages", { section: id }),
    })),
    subject: subject(row, "sections"),
  });
}

/** Which passage of the section answers it. */
export function passagesCard(explainer: Explainer, row: QuestionRow, section: Section): Card {
  const { desk } = wordingOf(explainer.language);
  const passages = section.passages.flatMap(({ kind, text }, index) =>
    kind === "subheading" ? [] : [{ label: label(text, PASSAGE), index }],
  );
  return bare(explainer, {
    blocks: [strong(desk.whichPassage(section.heading))],
    choices: [
      { label: desk.whole(), subject: subject(row, "try", { section: section.id }) },
      ...passages.map(({ label: words, index }) => ({
        label: words,
        subject: subject(row, "try", { section: section.id, passage: index }),
      })),
    ],
    subject: subject(row, "passages", { section: section.id }),
  });
}

/** Why the article does not answer it. */
export function reasonsCard(explainer: Explainer, row: QuestionRow, reasons: readonly string[]): Card {
  const { desk } = wordingOf(explainer.language);
  return bare(explainer, {
    blocks: [strong(desk.whichReason())],
    choices: reasons.map((reason) => ({ label: reason, subject: subject(row, "try", { reason }) })),
    subject: subject(row, "reasons"),
  });
}

/** What teaching it would change; undefined where it could not be tried out. */
export function trialCard(
  explainer: Explainer,
  row: QuestionRow,
  trial: Trial | undefined,
  wanted: Pick<DeskSubject, "section" | "passage" | "reason">,
): Card {
  const { desk } = wordingOf(explainer.language);
  const none = desk.notAnswered();
  const worse = (trial?.worse ?? []).map(({ text, was, now }) => ({
    text,
    was: was === undefined ? none : `“${was}”`,
    now: now === undefined ? none : `“${now}”`,
  }));
  const told = trial ? desk.trial({ ...trial, worse }) : desk.trialFailed();
  return bare(explainer, {
    blocks: [
      strong(`“${row.words}”`),
      paragraph(told),
      ...(worse.length > 0 ? [list(worse.slice(0, WORSE).map(desk.trialWorse))] : []),
    ],
    choices: [
      { label: desk.teach(worse.length > 0), subject: subject(row, "teach", wanted) },
      { label: desk.leave(), subject: subject(row, "card") },
    ],
    subject: subject(row, "try", wanted),
  });
}

/** The questions that wait, each to be opened. */
export function queueCard(explainer: Explainer, rows: readonly QuestionRow[], waiting: number): Card {
  const { desk } = wordingOf(explainer.language);
  return bare(explainer, {
    blocks: rows.length === 0 ? [paragraph(desk.empty())] : [strong(desk.waiting(waiting))],
    choices: rows.map((row) => ({ label: `${row.count} × ${row.words}`, subject: subject(row, "card") })),
    subject: { kind: "desk", explainer: explainer.id, step: "queue", question: "" },
  });
}
