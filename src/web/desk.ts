// The desk on the page: sign in, decide, take back, see what was put right and what readers asked.
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createAllowance } from "../assistant/allowance.js";
import type { Verdict } from "../desk/decide.js";
import type { Desk } from "../desk/port.js";
import { reportLines } from "../desk/report.js";
import type { Explainer } from "../explainer/types.js";
import type { Studio } from "../figures/studio.js";
import { wordingOf } from "../languages/languages.js";
import type { QuestionRow } from "../storage/tables.js";
import { createDeskSession } from "./desk-session.js";
import {
  renderAudit,
  renderCorrections,
  renderQueue,
  renderReport,
  renderSignIn,
  renderTaught,
  type DeskFrame,
} from "./render-desk.js";
import { renderQuestion, renderTrial } from "./render-desk-question.js";
import type { Html } from "./render-figures.js";

export interface DeskPageOptions {
  readonly desk: Desk;
  readonly token: string | undefined;
  readonly proxyHeader: string | undefined;
}

const STATES = ["open", "answered", "refused", "ignored"] as const;
const LISTED = 50;
const MANY = 500;
const MAX_BODY_BYTES = 16 * 1024;
/** Tries at the token. */
const SIGN_IN = { burst: 5, perSecond: 0.1 } as const;
const LONGEST = 500;

type Fields = Readonly<Record<string, string>>;

export function createDeskPage({ desk, token, proxyHeader }: DeskPageOptions, studio: Studio): Hono {
  const app = new Hono();
  const session = createDeskSession({ token, proxyHeader });
  const tries = createAllowance(SIGN_IN);
  const { desk: words } = wordingOf("en");

  const addressOf = (c: Context): string => {
    try {
      return getConnInfo(c).remote.address ?? "unknown";
    } catch {
      return "unknown";
    }
  };
  const frame = (who: string, title: string, here: string, notice?: string): DeskFrame => ({
    who,
    form: session.formToken(who),
    title,
    here,
    notice,
  });
  async function fieldsOf(c: Context): Promise<Fields> {
    const body = await c.req.parseBody().catch(() => ({}));
    return Object.fromEntries(
      Object.entries(body).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    );
  }
  const refuse = (c: Context): Response | Promise<Response> =>
    session.byToken
      ? c.html(renderSignIn(undefined), 401)
      : c.text("The proxy in front of this page names nobody who is signed in.", 401);

  /** Shows a page to whoever is signed in. */
  const shown =
    (show: (c: Context, who: string) => Promise<Html | Response>) =>
    async (c: Context): Promise<Response> => {
      const who = session.who(c);
      if (who === undefined) return refuse(c);
      const made = await away(c, () => show(c, who));
      return made instanceof Response ? made : c.html(made);
    };
  /** Does what a form asks, of whoever is signed in and was shown it. */
  const done =
    (act: (c: Context, who: string, fields: Fields) => Promise<Html | Response>) =>
    async (c: Context): Promise<Response> => {
      const who = session.who(c);
      if (who === undefined) return refuse(c);
      const fields = await fieldsOf(c);
      if (!session.isOwn(c, who, fields["form"] ?? ""))
        return c.text(
          "This form was not shown by this page, or long ago. Open the desk again, and send it from there.",
          403,
        );
      const made = await away(c, () => act(c, who, fields));
      return made instanceof Response ? made : c.html(made);
    };
  async function away(c: Context, work: () => Promise<Html | Response>): Promise<Html | Response> {
    return work().catch((error: unknown) => {
      if (!desk.isAway(error)) throw error;
      return c.text(words.away(), 503);
    });
  }

  app.use("*", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.text("That is too long.", 413) }));

  app.post("/sign-in", async (c) => {
    const wait = tries.take(addressOf(c));
    if (wait > 0) {
      c.header("retry-after", String(wait));
      return c.html(renderSignIn(`Too many tries. Wait ${wait} seconds.`), 429);
    }
    const { token: given = "", name = "" } = await fieldsOf(c);
    if (!session.signIn(c, given, name)) return c.html(renderSignIn("That is not the desk’s token."), 401);
    return c.redirect("/desk", 303);
  });
  app.post(
    "/sign-out",
    done((c) => {
      session.signOut(c);
      return Promise.resolve(c.redirect("/desk", 303));
    }),
  );

  const headingOf = (explainer: string, section: string | null): string | undefined =>
    desk.explainer(explainer)?.sections.find(({ id }) => id === section)?.heading;

  app.get(
    "/",
    shown(async (c, who) => {
      const asked = c.req.query("state") ?? "open";
      const state = STATES.find((each) => each === asked) ?? "open";
      const from = Math.max(0, Math.min(100_000, Number.parseInt(c.req.query("from") ?? "0", 10) || 0));
      const [rows, counts] = [await desk.list(state, LISTED, from), await desk.counts()];
      const { taught } = c.req.query();
      const lesson = taught === undefined ? undefined : (await desk.taught(MANY)).find(({ id }) => id === taught);
      const said = lesson && words.taught(lesson.words, headingOf(lesson.explainer, lesson.section));
      return renderQueue(frame(who, "Questions", "", said), {
        state,
        rows,
        counts,
        from,
        size: LISTED,
        keeps: desk.keeps(undefined),
        silent: await desk.silent(),
        nearest: (row) => headingOf(row.explainer, row.section),
      });
    }),
  );

  /** The question of a request, with its explainer. */
  async function questionOf(c: Context): Promise<{ row: QuestionRow; explainer: Explainer } | undefined> {
    const row = await desk.question(c.req.param("id") ?? "");
    const explainer = row && desk.explainer(row.explainer);
    return row && explainer ? { row, explainer } : undefined;
  }
  async function show(c: Context, who: string, notice?: string): Promise<Html | Response> {
    const found = await questionOf(c);
    if (!found) return c.text(words.gone(), 404);
    const { row, explainer } = found;
    const lesson = row.taught === null ? undefined : (await desk.taught(MANY)).find(({ id }) => id === row.taught);
    const reasons = await desk.reasons(explainer.id);
    return renderQuestion(frame(who, row.words, "", notice), { row, explainer, lesson, reasons });
  }
  app.get(
    "/q/:id",
    shown((c, who) => show(c, who)),
  );

  /** What a form wants of a question; undefined where it names nothing that there is. */
  function verdictOf(explainer: Explainer, fields: Fields, reasons: readonly string[]): Verdict | undefined {
    const { answer, reason } = fields;
    if (reason !== undefined) return reasons.includes(reason) ? { kind: "refuse", reason } : undefined;
    const [id, index] = readAnswer(answer ?? "");
    const section = explainer.sections.find((each) => each.id === id);
    if (!section) return undefined;
    const passage = index === undefined ? undefined : section.passages[index]?.text;
    return { kind: "answer", section: section.id, passage };
  }
  const wordsIn = (fields: Fields, row: QuestionRow): string =>
    (fields["words"] ?? "").trim().slice(0, LONGEST) || row.words;

  app.post(
    "/q/:id/try",
    done(async (c, who, fields) => {
      const found = await questionOf(c);
      if (!found) return c.text(words.gone(), 404);
      const { row, explainer } = found;
      if (row.state !== "open") return show(c, who);
      const verdict = verdictOf(explainer, fields, await desk.reasons(explainer.id));
      if (!verdict || verdict.kind === "ignore") return show(c, who, "Choose a section, or a reason.");
      const text = wordsIn(fields, row);
      const wanted = {
        section: verdict.kind === "answer" ? verdict.section : undefined,
        passage: verdict.kind === "answer" ? verdict.passage : undefined,
        kind: verdict.kind === "refuse" ? verdict.reason : undefined,
      };
      const trial = await desk.tryOut(row, wanted, text);
      const { answer, reason } = fields;
      return renderTrial(frame(who, row.words, ""), {
        row,
        explainer,
        trial,
        fields: { words: text, ...(reason === undefined ? { answer: answer ?? "" } : { reason }) },
        wanted:
          verdict.kind === "answer"
            ? `“${headingOf(explainer.id, verdict.section) ?? ""}”${verdict.passage === undefined ? "" : `: ${verdict.passage}`}`
            : `${words.notAnswered()} (${verdict.reason})`,
      });
    }),
  );
  app.post(
    "/q/:id/decide",
    done(async (c, who, fields) => {
      const found = await questionOf(c);
      if (!found) return c.text(words.gone(), 404);
      const { row, explainer } = found;
      const verdict = verdictOf(explainer, fields, await desk.reasons(explainer.id));
      if (!verdict) return show(c, who, "Choose a section, or a reason.");
      const outcome = await desk.decide(row.id, verdict, who, explainer, wordsIn(fields, row));
      switch (outcome.kind) {
        case "gone":
          return c.text(words.gone(), 404);
        case "before":
          return show(c, who, "Somebody was first.");
        case "known": {
          const { lesson } = outcome;
          const wanted = verdict.kind === "answer" ? (headingOf(explainer.id, verdict.section) ?? "") : undefined;
          return show(c, who, words.known(lesson.words, headingOf(lesson.explainer, lesson.section ?? null), wanted));
        }
        case "done": {
          const { lesson } = outcome;
          return c.redirect(lesson ? `/desk?taught=${lesson.id}` : "/desk", 303);
        }
      }
    }),
  );
  app.post(
    "/q/:id/ignore",
    done(async (c, who) => {
      const found = await questionOf(c);
      if (!found) return c.text(words.gone(), 404);
      const outcome = await desk.decide(found.row.id, { kind: "ignore" }, who, found.explainer);
      return outcome.kind === "before" ? show(c, who, "Somebody was first.") : c.redirect("/desk", 303);
    }),
  );
  app.post(
    "/q/:id/undo",
    done(async (c, who) => {
      await desk.undo(c.req.param("id") ?? "", who);
      return show(c, who, words.undone());
    }),
  );

  app.get(
    "/taught",
    shown(async (_, who) =>
      renderTaught(frame(who, "Taught", "/taught"), await desk.taught(MANY), ({ explainer, section }) =>
        headingOf(explainer, section),
      ),
    ),
  );
  app.post(
    "/taught/:id/undo",
    done(async (c, who) => {
      await desk.undoLesson(c.req.param("id") ?? "", who);
      return c.redirect("/desk/taught", 303);
    }),
  );
  app.get(
    "/corrections",
    shown(async (_, who) =>
      renderCorrections(
        frame(who, "Corrections", "/corrections"),
        await desk.corrections(LISTED),
        (id) => desk.explainer(id)?.title ?? id,
      ),
    ),
  );
  const daysIn = (c: Context): number =>
    Math.max(1, Math.min(400, Number.parseInt(c.req.query("days") ?? "7", 10) || 7));
  app.get(
    "/report",
    shown(async (c, who) => {
      const days = daysIn(c);
      const report = await desk.report(days);
      return renderReport(
        frame(who, "Report", "/report"),
        report,
        reportLines(report, "en"),
        days,
        (explainer, section) => headingOf(explainer, section) ?? section,
      );
    }),
  );
  app.get(
    "/report.svg",
    shown(async (c) => {
      const chart = (await desk.reportCard(daysIn(c)))?.chart;
      if (!chart) return c.notFound();
      const { bytes } = await studio.draw({ ...chart.spec, theme: "light" }, "svg");
      return c.body(Uint8Array.from(bytes).buffer, 200, { "content-type": "image/svg+xml" });
    }),
  );
  app.get(
    "/report.csv",
    shown(async (c) => {
      const text = await desk.csv(daysIn(c));
      return c.body(text, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="standfirst-report.csv"',
      });
    }),
  );
  app.get(
    "/audit",
    shown(async (_, who) => renderAudit(frame(who, "Log", "/audit"), await desk.audit(MANY))),
  );
  return app;
}

/** A section's id and the index of its passage, as a form's choice holds them. */
function readAnswer(text: string): [string | undefined, number | undefined] {
  try {
    const read = JSON.parse(text) as unknown;
    if (!Array.isArray(read)) return [undefined, undefined];
    const [id, index] = read as unknown[];
    return [typeof id === "string" ? id : undefined, typeof index === "number" ? index : undefined];
  } catch {
    return [undefined, undefined];
  }
}
