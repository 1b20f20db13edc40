// A content fault as one line, in the form that editors' tools can jump to.
import type { Problem } from "./types.js";

export function problemLine({ file, line, message, remedy }: Problem): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}; ${remedy}`;
}
