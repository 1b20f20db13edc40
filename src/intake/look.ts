// Remarks to the editor in an explainer's file: readers never see them, and validate tells them until they are taken out.

const START = "<!-- look: ";
const END = " -->";

/** A remark; `text` follows it, as it stands, where the editor is to choose. */
export function lookMark(message: string, text = ""): string {
  // What would shut the remark is the only thing that cannot stand in it.
  const safe = (words: string): string => words.replace(/-->/g, "--&gt;");
  return text === "" ? `${START}${safe(message)}${END}` : `${START}${safe(message)}\n\n${safe(text)}\n\n-->`;
}

/** Whether a text of a file is such a remark. */
export const isLookMark = (block: string): boolean => block.startsWith(START);

/** The remarks that stand in a file, with their lines from 1. */
export function lookMarks(text: string): { readonly line: number; readonly message: string }[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const at = line.indexOf(START);
    if (at < 0) return [];
    const end = line.indexOf("-->", at);
    const message = line.slice(at + START.length, end < 0 ? undefined : end).trim();
    return [{ line: index + 1, message }];
  });
}
