// Articles in whatever form an editor has them: taken, or refused with what to do instead.
import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/explainer/content-error.js";
import { readArticleFile } from "../../src/explainer/read-file.js";
import type { Explainer } from "../../src/explainer/types.js";
import { wordFile, zip } from "../support/zip.js";

const read = async (text: string | Uint8Array, name: string): Promise<Explainer | undefined> => {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const extension = /\.\w+$/.exec(name)?.[0] ?? "";
  return (await readArticleFile(bytes, { name, extension, id: "story" })).explainer;
};
const taken = (explainer: Explainer | undefined): string[][] =>
  (explainer?.sections ?? []).map(({ heading, passages }) => [heading, ...passages.map(({ text }) => text)]);

const BUSES = [
  ["Do night buses run?", "No, they stop at one."],
  ["Who pays?", "The council pays."],
];

describe("questions come from", () => {
  it.each([
    ["a list in JSON", "q.json", JSON.stringify(BUSES.map(([question, answer]) => ({ question, answer })))],
    [
      "JSON by short names, in an object",
      "q.json",
      JSON.stringify({ title: "Buses", faq: BUSES.map(([q, a]) => ({ q, a })) }),
    ],
    ["JSON whose keys ask", "q.json", JSON.stringify(Object.fromEntries(BUSES))],
    [
      "numbered keys in JSON",
      "q.json",
      JSON.stringify({
        FAQ_Title: "Buses",
        ...Object.fromEntries(
          BUSES.flatMap(([q, a], index) => [
            [`FAQ_Question${index}`, q],
            [`FAQ_Answer${index}`, a],
          ]),
        ),
      }),
    ],
    ["answers in several texts", "q.json", JSON.stringify(BUSES.map(([q, a]) => ({ Question: q, Answer: [a, ""] })))],
    ["pairs in JSON", "q.json", JSON.stringify({ questions: BUSES })],
    [
      "groups in JSON",
      "q.json",
      JSON.stringify([
        { title: "Travel", items: [{ name: BUSES[0]![0], text: BUSES[0]![1] }] },
        { title: "Money", items: [{ title: BUSES[1]![0], body: BUSES[1]![1] }] },
      ]),
    ],
    [
      "schema.org in JSON",
      "q.json",
      JSON.stringify({
        "@type": "FAQPage",
        mainEntity: BUSES.map(([name, text]) => ({
          "@type": "Question",
          name,
          acceptedAnswer: { "@type": "Answer", text },
        })),
      }),
    ],
    [
      "a JSON Feed",
      "feed.json",
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title: "Buses",
        items: BUSES.map(([title, text]) => ({ id: title, title, content_html: `<p>${text}</p>` })),
      }),
    ],
    [
      "RSS",
      "feed.xml",
      `<?xml version="1.0"?><rss version="2.0"><channel><title>Buses</title><link>https://x.example/</link>${BUSES.map(([title, text]) => `<item><title><![CDATA[${title}]]></title><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`).join("")}</channel></rss>`,
    ],
    [
      "Atom",
      "feed.xml",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Buses</title>${BUSES.map(([title, text]) => `<entry><title>${title}</title><content type="html">&lt;p&gt;${text}&lt;/p&gt;</content></entry>`).join("")}</feed>`,
    ],
    [
      "a Word file",
      "q.docx",
      wordFile([
        { text: "Buses", level: 1 },
        ...BUSES.flatMap(([q = "", a = ""]) => [{ text: q, level: 2 }, { text: a }]),
      ]),
    ],
    [
      "a Word file of first headings alone",
      "q.docx",
      wordFile(BUSES.flatMap(([q = "", a = ""]) => [{ text: q, level: 1 }, { text: a }])),
    ],
    ["headings of the first level in Markdown", "q.md", BUSES.map(([q, a]) => `# ${q}\n\n${a}\n`).join("\n")],
    [
      "Atom with markup in it",
      "feed.xml",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Buses</title>${BUSES.map(([title, text]) => `<entry><title>${title}</title><content type="xhtml"><div><p>${text}</p></div></content></entry>`).join("")}</feed>`,
    ],
    [
      "Hugo's front matter",
      "q.md",
      `+++\ntitle = "Buses"\ndate = 2024-05-01\ndraft = false\n+++\n\n## ${BUSES[0]![0]}\n\n${BUSES[0]![1]}\n\n## ${BUSES[1]![0]}\n\n${BUSES[1]![1]}\n`,
    ],
  ])("%s", async (_, name, text) => {
    expect(taken(await read(text, name))).toEqual(BUSES);
  });

  it("a feed with its title, language, address and date", async () => {
    const explainer = await read(
      `<rss version="2.0"><channel><title>Busse</title><link>https://x.example/faq</link><language>de-AT</language><lastBuildDate>Wed, 01 May 2024 10:00:00 GMT</lastBuildDate><item><title>Fahren sie?</title><description>Nein.</description></item></channel></rss>`,
      "feed.xml",
    );
    expect(explainer).toMatchObject({
      title: "Busse",
      language: "de-AT",
      asOf: "2024-05-01",
      source: { url: "https://x.example/faq" },
    });
  });

  it("answers in JSON may be Markdown or HTML", async () => {
    const answers = ["Fill in the [form](https://x.example/f).", 'Fill in the <a href="https://x.example/f">form</a>.'];
    for (const answer of answers) {
      const explainer = await read(JSON.stringify([{ question: "How?", answer }]), "q.json");
      expect(explainer?.sections[0]?.passages[0]).toMatchObject({
        text: "Fill in the form.",
        marks: [{ kind: "link", href: "https://x.example/f", start: 12, end: 16 }],
      });
    }
  });

  it("text that asks nothing is one section, for the editor to part", async () => {
    const bytes = Buffer.from(
      "Night buses\n\nThe council has ended them. It cost too much.\n\nShared taxis wait at the gate.\n",
    );
    const { explainer, notes } = await readArticleFile(bytes, { name: "a.txt", extension: ".txt", id: "a" });
    expect(taken(explainer)).toEqual([
      ["Night buses", "The council has ended them.", "It cost too much.", "Shared taxis wait at the gate."],
    ]);
    expect(notes.join()).toContain("No questions were found");
  });

  it("a rule of many hyphens is a rule", async () => {
    const rule = "-".repeat(60);
    expect(
      taken(await read(`## Do night buses run?\n\nNo.\n\n${rule}\n\n* * *\n\n## Who pays?\n\nWe.\n`, "q.md")),
    ).toHaveLength(2);
  });
});

describe("refused, with what to do instead:", () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    ["a PDF", "a.pdf", "%PDF-1.7\n…", /is a PDF; open it, copy its text/],
    ["old Word", "a.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"), /old Word file; save it as a web page/],
    ["rich text", "a.rtf", "{\\rtf1 x}", /is rich text/],
    ["a spreadsheet", "a.xlsx", zip({ "xl/workbook.xml": "<x/>" }), /holds no Word text/],
    ["a Word file that is cut off", "a.docx", wordFile([{ text: "x" }]).subarray(0, 600), /no whole Word file/],
    [
      "a Word file that unpacks without end",
      "a.docx",
      zip({ "word/document.xml": "x" }, 2 ** 31),
      /unpacks to more than 100 MB/,
    ],
    [
      "reStructuredText",
      "a.rst",
      "Title\n=====\n",
      /make a web page of it with "pandoc -f rst -t html -o article.html a.rst"/,
    ],
    ["AsciiDoc", "a.adoc", "= Title\n", /"asciidoctor -o article.html a.adoc"/],
  ])("%s", async (_, name, bytes, reason) => {
    const error: unknown = await read(bytes, name).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ContentError);
    expect(String(error)).toMatch(reason);
  });

  it.each([
    ["q.json", '{"question": ', /no well-formed JSON/],
    ["q.json", '{"a": 1}', /no section was found/],
    ["feed.xml", "<rss><channel/></rss>", /no section was found/],
  ])("%s that holds none: %s", async (name, text, reason) => {
    const bytes = Buffer.from(text);
    const { explainer, problems } = await readArticleFile(bytes, { name, extension: /\.\w+$/.exec(name)![0], id: "x" });
    expect(explainer).toBeUndefined();
    expect(problems.map(({ message }) => message).join()).toMatch(reason);
  });
});
