// What stands between the `---` lines at the start of a text, and the text behind it.

export interface FrontMatter {
  readonly yaml: string;
  /** The lines and all that stands before the body. */
  readonly whole: string;
  readonly body: string;
}

const FRONT = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Undefined where a text has none. What it holds is not looked at. */
export function frontMatterOf(text: string): FrontMatter | undefined {
  const [whole, yaml] = FRONT.exec(text) ?? [];
  return whole === undefined || yaml === undefined ? undefined : { yaml, whole, body: text.slice(whole.length) };
}
