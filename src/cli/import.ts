// `npm run import`: makes an explainer folder from an article, or brings a new version of it into the folder that is there.
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { label } from "../cards/label.js";
import type { Config } from "../config.js";
import type { Imported } from "../explainer/import.js";
import { loadIntents } from "../explainer/intents.js";
import { ARTICLE_FILE, tryLoadExplainer } from "../explainer/load.js";
import { parseRefresh } from "../explainer/refresh-time.js";
import { problemLine } from "../explainer/problem-line.js";
import { shownAddress } from "../explainer/web-address.js";
import { loadFigures } from "../figures/load.js";
import { writeImport, type Written } from "../intake/folder.js";
import type { Change } from "../intake/merge.js";
import { followSource } from "../intake/refresh.js";
import { isAddress, takeArticle, type Taken } from "../intake/take.js";
import { EXIT, readArguments, UsageError, type Command, type Streams } from "./command.js";
import { printable } from "./terminal.js";

/** Texts that were left out and are told, and characters of each. */
const SHOWN_LEFT_OUT = 20;
const SHOWN_LENGTH = 100;
/** Lines of a change that are shown of each side. */
const SHOWN_LINES = 6;

const short = (text: string): string => label(printable(text.replace(/\s+/g, " ")), SHOWN_LENGTH);

const KINDS: Record<Change["kind"], string> = {
  changed: "changed",
  new: "new",
  renamed: "renamed",
  moved: "moved",
  withdrawn: "withdrawn",
  "both changed": "changed on both sides",
  "taken out": "changed, but you took it out",
};

/** Changes as a diff: what the page had, what it has. */
function changeLines(changes: readonly Change[]): string[] {
  const side = (mark: string, lines: readonly string[]): string[] => [
    ...lines.slice(0, SHOWN_LINES).map((line) => `    ${mark} ${short(line)}`),
    ...(lines.length > SHOWN_LINES ? [`    ${mark} … and ${lines.length - SHOWN_LINES} more`] : []),
  ];
  return changes.flatMap(({ kind, heading, id, before, now, look }) => [
    `  ${KINDS[kind]}: “${short(heading)}” (${id})${look ? "  <- look" : ""}`,
    ...side("-", before),
    ...side("+", now),
  ]);
}

function reportLeftOut(leftOut: readonly string[], err: NodeJS.WritableStream): void {
  if (leftOut.length === 0) return;
  err.write(`Left out, for it stands under no question:\n`);
  for (const text of leftOut.slice(0, SHOWN_LEFT_OUT)) err.write(`  ${short(text)}\n`);
  if (leftOut.length > SHOWN_LEFT_OUT) err.write(`  … and ${leftOut.length - SHOWN_LEFT_OUT} more\n`);
}

/** What stands beside the article and no longer fits it. */
async function reportUnfit(folder: string, config: Config, err: NodeJS.WritableStream): Promise<number> {
  const { explainer, problems } = await tryLoadExplainer(folder);
  const beside = explainer
    ? [...(await loadFigures(explainer)).problems, ...(await loadIntents(config.intentsDir, explainer)).problems]
    : problems;
  for (const problem of beside) err.write(`${problemLine(problem)}\n`);
  return beside.length;
}

function reportMade(
  folder: string,
  imported: Imported,
  { proposed }: Written,
  dryRun: boolean,
  { out, err }: Streams,
): void {
  const sections = imported.explainer?.sections ?? [];
  out.write(`${join(folder, ARTICLE_FILE)}: ${sections.length} sections${dryRun ? ", none written" : ""}\n`);
  for (const { heading, id, passages } of sections)
    out.write(`  ${id}: ${short(heading)} (${passages.length} passages)\n`);
  for (const note of imported.notes) err.write(`Look at this: ${note}\n`);
  reportLeftOut(imported.leftOut, err);
  if (dryRun) return;
  if (proposed > 0)
    out.write(`${join(folder, "figures.yaml")}: ${proposed} figures proposed; each is off until you accept it\n`);
  out.write(
    `Next: npm run preview -- ${folder} shows it as readers will see it; npm run validate -- ${folder} says what to look at.\n`,
  );
}

function reportMerged(folder: string, { changes, front }: Written, dryRun: boolean, { out, err }: Streams): number {
  const looks = changes.filter(({ look }) => look).length;
  const path = join(folder, ARTICLE_FILE);
  const count = changes.length + front.length;
  if (count === 0) out.write(`${path}: the page says what it said at the last import\n`);
  else {
    out.write(`${path}: ${count} ${count === 1 ? "change" : "changes"}${dryRun ? ", none written" : ""}\n`);
    for (const line of front) out.write(`  front matter: ${printable(line)}\n`);
    for (const line of changeLines(changes)) out.write(`${line}\n`);
  }
  if (looks > 0)
    err.write(
      `Look at ${looks} of them: what you wrote stands, and remarks (<!-- look: … -->) stand where the page says something else. --accept takes the page's words.\n`,
    );
  return looks;
}

async function importOnce(
  taken: Extract<Taken, { kind: "taken" }>,
  options: { readonly folder: string; readonly accept: boolean; readonly dryRun: boolean },
  config: Config,
  streams: Streams,
): Promise<number> {
  const { imported, from, validators } = taken;
  const { folder, dryRun } = options;
  const { explainer } = imported;
  if (!explainer) {
    for (const problem of imported.problems) streams.err.write(`${problemLine(problem)}\n`);
    reportLeftOut(imported.leftOut, streams.err);
    return EXIT.found;
  }
  const written = await writeImport({ ...imported, explainer }, { ...options, from, validators });
  if (written.kind === "made") {
    reportMade(folder, imported, written, dryRun, streams);
    return imported.notes.length > 0 ? EXIT.found : EXIT.done;
  }
  const looks = reportMerged(folder, written, dryRun, streams);
  for (const note of imported.notes) streams.err.write(`Look at this: ${note}\n`);
  const unfit = dryRun ? 0 : await reportUnfit(folder, config, streams.err);
  return looks + unfit + imported.notes.length > 0 ? EXIT.found : EXIT.done;
}

/** Follows a page until the process is told to stop. */
async function watch(
  from: string,
  folder: string,
  every: number,
  config: Config,
  { out, err }: Streams,
): Promise<number> {
  const ended = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.abort());
  out.write(
    `Looking at ${shownAddress(from).address} now and every ${Math.round(every / 60_000)} minutes. Press Ctrl+C to stop.\n`,
  );
  await followSource(
    { from, folder, every, ownHosts: config.importHosts },
    {
      signal: ended.signal,
      alone: true,
      told: (event) => {
        if (event.kind === "merged") {
          out.write(`${join(folder, ARTICLE_FILE)}: ${event.changes.length} changes\n`);
          for (const line of changeLines(event.changes)) out.write(`${line}\n`);
        } else if (event.kind === "made") out.write(`${join(folder, ARTICLE_FILE)}: made\n`);
        else if (event.kind === "failed") err.write(`${event.reason}\n`);
      },
    },
  );
  return EXIT.done;
}

export const importArticle: Command = {
  about: "Makes an explainer folder from an article, or brings a new version of it into one.",
  usage: [
    "npm run import -- FILE-or-URL --out DIR     a page, Markdown, text, Word, JSON or a feed; DIR becomes the explainer, its name the id",
    "  --dry-run                                 shows what would change, and writes nothing",
    "  --accept                                  takes the page's words where you and the page changed the same, and takes out what it withdrew",
    "npm run import -- --watch URL --out DIR [--every 1h]",
  ].join("\n"),
  async run(args, config, streams) {
    const { values, positionals } = readArguments(args, {
      out: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      accept: { type: "boolean", default: false },
      watch: { type: "string" },
      every: { type: "string", default: "1h" },
    });
    const [named, ...rest] = positionals;
    const from = values.watch ?? named;
    if (from === undefined || rest.length > 0 || (values.watch !== undefined && named !== undefined))
      throw new UsageError("name one file or web address");
    if (values.out === undefined) throw new UsageError("say where to with --out DIR, such as data/my-story");
    const folder = values.out;
    const there = await stat(folder).catch(() => undefined);
    if (there && !there.isDirectory()) throw new UsageError(`${folder} is a file; name a folder for the explainer`);
    if (basename(resolve(folder)) === "common")
      throw new UsageError(
        "\"common\" cannot be an explainer's id, for its utterances are everybody's; choose another name",
      );
    const every = parseRefresh(values.every);
    if (every === undefined) throw new UsageError(`"${values.every}" is no time; write 30m, 1h or 1d, 5m at least`);
    if (values.watch !== undefined) {
      if (!isAddress(values.watch)) throw new UsageError("--watch takes a web address");
      return watch(values.watch, folder, every, config, streams);
    }
    const taken = await takeArticle(from, basename(resolve(folder)), { ownHosts: config.importHosts });
    if (taken.kind === "unchanged") throw new UsageError(`${shownAddress(from).address} sent no page; try again later`);
    const { masked, address } = shownAddress(from);
    if (masked)
      streams.err.write(
        `The address holds a password or a key, which readers must not see: the source is given as ${address}. Check that it opens.\n`,
      );
    return importOnce(taken, { folder, accept: values.accept, dryRun: values["dry-run"] }, config, streams);
  },
};
