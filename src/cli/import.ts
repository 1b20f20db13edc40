// `npm run import`: makes an explainer folder from an article.
import { createReadStream } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { label } from "../cards/label.js";
import { explainerMarkdown, readForImport, kindOf } from "../explainer/import.js";
import { ARTICLE_FILE, ContentError } from "../explainer/load.js";
import { shownAddress } from "../explainer/web-address.js";
import type { Explainer } from "../explainer/types.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { decodeText } from "../explainer/page/decode.js";
import { problemLine } from "../explainer/problem-line.js";

const LONGEST_WAIT = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;
/** Texts that were left out and are told, and characters of each. */
const SHOWN_LEFT_OUT = 20;
const LEFT_OUT_LENGTH = 100;
/** Files that people take for articles. */
const OTHER_FORMATS = [
  {
    magic: "%PDF",
    name: "a PDF",
    remedy: "open it, copy its text into a .txt file and import that, or import the page it was made of",
  },
  {
    magic: "PK\u0003\u0004",
    name: "a Word or other packed file",
    remedy: "save it as a web page (.html) or as plain text and import that",
  },
  {
    magic: "\u00d0\u00cf\u0011\u00e0",
    name: "an old Word file",
    remedy: "save it as a web page (.html) or as plain text and import that",
  },
  { magic: "{\\rtf", name: "rich text", remedy: "save it as a web page (.html) or as plain text and import that" },
] as const;

/** Bytes as text. Throws {@link ContentError} where they are not text. */
function decode(bytes: Uint8Array, name: string, declared: string | undefined): string {
  const what = OTHER_FORMATS.find(({ magic }) =>
    Buffer.from(bytes.subarray(0, 8)).toString("latin1").startsWith(magic),
  );
  if (what) throw new ContentError(`${name} is ${what.name}; ${what.remedy}`);
  const read = decodeText(bytes, declared);
  if ("text" in read) return read.text;
  throw new ContentError(`${name} is not text in ${read.charset}; save the article as .txt, .md or .html in UTF-8`);
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
    const kind = kindOf(text, web ? ".html" : extname(from).toLowerCase());
    const { explainer, problems, leftOut, notes } = readForImport(text, kind, basename(values.out), address);
    if (!explainer) {
      for (const problem of problems) err.write(`${problemLine(problem)}\n`);
      return EXIT.found;
    }
    const imported: Explainer = web
      ? { ...explainer, source: { ...explainer.source, url: explainer.source.url ?? address } }
      : explainer;
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
    for (const note of notes) err.write(`Look at this: ${note}\n`);
    if (leftOut.length > 0) {
      err.write(`Left out, for it stands under no question:\n`);
      for (const text of leftOut.slice(0, SHOWN_LEFT_OUT))
        err.write(`  ${label(text.replace(/\s+/g, " "), LEFT_OUT_LENGTH)}\n`);
      if (leftOut.length > SHOWN_LEFT_OUT) err.write(`  … and ${leftOut.length - SHOWN_LEFT_OUT} more\n`);
    }
    out.write(
      "Next: check the front matter (language, time zone, as_of), shorten the section ids, and add utterances under intents/.\n",
    );
    return notes.length > 0 ? EXIT.found : EXIT.done;
  },
};
