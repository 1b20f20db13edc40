// From a folder or a plain article file to an explainer.
import { readFile, readdir, stat } from "node:fs/promises";
import { basename, extname, join, relative } from "node:path";
import { ContentError } from "./content-error.js";
import { decodeText } from "./page/decode.js";
import { readArticle, type Loaded } from "./read-article.js";

/** The article file of an explainer folder. */
export const ARTICLE_FILE = "explainer.md";
/** Its intents file is the one that all explainers share. */
const RESERVED_ID = "common";
const MAX_ARTICLE_BYTES = 10 * 1024 * 1024;

const shown = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
};

async function readBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > MAX_ARTICLE_BYTES)
    throw new ContentError(`${shown(path)} is larger than 10 MB; an article is text, so take out what is not`);
  return readFile(path);
}

const unreadable = (file: string, remedy: string, error: unknown): never => {
  if (error instanceof ContentError) throw error;
  throw new ContentError(`${shown(file)} cannot be read; ${remedy}`, { cause: error });
};

/** Reads one explainer folder, or one article file as an import reads it. Throws {@link ContentError} where it cannot be read at all. */
export async function loadExplainer(path: string): Promise<Loaded> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry)
    throw new ContentError(
      `there is no explainer at ${shown(path)}; name an id under the data folder, a folder or an article file`,
    );
  if (!entry.isDirectory()) {
    const bytes = await readBytes(path).catch((error: unknown) => unreadable(path, "check its permissions", error));
    const extension = extname(path).toLowerCase();
    // What reads pages is loaded where one is read: a folder holds Markdown.
    const { readArticleFile } = await import("./read-file.js");
    return readArticleFile(bytes, { name: shown(path), extension, id: basename(path, extname(path)) });
  }
  const file = join(path, ARTICLE_FILE);
  const bytes = await readBytes(file).catch((error: unknown) =>
    unreadable(file, `an explainer folder holds its article in ${ARTICLE_FILE}`, error),
  );
  const decoded = decodeText(bytes, undefined);
  if (!("text" in decoded)) throw new ContentError(`${shown(file)} is not text; save the article as Markdown in UTF-8`);
  const id = basename(path);
  if (id === RESERVED_ID)
    throw new ContentError(
      `"${RESERVED_ID}" cannot be an explainer's id, for intents/${RESERVED_ID}.yaml is everybody's; rename the folder`,
    );
  const { explainer, problems } = readArticle(decoded.text, "markdown", id, shown(file));
  return { explainer: explainer && { ...explainer, folder: path }, problems };
}

/** The same, with a file that cannot be read told as a problem, so that one of many does not stop the others. */
export async function tryLoadExplainer(path: string): Promise<Loaded> {
  return loadExplainer(path).catch((error: unknown) => {
    if (!(error instanceof ContentError)) throw error;
    return {
      explainer: undefined,
      problems: [{ file: shown(path), message: error.message, remedy: "it is left out until it is mended" }],
    };
  });
}

/** The explainer folders under `dataDir`, by name. A folder is one if it holds an article. Throws {@link ContentError} where `dataDir` is not there. */
async function listExplainers(dataDir: string): Promise<string[]> {
  const entries = await readdir(dataDir, { withFileTypes: true }).catch((error: unknown) => {
    throw new ContentError(
      `the content folder ${shown(dataDir)} cannot be read; set DATA_DIR to the folder that holds your explainers`,
      { cause: error },
    );
  });
  // One with a dot before its name is on its way in.
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found = await Promise.all(
    folders.map(async (name) =>
      (await stat(join(dataDir, name, ARTICLE_FILE)).catch(() => undefined)) ? name : undefined,
    ),
  );
  return found.filter((name) => name !== undefined).sort();
}

/**
 * Where the explainers are that a command is to read: all under `dataDir`, or the one that `only` names (an id under
 * `dataDir`, a folder, an article file). Throws {@link ContentError} where `dataDir` is not there.
 */
export async function explainerPaths(dataDir: string, only: string | undefined): Promise<string[]> {
  if (only === undefined) return (await listExplainers(dataDir)).map((id) => join(dataDir, id));
  const asId = join(dataDir, only);
  const isId = !/[/\\]/.test(only) && (await stat(asId).catch(() => undefined));
  return [isId ? asId : only];
}
