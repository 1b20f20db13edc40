// Bytes as text, as browsers read them: by a byte order mark, by what was declared, by looking.
/** What windows-1252 has where ISO 8859-1 has control characters (encoding.spec.whatwg.org, index windows-1252). */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
/** Labels that browsers take for it. */
const WESTERN = /^(?:(?:windows|cp|x-cp)-?1252|iso-?8859-?1|latin-?1|l1|(?:us-)?ascii|ansi_x3\.4-1968)$/i;

/** Node reads these labels as ISO 8859-1. */
const western = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character);

/** Undefined where the bytes are no text of that character set. `declared`: by whoever sent them. */
export function decodeText(bytes: Uint8Array, declared: string | undefined): { text: string } | { charset: string } {
  const [first, second] = bytes;
  const mark =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : undefined;
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const inside =
    /<meta[^<>]{0,200}charset=["']?([\w-]{1,40})/i.exec(head)?.[1] ??
    /^<\?xml[^<>]{0,100}encoding=["']([\w-]{1,40})/i.exec(head)?.[1];
  const charset = mark ?? declared ?? inside;
  const read = (label: string): string | undefined => {
    if (WESTERN.test(label)) return western(bytes);
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      return undefined;
    }
  };
  const text =
    read(charset ?? "utf-8") ?? (charset === undefined || /^utf-?8$/i.test(charset) ? western(bytes) : read("utf-8"));
  return text === undefined || text.includes("\u0000") ? { charset: charset ?? "utf-8" } : { text };
}
