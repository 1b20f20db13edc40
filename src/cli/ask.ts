// `npm run ask`: a question from the command line, or one a line from standard input.
import { StringDecoder } from "node:string_decoder";
import type { Assistant } from "../assistant/assistant.js";
import { replyCard } from "../cards/answer.js";
import { createShow } from "../cards/show.js";
import { toJson } from "../assistant/json.js";
import { requestIn } from "../assistant/request.js";
import { problemLine } from "../explainer/problem-line.js";
import { openAssistant } from "../open-assistant.js";
import { createProgress, EXIT, readArguments, UsageError, type Command, type Streams } from "./command.js";
import { renderCard } from "./terminal.js";

const SHOW_BATCH_AFTER = 50;

interface How {
  readonly json: boolean;
  readonly explain: boolean;
}

/** What is written for a question: the reply for scripts, or a card as a person reads it. */
async function answer(question: string, assistant: Assistant, how: How, { out, plain }: Streams): Promise<string> {
  const style = { width: out.columns ?? 80, color: out.isTTY === true && !plain };
  if (!how.json && !how.explain && requestIn(question))
    return renderCard(await createShow({ assistant }).question(question), style);
  const reply = await assistant.ask(question);
  const reasons = how.explain ? reply.explain?.() : undefined;
  if (how.json) return JSON.stringify({ ...toJson(reply), ...(reasons ? { explain: reasons } : {}) });
  const text = renderCard(replyCard(reply), style);
  return reasons ? `${text}\n\n${JSON.stringify(reasons, null, 2)}` : text;
}

/** Lines end at a line feed, with or without a carriage return before it; a carriage return alone is part of its line. */
async function* linesOf(input: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of input) {
    const parts = (rest + decoder.write(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)))).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) yield line.replace(/\r$/, "");
  }
  rest += decoder.end();
  if (rest !== "") yield rest.replace(/\r$/, "");
}

async function askLines(streams: Streams, write: (question: string) => Promise<string>): Promise<void> {
  const progress = createProgress(streams);
  let count = 0;
  for await (const line of linesOf(streams.in)) {
    streams.out.write(`${await write(line)}\n`);
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
    const { assistant, problems } = await openAssistant(config, values.explainer, { onProgress: progress.show });
    progress.clear();
    for (const problem of problems) streams.err.write(`${problemLine(problem)}\n`);
    const write = (question: string): Promise<string> => answer(question, assistant, values, streams);
    if (batch)
      await askLines(streams, async (line) => (values.json ? write(line) : `> ${line}\n\n${await write(line)}\n`));
    else streams.out.write(`${await write(positionals.join(" "))}\n`);
    return EXIT.done;
  },
};
