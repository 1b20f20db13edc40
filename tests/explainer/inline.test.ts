// What is set in a text, links, bold and code, comes through an import, the explainer's file and onto every face.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFigureDesk } from "../../src/assistant/figure-desk.js";
import { answerFrom } from "../../src/assistant/present.js";
import { answerCard } from "../../src/cards/answer.js";
import { renderCard as renderTerminal } from "../../src/cli/terminal.js";
import { renderCard as renderDiscord } from "../../src/discord/render-card.js";
import { readForImport } from "../../src/explainer/import.js";
import { blockTexts, explainerMarkdown } from "../../src/explainer/write-article.js";
import {
  joinRich,
  linkTarget,
  plainInline,
  readInline,
  squeezeRich,
  writeInline,
  type Mark,
} from "../../src/explainer/inline.js";
import { readArticle } from "../../src/explainer/read-article.js";
import { readMarkdown } from "../../src/explainer/markdown.js";
import type { Explainer } from "../../src/explainer/types.js";
import { NO_FIGURES } from "../../src/figures/types.js";
import { renderCard as renderSlack } from "../../src/slack/render-card.js";
import { renderCard as renderPage } from "../../src/web/render-card.js";
import { refuseBlocks } from "../support/slack-rules.js";

const PAGE = `<html lang="en"><body><h1>Fares</h1><h2>How do I claim?</h2>
<p>Fill in the <a href="https://x.example/f?a=(b)&amp;c=D">claim <b>form</b></a>, then run <code>a\`b &lt;c&gt;</code> &amp; wait.
<b>Never</b> pay twice. See <a href="javascript:alert(1)">this</a>, <a href="#top">that</a> or <a href="/more">more</a>.</p>
<ul><li>One <b>bold</b> thing<ul><li>An inner <a href="https://y.example/">link</a></li><li>two</li></ul></li><li>Last</li></ul>
<table><tr><th>Line<th>Every</tr><tr><td>4<td>30 <b>minutes</b></tr><tr><td>7<td>hour</tr></table>
<h2>Do night buses run?</h2><p>No.</p></body></html>`;

const imported = (): Explainer => {
  const { explainer } = readForImport(PAGE, "html", "fares", "fares.html", "https://x.example/fares");
  if (!explainer) throw new Error("nothing was read");
  return explainer;
};
const again = (explainer: Explainer): Explainer =>
  readArticle(explainerMarkdown(explainer), "markdown", "fares", "explainer.md").explainer!;

const shape = ({ sections }: Explainer) =>
  sections.map(({ passages }) => passages.map(({ kind, text, marks, depth }) => ({ kind, text, marks, depth })));

describe("what is set in a text", () => {
  it("is taken from a page, web links alone", () => {
    const [section] = imported().sections;
    const marks = (section?.passages ?? []).flatMap(({ text, marks: each = [] }) =>
      each.map(({ kind, start, end, href }) => [kind, text.slice(start, end), href ?? ""].join(" ").trim()),
    );
    expect(marks).toEqual([
      "link claim form https://x.example/f?a=(b)&c=D",
      "strong form",
      "code a`b <c>",
      "strong Never",
      "link more https://x.example/more",
      "strong bold",
      "link link https://y.example/",
      "strong minutes",
    ]);
    expect(section?.passages.filter(({ kind }) => kind === "item").map(({ depth }) => depth ?? 0)).toEqual([
      0, 1, 1, 0,
    ]);
  });

  it("reads back from the explainer's file as it was", () => {
    const first = imported();
    expect(shape(again(first))).toEqual(shape(first));
  });

  it("keeps the words of lists that count otherwise than a list does", () => {
    const lists = [
      "<ul><li>1999. It opened.</li><li>2004. A second line.</li><li>2026. It ended.</li></ul>",
      '<ul><li>Take these steps:<ol start="3"><li>Ring.</li><li>Wait.</li></ol></li></ul>',
      "<ol><li>one</li><li>two</li></ol>",
    ];
    for (const list of lists) {
      const { explainer } = readForImport(
        `<h2>How?</h2><p>So.</p>${list}<h2>Why?</h2><p>So.</p>`,
        "html",
        "x",
        "x.html",
      );
      expect(again(explainer!).sections.map(({ passages }) => passages.map(({ text }) => text))).toEqual(
        explainer!.sections.map(({ passages }) => passages.map(({ text }) => text)),
      );
    }
  });

  it("loses only the mark that cannot be written", () => {
    const { explainer } = readForImport(
      '<h2>どう？</h2><p><b>「注意」</b>詳しくは<a href="https://x.example/">地図</a>を。</p>',
      "html",
      "x",
      "x.html",
    );
    expect(again(explainer!).sections[0]?.passages[0]?.marks).toMatchObject([
      { kind: "link", href: "https://x.example/" },
    ]);
  });

  it("is not a remark, which readers never see", () => {
    const { sections } = readArticle(
      "## How? {#how} <!-- todo -->\n\nSo. <!-- ask Mary -->\n\n <!-- hidden\n\nthis\n\n-->\n",
      "markdown",
      "x",
      "x.md",
    ).explainer!;
    expect(sections).toMatchObject([{ id: "how", heading: "How?", passages: [{ text: "So." }] }]);
    expect(sections[0]?.passages).toHaveLength(1);
  });

  it("never changes a text, wherever its marks stand", () => {
    const words = fc.string({
      unit: fc.constantFrom(...Array.from("ab *_`[](){}<>&|~\\!#.-1")),
      minLength: 1,
      maxLength: 24,
    });
    const mark = fc.record({
      kind: fc.constantFrom("strong", "code", "link"),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      size: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(words, fc.array(mark, { maxLength: 4 }), (raw, drawn) => {
        const text = `So ${raw.replace(/\s+/g, " ").trim()} it is`.replace(/\s+/g, " ");
        const marks = drawn.map(({ kind, at, size }): Mark => {
          const start = Math.floor(at * text.length);
          const end = Math.min(text.length, start + 1 + Math.floor(size * 8));
          return kind === "link" ? { kind, start, end, href: "https://x.example/a?b=(c)" } : { kind: kind, start, end };
        });
        const [block] = blockTexts([{ kind: "sentence", text, block: 0, line: 1, marks }]);
        const blocks = readMarkdown(block ?? "").blocks;
        expect(blocks.map((each) => each.text).join("|")).toBe(text);
        expect(plainInline(writeInline({ text, marks }))).toBe(text);
        expect(squeezeRich({ text: ` ${text}  `, marks: [] }).text).toBe(text);
      }),
      {
        numRuns: 1_000,
        examples: [
          [
            "aaaaa",
            [
              { kind: "code", at: 0, size: 0 },
              { kind: "code", at: 0.072, size: 0 },
            ],
          ],
        ],
      },
    );
  });

  it("is cut with its line, and leads nowhere but to the web", () => {
    const line = writeInline({
      text: "see this now",
      marks: [{ kind: "link", start: 4, end: 8, href: "https://x.example/" }],
    });
    expect(readInline(line.slice(0, line.indexOf("this") + 2)).at(-1)).toMatchObject({
      text: "th",
      href: "https://x.example/",
    });
    expect(readInline(line.slice(line.indexOf("this"))).map(({ href }) => href)).toEqual([undefined, undefined]);
    const forged = `\ufdd2${Buffer.from("javascript:alert(1)").toString("hex")}\ufdd3x`;
    expect(readInline(forged)).toEqual([{ text: "x", strong: false, code: false, href: undefined }]);
    expect(linkTarget("https://user:secret@x.example/")).toBeUndefined();
    expect(
      joinRich([
        { text: "a", marks: [{ kind: "strong", start: 0, end: 1 }] },
        { text: "b", marks: [{ kind: "strong", start: 0, end: 1 }] },
      ]).marks,
    ).toHaveLength(1);
  });
});

describe("on every face", () => {
  const card = () => {
    const explainer = again(imported());
    const answer = answerFrom(explainer.sections[0]!, 0, 1, createFigureDesk(explainer, NO_FIGURES));
    return answerCard(
      {
        kind: "answer",
        question: "q",
        explainer: { id: "fares", title: "Fares", language: "en" },
        source: { title: "Fares", publisher: undefined, url: undefined, asOf: "" },
        related: [],
        also: [],
        unanswered: [],
        ...answer,
      },
      true,
    );
  };

  it("Discord shows links, bold, code and lists within lists", () => {
    const words = renderDiscord(card())
      .components.flatMap((each) => ("content" in each ? [each.content] : []))
      .join("\n");
    expect(words).toContain(
      "**Fill in the [claim form](https://x.example/f?a=%28b%29&c=D), then run `aˋb <c>` & wait.**",
    );
    expect(words).toContain("**Never** pay twice.");
    expect(words).toContain("- One **bold** thing\n  - An inner [link](https://y.example/)\n  - two\n- Last");
  });

  it("Slack shows them in its rich text, and the addresses in the text beside it", () => {
    const { text, blocks } = renderSlack(card());
    expect(refuseBlocks(blocks(), 50, new Set())).toBeUndefined();
    const shown = JSON.stringify(blocks());
    expect(shown).toContain(
      '{"type":"link","url":"https://x.example/f?a=(b)&c=D","text":"claim form","style":{"bold":true}}',
    );
    expect(shown).toContain('"style":{"bold":true,"code":true}');
    expect(shown).toContain("    ◦ An inner ");
    expect(text).toContain("<https://x.example/more|more>");
  });

  it("the page shows them as markup, lists within lists", async () => {
    const html = (await renderPage(card())).toString();
    expect(html).toContain(
      '<a href="https://x.example/f?a=(b)&amp;c=D" rel="noopener noreferrer nofollow">claim form</a>',
    );
    expect(html).toContain("<code>a`b &lt;c&gt;</code>");
    expect(html.replace(/\s+/g, " ").replace(/> </g, "><")).toMatch(
      /<ul><li>One <strong>bold<\/strong> thing<ul><li>An inner .*two<\/li><\/ul><\/li><li>Last<\/li><\/ul>/,
    );
  });

  it("a terminal shows the address beside the words", () => {
    const text = renderTerminal(card(), { width: 100, color: false });
    expect(text).toContain("  - One bold thing\n    - An inner link (https://y.example/)\n    - two\n  - Last");
  });

  it("a row of a table leads with its head", () => {
    const explainer = again(imported());
    const section = explainer.sections[0]!;
    const row = section.passages.findIndex(({ kind }) => kind === "row");
    expect(answerFrom(section, row, 1, createFigureDesk(explainer, NO_FIGURES)).lead).toBe("Line 4: Every 30 minutes");
  });
});
