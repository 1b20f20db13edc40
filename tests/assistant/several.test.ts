// Several explainers: a question that more than one answers is for the reader to place; what an editor says is not answered is not.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { toJson } from "../../src/assistant/json.js";
import { createShow, type Show } from "../../src/cards/show.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { renderCard } from "../../src/web/render-card.js";
import { emptyFolder } from "../support/program.js";
import { openShipped } from "../support/shipped.js";

const article = (title: string, sections: Readonly<Record<string, string>>): string =>
  `---\ntitle: ${title}\nsource:\n  title: ${title}\n---\n\n${Object.entries(sections)
    .map(([heading, answer]) => `## ${heading}\n\n${answer}\n`)
    .join("\n")}`;

describe("two explainers", () => {
  let opened: OpenedAssistant;
  let show: Show;
  beforeAll(async () => {
    const data = emptyFolder();
    const intents = emptyFolder();
    for (const [id, text] of [
      [
        "buses",
        article("Night buses", {
          "Who pays for it? {#pays}": "The council pays for the buses.",
          "Do they run at night? {#night}": "No, they stop at one.",
        }),
      ],
      [
        "ferry",
        article("The ferry", {
          "Who pays for it? {#pays}": "Passengers pay for the ferry.",
          "May dogs come along? {#dogs}": "Yes, on a lead.",
        }),
      ],
    ] as const) {
      await mkdir(join(data, id));
      await writeFile(join(data, id, "explainer.md"), text);
    }
    await writeFile(
      join(intents, "ferry.yaml"),
      "voices:\n  - voice: v\n    unanswerable:\n      captain:\n        - How many dogs does the captain have?\n",
    );
    opened = await openShipped({ ENCODER: "off", DATA_DIR: data, INTENTS_DIR: intents });
    show = createShow({ assistant: opened.assistant });
  });

  it("that both answer a question are offered, each by its title, and each opens its own", async () => {
    const { outcome, choices } = toJson(await opened.assistant.ask("who pays for it?"));
    expect(outcome).toBe("clarify");
    expect(choices.map(({ section, explainer }) => `${explainer} ${section}`).sort()).toEqual([
      "buses pays",
      "ferry pays",
    ]);
    const card = await show.question("who pays for it?");
    const opens = card.choices.map(async ({ label, subject }) => [
      label,
      (await show.subject(subject))?.blocks[0]?.lines[0],
    ]);
    expect((await Promise.all(opens)).sort()).toEqual([
      ["Who pays for it? (Night buses)", "The council pays for the buses."],
      ["Who pays for it? (The ferry)", "Passengers pay for the ferry."],
    ]);
    const html = (await renderCard(card)).toString();
    expect(html.match(/name="explainer" value="(\w+)"/g)?.sort()).toEqual([
      'name="explainer" value="buses"',
      'name="explainer" value="ferry"',
    ]);
  });

  it("of which one answers are not asked about", async () => {
    expect(await opened.assistant.ask("do they run at night?")).toMatchObject({
      kind: "answer",
      explainer: { id: "buses" },
    });
    expect(await opened.assistant.ask("who pays for it?", { explainer: "ferry" })).toMatchObject({
      kind: "answer",
      section: "pays",
      explainer: { id: "ferry" },
    });
  });

  it("an utterance under what is not answered is not, word for word or but for its endings", async () => {
    for (const question of ["How many dogs does the captain have?", "how many dog does the captain have"])
      expect((await opened.assistant.ask(question, { explainer: "ferry" })).kind, question).toBe("abstain");
  });
});

describe("figures of several explainers", () => {
  let show: Show;
  beforeAll(async () => {
    const data = emptyFolder();
    const figure = (id: string, label: string, value: number, passage: string) =>
      `  - {id: ${id}, label: ${label}, value: ${value}, unit: "£", counts: ${label}, kind: count, section: pays, passage: ${passage}}\n`;
    for (const [id, text, figures] of [
      [
        "buses",
        article("Night buses", { "Who pays for it? {#pays}": "A fare is £3. The council adds £900 for each driver." }),
        figure("fare", "Price of a fare", 3, "A fare is £3") + figure("driver", "Pay of a driver", 900, "adds £900"),
      ],
      [
        "ferry",
        article("The ferry", { "Who pays for it? {#pays}": "A crossing is £5. Dogs are £70 a year." }),
        figure("crossing", "Price of a crossing", 5, "crossing is £5") +
          figure("dogs", "Price of a dog", 70, "Dogs are £70"),
      ],
    ] as const) {
      await mkdir(join(data, id));
      await writeFile(join(data, id, "explainer.md"), text);
      await writeFile(join(data, id, "figures.yaml"), `figures:\n${figures}`);
    }
    show = createShow({ assistant: (await openShipped({ ENCODER: "off", DATA_DIR: data })).assistant });
  });

  it.each([
    ["dogs", "ferry", "dogs"],
    ["Pay of a driver", "buses", "driver"],
    ["£70", "ferry", "dogs"],
    ["what a driver earns", "buses", "driver"],
  ])("“%s” is found in %s", async (name, explainer, figure) => {
    expect((await show.figure(name)).subject).toMatchObject({ kind: "figure", explainer, figure });
  });

  it.each(["price", "what does it cost", "zebra"])("which article is meant is asked for “%s”", async (name) => {
    const card = await show.figure(name);
    expect(card.choices.map(({ subject }) => subject.explainer).sort()).toEqual(["buses", "ferry"]);
    expect(card.choices.map(({ subject }) => subject.kind)).toEqual(["figures", "figures"]);
    expect((await show.comparison(name, "zebra")).choices).toEqual(card.choices);
  });
});
