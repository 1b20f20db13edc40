// `npm run summary`: today's post, as a channel sees it that was not told before.
import { summaryCard, type CardBlock } from "../assistant/card.js";
import { summaryJson } from "../assistant/json.js";
import { summarise } from "../assistant/summary.js";
import { WORDING } from "../assistant/wording.js";
import { problemLine } from "../explainer/problem-line.js";
import { openFigures } from "../open-assistant.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { printable, wrap } from "./terminal.js";

export const summary: Command = {
  about: "Shows today's summary post.",
  usage: [
    "npm run summary",
    "  --explainer ID-or-PATH   an id under the data folder, a folder, or an article (.txt, .md)",
    "  --json                   as one line of JSON",
  ].join("\n"),
  async run(args, config, { out, err }) {
    const { values, positionals } = readArguments(args, {
      json: { type: "boolean", default: false },
      explainer: { type: "string" },
    });
    if (positionals.length > 0) throw new UsageError("it takes no arguments but options");
    const { explainer, desk, problems } = await openFigures(config, values.explainer);
    for (const problem of problems) err.write(`${problemLine(problem)}\n`);
    const view = summarise(explainer, desk);
    if (values.json) {
      out.write(`${JSON.stringify(summaryJson(view))}\n`);
      return EXIT.done;
    }
    const card = summaryCard(view);
    const width = Math.max(40, Math.min(out.columns ?? 80, 100));
    const text = ({ kind, lines }: CardBlock): string =>
      lines
        .map((line) => (kind === "list" ? wrap(printable(line), width, "  - ", "    ") : wrap(printable(line), width)))
        .join("\n");
    const { title, publisher, url, asOf } = view.source;
    const source = [
      `${WORDING.source}: ${[title, publisher].filter(Boolean).join(", ")}`,
      ...(asOf === "" ? [] : [`${WORDING.asOf}: ${asOf}`]),
      ...(url === undefined ? [] : [url]),
    ].map((line) => wrap(printable(line), width));
    const questions = view.questions.map(({ heading }) => wrap(printable(heading), width, "  - ", "    "));
    const parts = [...card.blocks.map(text), `${WORDING.related}:\n${questions.join("\n")}`, source.join("\n")];
    out.write(`${parts.join("\n\n")}\n`);
    return EXIT.done;
  },
};
