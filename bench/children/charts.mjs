// Draws charts in a process of its own: time of the first and of the next, memory as they go. One line of JSON out.
const count = Number(process.argv[2] ?? 10_000);
const { loadExplainer } = await import("../../dist/explainer/load.js");
const { loadFigures } = await import("../../dist/figures/load.js");
const { createFigureDesk } = await import("../../dist/assistant/figure-desk.js");
const { createStudio } = await import("../../dist/figures/studio.js");
const { explainer } = await loadExplainer("data/junior-doctors-strike");
const { book } = await loadFigures(explainer);
const desk = createFigureDesk(explainer, book);
const studio = createStudio();
const offers = desk.charts();
const times = [];
const memory = [];
let first = 0;
for (let number = 0; number < count; number++) {
  const offer = offers[number % offers.length];
  const spec = desk.spec(offer, number % 2 === 0 ? "light" : "dark");
  const start = performance.now();
  await studio.draw({ ...spec, title: `${spec.title} ${number}` }, "png");
  const took = performance.now() - start;
  if (number === 0) first = took;
  else times.push(took);
  if (number % (count / 10) === count / 10 - 1) memory.push(Math.round(process.memoryUsage().rss / 1e6));
}
times.sort((a, b) => a - b);
process.stdout.write(
  `${JSON.stringify({ first, p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)], memory })}\n`,
);
