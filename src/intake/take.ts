// An article from a file or an address to what an import takes of it.
import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { ContentError } from "../explainer/content-error.js";
import type { Imported } from "../explainer/import.js";
import { readArticleFile } from "../explainer/read-file.js";
import { shownAddress } from "../explainer/web-address.js";
import type { FetchOptions, Validators } from "./fetch-page.js";

const MAX_BYTES = 10 * 1024 * 1024;

export type Taken =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "taken";
      readonly imported: Imported;
      /** As it may be shown. */
      readonly from: string;
      readonly validators: Validators | undefined;
    };

export const isAddress = (from: string): boolean => /^https?:\/\//i.test(from);

/** Of the media types that a server may name, those that are no page. */
const EXTENSIONS: readonly (readonly [RegExp, string])[] = [
  [/markdown/, ".md"],
  [/^text\/plain$/, ".txt"],
  [/json/, ".json"],
  [/html/, ".html"],
];

async function readFileBytes(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of createReadStream(path) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > MAX_BYTES)
        throw new ContentError(`${path} is larger than 10 MB; save the article's text and import that`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof ContentError) throw error;
    throw new ContentError(`${path} cannot be read; name a file, such as article.html, or a web address`, {
      cause: error,
    });
  }
  return Buffer.concat(parts);
}

/** Takes an article. `id` names the explainer that comes of it. Throws {@link ContentError} with what to do instead. */
export async function takeArticle(from: string, id: string, options: FetchOptions): Promise<Taken> {
  if (!isAddress(from)) {
    const extension = extname(from).toLowerCase();
    const imported = await readArticleFile(await readFileBytes(from), { name: from, extension, id });
    return { kind: "taken", imported, from, validators: undefined };
  }
  // What speaks with the web is loaded where it is spoken with.
  const { fetchPage } = await import("./fetch-page.js");
  const fetched = await fetchPage(from, options);
  if (fetched.kind === "unchanged") return fetched;
  const { address } = shownAddress(from);
  const { bytes, type, charset, validators } = fetched;
  const path = extname(new URL(fetched.address).pathname).toLowerCase();
  const extension =
    EXTENSIONS.find(([pattern]) => pattern.test(type))?.[1] ??
    (EXTENSIONS.some(([, each]) => each === path) || path === ".docx" ? path : ".html");
  // A text file on the web may be Markdown by its name.
  const named = extension === ".txt" && /^\.(?:md|markdown|rst|adoc)$/.test(path) ? path : extension;
  const imported = await readArticleFile(bytes, {
    name: address,
    extension: named,
    id,
    charset,
    address: fetched.address,
  });
  const { explainer } = imported;
  return {
    kind: "taken",
    imported: explainer
      ? {
          ...imported,
          explainer: { ...explainer, source: { ...explainer.source, url: explainer.source.url ?? address } },
        }
      : imported,
    from: address,
    validators,
  };
}
