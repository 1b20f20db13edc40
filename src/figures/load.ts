// `figures.yaml` beside an explainer to a figure book. A figure that may be wrong is left out and told; the rest is used.
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import type { Explainer, Problem } from "../explainer/types.js";
import { checkYaml } from "../explainer/yaml.js";
import { derive, underivable } from "./derive.js";
import { states } from "./stated.js";
import { NO_FIGURES, type ChartPlan, type Figure, type FigureBook } from "./types.js";

export const FIGURES_FILE = "figures.yaml";

const text = z.string({ error: "is missing, or is not text" }).trim().min(1, "is empty");
const id = text.regex(
  /^[\p{L}\p{N}][\p{L}\p{N}-]{0,47}$/u,
  "cannot be an id; use up to 48 letters, figures and hyphens",
);
const number = z.number({ error: "is not a number; write it without separators or signs, such as 14600" });
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day; write it such as "08:00"');
const value = z.union(
  [number, z.strictObject({ from: number, to: number }), z.strictObject({ from: time, to: time })],
  {
    error: 'is not a number or a range; write 14600, {from: 5, to: 10} or {from: "08:00", to: "17:00"}',
  },
);

const names = z.array(text, { error: "is not a list of names" });

const figureSchema = z.strictObject({
  id,
  label: text,
  names: names.optional(),
  value,
  unit: text.regex(/^\D*$/, "is not a unit; write what is counted, such as %, days or junior doctors"),
  share_of: text.optional(),
  qualifier: z
    .enum(["more than", "at least", "almost", "less than", "at most", "about"], {
      error: "is not a qualifier; use more than, at least, almost, less than, at most or about",
    })
    .optional(),
  counts: text,
  period: text.optional(),
  stated_by: text.optional(),
  kind: z.enum(["count", "claim", "offer"], { error: "is not a kind; use count, claim or offer" }),
  section: text,
  passage: text,
  /** Found by an import: off until an editor takes the line out. */
  proposed: z.boolean().optional(),
});

const derivedSchema = z.strictObject({
  id,
  label: text,
  names: names.optional(),
  counts: text,
  add: z.array(text).optional(),
  subtract: z.array(text).optional(),
});

const chartSchema = z.strictObject({ id, title: text, figures: z.array(text).min(1, "names no figure") });

/** Each entry is checked by itself, so that one fault does not hide the others. */
const fileSchema = z.strictObject({
  figures: z.array(z.unknown()).default([]),
  derived: z.array(z.unknown()).default([]),
  charts: z.array(z.unknown()).default([]),
});

export interface LoadedFigures {
  readonly book: FigureBook;
  /** Figures that an import found and no editor has accepted: they are off. */
  readonly proposed: number;
  readonly problems: readonly Problem[];
}

/** Other names that two figures have: they find neither. */
function sharedNames(figures: Iterable<Figure>, lineOf: (id: string) => number, file: string): Problem[] {
  const named = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { id, names } of figures)
    for (const name of names) {
      const key = name.toLowerCase();
      const other = named.get(key) ?? id;
      named.set(key, other);
      if (other !== id)
        problems.push({
          file,
          line: lineOf(id),
          message: `"${other}" and "${id}" are both called "${name}"`,
          remedy: "leave the name to one of them: it finds neither",
        });
    }
  return problems;
}

/** Checks a figure file's text against its explainer. */
export function readFigures(yaml: string, explainer: Explainer, file: string): LoadedFigures {
  const checked = checkYaml(yaml, fileSchema, file);
  if (!checked.value) return { book: NO_FIGURES, proposed: 0, problems: checked.problems };
  const { value: content, lineOf } = checked;
  const problems: Problem[] = [];
  const figures = new Map<string, Figure>();
  let proposed = 0;
  const ids = new Map<string, number>();

  function entries<T>(
    part: "figures" | "derived" | "charts",
    schema: z.ZodType<T>,
  ): { entry: T; line: (key: string) => number }[] {
    return content[part].flatMap((raw, index) => {
      const parsed = schema.safeParse(raw);
      if (parsed.success) return [{ entry: parsed.data, line: (key: string) => lineOf([part, index, key]) }];
      const named = typeof raw === "object" && raw !== null && "id" in raw ? ` of "${String(raw.id)}"` : "";
      for (const issue of parsed.error.issues) {
        problems.push({
          file,
          line: lineOf([part, index, ...issue.path]),
          message: `${issue.path.length > 0 ? `"${issue.path.map(String).join(".")}"` : "the entry"}${named} ${issue.message}`,
          remedy: "it is left out until it is mended",
        });
      }
      return [];
    });
  }

  function taken(name: string, line: number): boolean {
    const before = ids.get(name);
    if (before === undefined) {
      ids.set(name, line);
      return false;
    }
    problems.push({
      file,
      line,
      message: `the figure id "${name}" stands at line ${before} too`,
      remedy: "give one of them another id",
    });
    return true;
  }

  for (const { entry, line } of entries("figures", figureSchema)) {
    if (entry.proposed === true) {
      proposed++;
      continue;
    }
    if (taken(entry.id, line("id"))) continue;
    const section = explainer.sections.find((each) => each.id === entry.section);
    if (!section) {
      problems.push({
        file,
        line: line("section"),
        message: `"${entry.id}" names the section "${entry.section}", and there is none`,
        remedy: `use one of ${explainer.sections.map((each) => each.id).join(", ")}`,
      });
      continue;
    }
    const holding = section.passages.flatMap((passage, index) => (passage.text.includes(entry.passage) ? [index] : []));
    const passage = holding[0];
    if (passage === undefined || holding.length > 1) {
      problems.push({
        file,
        line: line("passage"),
        message: `"${entry.passage}" stands in ${holding.length === 0 ? "no passage" : `${holding.length} passages`} of "${entry.section}"`,
        remedy: `quote words of the sentence that states "${entry.id}" as it reads now`,
      });
      continue;
    }
    const statement = section.passages[passage]?.text ?? "";
    if (!states(entry.passage, entry.value)) {
      const shown = typeof entry.value === "number" ? String(entry.value) : `${entry.value.from} to ${entry.value.to}`;
      problems.push({
        file,
        line: line("value"),
        message: `"${entry.id}" is ${shown}, and the words "${entry.passage}" do not hold that`,
        remedy: "mend the value, or quote the words that state it; the figure is left out, for it may be wrong",
      });
      continue;
    }
    figures.set(entry.id, {
      id: entry.id,
      label: entry.label,
      names: entry.names ?? [],
      value: entry.value,
      unit: entry.unit,
      shareOf: entry.share_of,
      qualifier: entry.qualifier,
      counts: entry.counts,
      period: entry.period,
      statedBy: entry.stated_by,
      kind: entry.kind,
      section: entry.section,
      passage,
      statement,
      from: [],
    });
  }

  for (const { entry, line } of entries("derived", derivedSchema)) {
    if (taken(entry.id, line("id"))) continue;
    const operation = entry.add ? "add" : "subtract";
    const worked = entry.add ?? entry.subtract ?? [];
    const missing = worked.filter((name) => !figures.has(name));
    const parts = worked.flatMap((name) => figures.get(name) ?? []);
    const fault =
      (entry.add === undefined) === (entry.subtract === undefined)
        ? "it needs either add or subtract"
        : missing.length > 0
          ? `there is no figure ${missing.map((name) => `"${name}"`).join(" and ")} to work with`
          : underivable(parts);
    if (fault !== undefined) {
      problems.push({
        file,
        line: line(operation),
        message: `"${entry.id}" cannot be worked out: ${fault}`,
        remedy: "mend it, or the figures that it names",
      });
      continue;
    }
    const { names = [], label, counts } = entry;
    figures.set(entry.id, derive({ id: entry.id, label, names, counts, operation, parts }, explainer.language));
  }

  problems.push(...sharedNames(figures.values(), (id) => ids.get(id) ?? 1, file));

  const charts: ChartPlan[] = [];
  for (const { entry, line } of entries("charts", chartSchema)) {
    if (taken(entry.id, line("id"))) continue;
    const missing = entry.figures.filter((name) => !figures.has(name));
    const drawn = entry.figures.flatMap((name) => figures.get(name) ?? []);
    const unlike = drawn.some(
      (figure) =>
        figure.unit !== drawn[0]?.unit || figure.shareOf !== drawn[0].shareOf || typeof figure.value !== "number",
    );
    if (missing.length > 0 || unlike) {
      const why =
        missing.length > 0
          ? `there is no figure ${missing.map((name) => `"${name}"`).join(" and ")}`
          : "its figures do not share a unit";
      problems.push({
        file,
        line: line("figures"),
        message: `the chart "${entry.id}" cannot be drawn: ${why}`,
        remedy: "mend the list or the figures",
      });
      continue;
    }
    charts.push(entry);
  }
  return { book: { figures: [...figures.values()], charts }, proposed, problems };
}

/** Reads the figures that stand beside an explainer's article; none there is no fault. */
export async function loadFigures(explainer: Explainer): Promise<LoadedFigures> {
  if (!explainer.folder) return { book: NO_FIGURES, proposed: 0, problems: [] };
  const path = join(explainer.folder, FIGURES_FILE);
  const yaml = await readFile(path, "utf8").catch(() => undefined);
  if (yaml === undefined) return { book: NO_FIGURES, proposed: 0, problems: [] };
  return readFigures(yaml, explainer, relative(process.cwd(), path) || path);
}
