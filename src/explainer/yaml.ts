// YAML checked by a schema, with every fault told by file and line.
import { LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Problem } from "./types.js";

export type Checked<T> =
  | {
      readonly value: T;
      readonly lineOf: (path: readonly PropertyKey[]) => number;
      readonly problems: readonly Problem[];
    }
  | { readonly value: undefined; readonly problems: readonly Problem[] };

function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[], first: number): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    const range = typeof node === "object" && node !== null && "range" in node ? (node.range as number[] | null) : null;
    if (range) return lines.linePos(range[0] ?? 0).line + first - 1;
  }
  return first;
}

/**
 * Parses `text` and checks it against `schema`. `first` is the 1-based line of the file on which `text` starts.
 * With faults there is no value; all faults come at once.
 */
export function checkYaml<T>(text: string, schema: z.ZodType<T>, file: string, first = 1): Checked<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      value: undefined,
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line + first - 1,
        message: `this is not well-formed YAML: ${error.message.split("\n")[0] ?? ""}`,
        remedy: "check the indentation, and put text that holds a colon or starts with a sign between quotation marks",
      })),
    };
  }
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    const message = `this YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return {
      value: undefined,
      problems: [{ file, line: first, message, remedy: "put text that starts with * or & between quotation marks" }],
    };
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) {
    return { value: parsed.data, lineOf: (path) => lineAt(document, lines, path, first), problems: [] };
  }
  return {
    value: undefined,
    problems: parsed.error.issues.map((issue) => ({
      file,
      line: lineAt(document, lines, issue.path, first),
      message: `${issue.path.length > 0 ? `"${issue.path.map(String).join(".")}": ` : ""}${issue.message}`,
      remedy:
        issue.code === "unrecognized_keys"
          ? "take the key out, or mend its spelling"
          : "see docs/content.md for what belongs here",
    })),
  };
}
