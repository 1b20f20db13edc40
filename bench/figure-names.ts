// Figures by the names that readers use for them: how many are found, how many are among the three nearest, and what is taken for a figure
// that is none. Exits 1 where it falls below what it was.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { createFigureDesk } from "../src/assistant/figure-desk.js";
import { loadExplainer } from "../src/explainer/load.js";
import { loadFigures } from "../src/figures/load.js";
import { shareOf } from "./outcomes.js";
import { table } from "./measure.js";

const NAMES = join("bench", "figure-names");
const EXPLAINERS = ["data", join("bench", "explainers"), join("bench", "held-out")];

interface Name {
  readonly q: string;
  /** Ids of the figures that it may mean; empty where it means none. */
  readonly accept: readonly string[];
}

interface Asked extends Name {
  readonly found: string | undefined;
  readonly near: readonly string[];
}

async function ask(file: string): Promise<{ asked: Asked[]; named: boolean }> {
  const id = basename(file, ".jsonl");
  const folder = EXPLAINERS.map((each) => join(each, id)).find((each) => existsSync(each));
  const { explainer } = folder === undefined ? {} : await loadExplainer(folder);
  if (!explainer) throw new Error(`there is no explainer for ${file}`);
  const { book } = await loadFigures(explainer);
  const desk = createFigureDesk(explainer, book);
  const lines = (await readFile(join(NAMES, file), "utf8")).trim().split("\n");
  return {
    named: book.figures.some(({ names }) => names.length > 0),
    asked: lines.map((line) => {
      const name = JSON.parse(line) as Name;
      const { figure, nearest } = desk.figure(name.q);
      return { ...name, found: figure?.id, near: nearest.map((each) => each.id) };
    }),
  };
}

/** Shares under or over which names became worse: of figures that have other names, and of figures that have none. */
const BARS = {
  named: { found: 0.75, amongThree: 0.95, wrong: 0.03, taken: 0.15 },
  bare: { found: 0.5, amongThree: 0.87, wrong: 0.05, taken: 0.22 },
} as const;

export async function figureNames(): Promise<void> {
  const files = (await readdir(NAMES)).filter((file) => file.endsWith(".jsonl")).sort();
  const all = await Promise.all(files.map(ask));
  const rows: (string | number)[][] = [];
  for (const group of ["named", "bare"] as const) {
    const asked = all.filter(({ named }) => named === (group === "named")).flatMap((each) => each.asked);
    const meant = asked.filter(({ accept }) => accept.length > 0);
    const right = ({ found, accept }: Asked): boolean => found !== undefined && accept.includes(found);
    const shares = {
      found: shareOf(meant, right) ?? 0,
      amongThree: shareOf(meant, (each) => right(each) || each.near.some((id) => each.accept.includes(id))) ?? 0,
      wrong: shareOf(meant, (each) => each.found !== undefined && !right(each)) ?? 0,
      taken:
        shareOf(
          asked.filter(({ accept }) => accept.length === 0),
          ({ found }) => found !== undefined,
        ) ?? 0,
    };
    const bars = BARS[group];
    for (const [name, share] of Object.entries(shares))
      rows.push([
        group === "named" ? "with other names" : "by their labels",
        name,
        share.toFixed(3),
        bars[name as keyof typeof bars],
      ]);
    if (
      shares.found < bars.found ||
      shares.amongThree < bars.amongThree ||
      shares.wrong > bars.wrong ||
      shares.taken > bars.taken
    )
      process.exitCode = 1;
  }
  process.stdout.write(`${table(["figures", "", "share", "bar"], rows)}\n`);
}
