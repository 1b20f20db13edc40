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
