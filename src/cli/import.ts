// `npm run import`: makes an explainer folder from an article.
import { createReadStream } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { explainerMarkdown, htmlToMarkdown, looksLikeHtml } from "../explainer/import.js";
import { ARTICLE_FILE, ContentError, readArticle } from "../explainer/load.js";
import { shownAddress } from "../explainer/web-address.js";
import type { Explainer } from "../explainer/types.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { problemLine } from "../explainer/problem-line.js";

const LONGEST_WAIT = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Bytes as text, by the character set that was declared, else UTF-8. Throws {@link ContentError} where they are not text. */
function decode(bytes: Uint8Array, name: string, declared: string | undefined): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  const inside = /<meta[^<>]{0,200}charset=["']?([\w-]{1,40})/i.exec(
    Buffer.from(bytes.subarray(0, 2048)).toString("latin1"),
  )?.[1];
  const charset = mark ?? declared ?? inside ?? "utf-8";
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    if (!text.includes("\u0000")) return text;
  } catch {
    // Told below: a wrong character set and no text at all come to the same.
  }
  throw new ContentError(`${name} is not text in ${charset}; save the article as .txt, .md or .html in UTF-8`);
}

async function readAtMost(body: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > MAX_BYTES)
      throw new ContentError(`${name} is larger than 4 MiB; save the article's text and import that`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `shown`: the address as it may be printed. */
async function fetchPage(url: string, shown: string): Promise<string> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(LONGEST_WAIT),
      headers: { accept: "text/html, text/markdown, text/plain" },
    });
    if (!response.ok)
      throw new ContentError(
        `${shown} answered ${response.status}; save the page from your browser and import the file`,
      );
    const type = response.headers.get("content-type") ?? "";
    if (!/^(?:text\/|application\/xhtml)|^$/i.test(type))
      throw new ContentError(`${shown} is ${type}, not a page; save its text and import that`);
    const bytes = response.body ? await readAtMost(response.body, shown) : new Uint8Array();
    return decode(bytes, shown, /charset=["']?([\w-]{1,40})/i.exec(type)?.[1]);
  } catch (error) {
    if (error instanceof ContentError) throw error;
    throw new ContentError(
      `${shown} could not be fetched; check the address and your connection, or save the page and import the file`,
      { cause: error },
    );
  }
}

async function readFileText(path: string): Promise<string> {
  const fault = (error: unknown): never => {
    if (error instanceof ContentError) throw error;
    throw new ContentError(`${path} cannot be read; name a .txt, .md or .html file, or a web address`, {
      cause: error,
    });
  };
  return decode(await readAtMost(createReadStream(path), path).catch(fault), path, undefined);
}

function pageText(html: string, name: string): string {
  try {
    return htmlToMarkdown(html);
  } catch (error) {
    throw new ContentError(`${name} cannot be read as a page; save its text and import that`, { cause: error });
  }
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
    const { address, masked } = shownAddress(from);
    const text = web ? await fetchPage(from, address) : await readFileText(from);
    const html = looksLikeHtml(text);
    const markdown = html ? pageText(text, address) : text;
    const kind = !html && extname(from).toLowerCase() === ".txt" ? "text" : "markdown";
    const { explainer, problems, leftOut = 0 } = readArticle(markdown, kind, basename(values.out), address);
    if (!explainer) {
      for (const problem of problems) err.write(`${problemLine(problem)}\n`);
      return EXIT.found;
    }
    const imported: Explainer = web ? { ...explainer, source: { ...explainer.source, url: address } } : explainer;
    try {
      await mkdir(values.out, { recursive: true });
      await writeFile(target, explainerMarkdown(imported), { flag: "wx" });
    } catch (error) {
      throw new ContentError(`${target} cannot be written; choose a folder that can`, { cause: error });
    }
    out.write(`${target}: ${imported.sections.length} sections\n`);
    if (masked)
      err.write(
        `The address holds a password or a key, which readers must not see: the source is given as ${address}. Check that it opens.\n`,
      );
    if (leftOut > 0)
      err.write(
        `${leftOut} ${leftOut === 1 ? "paragraph stands" : "paragraphs stand"} under no question and ${leftOut === 1 ? "was" : "were"} left out.\n`,
      );
    out.write(
      "Next: check the front matter (language, time zone, as_of), shorten the section ids, and add utterances under intents/.\n",
    );
    return EXIT.done;
  },
};
