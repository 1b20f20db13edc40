// What readers asked, counted: by day and by section, and what waits. Counts alone, and the words that wait masked as they are kept.
import type { ChartOffer } from "../assistant/figure-desk.js";
import { BARE, list, named, strong, type Card } from "../cards/card.js";
import type { Explainer } from "../explainer/types.js";
import { chartAltText } from "../figures/alt-text.js";
import type { Figure } from "../figures/types.js";
import { wordingOf } from "../languages/languages.js";
import type { ExpressionBuilder } from "kysely";
import type { Db } from "../storage/open.js";
import type { Tables } from "../storage/tables.js";
import { dayText } from "./cards.js";
import { dayOf, NOT_KEPT } from "./gather.js";

const DAY_MS = 86_400_000;
const TOP = 5;

export interface Report {
  /** First and last day, UTC, as YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly { readonly day: string; readonly asked: number }[];
  readonly asked: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Share of answers that no reader called wrong, 0–1; undefined where nothing was answered. */
  readonly rightly: number | undefined;
  readonly sections: readonly { readonly explainer: string; readonly section: string; readonly asked: number }[];
  readonly open: readonly { readonly explainer: string; readonly words: string; readonly count: number }[];
  readonly waiting: number;
  readonly corrected: number;
  readonly taught: number;
}

/** Outcomes that are questions; the others are remarks on one. */
const ASKED = ["answered", "tentative", "choices", "abstained"];

/** The last `days` days, that of `now` among them. */
export async function readReport(db: Db, now: number, days: number): Promise<Report> {
  const all = Array.from({ length: days }, (_, index) => dayOf(now - (days - 1 - index) * DAY_MS));
  const from = all[0] ?? "";
  const to = all.at(-1) ?? "";
  const since = Date.parse(from);
  const rows = await db.selectFrom("tally").selectAll().where("day", ">=", from).where("day", "<=", to).execute();
  const sum = (of: readonly { count: number }[]): number => of.reduce((total, { count }) => total + count, 0);
  const asked = rows.filter(({ outcome }) => ASKED.includes(outcome));
  const outcomes = Object.fromEntries(
    [...ASKED, "disputed", NOT_KEPT].map((name) => [name, sum(rows.filter(({ outcome }) => outcome === name))]),
  );
  const bySection = new Map<string, number>();
  for (const { explainer, section, outcome, count } of rows)
    if (section !== "" && (outcome === "answered" || outcome === "tentative")) {
      const key = JSON.stringify([explainer, section]);
      bySection.set(key, (bySection.get(key) ?? 0) + count);
    }
  const open = await db
    .selectFrom("questions")
    .select(["explainer", "words", "count"])
    .where("state", "=", "open")
    .orderBy("count", "desc")
    .orderBy("last_at", "desc")
    .limit(TOP)
    .execute();
  const count = <T extends keyof Tables>(builder: ExpressionBuilder<Tables, T>) =>
    builder.fn.countAll<number>().as("count");
  const corrected = await db
    .selectFrom("errands")
    .select(count)
    .where("kind", "=", "correct")
    .where("state", "=", "done")
    .where("updated_at", ">=", since)
    .executeTakeFirstOrThrow();
  const taught = await db
    .selectFrom("taught")
    .select(count)
    .where("undone_at", "is", null)
    .where("at", ">=", since)
    .executeTakeFirstOrThrow();
  const waiting = await db.selectFrom("questions").select(count).where("state", "=", "open").executeTakeFirstOrThrow();
  const answered = outcomes["answered"] ?? 0;
  return {
    from,
    to,
    days: all.map((day) => ({ day, asked: sum(asked.filter((row) => row.day === day)) })),
    asked: sum(asked),
    outcomes,
    rightly: answered === 0 ? undefined : Math.max(0, answered - (outcomes["disputed"] ?? 0)) / answered,
    sections: [...bySection]
      .sort(([, a], [, b]) => b - a)
      .slice(0, TOP)
      .map(([key, count]) => {
        const [explainer, section] = JSON.parse(key) as [string, string];
        return { explainer, section, asked: count };
      }),
    open,
    waiting: waiting.count,
    corrected: corrected.count,
    taught: taught.count,
  };
}

/** Questions a day as bars. */
function chartOf({ days }: Report, explainer: Explainer): ChartOffer | undefined {
  if (days.every(({ asked }) => asked === 0)) return undefined;
  const { language, timeZone } = explainer;
  const title = wordingOf(language).desk.reportChart();
  const figures = days.map(({ day, asked }): Figure => ({
    id: day,
    label: dayText(Date.parse(day) + DAY_MS / 2, timeZone, language),
    value: asked,
    unit: "",
    shareOf: undefined,
    qualifier: undefined,
    counts: "",
    period: undefined,
    statedBy: undefined,
    kind: "count",
    section: "",
    passage: 0,
    statement: "",
    from: [],
    names: [],
  }));
  return {
    id: "report",
    title,
    alt: chartAltText(title, figures, language),
    figures,
    spec: { title, figures, source: "Standfirst", language },
  };
}

/** The counts in words. */
export function reportLines(report: Report, language: string): readonly string[] {
  const { outcomes, rightly, corrected, taught, asked, from, to } = report;
  return wordingOf(language).desk.report({
    from,
    to,
    asked,
    answered: outcomes["answered"] ?? 0,
    rightly,
    closest: outcomes["tentative"] ?? 0,
    choices: outcomes["choices"] ?? 0,
    abstained: outcomes["abstained"] ?? 0,
    notKept: outcomes[NOT_KEPT] ?? 0,
    corrected,
    taught,
  });
}

/** The report as a card; `explainers` name the sections. `frame`: whose language it speaks. */
export function reportCard(report: Report, frame: Explainer, explainers: readonly Explainer[]): Card {
  const { language, timeZone } = frame;
  const { desk } = wordingOf(language);
  const day = (text: string): string => dayText(Date.parse(text) + DAY_MS / 2, timeZone, language);
  const headingOf = ({ explainer, section }: { explainer: string; section: string }): string =>
    explainers.find(({ id }) => id === explainer)?.sections.find(({ id }) => id === section)?.heading ?? section;
  return {
    ...BARE,
    explainer: named(frame),
    blocks: [
      strong(desk.reportTitle(day(report.from), day(report.to))),
      list(reportLines(report, language)),
      ...(report.sections.length > 0
        ? [strong(desk.reportSections()), list(report.sections.map((each) => `${each.asked} × ${headingOf(each)}`))]
        : []),
      ...(report.open.length > 0
        ? [strong(desk.reportOpen()), list(report.open.map(({ count, words }) => `${count} × ${words}`))]
        : []),
    ],
    chart: chartOf(report, frame),
    choices: [
      {
        label: desk.waiting(report.waiting),
        subject: { kind: "desk", explainer: frame.id, step: "queue", question: "" },
      },
    ],
    subject: { kind: "desk", explainer: frame.id, step: "queue", question: "" },
    shareable: false,
  };
}

/** The report as CSV: a row a day, outcome and section. */
export async function reportCsv(db: Db, now: number, days: number): Promise<string> {
  const from = dayOf(now - (days - 1) * DAY_MS);
  const rows = await db
    .selectFrom("tally")
    .selectAll()
    .where("day", ">=", from)
    .orderBy("day")
    .orderBy("explainer")
    .orderBy("outcome")
    .orderBy("section")
    .execute();
  // A cell that a spreadsheet would take for a formula is none.
  const cell = (text: string | number): string => {
    const plain = String(text).replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return [
    ["day", "explainer", "outcome", "section", "count"],
    ...rows.map(({ day, explainer, outcome, section, count }) => [day, explainer, outcome, section, count]),
  ]
    .map((row) => `${row.map(cell).join(",")}\r\n`)
    .join("");
}
