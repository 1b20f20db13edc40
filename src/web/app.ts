// The local chat page and its HTTP endpoints, thin over the assistant.
import { readFile } from "node:fs/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { z } from "zod";
import { createAllowance, type Allowance } from "../assistant/allowance.js";
import type { Assistant } from "../assistant/assistant.js";
import { figureJson, summaryJson, toJson } from "../assistant/json.js";
import type { Card } from "../cards/card.js";
import { createShow } from "../cards/show.js";
import { wordingOf } from "../languages/languages.js";
import type { Studio } from "../figures/studio.js";
import { createDeskPage, type DeskPageOptions } from "./desk.js";
import { addInstallPage, type Installable } from "./install.js";
import { renderFigures } from "./render-figures.js";
import { renderFiguresPage, renderPage, renderSummaryPage } from "./render-page.js";
import { renderCard, renderExchange, renderNotice } from "./render-card.js";

/** Bytes of a request's body at most. */
const MAX_BODY_BYTES = 64 * 1024;
const SUGGESTIONS = 8;
const PICTURE_ALLOWANCE = { burst: 60, perSecond: 5 } as const;
const VIEW_ALLOWANCE = { burst: 40, perSecond: 2 } as const;
const TYPING_ALLOWANCE = { burst: 30, perSecond: 5 } as const;
const ASSETS = {
  "chat.css": "text/css; charset=utf-8",
  "chat.js": "text/javascript; charset=utf-8",
  "desk.css": "text/css; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export interface WebOptions {
  readonly assistant: Assistant;
  /** Ids of the explainers there are now. */
  readonly explainers: () => readonly string[];
  readonly studio: Studio;
  readonly allowance: Allowance;
  readonly log: Logger;
  /** Names that the page answers to, in lower case without a port; undefined for all. */
  readonly hosts?: ReadonlySet<string> | undefined;
  /** The editors' desk; absent where there is none. */
  readonly desk?: DeskPageOptions | undefined;
  /** What `GET /metrics` gives; absent where it is off. */
  readonly metrics?: { text(): Promise<{ readonly type: string; readonly body: string }> } | undefined;
  /** How the bot is added to servers and workspaces: `GET /install`. */
  readonly installs?: () => readonly Installable[];
  /** What has to be there before it can be sent readers, and is not: `GET /readyz`. */
  readonly waitsFor?: () => readonly string[];
  /** What `GET /healthz` tells of the content. */
  readonly health: () => Readonly<Record<string, unknown>>;
}

const askSchema = z.object({ question: z.string(), explainer: z.string().optional() });

/** Assets stand beside the sources and are served from there, built or not. */
async function readAssets(): Promise<Map<string, { type: string; body: string }>> {
  const folder = new URL("../../src/web/assets/", import.meta.url);
  const read = Object.entries(ASSETS).map(
    async ([name, type]) => [name, { type, body: await readFile(new URL(name, folder), "utf8") }] as const,
  );
  return new Map(await Promise.all(read));
}

function address(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "unknown";
  } catch {
    return "unknown";
  }
}

/** The web face as a fetch handler. */
export async function createWebApp({
  assistant,
  explainers,
  studio,
  allowance,
  log,
  hosts,
  desk,
  metrics,
  installs = () => [],
  waitsFor = () => [],
  health,
}: WebOptions): Promise<Hono> {
  const assets = await readAssets();
  const show = createShow({ assistant });
  const wording = wordingOf("en");
  const app = new Hono();
  const kept = (): string | undefined =>
    desk?.desk.keeps(undefined) ? wording.desk.helpKept(desk.desk.settings.keepDays) : undefined;
  const pictures = createAllowance(PICTURE_ALLOWANCE);
  const typing = createAllowance(TYPING_ALLOWANCE);
  const views = createAllowance(VIEW_ALLOWANCE);

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
    }),
  );

  // What holds a question, or is drawn from content that changes, is nobody's to keep.
  app.use(async (c, next) => {
    const host = c.req.header("host");
    // Whoever watches over the process asks it by its number.
    const probe = c.req.path === "/livez" || c.req.path === "/readyz";
    if (!probe && hosts && host !== undefined && !hosts.has(host.toLowerCase().replace(/:\d+$/, "")))
      return c.text(wording.pageOtherHost(), 421);
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    return undefined;
  });
  const viewing: MiddlewareHandler = async (c, next) => {
    const wait = views.take(address(c));
    if (wait === 0) return next();
    c.header("retry-after", String(wait));
    return c.text(wording.pageTooFast(wait), 429);
  };
  for (const path of ["/install", "/figures", "/summary", "/api/figures", "/api/summary"]) app.use(path, viewing);

  addInstallPage(app, installs);
  app.get("/livez", (c) => c.json({ status: "ok" }));
  app.get("/readyz", (c) => {
    const waits = waitsFor();
    return c.json({ status: waits.length === 0 ? "ready" : "not ready", waits }, waits.length === 0 ? 200 : 503);
  });
  if (metrics)
    app.get("/metrics", async (c) => {
      const { type, body } = await metrics.text();
      return c.body(body, 200, { "content-type": type });
    });
  app.get("/healthz", (c) => c.json({ status: "ok", explainers: explainers(), ...health() }));
  app.get("/assets/:name", (c) => {
    const asset = assets.get(c.req.param("name"));
    return asset ? c.body(asset.body, 200, { "content-type": asset.type, "cache-control": "no-cache" }) : c.notFound();
  });

  /** A sentence in place of an answer: as JSON, as an entry of the conversation, or as the whole page. */
  async function refuse(c: Context, notice: string, status: 400 | 404 | 413 | 429 | 500): Promise<Response> {
    if (c.req.path.startsWith("/api/")) return c.json({ error: notice }, status);
    if (c.req.path !== "/") return c.html(renderNotice(notice), status);
    const { explainer } = await assistant.topics();
    return c.html(
      renderPage({ explainer, explainers: explainers(), kept: kept(), conversation: renderNotice(notice) }),
      status,
    );
  }
  const unknownExplainer = (id: string | undefined): string | undefined =>
    id === undefined || explainers().includes(id)
      ? undefined
      : wording.pageNoExplainer(id.slice(0, 60), explainers().slice(0, 20));

  const asking: MiddlewareHandler = async (c, next) => {
    const wait = allowance.take(address(c));
    if (wait === 0) {
      await next();
      return;
    }
    const notice = wording.pageTooFast(wait);
    c.header("retry-after", String(wait));
    return refuse(c, notice, 429);
  };
  const drawing: MiddlewareHandler = async (c, next) => {
    const wait = pictures.take(address(c));
    if (wait === 0) return next();
    c.header("retry-after", String(wait));
    return c.text(wording.pagePictures(wait), 429);
  };
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => {
      return refuse(c, wording.pageTooLong(MAX_BODY_BYTES / 1024), 413);
    },
  });
  app.use("/reply", asking, limited);
  app.use("/api/ask", asking, limited);
  app.use("/", asking);
  app.use("/charts/*", drawing);
  const suggesting: MiddlewareHandler = async (c: Context, next) => {
    // Suggestions follow every key: too many are left unanswered, without a word.
    if (typing.take(address(c)) > 0) return c.json({ suggestions: [] });
    await next();
    return undefined;
  };
  app.use("/api/suggest", suggesting);

  /** What was asked and its card; a sentence where the article no longer has it; undefined where nothing was asked. */
  async function answerTo(fields: {
    q?: string | undefined;
    section?: string | undefined;
    explainer?: string | undefined;
  }): Promise<{ question: string; card: Card; remarks?: { ticket: string | undefined } } | string | undefined> {
    const { q, section, explainer } = fields;
    if (section !== undefined) {
      const { explainer: of } = await assistant.topics({ explainer });
      const card = await show.subject({ kind: "sections", explainer: of.id, sections: [{ id: section }] });
      return card ? { question: card.headings[0] ?? "", card } : wording.pageGone();
    }
    if (q === undefined) return undefined;
    if (!desk) return { question: q, card: await show.question(q, { explainer }) };
    const ticket = desk.desk.ticket(undefined);
    return { question: q, card: await show.question(q, { explainer, ticket }), remarks: { ticket } };
  }

  app.get("/", async (c) => {
    const { q, section, explainer: id } = c.req.query();
    const strange = unknownExplainer(id);
    if (strange !== undefined) return refuse(c, strange, 404);
    const answer = await answerTo({ q, section, explainer: id });
    const { explainer } = await assistant.topics({
      explainer: id ?? (typeof answer === "object" ? answer.card.explainer.id : undefined),
    });
    const conversation =
      answer === undefined
        ? ""
        : typeof answer === "string"
          ? renderNotice(answer)
          : renderExchange(answer.question, answer.card, answer.remarks);
    return c.html(renderPage({ explainer, explainers: explainers(), kept: kept(), conversation }));
  });

  app.on(["POST", "PUT", "DELETE", "PATCH"], "/", (c) => c.text(wording.pageLost(), 405, { allow: "GET, HEAD" }));
  app.post("/reply", async (c) => {
    const form = await c.req.parseBody().catch(() => undefined);
    const text = (name: string): string | undefined => (typeof form?.[name] === "string" ? form[name] : undefined);
    const strange = unknownExplainer(text("explainer"));
    if (strange !== undefined) return refuse(c, strange, 404);
    const answer = await answerTo({ q: text("q"), section: text("section"), explainer: text("explainer") });
    if (answer === undefined) return c.html(renderNotice(wording.pageNoQuestion()), 400);
    return typeof answer === "string"
      ? c.html(renderNotice(answer), 404)
      : c.html(renderExchange(answer.question, answer.card, answer.remarks));
  });

  // Somebody says that an answer was none to their question.
  app.use("/remark", asking, limited);
  app.post("/remark", async (c) => {
    const form = await c.req.parseBody().catch(() => undefined);
    const text = (name: string): string => (typeof form?.[name] === "string" ? form[name] : "");
    const { explainer } = await assistant.topics({ explainer: text("explainer") });
    const section = explainer.sections.find(({ id }) => id === text("section"));
    const ticket = text("ticket");
    if (section)
      await desk?.desk.disputed(explainer.id, section.id, ticket === "" ? undefined : ticket).catch(() => undefined);
    const notice = renderNotice(wordingOf(explainer.language).desk.disputed());
    // Without the page's script it is a page of its own.
    return c.req.header("sec-fetch-dest") === "document"
      ? c.html(renderPage({ explainer, explainers: explainers(), kept: kept(), conversation: notice }))
      : c.html(notice);
  });

  app.post("/api/ask", async (c) => {
    const body = askSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json({ error: wording.pageJson() }, 400);
    const strange = unknownExplainer(body.data.explainer);
    if (strange !== undefined) return refuse(c, strange, 404);
    return c.json(toJson(await assistant.ask(body.data.question, { explainer: body.data.explainer })));
  });

  app.get("/figures", async (c) => {
    const { explainer: id } = c.req.query();
    const strange = unknownExplainer(id);
    if (strange !== undefined) return c.text(strange, 404);
    const { explainer, desk } = await assistant.figures({ explainer: id });
    return c.html(renderFiguresPage(explainer, explainers(), renderFigures(desk.charts(), desk.figures(), explainer)));
  });

  app.get("/summary", async (c) => {
    const { explainer: id } = c.req.query();
    const strange = unknownExplainer(id);
    if (strange !== undefined) return c.text(strange, 404);
    const { explainer } = await assistant.topics({ explainer: id });
    const card = await show.overview("summary", explainer.id);
    return c.html(renderSummaryPage(explainer, explainers(), renderCard(card)));
  });

  app.get("/api/summary", async (c) => {
    const { explainer: id } = c.req.query();
    const strange = unknownExplainer(id);
    if (strange !== undefined) return refuse(c, strange, 404);
    return c.json(summaryJson(await assistant.summary({ explainer: id })));
  });

  app.get("/api/figures", async (c) => {
    const { explainer: id } = c.req.query();
    const strange = unknownExplainer(id);
    if (strange !== undefined) return refuse(c, strange, 404);
    const { explainer, desk } = await assistant.figures({ explainer: id });
    return c.json({ explainer: explainer.id, figures: desk.figures().map(figureJson) });
  });

  app.get("/charts/:explainer/:chart/:picture{(?:light|dark)\\.(?:svg|png)}", async (c) => {
    const { explainer: id, chart, picture } = c.req.param();
    if (!explainers().includes(id)) return c.notFound();
    const { desk } = await assistant.figures({ explainer: id });
    const offer = desk.chart(chart);
    if (!offer) return c.notFound();
    const [theme, format] = picture.split(".") as ["light" | "dark", "svg" | "png"];
    const { bytes } = await studio.draw({ ...offer.spec, theme }, format);
    return c.body(Uint8Array.from(bytes).buffer, 200, {
      "content-type": format === "svg" ? "image/svg+xml" : "image/png",
      "cache-control": "no-cache",
    });
  });

  app.get("/api/suggest", async (c) => {
    const { q = "", explainer } = c.req.query();
    return c.json({ suggestions: await assistant.suggest(q, SUGGESTIONS, { explainer }) });
  });

  if (desk && (desk.token !== undefined || desk.proxyHeader !== undefined))
    app.route("/desk", createDeskPage(desk, studio));

  app.notFound((c) => c.text(wording.pageLost(), 404));
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, "a request failed");
    return c.req.path.startsWith("/api/")
      ? c.json({ error: wording.fault() }, 500)
      : c.html(renderNotice(wording.fault()), 500);
  });
  return app;
}
