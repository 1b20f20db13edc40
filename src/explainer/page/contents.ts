// A table of contents: the questions that it lists stand again further down, where they are answered.
import { bareQuestion, folded, inCommon, isQuestion, LONGEST_PLAIN, wordsOf, type Found } from "./found.js";

/** Links to questions that make a table of contents, at least. */
const FEWEST_LISTED = 3;
/** Share of words in common from which a line is what the contents call so. */
const NAMED = 0.75;

/** Questions that a table of contents lists, a line each, before anything answers them. */
function listedIn(found: readonly Found[]): string[] {
  const lines: string[] = [];
  const isMarked = (each: Found | undefined): boolean => each?.kind === "heading" && each.marked === true;
  let running = false;
  for (const [index, each] of found.entries()) {
    // Headings one behind the other, with nothing under them.
    running = isMarked(each) && (running || isMarked(found[index + 1]));
    if (each.linked === true || running) lines.push(...each.text.split("\n").filter(isQuestion));
  }
  return lines.length >= FEWEST_LISTED ? lines : [];
}

/** Paragraphs that a table of contents names are questions, however they are set. */
export function withNamed(found: readonly Found[]): Found[] {
  const listed = listedIn(found).map((line) => wordsOf(bareQuestion(line)));
  if (listed.length === 0) return [...found];
  const named = (text: string): boolean => {
    const words = wordsOf(bareQuestion(text));
    return listed.some((each) => inCommon(words, each) >= NAMED * Math.max(words.length, each.length));
  };
  const headed = found.filter((each) => each.kind === "heading" && named(each.text));
  // Where headings answer to it, nothing else does.
  const bare = headed.filter((each) => found[found.indexOf(each) + 1]?.kind !== "heading");
  if (bare.length >= listed.length / 2) return [...found];
  const made = found.map((each): Found =>
    each.kind === "prose" &&
    each.linked !== true &&
    each.text.length <= LONGEST_PLAIN &&
    isQuestion(each.text) &&
    named(each.text)
      ? { ...each, kind: "heading", depth: 8, marked: true }
      : each,
  );
  const answered = made.filter(
    (each, index) => each.kind === "heading" && made[index + 1]?.kind !== "heading" && named(each.text),
  );
  if (answered.length < listed.length / 2) return [...found];
  // The contents themselves open nothing.
  return made.filter(
    (each, index) => !(each.kind === "heading" && made[index + 1]?.kind === "heading" && named(each.text)),
  );
}

/** Questions of a table of contents, whose words stand as a question again further down. */
export function withoutContents(found: readonly Found[]): Found[] {
  const later = new Map<string, number>();
  for (const [index, { kind, text, linked }] of found.entries())
    if (kind === "heading" || linked !== true) later.set(folded(bareQuestion(text)), index);
  return found.filter(
    ({ linked, text }, index) => linked !== true || (later.get(folded(bareQuestion(text))) ?? -1) <= index,
  );
}
