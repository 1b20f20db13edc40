// What is imported reads back as the same article.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainerMarkdown, htmlToMarkdown } from "../../src/explainer/import.js";
import { readArticle } from "../../src/explainer/load.js";
import type { Explainer } from "../../src/explainer/types.js";

function read(text: string, kind: "markdown" | "text" = "markdown"): Explainer {
  const { explainer, problems } = readArticle(text, kind, "story", "story.md");
  if (!explainer) throw new Error(problems.map((problem) => problem.message).join("; "));
  return explainer;
}

const passages = (explainer: Explainer): string[][] =>
  explainer.sections.map((section) => [
    section.heading,
    ...section.passages.map(({ kind, text }) => `${kind}: ${text}`),
  ]);

describe("an imported article", () => {
  it.each([
    "3.5 million people pay. It was 2016. Then came 2017.",
    "2016. That was the year.",
    "# no heading. - no list. + nor this.",
    "He said *never* and `code` and [this](that) <tom@example.org> & <b>bold</b>.",
    "a|b and c_d_e ~~f~~ back\\slash.",
    "=== not a rule ===",
    "So: it grew! = a rule under a heading, were it not prose.",
    "So: a! =",
    "It is so! - no list. It is so! 1) nor this.",
  ])("keeps %j as it is", (prose) => {
    const text = `The title\n\n  • What is it?\n\n${prose}\n\n  • <b>Why</b> a|b?\n\nBecause.\n`;
    const first = read(text, "text");
    expect(passages(read(explainerMarkdown(first)))).toEqual(passages(first));
  });

  it("keeps any prose as it is", () => {
    const sentence = fc
      .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 80 })
      .map((text) => text.replace(/[\r\n\t]/g, " ").trim())
      .filter((text) => /[a-z]/i.test(text) && !/Credit|Photo|Picture|Image/i.test(text));
    fc.assert(
      fc.property(sentence, (text) => {
        const first = read(`The title\n\n  • What is it?\n\nSo: ${text}\n`, "text");
        const again = read(explainerMarkdown(first));
        expect(again.sections[0]?.passages.map((passage) => passage.text).join(" ")).toBe(
          first.sections[0]?.passages.map((passage) => passage.text).join(" "),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("keeps tables with their heads and all their columns, lists and captions", () => {
    const first = read(
      "## When?\n\n| day | from | to |\n| --- | --- | --- |\n| Monday | 4 | 6 |\n| Friday | 5 | 7 |\n\n1. one\n2. two\n\n- a\n- b\n\nCaption: A clock.\n",
    );
    expect(passages(first)[0]).toContain("subheading: day · from · to");
    expect(passages(read(explainerMarkdown(first)))).toEqual(passages(first));
  });
});

describe("a web page", () => {
  it("gives its longest article, not a teaser", () => {
    const html = `<body><article><h2>Read this?</h2><p>Short.</p></article><article><h1>FAQ</h1><h2>What?</h2><p>${"The wall broke. ".repeat(20)}</p></article></body>`;
    expect(htmlToMarkdown(html)).toContain("The wall broke.");
    expect(htmlToMarkdown(html)).not.toContain("Short.");
  });

  it("that nests without end is refused, not followed", () => {
    expect(() => htmlToMarkdown("<article>".repeat(20_000))).toThrow(RangeError);
  });
});

describe("an article's outline", () => {
  it("ends a section at a higher heading, and counts what belongs to none", () => {
    const { explainer, leftOut } = readArticle(
      "# T\n\nIntro.\n\n## Group one\n\n### What?\n\nThis.\n\n### Who?\n\nWe.\n\n## Group two\n\nLoose prose.\n\n### Why?\n\nSo.\n",
      "markdown",
      "x",
      "x.md",
    );
    expect(explainer?.sections.map((section) => section.passages.map((passage) => passage.text))).toEqual([
      ["This."],
      ["We."],
      ["So."],
    ]);
    expect(leftOut).toBe(2);
  });
});
