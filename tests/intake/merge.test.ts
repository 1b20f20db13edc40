// A page imported again: what it changed comes in, what the editor wrote stays.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readArticle } from "../../src/explainer/read-article.js";
import { chunksOf } from "../../src/intake/chunks.js";
import { lookMarks } from "../../src/intake/look.js";
import { mergeImport, type Merged } from "../../src/intake/merge.js";

const FRONT = "---\ntitle: Buses\nas_of: 2024-05-01\nsource:\n  title: Buses\n---\n";
type Sections = Readonly<Record<string, string>>;

/** An explainer's file: by heading with its id, the answer. */
const write = (sections: Sections, front = FRONT): string =>
  `${front}\n${Object.entries(sections)
    .map(([heading, answer]) => `## ${heading}\n\n${answer}\n`)
    .join("\n")}`;

const BASE: Sections = {
  "Do they run at night? {#night}":
    "No, they stop at one.\nThe last leaves from the harbour.\n\nOn Sundays there are none.",
  "What is a ticket? {#ticket}": "A ticket costs two pounds.\nIt is valid for two hours.",
  "Who decides? {#decides}": "The council decides in May.\n\n- the mayor\n- the board",
};

const merge = (edited: Sections | string, fresh: Sections, accept = false, base: Sections = BASE): Merged => {
  const chunks = (of: Sections | string) => chunksOf(typeof of === "string" ? of : write(of), "buses", "explainer.md");
  return mergeImport(chunks(edited), chunks(base), chunks(fresh), { accept });
};
const kinds = ({ changes }: Merged): string[] => changes.map(({ kind, id }) => `${kind} ${id}`);
/** Sections as they would be read. */
const read = (text: string): Record<string, string[]> =>
  Object.fromEntries(
    readArticle(text, "markdown", "buses", "b.md").explainer!.sections.map(({ id, heading, passages }) => [
      id,
      [heading, ...passages.map((passage) => passage.text)],
    ]),
  );

describe("a page that changed", () => {
  it("brings its new words into what the editor left alone, and says so", () => {
    const merged = merge(BASE, {
      ...BASE,
      "What is a ticket? {#ticket}": "A ticket costs three pounds.\nIt is valid for two hours.",
    });
    expect(merged.changes).toEqual([
      {
        kind: "changed",
        id: "ticket",
        heading: "What is a ticket?",
        before: ["A ticket costs two pounds."],
        now: ["A ticket costs three pounds."],
        look: false,
      },
    ]);
    expect(read(merged.text)["ticket"]).toContain("A ticket costs three pounds.");
  });

  it("keeps ids, order of words and passages of the editor's beside its own changes", () => {
    const edited = write({
      "Do they run at night? {#owls}": BASE["Do they run at night? {#night}"]!.replace("harbour", "harbour wall"),
      "What is a ticket? {#ticket}": `${BASE["What is a ticket? {#ticket}"]!}\n\nChildren ride free, says the editor.`,
      "Who decides? {#decides}": BASE["Who decides? {#decides}"]!,
    });
    const merged = merge(edited, {
      ...BASE,
      "Do they run at night? {#night}": BASE["Do they run at night? {#night}"]!.replace(
        "On Sundays there are none",
        "On Sundays there are two",
      ),
      "What is a ticket? {#ticket}": "A ticket costs three pounds.\nIt is valid for two hours.",
    });
    expect(kinds(merged)).toEqual(["changed owls", "changed ticket"]);
    expect(read(merged.text)).toEqual({
      owls: [
        "Do they run at night?",
        "No, they stop at one.",
        "The last leaves from the harbour wall.",
        "On Sundays there are two.",
      ],
      ticket: [
        "What is a ticket?",
        "A ticket costs three pounds.",
        "It is valid for two hours.",
        "Children ride free, says the editor.",
      ],
      decides: ["Who decides?", "The council decides in May.", "the mayor", "the board"],
    });
  });

  it("stands beside the editor's words where both changed the same, and readers see the editor's", () => {
    const edited = { ...BASE, "What is a ticket? {#ticket}": "A ticket costs £2.\nIt is valid for two hours." };
    const fresh = {
      ...BASE,
      "What is a ticket? {#ticket}": "A ticket costs three pounds.\nIt is valid for two hours.",
    };
    const merged = merge(edited, fresh);
    expect(kinds(merged)).toEqual(["both changed ticket"]);
    expect(merged.changes[0]?.look).toBe(true);
    expect(read(merged.text)["ticket"]).toEqual([
      "What is a ticket?",
      "A ticket costs £2.",
      "It is valid for two hours.",
    ]);
    expect(merged.text).toContain("A ticket costs three pounds.");
    expect(lookMarks(merged.text)).toHaveLength(1);
    const accepted = merge(edited, fresh, true);
    expect(read(accepted.text)["ticket"]).toContain("A ticket costs three pounds.");
    expect(lookMarks(accepted.text)).toHaveLength(0);
  });

  it("renames, moves, adds and withdraws sections", () => {
    const merged = merge(BASE, {
      "Who decides? {#decides}": BASE["Who decides? {#decides}"]!,
      "Is there Wi-Fi? {#wi-fi}": "Not yet.",
      "Is there service after midnight? {#service}": BASE["Do they run at night? {#night}"]!,
    });
    expect(kinds(merged).sort()).toEqual([
      expect.stringMatching(/^moved (?:night|decides)$/),
      "new wi-fi",
      "renamed night",
      "withdrawn ticket",
    ]);
    expect(Object.keys(read(merged.text)).filter((id) => id !== "ticket")).toEqual(["decides", "wi-fi", "night"]);
    expect(read(merged.text)["night"]?.[0]).toBe("Is there service after midnight?");
    expect(read(merged.text)["ticket"]).toBeDefined();
    expect(lookMarks(merged.text)[0]?.message).toContain("this section no longer");
    expect(
      read(merge(BASE, { "Who decides? {#decides}": BASE["Who decides? {#decides}"]! }, true).text),
    ).toHaveProperty("decides");
    expect(
      Object.keys(read(merge(BASE, { "Who decides? {#decides}": BASE["Who decides? {#decides}"]! }, true).text)),
    ).toEqual(["decides"]);
  });

  it("leaves a heading that the editor reworded, and says what the page asks now", () => {
    const edited = { ...BASE, "Who has the last word? {#decides}": BASE["Who decides? {#decides}"]! } as Record<
      string,
      string
    >;
    delete edited["Who decides? {#decides}"];
    const merged = merge(edited, {
      "Do they run at night? {#night}": BASE["Do they run at night? {#night}"]!,
      "What is a ticket? {#ticket}": BASE["What is a ticket? {#ticket}"]!,
      "Who is it that decides? {#is}": BASE["Who decides? {#decides}"]!,
    });
    expect(read(merged.text)["decides"]?.[0]).toBe("Who has the last word?");
    expect(lookMarks(merged.text)[0]?.message).toContain("Who is it that decides?");
  });

  it("does not bring back what the editor took out, and says when the page changed it", () => {
    const edited = { "Who decides? {#decides}": BASE["Who decides? {#decides}"]! };
    expect(merge(edited, BASE)).toMatchObject({ changes: [] });
    const merged = merge(edited, { ...BASE, "What is a ticket? {#ticket}": "A ticket costs three pounds." });
    expect(kinds(merged)).toEqual(["taken out ticket"]);
    expect(read(merged.text)).not.toHaveProperty("ticket");
  });

  it("changes of the front matter what the editor left alone, comments and all", () => {
    const edited = write(BASE, FRONT.replace("title: Buses\nas_of", "title: Our buses\n# the editor's own\nas_of"));
    const fresh = write(BASE, FRONT.replaceAll("title: Buses", "title: The buses").replace("2024-05-01", "2024-06-02"));
    const chunks = (of: string) => chunksOf(of, "buses", "explainer.md");
    const { text } = mergeImport(chunks(edited), chunks(write(BASE)), chunks(fresh), { accept: false });
    expect(text).toContain("title: Our buses\n# the editor's own\nas_of: 2024-06-02\n");
    expect(text).toContain("  title: The buses");
  });

  it("where no import is known nothing of the editor's is overwritten", () => {
    const chunks = (of: string) => chunksOf(of, "buses", "explainer.md");
    const fresh = { ...BASE, "What is a ticket? {#ticket}": "A ticket costs three pounds.", "Why? {#why}": "Because." };
    const { text, changes } = mergeImport(chunks(write(BASE)), undefined, chunks(write(fresh)), { accept: false });
    expect(changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["both changed ticket", "new why"]);
    expect(read(text)["ticket"]).toEqual([
      "What is a ticket?",
      "A ticket costs two pounds.",
      "It is valid for two hours.",
    ]);
  });

  const texts = (edited: string, base: string, fresh: string, accept = false): Merged => {
    const chunks = (of: string) => chunksOf(of, "buses", "explainer.md");
    return mergeImport(chunks(edited), chunks(base), chunks(fresh), { accept });
  };
  const NEXT = {
    ...BASE,
    "What is a ticket? {#ticket}": "A ticket costs three pounds.\nIt is valid for two hours.",
    "Is there Wi-Fi? {#wi-fi}": "Not yet.",
  };

  it("is written at the editor's own level of headings, beneath the editor's groups", () => {
    const edited = write(BASE).replaceAll("\n## ", "\n### ").replace("\n### ", "\n## The service\n\n### ");
    const { text } = texts(edited, write(BASE), write(NEXT));
    expect(text).toContain("## The service\n\n### Do they run at night? {#night}");
    expect(Object.keys(read(text))).toEqual(["night", "ticket", "decides", "wi-fi"]);
    expect(read(text)["ticket"]).toContain("A ticket costs three pounds.");
  });

  it("keeps headings that are underlined", () => {
    const edited = write(BASE).replace("## What is a ticket? {#ticket}", "What is a ticket? {#ticket}\n---");
    const { text } = texts(edited, write(BASE), write(NEXT));
    expect(text).toContain("What is a ticket? {#ticket}\n---\n\nA ticket costs three pounds.");
    expect(Object.keys(read(text))).toContain("ticket");
  });

  it("does not take a section of the editor's for the page's because both were given one id", () => {
    const edited = { ...BASE, "Do fares rise? {#fares}": "Our reporter was told that they stay." };
    const page = { ...BASE, "Will the fares rise? {#fares}": "Nobody knows." };
    const first = merge(edited, page);
    expect(Object.keys(read(first.text))).toEqual(expect.arrayContaining(["fares", "fares-2"]));
    const next = { ...page, "Will the fares rise? {#fares}": "They rise in May." };
    const { text } = texts(first.text, write(page), write(next), true);
    expect(read(text)["fares"]).toEqual(["Do fares rise?", "Our reporter was told that they stay."]);
    expect(read(text)["fares-2"]).toEqual(["Will the fares rise?", "They rise in May."]);
  });

  it("asked to take the page's side, keeps what the editor added, and resolves a remark that stands", () => {
    const edited = {
      ...BASE,
      "What is a ticket? {#ticket}":
        "A ticket costs £2.\nIt is valid for two hours.\n\nChildren ride free, says our reporter.",
    };
    const accepted = merge(edited, NEXT, true);
    expect(read(accepted.text)["ticket"]).toEqual([
      "What is a ticket?",
      "A ticket costs three pounds.",
      "It is valid for two hours.",
      "Children ride free, says our reporter.",
    ]);
    const marked = merge(edited, NEXT);
    expect(lookMarks(marked.text)).toHaveLength(1);
    const later = texts(marked.text, write(NEXT), write(NEXT), true);
    expect(lookMarks(later.text)).toHaveLength(0);
    expect(read(later.text)["ticket"]).toEqual(read(accepted.text)["ticket"]);
  });

  it("has one remark for one conflict, however often the page changes, as it was written", () => {
    let edited = write({ ...BASE, "What is a ticket? {#ticket}": "A ticket costs £2.\nIt is valid for two hours." });
    let base = write(BASE);
    for (const price of ["three -- or", "four", "five"]) {
      const fresh = write({
        ...BASE,
        "What is a ticket? {#ticket}": `A ticket costs ${price} pounds.\nIt is valid for two hours.`,
      });
      edited = texts(edited, base, fresh).text;
      base = fresh;
      expect(lookMarks(edited)).toHaveLength(1);
      expect(edited).toContain(`A ticket costs ${price} pounds.`);
    }
    const gone = texts(edited, base, write({ "Who decides? {#decides}": BASE["Who decides? {#decides}"]! })).text;
    expect(gone).toContain("this section no longer");
    const back = texts(gone, write({ "Who decides? {#decides}": BASE["Who decides? {#decides}"]! }), base).text;
    expect(back).not.toContain("this section no longer");
  });

  it("leaves code and the editor's own remarks whole", () => {
    const code = "```\nA ticket costs two pounds.\n\nIt is valid for two hours.\n```";
    const remark = " <!-- not checked yet\n\nIt may be three.\n\n-->";
    const edited = { ...BASE, "What is a ticket? {#ticket}": `${code}\n\n${remark}` };
    const { text } = merge(edited, NEXT);
    expect(text).toContain(code);
    expect(text).toContain(remark);
    expect(JSON.stringify(read(text)["ticket"])).not.toMatch(/look:|may be three|-->/);
  });

  it("tells what it changed of the front matter, and does not bring back what the editor took out", () => {
    const fresh = write(
      BASE,
      FRONT.replace("title: Buses\nas_of", "title: The buses\nas_of").replace(
        "  title: Buses",
        "  title: Buses\n  publisher: The Example",
      ),
    );
    expect(texts(write(BASE), write(BASE), fresh).front).toEqual([
      "title: Buses → The buses",
      "source.publisher: The Example",
    ]);
    const bare = write(BASE, FRONT.replace("source:\n  title: Buses\n", ""));
    expect(texts(bare, write(BASE), fresh).text).not.toContain("source");
  });

  const HEADINGS = ["one", "two", "three", "four", "five"];
  const line = fc
    .constantFrom(..."alpha beta gamma delta epsilon zeta eta theta".split(" "))
    .map((word) => `The ${word} one.`);
  const answer = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  const article = fc.uniqueArray(fc.tuple(fc.constantFrom(...HEADINGS), answer), {
    minLength: 1,
    maxLength: 5,
    selector: ([heading]) => heading,
  });
  const textOf = (of: readonly (readonly [string, string[][]])[]): Sections =>
    Object.fromEntries(
      of.map(([heading, blocks]) => [
        `What is ${heading}? {#${heading}}`,
        blocks.map((lines) => lines.join("\n")).join("\n\n"),
      ]),
    );

  it("never loses a word of the editor's, and changes nothing that the page did not, whatever both did", () => {
    fc.assert(
      fc.property(article, article, article, (base, edited, fresh) => {
        const [b, e, f] = [textOf(base), textOf(edited), textOf(fresh)];
        const same = merge(e, b, false, b);
        expect(same.text).toBe(write(e));
        expect(same.changes).toEqual([]);
        const merged = merge(e, f, false, b);
        const shown = read(merged.text);
        const were = new Set(Object.values(read(write(b))).flat());
        for (const [id, [heading, ...passages]] of Object.entries(read(write(e)))) {
          if (!were.has(heading ?? "")) expect(shown[id]?.[0]).toBe(heading);
          const own = passages.filter((each) => !were.has(each));
          for (const each of own) expect(shown[id]).toContain(each);
        }
        // The same page again brings nothing new.
        expect(merge(merged.text, f, false, f)).toMatchObject({ changes: [], text: merged.text });
      }),
      { numRuns: 300 },
    );
  });
});
