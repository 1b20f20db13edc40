// The local chat page and its HTTP endpoints, thin over the assistant.
import { readFile } from "node:fs/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import { z } from "zod";
import type { Allowance } from "../assistant/allowance.js";
import type { Assistant } from "../assistant/assistant.js";
import { toJson } from "../assistant/json.js";
import type { Reply } from "../assistant/reply.js";
import { WORDING } from "../assistant/wording.js";
import { renderPage } from "./render-page.js";
import { renderExchange, renderNotice } from "./render-reply.js";

/** Bytes of a request's body at most. */
const MAX_BODY_BYTES = 64 * 1024;
const SUGGESTIONS = 8;
const ASSETS = {
  "chat.css": "text/css; charset=utf-8",
  "chat.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export interface WebOptions {
  readonly assistant: Assistant;
  readonly explainers: readonly string[];
  readonly allowance: Allowance;
  readonly log: Logger;
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
export async function createWebApp({ assistant, explainers, allowance, log, health }: WebOptions): Promise<Hono> {
  const assets = await readAssets();
  const app = new Hono();

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

  app.get("/healthz", (c) => c.json({ status: "ok", explainers, ...health() }));
  app.get("/assets/:name", (c) => {
    const asset = assets.get(c.req.param("name"));
    return asset ? c.body(asset.body, 200, { "content-type": asset.type, "cache-control": "no-cache" }) : c.notFound();
  });

  const asking: MiddlewareHandler = async (c, next) => {
    const wait = allowance.take(address(c));
    if (wait === 0) {
      await next();
      return;
    }
    const notice = `You are asking faster than this page answers. Wait ${wait} ${wait === 1 ? "second" : "seconds"} and send it again.`;
    c.header("retry-after", String(wait));
    return c.req.path.startsWith("/api/") ? c.json({ error: notice }, 429) : c.html(renderNotice("", notice), 429);
  };
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => {
      const notice = `That is longer than ${MAX_BODY_BYTES / 1024} KB. Send a shorter question.`;
      return c.req.path.startsWith("/api/") ? c.json({ error: notice }, 413) : c.html(renderNotice("", notice), 413);
    },
  });
  app.use("/reply", asking, limited);
  app.use("/api/ask", asking, limited);
  app.use("/", asking);

  async function replyTo(fields: {
    q?: string | undefined;
    section?: string | undefined;
    explainer?: string | undefined;
  }): Promise<Reply | string | undefined> {
    const options = { explainer: fields.explainer };
    if (fields.section !== undefined) {
      const chosen = await assistant.section(fields.section, options);
      return chosen ?? "The article no longer has that question. Ask it in your own words.";
    }
    return fields.q === undefined ? undefined : assistant.ask(fields.q, options);
  }

  app.get("/", async (c) => {
    const { q, section, explainer: id } = c.req.query();
    const reply = await replyTo({ q, section, explainer: id });
    const { explainer, topics } = await assistant.topics({
      explainer: id ?? (typeof reply === "object" ? reply.explainer.id : undefined),
    });
    const conversation =
      reply === undefined ? "" : typeof reply === "string" ? renderNotice("", reply) : renderExchange(reply);
    return c.html(renderPage({ explainer, explainers, topics, conversation }));
  });

  app.post("/reply", async (c) => {
    const form = await c.req.parseBody();
    const text = (name: string): string | undefined => (typeof form[name] === "string" ? form[name] : undefined);
    const reply = await replyTo({ q: text("q"), section: text("section"), explainer: text("explainer") });
    if (reply === undefined) return c.html(renderNotice("", "No question came with that. Type one and send it."), 400);
    return typeof reply === "string" ? c.html(renderNotice("", reply), 404) : c.html(renderExchange(reply));
  });

  app.post("/api/ask", async (c) => {
    const body = askSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json({ error: 'Send JSON such as {"question": "how many went on strike?"}.' }, 400);
    return c.json(toJson(await assistant.ask(body.data.question, { explainer: body.data.explainer })));
  });

  app.get("/api/suggest", async (c) => {
    const { q = "", explainer } = c.req.query();
    return c.json({ suggestions: await assistant.suggest(q, SUGGESTIONS, { explainer }) });
  });

  app.notFound((c) => c.text("There is nothing at this address. The chat page is at /.", 404));
  app.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, "a request failed");
    return c.req.path.startsWith("/api/")
      ? c.json({ error: WORDING.fault }, 500)
      : c.html(renderNotice("", WORDING.fault), 500);
  });
  return app;
}
