// From what was found on a page to sections: which of it is a question, which its answer, which belongs to none.
import type { Block } from "../blocks.js";
import { tailOf } from "../inline.js";
import { isAbout } from "./clean.js";
import { withNamed, withoutContents } from "./contents.js";
import { bareAnswer, bareQuestion, folded, isQuestion, LONE_MARK, LONGEST_PLAIN, OPENER, type Found } from "./found.js";

export interface Structured {
  /** Section headings stand at depth 2, what is under them deeper. */
  readonly blocks: readonly Block[];
  /** Texts that belong to no section. */
  readonly leftOut: readonly string[];
  /** Whether the sections are questions. */
  readonly questions: boolean;
  /** Where the questions stand. */
  readonly at: readonly Element[];
}

/** A box of teasers, by its heading's letters and figures. */
const TEASERS =
  /^(?:related(?: (?:articles?|stories|content|links|topics|questions|pages|posts|reading|coverage))?|more (?:on|from|in|about|stories|news)\b.*|read (?:more|next)|see also|you (?:may|might) (?:also )?(?:like|be interested in).*|most (?:read|popular|viewed|shared)|(?:top|latest|recent|popular|featured|trending|other) (?:stories|news|articles|posts|headlines|videos)|top rated comments|recommended(?: for you)?|what to read next|further reading|external links|references|notes|share(?: this)?\b.*|(?:\d+ )?comments?(?: \d+)?|leave a (?:reply|comment)|about the authors?|contents|table of contents|on this page|in this (?:article|section|guide)|navigation|advertisement|newsletter|sign up\b.*|subscribe\b.*|follow us\b.*|contact us)$/;
/** What invites readers to write in, and is no question of theirs. */
const INVITES =
  /^(?:(?:still|do you|have you|have|got|any) (?:still )?(?:have |got )?(?:any |more |other |a |further ){0,3}(?:questions?|queries)\b|ready to \w+|can.?t find|didn.?t find|need (?:more |further )?help\b|was this (?:page|article|answer|information)\b|did this (?:page|article|answer)\b|looking for (?:something|anything) else|want to (?:know|learn) more|noch (?:weitere )?fragen|haben sie (?:noch|weitere) fragen|(?:vous avez )?(?:encore |d.autres )questions|une autre question|vous n.avez pas trouvé|¿?(?:no has resuelto|no encuentras|tienes (?:más|otras|alguna) (?:dudas?|preguntas?)|más preguntas)|(?:hai )?altre domande|nog (?:meer )?vragen)/i;
/** What a page of questions calls itself. */
const ITSELF =
  /^(?:(?:our |your |general )?(?:frequently asked questions|faqs?|questions (?:and|&) answers|q ?(?:and |& ?)?a))\b/;

/** Share of bold lines over paragraphs that are questions, from which all of them are. */
const MOSTLY = 0.65;

/** Whether bold lines that stand over their answers are questions mostly: then one that reads otherwise is one too. */
function boldLinesAsk(found: readonly Found[]): boolean {
  const lines = found.filter(isBoldLine);
  const asks = lines.filter(({ lead = "" }) => isQuestion(lead)).length;
  return asks >= 3 && asks >= lines.length * MOSTLY;
}

const FEWEST_WORDS = 5;

/** Whether a text is a line in bold, or begins with one. */
const isBoldLine = ({ kind, text, lead = "" }: Found): boolean =>
  kind === "prose" &&
  lead !== "" &&
  (text === lead || text.startsWith(`${lead}\n`)) &&
  lead.length <= LONGEST_PLAIN &&
  (isQuestion(lead) || (!/[:,;]$/.test(lead) && lead.split(/\s+/).length >= FEWEST_WORDS));

const MARK_Q = /(?:^|\s)Q\s?[:.]\s/;
const MARK_A = /\sA\s?[:.]\s/;

/** Splits "Q: … A: … Q: … A: …" within one text; undefined where it is none. */
function inlinePairs(
  text: string,
): { readonly before: string; readonly pairs: readonly (readonly [string, string])[] } | undefined {
  const [before = "", ...pieces] = text.split(MARK_Q);
  const pairs = pieces.flatMap((piece) => {
    const at = MARK_A.exec(piece);
    const known = at !== null && at.index <= LONGEST_QUESTION;
    return known ? [[piece.slice(0, at.index).trim(), piece.slice(at.index + at[0].length).trim()] as const] : [];
  });
  return pairs.length > 0 && pairs.length === pieces.length ? { before: before.trim(), pairs } : undefined;
}
const LONGEST_QUESTION = 300;
const LONGEST_GROUP = 60;

/** Whether a paragraph is a question and nothing else, with its answer behind it. */
function isPlainQuestion(text: string, next: Found | undefined): boolean {
  const answered = next !== undefined && next.kind !== "heading" && !isQuestion(next.text);
  return (
    answered && isQuestion(text) && text.length <= LONGEST_PLAIN && !/[.!]\s/.test(bareQuestion(text).slice(0, -1))
  );
}

/** Splits paragraphs that begin with a question in bold, or are one behind "Q:". */
function apart(found: readonly Found[], plainToo: boolean): Found[] {
  const peers = boldLinesAsk(found);
  return found.flatMap((each, index): Found[] => {
    if (each.kind !== "prose" && each.kind !== "item") return [each];
    const text = each.text.replace(/^\d{1,3}\. (?=\S)/, (mark) => (each.kind === "item" ? "" : mark));
    const lead = each.lead ?? "";
    const where = each.at ? { at: each.at } : {};
    const heading = (words: string): Found => ({ kind: "heading", text: words, depth: 8, ...where });
    const rest = (words: string): Found[] => {
      const answer = bareAnswer(words.trim());
      return answer === "" ? [] : [{ kind: "prose", ...tailOf({ text: each.text, marks: each.marks ?? [] }, answer) }];
    };
    const leads = lead !== "" && text.startsWith(lead) && (isQuestion(lead) || (peers && isBoldLine(each)));
    if (leads) return [{ ...heading(lead), marked: true }, ...rest(text.slice(lead.length))];
    const inline = inlinePairs(text);
    if (inline) {
      const { before, pairs } = inline;
      // A word before them is over them.
      const over = before.length > LONGEST_GROUP || before === "" ? rest(before) : [{ ...heading(before), depth: 7 }];
      return [
        ...over,
        ...pairs.flatMap(([question, answer]) => [{ ...heading(question), marked: true }, ...rest(answer)]),
      ];
    }
    const [first = "", ...more] = text.split("\n");
    if (OPENER.test(first)) {
      if (more.length > 0) return [heading(first.trim()), ...rest(more.join("\n"))];
      const split = /^(.{3,300}?[?？؟])\s+(?:A(?:nswer)?\s?\d{0,3}\s?[:.)]\s*)?(\S[\s\S]*)$/.exec(first);
      return split ? [heading(split[1] ?? ""), ...rest(split[2] ?? "")] : [heading(first.trim())];
    }
    if (more.length > 0 && isQuestion(first.trim()) && first.length <= LONGEST_PLAIN && plainToo)
      return [heading(first.trim()), ...rest(more.join("\n"))];
    return plainToo && each.kind === "prose" && isPlainQuestion(text, found[index + 1]) ? [heading(text)] : [each];
  });
}

const opens = (each: Found): boolean =>
  each.kind === "heading" && each.inner !== true && (each.marked === true || isQuestion(each.text));

const depthOf = ({ depth = 2 }: Found): number => depth;

/** What stands under the heading at `index`, until the next as high. */
function under(found: readonly Found[], index: number): readonly Found[] {
  const depth = depthOf(found[index] ?? { kind: "heading", text: "" });
  let end = index + 1;
  for (
    let each = found[end];
    each && (each.kind !== "heading" || depthOf(each) > depth) && end - index < FAR;
    each = found[end]
  )
    end++;
  return found.slice(index + 1, end);
}
/** Nobody's answer is longer. */
const FAR = 400;

function mostOften(depths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const depth of depths) counts.set(depth, (counts.get(depth) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 2;
}

/** Whether it opens nothing but links. */
const isMenu = (each: Found, inside: readonly Found[]): boolean =>
  each.marked === true && !isQuestion(each.text) && inside.length > 0 && inside.every(({ linked }) => linked === true);

type Role = "question" | "section" | "under" | "aside" | "out";

/** What a heading is in an article of questions. `usual`: where questions stand mostly; `open`: the section it comes in. */
function roleOf(
  each: Found,
  inside: readonly Found[],
  usual: number,
  open: number | undefined,
  title: string | undefined,
): Role {
  const depth = depthOf(each);
  if (each.inner && open !== undefined) return "under";
  if (depth === 1 && folded(each.text) === folded(title ?? "")) return "out";
  if (ITSELF.test(folded(each.text)) && !isQuestion(each.text)) return "out";
  if (isMenu(each, inside)) return "aside";
  const groups = inside.some((later) => opens(later) && depthOf(later) > depth);
  if (INVITES.test(each.text) && !groups) return "aside";
  const asks = opens(each);
  if (TEASERS.test(folded(each.text)) && !(asks && isQuestion(each.text) && depth === usual)) return "aside";
  // Deeper than the answer above it, where questions usually stand as high as that: it belongs to the answer.
  const belongs = open !== undefined && depth > open && open === usual && depth < 7;
  if (asks && !belongs) {
    // A heading over questions that is one itself and has an answer of its own stays a section.
    const answered = inside[0] !== undefined && inside[0].kind !== "heading";
    return groups && !answered && depth < usual ? "out" : "question";
  }
  if (groups || depth < usual) return "out";
  if (depth === usual && inside.some(({ kind }) => kind !== "heading")) return "section";
  return open !== undefined && depth > open ? "under" : "out";
}

/** Marks headings as what they are in an article of questions. */
function structureQuestions(found: readonly Found[], title: string | undefined): Structured {
  const blocks: Block[] = [];
  const leftOut: string[] = [];
  const at: Element[] = [];
  const depths = found.filter(opens).map(depthOf);
  const usual = mostOften(depths);
  let open: number | undefined;
  /** Under a box of teasers, until a heading as high. */
  let aside: number | undefined;
  for (const [index, each] of found.entries()) {
    const depth = depthOf(each);
    if (each.kind !== "heading") {
      if (open === undefined) leftOut.push(each.text);
      else blocks.push(blockOf(each, index));
      continue;
    }
    if (aside !== undefined && depth > aside) {
      leftOut.push(each.text);
      continue;
    }
    aside = undefined;
    const line = index + 1;
    const role = roleOf(each, under(found, index), usual, open, title);
    if (role === "under") blocks.push({ kind: "heading", text: each.text, line, depth: 3 });
    else if (role === "question" || role === "section") {
      const text = role === "question" ? bareQuestion(each.text) : each.text.replace(/^\d{1,3}[、．]\s*/, "");
      blocks.push({ kind: "heading", text, line, depth: 2 });
      if (role === "question" && each.at && (depth === usual || depths.length < 4)) at.push(each.at);
      open = depth;
    } else {
      open = undefined;
      if (role === "aside") aside = depth;
      // The title is in the title.
      if (title === undefined || folded(each.text) !== folded(title)) leftOut.push(each.text);
    }
  }
  return { blocks, leftOut, questions: true, at };
}

function blockOf({ kind, text, group, marks, nesting }: Found, index: number): Block {
  return {
    kind: kind === "heading" ? "subheading" : kind,
    text,
    line: index + 1,
    ...(marks && marks.length > 0 ? { marks } : {}),
    ...(nesting === undefined ? {} : { nesting }),
    ...(group === undefined ? {} : { group }),
  };
}

/** An article without questions: its headings open sections, and what stands before the first belongs to the title. */
function structureHeadings(found: readonly Found[], title: string | undefined): Structured {
  const blocks: Block[] = [];
  const leftOut: string[] = [];
  const headings = found.filter(
    (each) => each.kind === "heading" && !(title !== undefined && folded(each.text) === folded(title)),
  );
  const depths = headings.map(({ depth = 2 }) => depth);
  const usual =
    Math.min(...depths, 9) === 1 && depths.filter((depth) => depth === 1).length === 1 && depths.length > 1
      ? Math.min(...depths.filter((depth) => depth > 1))
      : Math.min(...depths, 9);
  let aside = false;
  const lastProse = found.findLastIndex(
    (each) => each.kind === "prose" && each.text.length > 80 && each.linked !== true,
  );
  for (const [index, each] of found.entries()) {
    if (
      each.kind !== "heading" &&
      (each.kind === "caption" ||
        isAbout(each.text, each.linked === true) ||
        (title !== undefined && folded(each.text) === folded(title)))
    ) {
      leftOut.push(each.text);
      continue;
    }
    // Behind the last paragraph there are no more headings of the article's.
    if (
      each.kind === "heading" &&
      index > lastProse &&
      lastProse > 0 &&
      !found.slice(index + 1).some(({ kind }) => kind === "item" || kind === "row")
    ) {
      leftOut.push(each.text);
      continue;
    }
    if (each.kind === "heading") {
      if (title !== undefined && folded(each.text) === folded(title)) continue;
      const depth = each.depth ?? 2;
      if (depth <= usual) aside = TEASERS.test(folded(each.text));
      if (aside) leftOut.push(each.text);
      else blocks.push({ kind: "heading", text: each.text, line: index + 1, depth: depth <= usual ? 2 : 3 });
      continue;
    }
    if (aside) {
      leftOut.push(each.text);
      continue;
    }
    if (blocks.length === 0 && title !== undefined) blocks.push({ kind: "heading", text: title, line: 1, depth: 2 });
    blocks.push(blockOf(each, index));
  }
  // A heading with nothing under it is a group, or nothing.
  const kept = blocks.filter((block, index) => {
    const next = blocks[index + 1];
    const empty =
      block.kind === "heading" &&
      (next === undefined || (next.kind === "heading" && (next.depth ?? 2) <= (block.depth ?? 2)));
    if (empty) leftOut.push(block.text);
    return !empty;
  });
  return { blocks: kept, leftOut, questions: false, at: [] };
}

/** Marks that stand alone with what they mark: "Q." in one column, the question in the next. */
function withMarks(found: readonly Found[]): Found[] {
  const joined: Found[] = [];
  let mark: string | undefined;
  for (const each of found) {
    const lone = each.kind === "prose" ? LONE_MARK.exec(each.text)?.[1] : undefined;
    if (lone !== undefined) mark = lone;
    else if (mark === undefined) joined.push(each);
    else {
      const asks = /^q/i.test(mark) && each.kind === "prose" && each.text.length <= LONGEST_QUESTION;
      joined.push(asks ? { ...each, kind: "heading", depth: 8, marked: true } : each);
      mark = undefined;
    }
  }
  return joined;
}

/** `running`: it is known to be an article of running text, whose headings may be questions. */
export function structure(found: readonly Found[], title: string | undefined, running = false): Structured {
  if (running) return structureHeadings(found, title);
  return structureAsked(withoutContents(withNamed(withMarks(found))), title);
}

function structureAsked(found: readonly Found[], title: string | undefined): Structured {
  const count = (of: readonly Found[]): number => of.filter(opens).length;
  const headed = count(found);
  const bold = apart(found, false);
  const plain = apart(found, true);
  // Questions in bold or behind "Q:" count where they are more than those in headings; in plain lines where there are three and none else.
  const best =
    count(bold) >= 2 && count(bold) - headed > headed
      ? bold
      : headed === 0 && count(plain) >= 3
        ? plain
        : headed === 0 && count(bold) === 1
          ? bold
          : found;
  return count(best) >= 1 && worth(best) ? structureQuestions(best, title) : structureHeadings(found, title);
}

/** Whether an article is one of questions: at least two, or as many as other headings. */
function worth(found: readonly Found[]): boolean {
  const headings = found.filter((each) => each.kind === "heading");
  const questions = headings.filter(opens).length;
  const others = headings.filter(
    (each) => !opens(each) && (each.depth ?? 2) > 1 && !ITSELF.test(folded(each.text)),
  ).length;
  return questions >= 2 ? questions * 4 >= others : questions > others;
}
