// `npm run figures`: an explainer's numbers as text, JSON or a chart.
import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import type { ChartOffer, FigureDesk } from "../assistant/figure-desk.js";
import { figureJson } from "../assistant/json.js";
import { openFigures } from "../open-assistant.js";
import type { Explainer } from "../explainer/types.js";
import { comparisonRefusal } from "../figures/compare.js";
import { figureLine, valueText } from "../figures/format.js";
import { createStudio } from "../figures/studio.js";
import type { Figure } from "../figures/types.js";
import { EXIT, readArguments, UsageError, type Command, type Streams } from "./command.js";
import { problemLine } from "../explainer/problem-line.js";
import { wrap } from "./terminal.js";

type Wanted =
  /** All of them, or those of an editor's chart. */
  | { readonly kind: "list"; readonly figures: readonly Figure[]; readonly chart: ChartOffer | undefined }
  | { readonly kind: "one"; readonly figure: Figure }
  | { readonly kind: "two"; readonly a: Figure; readonly b: Figure; readonly sentence: string }
  | { readonly kind: "refusal"; readonly reason: string; readonly nearest: readonly Figure[] };

function unknown(name: string, nearest: readonly Figure[]): Wanted {
  return { kind: "refusal", reason: `There is no figure "${name}". The nearest:`, nearest };
}

function pick(desk: FigureDesk, names: readonly string[], compare: boolean, language: string): Wanted {
  if (compare) {
    const [a, b, ...rest] = names;
    if (a === undefined || b === undefined || rest.length > 0) throw new UsageError("name two figures to compare");
    const found = desk.compare(a, b);
    if (found.kind === "unknown") return unknown(found.name, found.nearest);
    if (found.kind === "refusal") return { kind: "refusal", reason: comparisonRefusal(found, language), nearest: [] };
    return { kind: "two", a: found.a, b: found.b, sentence: found.sentence };
  }
  if (names.length === 0) return { kind: "list", figures: desk.figures(), chart: desk.charts()[0] };
  const name = names.join(" ");
  const found = desk.figure(name);
  const chart = desk.chartTitled(name) ?? (found.figure ? undefined : desk.chartOfLikely(found));
  if (chart && !desk.figureNamed(name)) return { kind: "list", figures: chart.figures, chart };
  return found.figure ? { kind: "one", figure: found.figure } : unknown(name, found.nearest);
}

function listText(figures: readonly Figure[], language: string, width: number): string {
  const names = Math.max(...figures.map((figure) => figure.id.length)) + 2;
  return figures
    .map((figure) => wrap(figureLine(figure, language), width, figure.id.padEnd(names), " ".repeat(names)))
    .join("\n");
}

function oneText(figure: Figure, { language }: Explainer, width: number): string {
  const working = figure.from.length > 0 ? `Worked out: ${figure.statement}` : `"${figure.statement}"`;
  return [
    wrap(`${figure.label}: ${valueText(figure, language)}`, width),
    wrap(figureLine(figure, language), width),
    wrap(working, width),
  ].join("\n\n");
}

function chartFor(desk: FigureDesk, wanted: Wanted): ChartOffer | undefined {
  switch (wanted.kind) {
    case "list":
      return wanted.chart;
    case "one":
      return desk.chartOf(wanted.figure);
    case "two":
      return desk.chart(`${wanted.a.id},${wanted.b.id}`);
    case "refusal":
      return undefined;
  }
}

async function writeChart(
  file: string,
  theme: string,
  desk: FigureDesk,
  wanted: Wanted,
  { err }: Streams,
): Promise<boolean> {
  const format = { ".svg": "svg", ".png": "png" }[extname(file).toLowerCase()] as "svg" | "png" | undefined;
  if (!format) throw new UsageError(`a chart is written as .svg or .png, and "${file}" is neither`);
  if (theme !== "light" && theme !== "dark") throw new UsageError(`"${theme}" is not a theme; use light or dark`);
  const offer = chartFor(desk, wanted);
  if (!offer) {
    err.write("There is nothing to draw: a chart needs a number, or two of the same unit.\n");
    return false;
  }
  const { bytes, alt } = await createStudio().draw({ ...offer.spec, theme }, format);
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written; choose a folder that is there`, { cause: error });
  });
  err.write(`${file}: ${alt}\n`);
  return true;
}

function show(wanted: Wanted, explainer: Explainer, json: boolean, { out }: Streams): void {
  const width = Math.max(40, Math.min(out.columns ?? 80, 100));
  if (json) {
    const told = {
      list: () => (wanted.kind === "list" ? { explainer: explainer.id, figures: wanted.figures.map(figureJson) } : {}),
      one: () => (wanted.kind === "one" ? { explainer: explainer.id, figures: [figureJson(wanted.figure)] } : {}),
      two: () =>
        wanted.kind === "two"
          ? {
              explainer: explainer.id,
              figures: [figureJson(wanted.a), figureJson(wanted.b)],
              comparison: wanted.sentence,
            }
          : {},
      refusal: () =>
        wanted.kind === "refusal"
          ? { explainer: explainer.id, figures: [], refusal: wanted.reason, nearest: wanted.nearest.map(figureJson) }
          : {},
    }[wanted.kind]();
    out.write(`${JSON.stringify(told)}\n`);
    return;
  }
  switch (wanted.kind) {
    case "list":
      out.write(
        wanted.figures.length === 0
          ? "This explainer has no figures.\n"
          : `${listText(wanted.figures, explainer.language, width)}\n`,
      );
      return;
    case "one":
      out.write(`${oneText(wanted.figure, explainer, width)}\n`);
      return;
    case "two":
      out.write(
        `${wrap(wanted.sentence, width)}\n\n${[wanted.a, wanted.b].map((figure) => wrap(figureLine(figure, explainer.language), width, "  - ", "    ")).join("\n")}\n`,
      );
      return;
    case "refusal":
      out.write(`${wrap(wanted.reason, width)}\n`);
      for (const figure of wanted.nearest)
        out.write(`${wrap(`${figure.id}: ${figure.label}`, width, "  - ", "    ")}\n`);
  }
}

export const figures: Command = {
  about: "Shows the explainer's figures.",
  usage: [
    "npm run figures                              all of them",
    'npm run figures -- "operations cancelled"    one, by name; typing errors are forgiven',
    "npm run figures -- --compare A B             two that share a unit",
    "  --chart FILE             draw them, as .svg or .png",
    "  --theme light|dark       of the chart (light)",
    "  --json                   one line of JSON",
    "  --explainer ID-or-PATH   an id under the data folder, or a folder",
  ].join("\n"),
  async run(args, config, streams) {
    const { values, positionals } = readArguments(args, {
      json: { type: "boolean", default: false },
      compare: { type: "boolean", default: false },
      chart: { type: "string" },
      theme: { type: "string", default: "light" },
      explainer: { type: "string" },
    });
    const { explainer, desk, problems } = await openFigures(config, values.explainer);
    for (const problem of problems) streams.err.write(`${problemLine(problem)}\n`);
    const wanted = pick(desk, positionals, values.compare, explainer.language);
    show(wanted, explainer, values.json, streams);
    if (values.chart !== undefined && !(await writeChart(values.chart, values.theme, desk, wanted, streams)))
      return EXIT.found;
    return wanted.kind === "refusal" ? EXIT.found : EXIT.done;
  },
};
