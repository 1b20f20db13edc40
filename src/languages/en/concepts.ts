// How English speakers say things: `concepts.txt`, read at the first use.
import { readFileSync } from "node:fs";

// Beside the source, whether this runs from there or is built.
const FILE = new URL("../../../src/languages/en/concepts.txt", import.meta.url);

/** Groups of words and phrases that stand for the same thing, or for kinds of one narrow thing; the plain name first. */
export function concepts(): string[][] {
  return readFileSync(FILE, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("; "));
}
