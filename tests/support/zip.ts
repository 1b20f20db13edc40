// A packed file, as Word writes its own (APPNOTE 4.3): its parts are stored as they are.
import { crc32 } from "node:zlib";

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, (value >> 8) & 0xff]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

/** `stated`: the size that its directory states of each part, where that is a lie. */
export function zip(parts: Readonly<Record<string, string>>, stated?: number): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const sizes = (size: number) => [u32(crc32(data)), u32(data.length), u32(size), u16(path.length)];
    const common = [u16(20), u16(0), u16(0), u16(0), u16(0)];
    const file = Buffer.concat([
      Buffer.from("PK\u0003\u0004", "latin1"),
      ...common,
      ...sizes(data.length),
      u16(0),
      path,
      data,
    ]);
    const entry = [Buffer.from("PK\u0001\u0002", "latin1"), u16(20), ...common, ...sizes(stated ?? data.length)];
    directory.push(Buffer.concat([...entry, u16(0), u16(0), u16(0), u16(0), u32(0), u32(at), path]));
    files.push(file);
    at += file.length;
  }
  const listing = Buffer.concat(directory);
  const count = u16(directory.length);
  const end = [
    Buffer.from("PK\u0005\u0006", "latin1"),
    u16(0),
    u16(0),
    count,
    count,
    u32(listing.length),
    u32(at),
    u16(0),
  ];
  return Buffer.concat([...files, listing, ...end]);
}

const paragraph = (text: string, style?: string): string =>
  `<w:p>${style === undefined ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;

/** A Word file of paragraphs; those with a level are headings. */
export function wordFile(paragraphs: readonly { readonly text: string; readonly level?: number }[]): Buffer {
  const body = paragraphs.map(({ text, level }) =>
    paragraph(text, level === undefined ? undefined : `Heading${level}`),
  );
  const styles = [1, 2, 3].map(
    (level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`,
  );
  const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  return zip({
    "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/></Types>`,
    "_rels/.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": `<?xml version="1.0"?><w:styles ${word}>${styles.join("")}</w:styles>`,
    "word/document.xml": `<?xml version="1.0"?><w:document ${word}><w:body>${body.join("")}</w:body></w:document>`,
  });
}
