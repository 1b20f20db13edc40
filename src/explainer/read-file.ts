// An article's bytes, in whatever form they come, to what an import takes from them.
import { kindOf, readForImport, type Imported } from "./import.js";
import { ContentError } from "./content-error.js";
import { decodeText } from "./page/decode.js";

export interface FileOptions {
  /** As it may be shown. */
  readonly name: string;
  /** Lower case with its dot; empty where it has none. */
  readonly extension: string;
  /** Of the explainer that comes of it. */
  readonly id: string;
  /** Character set that whoever sent it named. */
  readonly charset?: string | undefined;
  /** Where a page was found: its links start from there. */
  readonly address?: string | undefined;
}

const SAVE = "save it as a web page (.html), as Word (.docx) or as plain text (.txt) and import that";

/** Files that people take for articles, by how they begin. */
const OTHER_FORMATS = [
  {
    magic: "%PDF",
    name: "a PDF",
    remedy: "open it, copy its text into a .txt file and import that, or import the page it was made of",
  },
  { magic: "\u00d0\u00cf\u0011\u00e0", name: "an old Word file", remedy: SAVE },
  { magic: "{\\rtf", name: "rich text", remedy: SAVE },
] as const;

/** Written for a converter that is not ours. */
const CONVERTED: Readonly<Record<string, { readonly name: string; readonly with: string }>> = {
  ".rst": { name: "reStructuredText", with: "pandoc -f rst -t html -o article.html" },
  ".rest": { name: "reStructuredText", with: "pandoc -f rst -t html -o article.html" },
  ".adoc": { name: "AsciiDoc", with: "asciidoctor -o article.html" },
  ".asciidoc": { name: "AsciiDoc", with: "asciidoctor -o article.html" },
  ".org": { name: "Org", with: "pandoc -f org -t html -o article.html" },
  ".tex": { name: "LaTeX", with: "pandoc -f latex -t html -o article.html" },
};

const PACKED = "PK\u0003\u0004";
/** Bytes of a packed file once it is unpacked, at most. */
const MAX_UNPACKED = 100 * 1024 * 1024;

/** Sizes that a packed file states of its parts, together (APPNOTE 4.3.12). */
function unpackedSize(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 0;
  const signature = Buffer.from("PK\u0001\u0002", "latin1");
  for (let at = view.indexOf(signature); at >= 0 && at + 46 <= view.length; at = view.indexOf(signature, at + 46))
    size += view.readUInt32LE(at + 24);
  return size;
}

/** Word's title is the page's; its first headings stand beneath it. */
const WORD_STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  ...[1, 2, 3, 4, 5].map((level) => `p[style-name='heading ${level}'] => h${level + 1}:fresh`),
  ...[1, 2, 3, 4, 5].map((level) => `p[style-name='Heading ${level}'] => h${level + 1}:fresh`),
];

/** A Word file as HTML. */
async function wordHtml(bytes: Uint8Array, name: string): Promise<string> {
  if (unpackedSize(bytes) > MAX_UNPACKED)
    throw new ContentError(`${name} unpacks to more than 100 MB; take its pictures out, or ${SAVE}`);
  const { default: mammoth } = await import("mammoth");
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })), styleMap: WORD_STYLES },
    );
    // Without a title of its own, one heading over all others is it.
    const heads = value.match(/<h2>/g)?.length ?? 0;
    return value.includes("<h1>") || heads !== 1 || !value.includes("<h3>")
      ? value
      : value.replace("<h2>", "<h1>").replace("</h2>", "</h1>");
  } catch (error) {
    throw new ContentError(`${name} is no whole Word file; open it and save it anew, or ${SAVE}`, { cause: error });
  }
}

/** Reads an article as an import does. Throws {@link ContentError} for what holds no article that can be read, with what to do instead. */
export async function readArticleFile(bytes: Uint8Array, options: FileOptions): Promise<Imported> {
  const { name, extension, id, charset, address } = options;
  const start = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  const other = OTHER_FORMATS.find(({ magic }) => start.startsWith(magic));
  if (other) throw new ContentError(`${name} is ${other.name}; ${other.remedy}`);
  if (start.startsWith(PACKED)) {
    if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("word/document.xml"))
      throw new ContentError(`${name} is a packed file that holds no Word text; ${SAVE}`);
    return readForImport(await wordHtml(bytes, name), "word", id, name);
  }
  const converter = CONVERTED[extension];
  if (converter)
    throw new ContentError(
      `${name} is ${converter.name}; make a web page of it with "${converter.with} ${name}" and import that`,
    );
  const read = decodeText(bytes, charset);
  if (!("text" in read))
    throw new ContentError(`${name} is not text in ${read.charset}; save the article as .txt, .md or .html in UTF-8`);
  return readForImport(read.text, kindOf(read.text, extension), id, name, address);
}
