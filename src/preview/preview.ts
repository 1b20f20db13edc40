// `npm run preview`: shows an explainer on the local page before it is live, and anew whenever its files change.
import { readFile } from "node:fs/promises";
import { createAllowance } from "../assistant/allowance.js";
import type { Reply } from "../assistant/reply.js";
import { summarise } from "../assistant/summary.js";
import type { Card } from "../cards/card.js";
import { createShow } from "../cards/show.js";
import { summaryCard } from "../cards/summary.js";
import { checkExplainer, type Checked } from "../check-explainer.js";
import { createProgress, EXIT, readArguments, UsageError, type Command } from "../cli/command.js";
import { renderCard as renderDiscord } from "../discord/render-card.js";
import { loadCommonIntents } from "../explainer/intents.js";
import { createStudio } from "../figures/studio.js";
import { createLog } from "../log.js";
import { openAssistant } from "../open-assistant.js";
import { renderCard as renderSlack } from "../slack/render-card.js";
import { createWebApp } from "../web/app.js";
import { renderCard as renderPage } from "../web/render-card.js";
import { renderFigures } from "../web/render-figures.js";
import { ListenError, serve } from "../web/server.js";
import { discordView } from "./discord-view.js";
import { renderPreview, type Faces, type Tried } from "./page.js";
import { slackView } from "./slack-view.js";

/** Nobody but the editor reads it. */
const ALLOWANCE = { burst: 1_000, perSecond: 100 } as const;
const SECTIONS_A_PAGE = 30;
const PATIENCE = 1_000;

function facesOf(card: Card): Faces {
  const chart =
    card.chart && `/charts/${encodeURIComponent(card.explainer.id)}/${encodeURIComponent(card.chart.id)}/light.png`;
  return {
    page: renderPage(card),
    discord: discordView(renderDiscord(card).components, chart),
    slack: slackView(renderSlack(card).blocks(chart === undefined ? undefined : "F0"), chart),
  };
}

/** What became of a question, in words. */
function outcomeOf(reply: Reply): string {
  switch (reply.kind) {
    case "answer":
      return `Answered with “${reply.heading}”, ${Math.round(reply.confidence * 100)}% sure.`;
    case "tentative":
      return `Not sure enough to answer: “${reply.heading}” is shown as the closest, ${Math.round(reply.confidence * 100)}% sure.`;
    case "clarify":
      return `Offered a choice of ${reply.choices.length}: none of them is far enough ahead.`;
    case "abstain":
      return reply.smallTalk
        ? `Taken for small talk (${reply.smallTalk.kind}).`
        : "Said that the article does not say.";
  }
}

export const preview: Command = {
  about: "Shows an explainer as each face will, before it is live.",
  usage: "npm run preview -- DIR               a folder that an import made, or an article; PORT sets the port",
  async run(args, config, streams) {
    const { positionals } = readArguments(args, {});
    const [named, ...rest] = positionals;
    if (named === undefined || rest.length > 0) throw new UsageError("name one folder or article");
    const progress = createProgress(streams);
    const log = createLog(config.logLevel);
    const { assistant, live, encoding } = await openAssistant(config, named, { onProgress: progress.show });
    const common = await loadCommonIntents(config.intentsDir);
    let checking: Promise<Checked> | undefined;
    const check = (): Promise<Checked> =>
      (checking ??= checkExplainer(named, config, common.intents, encoding, progress.show).finally(progress.clear));
    await check();
    live.watch({
      prepare: () => Promise.resolve(),
      onReload: () => (checking = undefined),
      onFault: (error) =>
        log.warn({ reason: String(error) }, "the folder cannot be followed; start again to see changes"),
    });
    const studio = createStudio();
    const show = createShow({ assistant });

    async function tried(question: string): Promise<Tried> {
      const [card, reply] = [await show.question(question), await assistant.ask(question)];
      return { question, card, faces: facesOf(card), outcome: outcomeOf(reply), why: reply.explain?.() };
    }

    const style = await readFile(new URL("../../src/preview/preview.css", import.meta.url), "utf8");
    const web = await createWebApp({
      assistant,
      explainers: () => live.shelf.ids,
      studio,
      allowance: createAllowance(ALLOWANCE),
      log,
      hosts: config.pageHosts,
      health: () => ({}),
    });
    web.get("/preview/preview.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
    web.get("/preview", async (c) => {
      const { explainer, desk } = await assistant.figures();
      const pages = Math.max(1, Math.ceil(explainer.sections.length / SECTIONS_A_PAGE));
      const page = Math.min(pages, Math.max(1, Number(c.req.query("page") ?? 1) || 1)) - 1;
      const cards = explainer.sections
        .slice(page * SECTIONS_A_PAGE, (page + 1) * SECTIONS_A_PAGE)
        .map(async ({ id, heading }) => {
          const card = await show.subject({ kind: "sections", explainer: explainer.id, sections: [{ id }] });
          return card ? [{ id, heading, faces: facesOf(card) }] : [];
        });
      const question = c.req.query("q");
      return c.html(
        renderPreview({
          explainer,
          checked: await check(),
          summary: facesOf(summaryCard(summarise(explainer, desk))),
          figures: renderFigures(desk.charts(), desk.figures(), explainer),
          sections: (await Promise.all(cards)).flat(),
          tried: question === undefined ? undefined : await tried(question),
          page,
          pages,
        }),
      );
    });
    const server = await serve(web, config.host, config.port).catch((error: unknown) => {
      if (!(error instanceof ListenError)) throw error;
      streams.err.write(`preview: ${error.message}\n`);
      return undefined;
    });
    if (!server) return EXIT.misused;
    streams.out.write(
      `Preview: ${server.url}/preview\nEdits are shown when the page is loaded anew. Press Ctrl+C to stop.\n`,
    );
    await new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    live.close();
    await server.close(PATIENCE);
    return EXIT.done;
  },
};
