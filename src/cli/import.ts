// `npm run import`: makes an explainer folder from an article.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { explainerMarkdown, htmlToMarkdown, looksLikeHtml } from "../explainer/import.js";
import { ARTICLE_FILE, ContentError, readArticle } from "../explainer/load.js";
import type { Explainer } from "../explainer/types.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { problemLine } from "./problem-line.js";

const LONGEST_WAIT = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;

async function fetchPage(url: string): Promise<string> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(LONGEST_WAIT),
    headers: { accept: "text/html, text/markdown, text/plain" },
  }).catch((error: unknown) => {
    throw new ContentError(
      `${url} could not be fetched; check the address and your connection, or save the page and import the file`,
      { cause: error },
    );
  });
  if (!response.ok)
    throw new ContentError(`${url} answered ${response.status}; save the page from your browser and import the file`);
  const text = await response.text();
  if (text.length > MAX_BYTES)
    throw new ContentError(`${url} is larger than 4 MiB; save the article's text and import that`);
  return text;
}

async function readFileText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ContentError(`${path} cannot be read; name a .txt, .md or .html file, or a web address`, {
      cause: error,
    });
  });
  if (bytes.length > MAX_BYTES || bytes.includes(0))
    throw new ContentError(`${path} is not an article's text of at most 4 MiB; save it as .txt, .md or .html`);
  return bytes.toString("utf8");
}

export const importArticle: Command = {
  about: "Makes an explainer folder from an article.",
  usage:
    "npm run import -- FILE-or-URL --out DIR     FILE is .txt, .md or .html; DIR becomes the explainer, its name the id",
  async run(args, _config, { out, err }) {
    const { values, positionals } = readArguments(args, { out: { type: "string" } });
    const [from, ...rest] = positionals;
    if (from === undefined || rest.length > 0) throw new UsageError("name one file or web address");
    if (values.out === undefined) throw new UsageError("say where to with --out DIR, such as data/my-story");
    const target = join(values.out, ARTICLE_FILE);
    if (await stat(target).catch(() => undefined))
      throw new UsageError(`${target} is there already; choose another folder, or take it away first`);
    const web = /^https?:\/\//i.test(from);
    const text = web ? await fetchPage(from) : await readFileText(from);
    const html = looksLikeHtml(text);
    const markdown = html ? htmlToMarkdown(text) : text;
    const kind = !html && extname(from).toLowerCase() === ".txt" ? "text" : "markdown";
    const { explainer, problems } = readArticle(markdown, kind, basename(values.out), from);
    if (!explainer) {
      for (const problem of problems) err.write(`${problemLine(problem)}\n`);
      return EXIT.found;
    }
    const imported: Explainer = web ? { ...explainer, source: { ...explainer.source, url: from } } : explainer;
    await mkdir(values.out, { recursive: true });
    await writeFile(target, explainerMarkdown(imported), { flag: "wx" });
    out.write(`${target}: ${imported.sections.length} sections\n`);
    out.write(
      "Next: check the front matter (language, time zone, as_of), shorten the section ids, and add utterances under intents/.\n",
    );
    return EXIT.done;
  },
};
