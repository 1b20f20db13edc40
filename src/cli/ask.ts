// `npm run ask`: a question from the command line, or one a line from standard input.
import { createInterface } from "node:readline";
import type { Assistant } from "../assistant/assistant.js";
import { replyCard } from "../cards/answer.js";
import { toJson } from "../assistant/json.js";
import type { Reply } from "../assistant/reply.js";
import { problemLine } from "../explainer/problem-line.js";
import { openAssistant } from "../open-assistant.js";
import { createProgress, EXIT, readArguments, UsageError, type Command, type Streams } from "./command.js";
import { renderCard } from "./terminal.js";

const SHOW_BATCH_AFTER = 50;

function show(reply: Reply, json: boolean, explain: boolean, { out, plain }: Streams): string {
  const reasons = explain ? reply.explain?.() : undefined;
  if (json) return JSON.stringify({ ...toJson(reply), ...(reasons ? { explain: reasons } : {}) });
  const card = replyCard(reply);
  const text = renderCard(card, { width: out.columns ?? 80, color: out.isTTY === true && !plain });
  return reasons ? `${text}\n\n${JSON.stringify(reasons, null, 2)}` : text;
}

async function askLines(assistant: Assistant, streams: Streams, write: (reply: Reply) => string): Promise<void> {
  const progress = createProgress(streams);
  let count = 0;
  for await (const line of createInterface({ input: streams.in, crlfDelay: Infinity })) {
    streams.out.write(`${write(await assistant.ask(line))}\n`);
    count++;
    if (count % SHOW_BATCH_AFTER === 0 && !streams.out.isTTY && streams.err.isTTY)
      progress.show("questions answered", count, count);
  }
  progress.clear();
}

export const ask: Command = {
  about: "Asks the explainer a question.",
  usage: [
    'npm run ask -- "how many operations were cancelled?"',
    "npm run ask -- --json < questions.txt        one question a line in, one JSON object a line out",
    "  --explainer ID-or-PATH   an id under the data folder, a folder, or an article (.txt, .md)",
    "  --json                   the reply as one line of JSON",
    "  --explain                add why it decided so",
  ].join("\n"),
  async run(args, config, streams) {
    const { values, positionals } = readArguments(args, {
      json: { type: "boolean", default: false },
      explain: { type: "boolean", default: false },
      explainer: { type: "string" },
    });
    const batch = positionals.length === 0;
    if (batch && streams.in.isTTY) throw new UsageError("no question was given; put it between quotation marks");
    const progress = createProgress(streams);
    const { assistant, problems } = await openAssistant(config, values.explainer, progress.show);
    progress.clear();
    for (const problem of problems) streams.err.write(`${problemLine(problem)}\n`);
    const write = (reply: Reply): string => show(reply, values.json, values.explain, streams);
    if (batch)
      await askLines(assistant, streams, (reply) =>
        values.json ? write(reply) : `> ${reply.question}\n\n${write(reply)}\n`,
      );
    else streams.out.write(`${write(await assistant.ask(positionals.join(" ")))}\n`);
    return EXIT.done;
  },
};
