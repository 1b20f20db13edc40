// What is imported reads back as the same article.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readForImport, kindOf, type ArticleKind } from "../../src/explainer/import.js";
import { explainerMarkdown } from "../../src/explainer/write-article.js";
import { decodeText } from "../../src/explainer/page/decode.js";
import { readArticle } from "../../src/explainer/read-article.js";
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

/** What an import takes: every heading with its passages, the first that leads. */
function taken(text: string, kind: ArticleKind = "html"): Record<string, string[]> {
  const { explainer } = readForImport(text, kind, "story", "story");
  return Object.fromEntries(
    (explainer?.sections ?? []).map(({ heading, passages: texts }) => [heading, texts.map(({ text: words }) => words)]),
  );
}
const NO = ["No, they stop at one."];

describe("questions on a web page", () => {
  it.each<[string, string]>([
    ["a definition list", "<dl><dt>Do night buses run?<dd>No, they stop at one.</dl>"],
    ["a button in a heading", "<h3><button>Do night buses run?</button></h3><div><p>No, they stop at one.</p></div>"],
    [
      "a button alone",
      "<button aria-expanded=false>Do night buses run?</button><div hidden><p>No, they stop at one.</p></div>",
    ],
    ["details", "<details><summary>Do night buses run?</summary>No, they stop at one.</details>"],
    ["bold words before a line break", "<b>Do night buses run?</b><br>No, they stop at one.<br>"],
    ["a heading of the fourth level", "<h4>Do night buses run?</h4><p>No, they stop at one.</p>"],
    ["a form around everything", "<form><h2>Do night buses run?</h2><p>No, they stop at one.</p></form>"],
    ["an aside around everything", "<aside><h2>Do night buses run?</h2><p>No, they stop at one.</p></aside>"],
    [
      "microdata",
      '<div itemscope itemtype="https://schema.org/Question"><div itemprop="name">Do night buses run?</div><div itemprop="acceptedAnswer"><p itemprop="text">No, they stop at one.</p></div></div>',
    ],
    [
      "pairs of div",
      "<div class=faq><div class=question>Do night buses run?</div><div class=answer>No, they stop at one.</div></div>",
    ],
    [
      "an unclosed body after a script that names one",
      '<html><script>var d="<body><p>Not this.</p></body>"</script><body><h2>Do night buses run?</h2><p>No, they stop at one.',
    ],
    [
      "data for search engines alone",
      '<html><head><script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Do night buses run?","acceptedAnswer":{"@type":"Answer","text":"<p>No, they stop at one.</p>"}}]}</script></head><body><div id=app></div></body></html>',
    ],
    [
      "a mark that links to the heading",
      '<h2>Do night buses run?<a class="headerlink" href="#x">¶</a></h2><p>No, they stop at one.</p>',
    ],
    [
      "share lines and a way back",
      '<h2>Do night buses run?</h2><p>No, they stop at one.</p><p>Share on Facebook</p><p><a href="#top">Back to contents</a></p>',
    ],
    [
      "a line that leads back, with its full stop",
      '<h2>Do night buses run?</h2><p>No, they stop at one.</p><section><div class="to_top"><a href="#">Back to top.</a></div></section>',
    ],
    ["hidden text", '<h2>Do night buses run?</h2><p>No, they stop at one.</p><p style="display:none">Not this.</p>'],
    ["a group that is empty", "<h2>Travel</h2><h2>Do night buses run?</h2><p>No, they stop at one."],
    ["paragraphs within bold that is not shut", "<p><b><p>Do night buses run?</b><hr><p>No, they stop at one."],
    [
      "a summary with a picture's name in it",
      '<details><summary><span>Do night buses run?</span><span class="material-symbols-outlined">expand_more</span></summary><p>No, they stop at one.</p></details>',
    ],
    [
      "a heading whose words read like a page's furniture, and whose link is of a table of contents",
      '<div id="comment-puis-je-payer-en-ligne"><h3><a class="toc-backref" href="#id1">Do night buses run?</a></h3><p>No, they stop at one.</p></div>',
    ],
    [
      "a number in an element of its own",
      "<button class=q><span>Q01</span> <span>Do night buses run?</span></button><div><p>No, they stop at one.</p></div>",
    ],
    ["a sign that opens it", "<h3>Do night buses run?+</h3><p>No, they stop at one.</p>"],
    [
      "a number as it is written in Chinese, and a sign",
      "<h3>1、Do night buses run? 🕐</h3><p>No, they stop at one.</p>",
    ],
    [
      "a page with a box for the size of its letters",
      '<h2>Do night buses run?</h2><p>No, they stop at one.</p><div class="a11y"><button aria-expanded=false aria-controls=t>Text size</button><div id=t role=region hidden>High contrast</div></div>',
    ],
    [
      "an answer that is called so",
      "<h4>Do night buses run?</h4><p><strong>Answer</strong>&nbsp;&nbsp; No, they stop at one.</p>",
    ],
    ["a number of several parts", "<h3>A1.1 Do night buses run?</h3><p>No, they stop at one.</p>"],
  ])("are taken from %s", (_, html) => expect(taken(html)).toEqual({ "Do night buses run?": NO }));

  it.each<[string, string, ArticleKind]>([
    [
      "bold lines with Q: and A:",
      "**Q: Do night buses run?**\n\nA: No, they stop at one.\n\n**Q: Is it dear?**\n\nA: Two pounds.\n\n**Q: Who pays?**\n\nA: The town.\n",
      "markdown",
    ],
    [
      "bold lines and an answer in the next",
      "**Q: Do night buses run?**\nA: No, they stop at one.\n\n**Q: Is it dear?**\nA: Two pounds.\n\n**Q: Who pays?**\nA: The town.\n",
      "markdown",
    ],
    [
      "numbers and bold",
      "1. **Do night buses run?**\n   No, they stop at one.\n2. **Is it dear?**\n   Two pounds.\n3. **Who pays?**\n   The town.\n",
      "markdown",
    ],
    [
      "headings with Q:",
      "### Q: Do night buses run?\nA: No, they stop at one.\n\n### Q: Is it dear?\nA: Two pounds.\n\n### Q: Who pays?\nA: The town.\n",
      "markdown",
    ],
    [
      "HTML in Markdown",
      '<h1 align="center">T</h1>\n\n<details><summary>Do night buses run?</summary>\n\nNo, they stop at one.\n\n</details>\n<details><summary>Is it dear?</summary>Two pounds.</details>\n<details><summary>Who pays?</summary>The town.</details>\n',
      "markdown",
    ],
    [
      "Q: and A: in one paragraph",
      "<p>Q: <i>Do night buses run?</i> A: No, they stop at one. Q: Is it dear? A: Two pounds.</p><p><strong>Money</strong> Q: Who pays? A: The town.</p>",
      "html",
    ],
    [
      "Q> and A>",
      "<p>Q&gt;Do night buses run?<br>&nbsp; A&gt;No, they stop at one.</p><p>Q&gt;Is it dear?<br>A&gt;Two pounds.</p><p>Q&gt;Who pays?<br>A&gt;The town.</p>",
      "html",
    ],
    [
      "headings beneath what the page calls itself",
      "<h2>Frequently Asked Questions (2020)</h2><p>Read on.</p><h2>Do night buses run?</h2><p>No, they stop at one.</p><h2>Is it dear?</h2><p>Two pounds.</p><h2>Who pays?</h2><p>The town.</p>",
      "html",
    ],
    [
      "marks in a column of their own",
      ["Do night buses run?", "No, they stop at one.", "Is it dear?", "Two pounds.", "Who pays?", "The town."]
        .map(
          (text, index) =>
            `<div class=row><div class="c1">${index % 2 === 0 ? "Q." : "A."}</div><div class="c11">${text}</div></div>`,
        )
        .join(""),
      "html",
    ],
    [
      "links to them above",
      `<ul>${["Do night buses run?", "Is it dear?", "Who pays?"].map((text, index) => `<p><a href="#q${index}">${text}</a></p>`).join("")}</ul><p><b>1. Do night buses run?</b></p><p>No, they stop at one.</p><p><b>2. Is it dear?</b></p><p>Two pounds.</p><p><b>3. Who pays?</b></p><p>The town.</p>`,
      "html",
    ],
    [
      "containers of a site generator",
      "::: tip\nRead on.\n:::\n\n::: details Do night buses run?\nNo, they stop at one.\n:::\n\n:::details Is it dear?\nTwo pounds.\n:::\n\n::: details Who *pays*?\nThe town.\n:::\n",
      "markdown",
    ],
    [
      "fences that fold them away",
      "```{tip}\nRead on.\n```\n\n````{dropdown} Do night buses run?\n    :open:\n\n```{note}\nNo, they stop at one.\n```\n````\n\n:::{dropdown} Is it dear?\n:color: primary\n\nTwo pounds.\n:::\n\n```{dropdown} Who pays?\nThe town.\n```\n",
      "markdown",
    ],
    [
      "shortcodes that are given them",
      '{{< banner >}}\n{{< faq "Do night buses run?" >}}\nNo, they stop at one.\n{{</ faq >}}\n{{% faq question="Is it dear?" %}}\nTwo pounds.\n{{% /faq %}}\n{{< faq "Who pays?" >}}\nThe town.\n{{< /faq >}}\n',
      "markdown",
    ],
    [
      "codes between square brackets",
      '[row_box a="1"][toggle title="Do night buses run?"]\nNo, they stop at one.\n[/toggle][toggle title="Is it dear?"]\nTwo pounds.\n[/toggle]\n[toggle title="Who pays?"]The town.[/toggle][/row_box]\n',
      "markdown",
    ],
    [
      "components that are given them",
      '<Faq>\n<Item title="Do night buses run?">\n\nNo, they stop at one.\n\n</Item>\n<Item title="Is it dear?">\n\nTwo pounds.\n\n</Item>\n<Item title="Who pays?">\n\nThe town.\n\n</Item>\n<Divider />\n</Faq>\n',
      "markdown",
    ],
    [
      "links that say what they open, in a builder's boxes",
      [
        ["Do night buses run?", "No, they stop at one."],
        ["Is it dear?", "Two pounds."],
        ["Who pays?", "The town."],
      ]
        .map(
          ([q = "", a = ""], index) =>
            `<div class="elementor-widget"><div class="card"><a href="#c${index}" data-toggle="collapse" aria-controls="c${index}"><span>${q}</span></a></div><div id="c${index}" class="collapse"><p>${a}</p></div></div>`,
        )
        .join(""),
      "html",
    ],
    [
      "a page whose data is of an older one",
      `<html><head><script type="application/ld+json">${JSON.stringify({ "@type": "FAQPage", mainEntity: ["Old?", "Older?", "Oldest?"].map((name) => ({ "@type": "Question", name, acceptedAnswer: { text: "So." } })) })}</script></head><body><h2>Do night buses run?</h2><p>No, they stop at one.</p><h2>Is it dear?</h2><p>Two pounds.</p><h2>Who pays?</h2><p>The town.</p></body></html>`,
      "html",
    ],
    [
      "a list that is bold, whose answers are not",
      '<ol style="font-weight: bold"><li><p><b><img src=x>Do night buses run?<br></b><span style="font-weight: 400">No, they stop at one.</span></p></li><li><p>Is it dear?<br><span style="font-weight: 400">Two pounds.</span></li><li><p>Who pays?<br><span style="font-weight:normal">The town.</span></li></ol>',
      "html",
    ],
    [
      "bold lines behind what stands in no paragraph",
      "<a name=a><b>Do night buses run?</b></a><br><p>No, they stop at one.</p><a name=b><b>Is it dear?</b></a><br/>Two pounds.<br><br><a name=c><b>Who pays?</b></a><br/>The town.",
      "html",
    ],
    [
      "paragraphs of list items",
      "1.  Do night buses run?\n\n    No, they stop at one.\n\n2.  Is it dear?\n\n    Two pounds.\n\n# Money\n\n1.  Who pays?\n\n    The town.\n",
      "markdown",
    ],
    [
      "links that open them",
      '<div><a href="javascript:;" class="open">Do night buses run?</a><div>No, they stop at one.</div></div><div><a href="#" class="open">Is it dear?</a><div>Two pounds.</div></div><div><a href="#" class="open">Who pays?</a><div>The town.</div></div>',
      "html",
    ],
    [
      "plain lines",
      "<p>Do night buses run?</p><p>No, they stop at one.</p><p>Is it dear?</p><p>Two pounds.</p><p>Who pays?</p><p>The town.</p>",
      "html",
    ],
    [
      "groups above questions",
      "<h1>Buses</h1><h2>Do night buses run?</h2><p>No, they stop at one.</p><h2>Money</h2><h3>Is it dear?</h3><p>Two pounds.</p><h3>Who pays?</h3><p>The town.</p>",
      "html",
    ],
    [
      "a box of teasers behind them",
      "<h2>Do night buses run?</h2><p>No, they stop at one.</p><h2>Is it dear?</h2><p>Two pounds.</p><h2>Who pays?</h2><p>The town.</p><h2>Related</h2><h3>Will it rain?</h3><p>See here.</p><h3>Who won?</h3><p>We did.</p><h3>What now?</h3><p>More.</p>",
      "html",
    ],
  ])("are three by %s", (_, text, kind) =>
    expect(taken(text, kind)).toEqual({
      "Do night buses run?": NO,
      "Is it dear?": ["Two pounds."],
      "Who pays?": ["The town."],
    }),
  );
});

describe("a list of links to questions", () => {
  it("names the plain lines further down that answer to it, also where they are worded a little otherwise", () => {
    const asked = ["Do night buses run on a Sunday?", "Is it dear?", "Who pays for them now?"];
    const answer = (about: string): string =>
      `${about} There is more to say of it, and it is said here at some length.`;
    const html = `<p>${asked.map((q) => `<a class="go" href="#">${q}</a><br>`).join("")}</p>${asked
      .map(
        (q, index) =>
          `<p><a name=x></a>${q.replace("for them now", "for them")} <a class="go" href="#">top</a></p><p>${answer(`Of ${index}.`)} See <a class=go href="#">here</a>.</p>`,
      )
      .join("")}`;
    expect(Object.keys(taken(html))).toEqual(["Do night buses run on a Sunday?", "Is it dear?", "Who pays for them?"]);
  });
});

describe("an answer that is folded away", () => {
  it("keeps the headings in it, whatever their level and words", () => {
    const html =
      '<a class="question" href="#"><h3>Do night buses run?</h3></a><div class="answer"><h2>Which of them?</h2><p>No, they stop at one.</p></div>' +
      '<a class="question" href="#"><h3>Is it dear?</h3></a><div class="answer"><p>Two pounds. <a href="/fares">Read more</a></p></div>' +
      '<a class="question" href="#"><h3>Who pays?</h3></a><div class="answer"><dl><dt>The town</dt><dd>Half.</dd></dl></div>';
    expect(taken(html)).toEqual({
      "Do night buses run?": ["Which of them?", "No, they stop at one."],
      "Is it dear?": ["Two pounds.", "Read more"],
      "Who pays?": ["The town", "Half."],
    });
  });
});

describe("what is asked in other words", () => {
  const buses = (last: string, answer: string): string =>
    [...Array.from({ length: 5 }, (_, index) => [`What is number ${index}?`, `It is ${index}.`]), [last, answer]]
      .map(([question, text]) => `**${question}**\\\n${text}\n`)
      .join("\n");

  it("is a question among questions of its kind", () => {
    expect(taken(buses("How to bring a dog along", "On a lead."), "markdown")).toHaveProperty(
      ["How to bring a dog along"],
      ["On a lead."],
    );
    const toggles = ["Who pays?", "Why?", "When?", "The strategy of the council:"].map(
      (question) => `<div><a class="open" href="javascript:;">${question}</a><div><p>So.</p></div></div>`,
    );
    expect(Object.keys(taken(toggles.join("")))).toHaveLength(4);
    const labels = ["Who pays?", "Why?", "When?", "The hours of the office"].map(
      (question, index) =>
        `<div><input type="radio" id="r${index}"><label for="r${index}">${question}</label><div><p>So.</p></div></div>`,
    );
    expect(Object.keys(taken(labels.join("")))).toHaveLength(4);
    const classes = ["Who pays?", "Why?", "When?", "Dogs"].map(
      (question) => `<div class="faq-question">${question}</div><div class="faq-answer">So.</div>`,
    );
    expect(Object.keys(taken(classes.join("")))).toHaveLength(4);
  });

  it("is part of an answer where it is short, or a term in a list of terms", () => {
    expect(Object.keys(taken(buses("Please note", "It is so."), "markdown"))).toHaveLength(5);
    const terms = "<dl><dt>Lead<dd>A rope for a dog.<dt>Dog<dd>An animal.</dl>";
    const page = `<h2>Who pays?</h2><p>We.</p><h2>May dogs come?</h2><p>On a lead.</p>${terms}<p>Well.</p><h2>Why?</h2><p>So.</p>`;
    expect(taken(page)["May dogs come?"]).toEqual([
      "On a lead.",
      "Lead",
      "A rope for a dog.",
      "Dog",
      "An animal.",
      "Well.",
    ]);
  });

  it("comes from the page where its data names some of the questions alone", () => {
    const data = {
      "@type": "FAQPage",
      mainEntity: ["Who pays?", "Gone?", "Lost?"].map((name) => ({
        "@type": "Question",
        name,
        acceptedAnswer: { text: "So." },
      })),
    };
    const shown = ["Who pays?", "Why?", "When?", "Where?", "How?", "Whose?"].map(
      (question) => `<h2>${question}</h2><p>So.</p>`,
    );
    const page = `<html><head><script type="application/ld+json">${JSON.stringify(data)}</script></head><body>${shown.join("")}</body></html>`;
    expect(Object.keys(taken(page))).toHaveLength(6);
  });
});

describe("a web page", () => {
  it("gives its article, not a longer teaser behind it", () => {
    const story = "The wall broke in the night, and the water stood in the market until the morning. ".repeat(8);
    const page = `<body><article><h1>The wall</h1><p>${story}</p><p>${story}</p></article><article class="teaser"><h2><a href="/x">Read this</a></h2><p><a href="/x">${"Another story. ".repeat(20)}</a></p></article></body>`;
    expect(JSON.stringify(taken(page))).toContain("The wall broke");
    expect(JSON.stringify(taken(page))).not.toContain("Another story");
  });

  it("tells its title without the site, language, publisher, dates and address", () => {
    const page = `<html lang="de"><head><title>Fares | The Example</title><meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2024-04-07T10:00:00Z"><link rel="canonical" href="https://x.example/fares"></head><body><h2>Ab wann gilt es?</h2><p>Ab dem 7. April gilt der neue Preis. Danach nicht.</p><h2>Wer zahlt?</h2><p>Die Stadt.</p></body></html>`;
    const { explainer } = readForImport(page, "html", "fares", "fares.html");
    expect(explainer).toMatchObject({
      title: "Fares",
      language: "de",
      asOf: "2024-04-07",
      source: { publisher: "The Example", url: "https://x.example/fares" },
    });
    expect(explainer?.sections[0]?.passages[0]?.text).toBe("Ab dem 7. April gilt der neue Preis.");
  });

  it("keeps a table with its head", () => {
    expect(taken("<h2>How often?</h2><table><tr><th>Line<th>Every<tr><td>4<td>30 minutes</table>")).toEqual({
      "How often?": ["Line · Every", "4 · 30 minutes"],
    });
  });

  it("takes front matter of any kind", () => {
    const { explainer } = readForImport(
      "---\nlayout: post\ntitle: Fares\ndate: 2024-05-01\ntags: [a]\n---\n\n## Who pays?\n\nThe town.\n",
      "markdown",
      "x",
      "x.md",
    );
    expect(explainer).toMatchObject({ title: "Fares", asOf: "2024-05-01" });
  });

  it("takes no style sheet that stands in Markdown", () => {
    const { explainer } = readForImport(
      "# Fares\n\n<h3>Who pays?</h3>\n<p>The town.</p>\n\n<style>\n  .a { color: red; }\n</style>\n",
      "markdown",
      "x",
      "x.md",
    );
    expect(explainer?.sections.map(({ passages }) => passages.map(({ text }) => text))).toEqual([["The town."]]);
  });

  it("says which headings are the same, and which have no answer", () => {
    const { notes } = readForImport(
      "<h2>Who pays?</h2><p>The town.</p><h2>Who pays?</h2><p>You.</p><h2>And why?</h2><h2>When?</h2><p>Now.</p>",
      "html",
      "x",
      "x",
    );
    expect(notes.join(" ")).toMatch(/“And why\?” has no answer.*“Who pays\?” is the heading of 2 sections/);
  });

  it("keeps every letter in an id", () => {
    expect(readForImport("<h2>किराया कितना है?</h2><p>दो रुपये।</p>", "html", "x", "x").explainer?.sections[0]?.id).toBe(
      "किराया-कितना-है",
    );
  });

  it("that nests without end is refused, not followed", () => {
    for (const tag of ["article", "center", "details", "b"]) {
      const { explainer, problems } = readForImport(`<${tag}>`.repeat(20_000), "html", "x", "x");
      expect(explainer).toBeUndefined();
      expect(problems).toHaveLength(1);
    }
  });

  it.each([
    ["windows-1252", [0x35, 0x20, 0x80, 0x20, 0x96, 0x20, 0x93, 0x68, 0x94], "5 € – “h”"],
    [undefined, [0x66, 0xfc, 0x72], "für"],
    ["utf-8", [0xc3, 0xbc], "ü"],
    [undefined, [0xff, 0xfe, 0x61, 0x00], "a"],
  ])("is read in %s", (charset, bytes, text) => expect(decodeText(Uint8Array.from(bytes), charset)).toEqual({ text }));

  it("is told from Markdown and from text", () => {
    expect(kindOf('<h1 align="center">T</h1>\n\n## A?\n', ".md")).toBe("markdown");
    expect(kindOf("<!doctype html><p>", ".md")).toBe("html");
    expect(kindOf(`${" ".repeat(6_000)}<h4>A?</h4>`, ".html")).toBe("html");
    expect(kindOf("What?\n\nThis.", ".txt")).toBe("text");
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
    expect(leftOut).toHaveLength(2);
  });
});
