// Measures the built assistant in a process of its own: time until it is ready, time a question, memory. One line of JSON out.
// Arguments: a configuration as JSON, a file of questions (one a line).
import { readFile } from "node:fs/promises";

const [settings, file] = process.argv.slice(2);
const { openAssistant } = await import("../../dist/open-assistant.js");
const questions = (await readFile(file, "utf8")).trim().split("\n");
const config = JSON.parse(settings);
const began = performance.now();
const { assistant, explainers } = await openAssistant(config, undefined, undefined);
await assistant.ask(questions[0]);
const ready = performance.now() - began;
for (const question of questions.slice(1, 20)) await assistant.ask(`${question} then`);
const times = [];
for (const question of questions.slice(1)) {
  const start = performance.now();
  await assistant.ask(question);
  times.push(performance.now() - start);
}
const again = [];
for (const question of questions.slice(1)) {
  const start = performance.now();
  await assistant.ask(question);
  again.push(performance.now() - start);
}
const at = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
process.stdout.write(
  `${JSON.stringify({
    explainers: explainers.length,
    readyMs: ready,
    p50: at(times, 0.5),
    p99: at(times, 0.99),
    repeatedP50: at(again, 0.5),
    repeatedP99: at(again, 0.99),
    memoryMb: process.memoryUsage().rss / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1e3,
  })}\n`,
);
