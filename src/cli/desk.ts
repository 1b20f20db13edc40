// `npm run desk`: what waits and what was taught, and its export into the utterances; `npm run report`: what readers asked.
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { createLog } from "../log.js";
import type { Config } from "../config.js";
import { ContentError } from "../explainer/content-error.js";
import { explainerPaths, loadExplainer } from "../explainer/load.js";
import type { Explainer } from "../explainer/types.js";
import { exportLessons } from "../desk/export.js";
import { createQueue } from "../desk/queue.js";
import { readReport, reportCard, reportCsv } from "../desk/report.js";
import { createTeaching } from "../desk/teaching.js";
import { openStorage, type Storage } from "../storage/open.js";
import { EXIT, readArguments, UsageError, type Command, type Streams } from "./command.js";
import { printable, renderCard } from "./terminal.js";

const LISTED = 50;
const WEEK = 7;

async function explainersOf(config: Config): Promise<Explainer[]> {
  const loaded = await Promise.all(
    (await explainerPaths(config.dataDir, undefined)).map((path) => loadExplainer(path)),
  );
  return loaded.flatMap(({ explainer }) => explainer ?? []);
}

async function withStore(config: Config, work: (storage: Storage) => Promise<number>): Promise<number> {
  const storage = await openStorage(config.databaseUrl, createLog("silent"));
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** Where an explainer's utterances stand, or would. */
async function intentsOf(config: Config, { id, folder }: Explainer): Promise<{ path: string; text: string }> {
  const paths = [
    join(config.intentsDir, `${id}.yaml`),
    ...(folder === undefined ? [] : [join(folder, "intents.yaml")]),
  ];
  for (const path of paths) {
    const text = await readFile(path, "utf8").catch(() => undefined);
    if (text !== undefined) return { path, text };
  }
  return { path: paths[0] ?? "", text: "voices: []\n" };
}

async function exportAll(config: Config, { db }: Storage, { out, err }: Streams): Promise<number> {
  const teaching = createTeaching(() => db);
  await teaching.refresh();
  let code: number = EXIT.done;
  for (const explainer of await explainersOf(config)) {
    const { path, text } = await intentsOf(config, explainer);
    const file = relative(process.cwd(), path) || path;
    try {
      const { text: written, added, left } = exportLessons(text, explainer, teaching.all());
      for (const { words, section } of left) {
        err.write(
          `${printable(`“${words}” is taught to “${section ?? ""}”, which the article no longer has; take it back in the desk`)}\n`,
        );
        code = EXIT.found;
      }
      if (added.length === 0) continue;
      await writeFile(path, written);
      out.write(`${file}\n${added.map((line) => `  + ${printable(line)}\n`).join("")}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new ContentError(`${file} cannot be added to: ${error.message}; "npm run validate" tells more`);
    }
  }
  return code;
}

export const desk: Command = {
  about: "What waits at the desk, and what was taught.",
  usage: [
    "npm run desk                 the questions that wait, asked most often first",
    "npm run desk -- taught       what was taught",
    "npm run desk -- export       writes what was taught into the utterances, as a change to review",
  ].join("\n"),
  async run(args, config, streams) {
    const { positionals } = readArguments(args, {});
    const [what = "queue", ...more] = positionals;
    if (more.length > 0 || !["queue", "taught", "export"].includes(what))
      throw new UsageError(`it knows no "${printable(positionals.join(" "))}"`);
    return withStore(config, async (storage) => {
      const { out } = streams;
      if (what === "export") return exportAll(config, storage, streams);
      if (what === "taught") {
        const teaching = createTeaching(() => storage.db);
        await teaching.refresh();
        for (const { words, section, kind } of teaching.all())
          out.write(`${printable(section ?? `not answered (${kind ?? ""})`).padEnd(24)}  ${printable(words)}\n`);
        return EXIT.done;
      }
      const rows = await createQueue(storage.db).list("open", LISTED);
      for (const { count, outcome, section, words } of rows)
        out.write(
          `${String(count).padStart(5)}  ${outcome.padEnd(10)}  ${(section ?? "").padEnd(20)}  ${printable(words)}\n`,
        );
      return EXIT.done;
    });
  },
};

export const report: Command = {
  about: "What readers asked: counts alone.",
  usage: [
    "npm run report                 the last seven days",
    "  --days N                     as many days, up to 400",
    "  --csv                        as CSV, a row a day, outcome and section",
  ].join("\n"),
  async run(args, config, streams) {
    const { values, positionals } = readArguments(args, {
      days: { type: "string", default: String(WEEK) },
      csv: { type: "boolean", default: false },
    });
    if (positionals.length > 0) throw new UsageError("it takes no arguments but options");
    if (!/^\d{1,3}$/.test(values.days) || Number(values.days) < 1 || Number(values.days) > 400)
      throw new UsageError(`--days takes a number from 1 to 400, not "${printable(values.days)}"`);
    const days = Number(values.days);
    return withStore(config, async ({ db }) => {
      const { out, plain } = streams;
      if (values.csv) {
        out.write(await reportCsv(db, Date.now(), days));
        return EXIT.done;
      }
      const explainers = await explainersOf(config);
      const [frame] = explainers;
      if (!frame) throw new ContentError(`${config.dataDir} holds no explainer; add a folder with an explainer.md`);
      const read = await readReport(db, Date.now(), days);
      const card = reportCard(read, frame, explainers);
      const bars = { kind: "list" as const, lines: read.days.map(({ day, asked }) => `${day}: ${asked}`) };
      const shown = { ...card, blocks: [...card.blocks, bars], chart: undefined, choices: [], subject: undefined };
      out.write(`${renderCard(shown, { width: out.columns ?? 80, color: out.isTTY === true && !plain })}\n`);
      return EXIT.done;
    });
  },
};
