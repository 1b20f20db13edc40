// How words on a page are set: bold, code and links, and where bold words open a line.
import { joinRich, linkTarget, sliceRich, type Mark, type Rich } from "../inline.js";
import { isQuestion } from "./found.js";

/** How the words of an element are set. */
export interface Style {
  readonly bold: boolean;
  readonly linked: boolean;
  readonly code: boolean;
  readonly href: string | undefined;
}

export const PLAIN: Style = { bold: false, linked: false, code: false, href: undefined };

export interface Run extends Style {
  readonly text: string;
}

/** Where a link leads; undefined within the page itself. */
function addressOf(element: Element, base: string | undefined): string | undefined {
  const href = (element.getAttribute("href") ?? "").trim();
  return href === "" || href.startsWith("#") ? undefined : linkTarget(href, base);
}

/** Whether an element sets its words in bold, or takes them out of it; undefined where it leaves them. */
export function isBold(element: Element): boolean | undefined {
  const weight = /font-weight\s*:\s*(bold|normal|lighter|[1-9]00)/i.exec(element.getAttribute("style") ?? "")?.[1];
  if (weight !== undefined) return /bold|[6-9]00/i.test(weight);
  return /^(?:B|STRONG)$/.test(element.tagName) ? true : undefined;
}

/** Words at the beginning of a text that are set in bold, on one line. */
export function leadIn({ text, marks }: Rich): string {
  const strong = marks.filter(({ kind }) => kind === "strong");
  let end = 0;
  for (;;) {
    while (/\s/.test(text.charAt(end))) end++;
    const mark = strong.find(({ start, end: to }) => start <= end && to > end);
    if (!mark) break;
    end = mark.end;
  }
  return (text.slice(0, end).trim().split("\n", 1)[0] ?? "").trim();
}

/** Where a line is a question in bold, a text of its own begins. */
export function atBoldQuestions(rich: Rich): Rich[] {
  const starts = [0];
  let at = 0;
  for (const line of rich.text.split("\n")) {
    if (at > 0 && isQuestion(line) && leadIn(sliceRich(rich, at, at + line.length)) === line.trim()) starts.push(at);
    at += line.length + 1;
  }
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return sliceRich(rich, start, next === undefined ? undefined : next - 1);
  });
}

export function styleOf(element: Element, style: Style, base: string | undefined): Style {
  const { tagName } = element;
  const linked = tagName === "A";
  return {
    bold: isBold(element) ?? style.bold,
    linked: style.linked || linked,
    code: style.code || /^(?:CODE|KBD|SAMP|TT)$/.test(tagName),
    href: linked ? addressOf(element, base) : style.href,
  };
}

/** Runs as words with what is set in them. */
export function richOfRuns(runs: readonly Run[]): Rich {
  return joinRich(
    runs.map(({ text, bold, code, href }): Rich => {
      const around = { start: 0, end: text.length };
      const marks: Mark[] = [
        ...(href === undefined ? [] : [{ kind: "link" as const, href, ...around }]),
        ...(bold ? [{ kind: "strong" as const, ...around }] : []),
        ...(code ? [{ kind: "code" as const, ...around }] : []),
      ];
      return { text, marks: text === "" ? [] : marks };
    }),
  );
}
