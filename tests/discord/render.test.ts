// Cards within Discord's limits, for all content there is, and the ids of its buttons.
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BARE } from "../../src/cards/card.js";
import { figureCard, figuresCard } from "../../src/cards/figure.js";
import { helpCard, topicsCard } from "../../src/cards/help.js";
import { label } from "../../src/cards/label.js";
import { createShow } from "../../src/cards/show.js";
import { paginate, splitText } from "../../src/chat/paging.js";
import { encodeSubject, decodeSubject, means, shortId } from "../../src/cards/subject.js";
import { commandDefinitions } from "../../src/discord/commands.js";
import { PRESSES } from "../../src/discord/press.js";
import { COMPONENTS } from "../../src/discord/limits.js";
import { renderCard, type RenderedCard } from "../../src/discord/render-card.js";
import { asOfText, escape } from "../../src/discord/text.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { checkCommands, checkMessage } from "../support/discord-rules.js";
import { openShipped } from "../support/shipped.js";
import { everySubject } from "../support/subjects.js";
import { HOSTILE, writeExplainer } from "../support/written.js";

const asSent = ({ components, chart }: RenderedCard): unknown => ({
  components,
  flags: 1 << 15,
  attachments: chart ? [{ id: "0", filename: "chart.png", description: chart.alt }] : [],
});

let contents: OpenedAssistant[];
beforeAll(async () => {
  contents = [
    await openShipped({ ENCODER: "off" }),
    await openShipped({ ENCODER: "off", DATA_DIR: await writeExplainer("harbour", HOSTILE) }),
  ];
});

describe("every card of every explainer", () => {
  it("keeps to Discord's limits, on every page", async () => {
    let checked = 0;
    for (const { assistant } of contents) {
      const { explainer } = await assistant.figures();
      for (const subject of await everySubject(assistant)) {
        const card = await createShow({ assistant }).subject(subject);
        for (let page = 0; page < 8; page++) {
          const place = {
            page,
            asker: "900000000000000002",
            share: { target: "900000000000000003" },
            above: {
              kind: "shared" as const,
              by: "900000000000000002",
              answering: "https://discord.com/channels/1/2/3",
            },
          };
          const read = checkMessage(asSent(renderCard(card!, place)));
          expect(read.ok ? "" : `${JSON.stringify(subject)} page ${page}: ${read.problem}`).toBe("");
          checked++;
        }
      }
      expect(checkMessage(asSent(renderCard(helpCard(explainer, ["a way"])))).ok).toBe(true);
    }
    expect(checked).toBeGreaterThan(400);
  });

  it("keeps to them with a thousand sections and figures", async () => {
    const { explainer, desk } = await contents[0]!.assistant.figures();
    const many = {
      ...explainer,
      sections: Array.from({ length: 1000 }, (_, index) => ({
        ...explainer.sections[0]!,
        id: `section-${index}`,
        heading: `Question number ${index}?`,
      })),
    };
    const figures = Array.from({ length: 1000 }, (_, index) => ({ ...desk.figures()[0]!, id: `figure-${index}` }));
    for (const card of [topicsCard(many), figuresCard(explainer, figures, undefined)]) {
      const rendered = renderCard(card);
      expect(checkMessage(asSent(rendered))).toMatchObject({ ok: true });
      expect(JSON.stringify(rendered.components).match(/"type":/g)?.length).toBeLessThanOrEqual(COMPONENTS);
    }
  });

  it("shows a chart with its alternative text and values", async () => {
    const { explainer, desk } = await contents[0]!.assistant.figures();
    const figure = desk.figure("cancelled-latest").figure!;
    const { components, chart } = renderCard(figureCard(explainer, figure, desk.chartOf(figure)));
    expect(chart?.alt).toContain("more than 125,000");
    expect(JSON.stringify(components)).toContain("attachment://chart.png");
  });
});

describe("pages", () => {
  it("never end inside markup", () => {
    const explainer = { id: "x", title: "X", language: "en" };
    const long = Array.from(
      { length: 40 },
      (_, index) => `This is sentence ${index} of a paragraph that fills the page nearly whole.`,
    ).join(" ");
    const card = {
      explainer,
      blocks: [
        { kind: "paragraph" as const, lines: [long] },
        { kind: "strong" as const, lines: ["First strong sentence. Second strong sentence. Third strong one here."] },
        { kind: "caption" as const, lines: [long] },
      ],
      ...BARE,
      subject: { kind: "topics" as const, explainer: "x" },
      shareable: true,
    };
    for (let page = 0; page < 4; page++) {
      for (const component of renderCard(card, { page }).components) {
        const content = "content" in component ? component.content : "";
        for (const line of content.split("\n")) expect(line.match(/\*\*/g)?.length ?? 0).toBeOneOf([0, 2]);
      }
    }
  });
});

describe("the commands", () => {
  it("name no places for one server, where Discord takes none", () => {
    expect(JSON.stringify(commandDefinitions(true, true))).not.toMatch(/contexts|integration_types/);
  });

  it.each([false, true])("are such as Discord takes, several articles: %s", (several) => {
    expect(checkCommands(commandDefinitions(several))).toMatchObject({ ok: true });
  });
});

describe("text", () => {
  it.each([
    ["*a* _b_ `c` ~d~ |e|", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\|e\\|"],
    ["<@1> <#2> @everyone", "\\<@1\\> \\<#2\\> @\u200beveryone"],
    ["# not a heading", "\\# not a heading"],
    ["- not a list", "\\- not a list"],
    ["1. not a list", "1\\. not a list"],
    ["see https://a.example/b_c_(d)*", "see https://a.example/b%5Fc%5F%28d%29%2A"],
  ])("escapes %s", (text, expected) => {
    expect(escape(text)).toBe(expected);
  });

  it("shortens a label at a word, and never inside a character", () => {
    expect(label("one two three four", 12)).toBe("one two…");
    expect(label("漢".repeat(90), 80)).toHaveLength(80);
    expect(label("😀".repeat(50), 80).isWellFormed()).toBe(true);
  });

  it("shows a known date as Discord's timestamp and other words as they are", () => {
    expect(asOfText("2026-11-02")).toBe("<t:1793620800:D>");
    expect(asOfText("2026-11-02T08:30:00Z")).toBe("<t:1793608200:f>");
    expect(asOfText("The second day of the *strike*")).toBe("The second day of the \\*strike\\*");
  });
});

describe("ids of buttons", () => {
  const id = fc.stringMatching(/^[a-z0-9-]{1,80}$/);
  const subject = fc.oneof(
    fc.record({
      kind: fc.constant("sections" as const),
      explainer: id,
      sections: fc.array(fc.record({ id, lead: fc.option(fc.nat(99), { nil: undefined }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    fc.record({ kind: fc.constant("figure" as const), explainer: id, figure: id }),
    fc.record({ kind: fc.constant("comparison" as const), explainer: id, figures: fc.tuple(id, id) }),
    fc.record({ kind: fc.constantFrom("figures" as const, "topics" as const, "summary" as const), explainer: id }),
  );

  it("are at most 100 characters and mean what they were made of", () => {
    fc.assert(
      fc.property(subject, fc.nat(999), fc.bigInt({ min: 1n, max: 2n ** 63n }), (about, page, who) => {
        const code = PRESSES.encode({ action: "show", subject: about, page, who: String(who) });
        expect(code.length).toBeLessThanOrEqual(100);
        const press = PRESSES.decode(code);
        expect(press).toMatchObject({ action: "show", page, who: String(who) });
        expect(press?.subject.kind).toBe(about.kind);
        expect(means(press?.subject.explainer ?? "", about.explainer)).toBe(true);
        if (press?.subject.kind === "figure" && about.kind === "figure")
          expect(means(press.subject.figure, about.figure)).toBe(true);
        if (press?.subject.kind === "sections" && about.kind === "sections") {
          const [first] = press.subject.sections;
          expect(means(first!.id, about.sections[0]!.id)).toBe(true);
          expect(first!.lead).toBe(about.sections[0]!.lead);
        }
      }),
    );
  });

  it("are refused when they are of another version, or nonsense", () => {
    for (const code of ["", "x", "2o:0::t|a", "1o:0:::t|a", "1o:-1::t|a", "1o:0::x|a", "1o:0::s|a|", "1q:0::t|a"])
      expect(PRESSES.decode(code)).toBeUndefined();
    fc.assert(fc.property(fc.string({ maxLength: 100 }), (code) => void PRESSES.decode(code)));
  });

  it("never take one id for another", () => {
    expect(means(shortId("a"), "a")).toBe(true);
    expect(means(shortId("a"), "b")).toBe(false);
    expect(decodeSubject(encodeSubject({ kind: "topics", explainer: "Some Folder|x" }, 60))).toEqual({
      kind: "topics",
      explainer: shortId("Some Folder|x"),
    });
  });
});

describe("paging", () => {
  const options = { budget: 60, language: "en" };
  it("breaks between sentences, else between words, and only then inside one", () => {
    expect(splitText("One sentence is here. Another one follows it. And a third.", options)).toEqual([
      "One sentence is here. Another one follows it. And a third.",
    ]);
    expect(splitText("One sentence is here, long. Another one follows it. And a third one.", options)).toEqual([
      "One sentence is here, long. Another one follows it.",
      "And a third one.",
    ]);
    expect(splitText("x".repeat(130), options).map((piece) => piece.length)).toEqual([60, 60, 10]);
  });

  it("loses no word and overfills no page, whatever is paged", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 400 }), { maxLength: 6 }), (paragraphs) => {
        const pages = paginate(paragraphs, options);
        for (const page of pages) expect(page.join("\n\n").length).toBeLessThanOrEqual(60);
        const words = (texts: readonly string[]): string => texts.join("").replace(/\s+/gu, "");
        expect(words(pages.flat())).toBe(words(paragraphs));
      }),
    );
  });
});
