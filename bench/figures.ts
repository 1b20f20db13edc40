// Figures: how fast names are suggested among 1,000, how fast charts are drawn, and whether memory holds over 10,000 of them.
import { spawnSync } from "node:child_process";
import { loadExplainer } from "../src/explainer/load.js";
import { createFigureFinder } from "../src/figures/find.js";
import { loadFigures } from "../src/figures/load.js";
import type { Figure } from "../src/figures/types.js";
import { ms, quantile, table } from "./measure.js";

const CHARTS = 10_000;
const WORDS =
  "hospital school road bridge library patient teacher driver nurse bus train clinic council budget repair cancelled delayed opened closed planned".split(
    " ",
  );
const TYPED = [
  "c",
  "can",
  "cance",
  "hosptial rep",
  "numbr 77",
  "bridge dela",
  "schol",
  "figure 999",
  "zzzz",
  "library openned 12",
];

export async function figures(): Promise<string> {
  const { explainer } = await loadExplainer("data/junior-doctors-strike");
  if (!explainer) throw new Error("the shipped explainer has faults");
  const { book } = await loadFigures(explainer);
  const one = book.figures[0]!;
  const many: Figure[] = Array.from({ length: 1000 }, (_, index) => {
    const pick = (step: number): string => WORDS[(index * step + step) % WORDS.length] ?? "";
    return { ...one, id: `figure-${index}`, label: `${pick(3)} ${pick(7)} ${pick(11)} number ${index}` };
  });
  const finder = createFigureFinder({ figures: many, charts: [] });
  const times: number[] = [];
  for (let round = 0; round < 40; round++) {
    for (const typed of TYPED) {
      const start = performance.now();
      finder.suggest(typed, 25);
      if (round > 1) times.push(performance.now() - start);
    }
  }
  const run = spawnSync(process.execPath, ["--max-semi-space-size=4", "bench/children/charts.mjs", String(CHARTS)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const charts = JSON.parse(run.stdout) as { first: number; p50: number; p99: number; memory: number[] };
  return [
    table(
      ["", "p50, ms", "p99, ms"],
      [
        ["names suggested among 1,000 figures", ms(quantile(times, 0.5)), ms(quantile(times, 0.99))],
        ["first chart of a process, PNG", ms(charts.first), "–"],
        ["every next chart, PNG, none drawn before", ms(charts.p50), ms(charts.p99)],
      ],
    ),
    `\nResident memory after each tenth of ${CHARTS.toLocaleString("en")} charts, MB: ${charts.memory.join(", ")}.`,
  ].join("\n");
}
