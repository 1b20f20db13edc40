// What an editor should know of an explainer that can be used as it is: what will confuse readers, and what is missing.
import { folded, isQuestion } from "./page/found.js";
import type { Explainer, Problem, Section } from "./types.js";

export interface Finding extends Problem {
  /** Whether it has to be mended; else it is good to know. */
  readonly grave: boolean;
}

export interface ReviewOptions {
  /** Whether the front matter names a source. */
  readonly hasSource: boolean;
  /** Characters of an answer that fit on one page of every platform. */
  readonly page: number;
  readonly utterances: number;
}

/** Questions within one answer from which each should have been a section. */
const MANY_QUESTIONS = 3;

/** Questions that stand in a section as passages, with an answer behind each. */
function questionsIn({ passages }: Section): string[] {
  return passages.flatMap(({ text, kind }, index) => {
    const next = passages[index + 1];
    return kind !== "caption" && isQuestion(text) && next && !isQuestion(next.text) ? [text] : [];
  });
}

const quoted = (text: string): string => `“${text}”`;

function sectionFindings(explainer: Explainer, { page }: ReviewOptions): Finding[] {
  const { file, sections } = explainer;
  const byHeading = new Map<string, Section[]>();
  for (const section of sections) {
    const key = folded(section.heading);
    byHeading.set(key, [...(byHeading.get(key) ?? []), section]);
  }
  const twins = [...byHeading.values()].flatMap((same): Finding[] => {
    const [first, second] = same;
    if (!first || !second) return [];
    const message = `${quoted(first.heading)} is the heading of ${same.length} sections (${same.map(({ id }) => id).join(", ")})`;
    return [
      { grave: true, file, line: second.line, message, remedy: "give each words of its own, or make one of them" },
    ];
  });
  const single = sections.flatMap((section): Finding[] => {
    const { heading, line, passages } = section;
    const inside = questionsIn(section);
    const length = passages.reduce((sum, { text }) => sum + text.length + 1, 0);
    return [
      ...(inside.length >= MANY_QUESTIONS
        ? [
            {
              grave: true,
              file,
              line,
              message: `${quoted(heading)} holds ${inside.length} questions of its own, such as ${quoted(inside[0] ?? "")}; none of them can be found`,
              remedy: 'make each a heading ("## …?") with its answer under it',
            },
          ]
        : []),
      ...(length > page
        ? [
            {
              grave: false,
              file,
              line,
              message: `${quoted(heading)} has ${length} characters and takes ${Math.ceil(length / page)} pages in a chat`,
              remedy: "split it into several questions, if readers would ask them apart",
            },
          ]
        : []),
    ];
  });
  return [...twins, ...single];
}

/** Everything of that kind, in the order of the file. */
export function reviewExplainer(explainer: Explainer, options: ReviewOptions): Finding[] {
  const { file, asOf, summary, title, titleSection, sections } = explainer;
  const findings: Finding[] = [];
  const say = (grave: boolean, message: string, remedy: string): void =>
    void findings.push({ grave, file, message, remedy });
  if (!options.hasSource)
    say(true, "it names no source", 'write "source:" with the title, the publisher and the url into the front matter');
  if (asOf === "")
    say(
      false,
      "it does not say what moment it speaks of",
      'write "as_of:" with a date, or in words, into the front matter',
    );
  if (!summary)
    say(
      false,
      "it has no summary: the daily post lists what can be asked",
      'write "summary:" with a headline and three to five lines into the front matter',
    );
  if (titleSection === undefined && isQuestion(title))
    say(false, "its title asks a question", 'name the section that answers it: "title_section:" in the front matter');
  if (!sections.some(({ heading }) => isQuestion(heading)))
    say(false, "no heading asks a question", "write headings as readers would ask");
  if (options.utterances === 0)
    say(
      false,
      "it has no example utterances",
      "it answers from its own words alone; docs/editing.md says how to teach it",
    );
  return [...findings, ...sectionFindings(explainer, options)];
}
