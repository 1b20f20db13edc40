// `npm run summary`: today's post, as a channel sees it that was not told before.
import { summaryCard } from "../cards/summary.js";
import { summaryJson } from "../assistant/json.js";
import { summarise } from "../assistant/summary.js";
import { problemLine } from "../explainer/problem-line.js";
import { openFigures } from "../open-assistant.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { renderCard } from "./terminal.js";

export const summary: Command = {
  about: "Shows today's summary post.",
  usage: [
    "npm run summary",
    "  --explainer ID-or-PATH   an id under the data folder, a folder, or an article (.txt, .md)",
    "  --json                   as one line of JSON",
  ].join("\n"),
  async run(args, config, { out, err, plain }) {
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
    out.write(`${renderCard(summaryCard(view), { width: out.columns ?? 80, color: out.isTTY === true && !plain })}\n`);
    return EXIT.done;
  },
};
