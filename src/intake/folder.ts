// An explainer's folder as imports write it: made whole or not at all, brought together with what an editor did since.
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { ContentError } from "../explainer/content-error.js";
import { decodeText } from "../explainer/page/decode.js";
import { makeFolder } from "../explainer/cache-file.js";
import { frontMatterOf } from "../explainer/front-matter.js";
import type { Imported } from "../explainer/import.js";
import { ARTICLE_FILE } from "../explainer/load.js";
import type { Explainer } from "../explainer/types.js";
import { FIGURES_FILE } from "../figures/load.js";
import { explainerMarkdown } from "../explainer/write-article.js";
import { chunksOf, type Chunks } from "./chunks.js";
import type { Validators } from "./fetch-page.js";
import { lookMark } from "./look.js";
import { mergeImport, type Change } from "./merge.js";
import { proposedFigures } from "./propose-figures.js";

/** What the last import took, so that the next can tell who changed what. */
export const BASE_FILE = "imported.md";

export interface WriteOptions {
  readonly folder: string;
  /** Where it came from, as it may be shown. */
  readonly from: string;
  readonly validators?: Validators | undefined;
  readonly accept: boolean;
  readonly dryRun: boolean;
}

export interface Written {
  readonly kind: "made" | "merged";
  readonly changes: readonly Change[];
  /** What of the front matter the page changed, a line each. */
  readonly front: readonly string[];
  /** Figures proposed in a file of their own that was not there before. */
  readonly proposed: number;
}

/** A file's text, whatever it was saved as, with plain line ends. */
const readIfThere = async (path: string): Promise<string | undefined> =>
  readFile(path)
    .then((bytes) => {
      const read = decodeText(bytes, undefined);
      if ("text" in read) return read.text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
      throw new ContentError(`${path} is not text in UTF-8; save it as that`);
    })
    .catch((error: unknown) => {
      if (error instanceof ContentError) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      if (code === "ENOENT" || code === "ENOTDIR") return undefined;
      throw new ContentError(`${path} cannot be read (${code}); mend its permissions`, {
        cause: error,
      });
    });

/** Writes a file so that nobody ever reads half of it, and a kill leaves the old one or the new. */
async function writeWhole(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await open(beside, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The article with remarks where an editor should look. */
function markedMarkdown(text: string, notes: readonly string[]): string {
  if (notes.length === 0) return text;
  const end = frontMatterOf(text)?.whole.length ?? 0;
  return `${text.slice(0, end)}\n${notes.map((note) => lookMark(note)).join("\n\n")}\n${text.slice(end)}`;
}

function baseText(markdown: string, { from, validators }: WriteOptions): string {
  const document = parseDocument("");
  document.commentBefore =
    " What the last import took from the page. The next one compares with it: leave it as it is.";
  document.set("imported", {
    from,
    ...(validators?.etag === undefined ? {} : { etag: validators.etag }),
    ...(validators?.modified === undefined ? {} : { modified: validators.modified }),
  });
  return markdown.replace(/^---\n/, `---\n${document.toString({ lineWidth: 0 })}`);
}

interface Base {
  readonly chunks: Chunks;
  readonly validators: Validators;
}

async function readBase(folder: string): Promise<Base | undefined> {
  const text = await readIfThere(join(folder, BASE_FILE));
  const matter = frontMatterOf(text ?? "");
  if (!matter) return undefined;
  try {
    const document = parseDocument(matter.yaml);
    const known = (document.get("imported") as { toJSON(): Record<string, unknown> } | undefined)?.toJSON() ?? {};
    const said = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
    document.delete("imported");
    document.commentBefore = null;
    const front = `---\n${document.toString({ lineWidth: 0 })}---\n`;
    return {
      chunks: chunksOf(front + matter.body, basename(folder), join(folder, BASE_FILE)),
      validators: { etag: said(known["etag"]), modified: said(known["modified"]) },
    };
  } catch {
    // Somebody touched it: then it cannot be told who changed what, and nothing of the editor's is overwritten.
    return undefined;
  }
}

/** What is known of the last import: what to ask the page's server with whether it has changed, and the sections it took. */
export async function lastImport(folder: string): Promise<{ readonly known?: Validators; readonly sections: number }> {
  const base = await readBase(folder);
  return base ? { known: base.validators, sections: base.chunks.sections.length } : { sections: 0 };
}

async function make(
  {
    explainer,
    markdown,
    notes,
  }: { readonly explainer: Explainer; readonly markdown: string; readonly notes: readonly string[] },
  options: WriteOptions,
): Promise<Written> {
  const { folder, dryRun } = options;
  const figures = proposedFigures(explainer);
  const there = await stat(folder).catch(() => undefined);
  const files: [string, string][] = [
    [BASE_FILE, baseText(markdown, options)],
    [ARTICLE_FILE, markedMarkdown(markdown, notes)],
  ];
  const propose = figures.count > 0 && (await readIfThere(join(folder, FIGURES_FILE))) === undefined;
  if (propose) files.unshift([FIGURES_FILE, figures.text]);
  const written: Written = { kind: "made", changes: [], front: [], proposed: propose ? figures.count : 0 };
  if (dryRun) return written;
  if (there) {
    // The article comes last: without it the folder is no explainer yet.
    for (const [name, text] of files) await writeWhole(join(folder, name), text);
    return written;
  }
  const parent = dirname(folder);
  await makeFolder(parent);
  const beside = join(parent, `.${basename(folder)}.${randomUUID()}`);
  try {
    await mkdir(beside);
    for (const [name, text] of files) await writeWhole(join(beside, name), text);
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  return written;
}

/** Times that an editor may save between our reading and writing before it is given up. */
const TRIES = 5;

/**
 * Writes what an import took: a new folder, or brought together with the one that is there. Throws {@link ContentError} where the
 * editor's file has faults, or cannot be written.
 */
export async function writeImport(
  { explainer, notes }: Imported & { readonly explainer: Explainer },
  options: WriteOptions,
): Promise<Written> {
  const { folder, accept, dryRun } = options;
  const path = join(folder, ARTICLE_FILE);
  const id = basename(folder);
  const markdown = explainerMarkdown(explainer);
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const text = await readIfThere(path);
      if (text === undefined) return await make({ explainer, markdown, notes }, options);
      const edited = chunksOf(text, id, path);
      const base = await readBase(folder);
      const fresh = chunksOf(markdown, id, path);
      const merged = mergeImport(edited, base?.chunks, fresh, { accept });
      if (chunksOf(merged.text, id, path).sections.length !== merged.sections)
        throw new ContentError(
          `${path} is written in a way that the page's new version cannot be brought into; write each question as "${edited.signs} Question {#id}" and import again. Nothing was changed`,
        );
      const written: Written = { kind: "merged", changes: merged.changes, front: merged.front, proposed: 0 };
      if (dryRun) return written;
      if ((await readIfThere(path)) !== text) continue;
      // The article first: a kill between the two costs nothing, for the same page is then brought in once more.
      if (merged.changes.length > 0 || merged.front.length > 0) await writeWhole(path, merged.text);
      const taken = baseText(markdown, options);
      if ((await readIfThere(join(folder, BASE_FILE))) !== taken) await writeWhole(join(folder, BASE_FILE), taken);
      return written;
    }
  } catch (error) {
    if (error instanceof ContentError) throw error;
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new ContentError(`${folder} cannot be written${code}; choose a folder that can`, { cause: error });
  }
  throw new ContentError(`${path} is being edited; import again in a moment`);
}
