import { describe, expect, it } from "vitest";
import { readArticle } from "../../src/explainer/read-article.js";

const read = (text: string, kind: "markdown" | "text" = "markdown") => readArticle(text, kind, "story", "story.md");

describe("reading a Markdown article", () => {
  it("takes headings as sections, with ids from the editor or from the heading", () => {
    const { explainer } = read(
      "# The row\n\n## What is it about? {#about}\n\nMoney. And time.\n\n## Who is in charge here?\n\nNobody is.\n",
    );
    expect(explainer?.title).toBe("The row");
    expect(explainer?.sections.map(({ id, heading }) => [id, heading])).toEqual([
      ["about", "What is it about?"],
      ["charge-here", "Who is in charge here?"],
    ]);
    expect(explainer?.sections[0]?.passages.map((passage) => passage.text)).toEqual(["Money.", "And time."]);
  });

  it("keeps lists, tables, captions and lower headings apart from prose, each with its line", () => {
    const { explainer } = read(
      "## How do I vote?\n\nBring these:\n\n- a card\n- a pen\n\n### By post\n\n| day | hour |\n| --- | --- |\n| Monday | noon |\n\nCaption: A voter.\n",
    );
    expect(explainer?.sections[0]?.passages.map(({ kind, text, line }) => [kind, text, line])).toEqual([
      ["sentence", "Bring these:", 3],
      ["item", "a card", 5],
      ["item", "a pen", 6],
      ["subheading", "By post", 8],
      ["subheading", "day · hour", 10],
      ["row", "Monday · noon", 12],
      ["caption", "A voter.", 14],
    ]);
  });

  it("reads front matter and leaves out what it does not say", () => {
    const { explainer } = read(
      "---\ntitle: T\nlanguage: de\ntime_zone: Europe/Berlin\nas_of: 2026-03-01\n---\n\n## Was ist das?\n\nEin Test.\n",
    );
    expect(explainer).toMatchObject({ title: "T", language: "de", timeZone: "Europe/Berlin", asOf: "2026-03-01" });
    expect(explainer?.source.publisher).toBeUndefined();
  });

  it.each([
    ["---\ntitel: T\n---\n\n## A?\n\nB.", 2, /titel/],
    ["---\ntitle: T\ntime_zone: London\n---\n\n## A?\n\nB.", 3, /IANA/],
    ["---\nlanguage: not a language\n---\n\n## A?\n\nB.", 2, /language tag/],
    ["---\ntitle: [\n---\n\n## A?\n\nB.", 2, /YAML/],
    ["---\ntitle_section: b\n---\n\n## A? {#a}\n\nB.", 2, /no section has that id/],
    ["## A? {#a}\n\nB.\n\n## C? {#a}\n\nD.", 5, /stands at line 1 too/],
    ["## A?\n\n## B?\n\nC.", 1, /no answer under it/],
    ["Just prose.", undefined, /no section was found/],
    ["", undefined, /no section was found/],
  ])("tells the line and the fault of %j", (text, line, message) => {
    const { explainer, problems } = read(text);
    expect(explainer).toBeUndefined();
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.remedy).not.toBe("");
  });

  it("tells all faults at once", () => {
    const { problems } = read("---\ntitel: T\ntime_zone: London\nlanguage: x y\n---\n\n## A?\n\nB.");
    expect(problems).toHaveLength(3);
  });
});

describe("reading a plain-text article", () => {
  const text = [
    "Has it worked?",
    "",
    "An opening line.",
    "",
    "  • What has happened?",
    "",
    "A walkout took place.",
    "It was long.",
    "",
    "Doctors march. Credit: PA",
    "  • Why now?",
    "",
    "Because of pay.",
  ].join("\n");

  it("takes bulleted questions as sections and keeps captions apart from the prose", () => {
    const { explainer } = read(text, "text");
    expect(explainer?.title).toBe("Has it worked?");
    expect(explainer?.sections.map((section) => section.heading)).toEqual(["What has happened?", "Why now?"]);
    expect(explainer?.sections[0]?.passages.map(({ kind, text: said }) => [kind, said])).toEqual([
      ["sentence", "A walkout took place."],
      ["sentence", "It was long."],
      ["caption", "Doctors march."],
    ]);
  });

  it("reads Windows line ends alike", () => {
    const windows = read(text.replaceAll("\n", "\r\n"), "text").explainer;
    expect(windows?.sections).toEqual(read(text, "text").explainer?.sections);
  });

  it("takes questions on lines of their own where none is bulleted", () => {
    const { explainer } = read(
      "The title\n\nWhat is it?\n\nA thing. Is it good?  Yes.\n\nWho made it?\n\nWe did.",
      "text",
    );
    expect(explainer?.sections.map((section) => section.heading)).toEqual(["What is it?", "Who made it?"]);
  });
});
