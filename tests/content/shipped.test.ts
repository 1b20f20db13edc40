// The shipped content holds what its editors promised.
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCommonIntents, loadIntents, type Intents } from "../../src/explainer/intents.js";
import { readLabelledQuestions, type LabelledQuestion } from "../../src/explainer/labelled.js";
import { loadExplainer } from "../../src/explainer/load.js";
import { repeatedUtterances } from "../../src/explainer/repeated.js";
import type { Explainer } from "../../src/explainer/types.js";

const IDS = [
  "today",
  "dispute",
  "junior-doctors",
  "turnout",
  "patients",
  "hospitals",
  "nhs-bosses",
  "supporters",
  "public",
  "health-secretary",
  "difference",
];

let explainer: Explainer;
let own: Intents;
let common: Intents;
let labelled: readonly LabelledQuestion[];

beforeAll(async () => {
  const loaded = await loadExplainer("data/junior-doctors-strike");
  expect(loaded.problems).toEqual([]);
  explainer = loaded.explainer!;
  const read = await loadIntents("intents", explainer);
  expect(read.problems).toEqual([]);
  own = read.intents;
  const shared = await loadCommonIntents("intents");
  expect(shared.problems).toEqual([]);
  common = shared.intents;
  labelled = (await readLabelledQuestions("data/junior-doctors-strike/questions.jsonl", explainer)).questions;
});

describe("the shipped explainer", () => {
  it("has its eleven sections, in their order", () => {
    expect(explainer.sections.map((section) => section.id)).toEqual(IDS);
    expect(explainer.titleSection).toBe("difference");
  });

  it.each([
    ["today", ["8am to 5pm", "absolutely essential", "Senior consultants", "silent protest", "Thousands"]],
    [
      "dispute",
      ["Jeremy Hunt", "seven-day", "15%", "Sunday", "Wednesday", "overtime", "11%", "make care safer for patients"],
    ],
    [
      "junior-doctors",
      [
        "patient safety",
        "weekends and evenings",
        "single mothers",
        "Johann Malawana",
        "sad episode in NHS history",
        "set aside imposition & talk",
      ],
    ],
    ["turnout", ["NHS England", "78%", "Tuesday and Wednesday", "around 14,600", "12,800", "other reasons"]],
    ["patients", ["More than 125,000", "almost 25,000", "Senior doctors"]],
    [
      "hospitals",
      [
        "low waiting times",
        "no urgent calls",
        "Kevin McGee",
        "East Lancashire Hospitals NHS Trust",
        "BBC",
        "in excess of 100",
        "starting to tell",
      ],
    ],
    [
      "nhs-bosses",
      [
        "Dr Anne Rainsberry",
        "National Incident Director",
        "open to business",
        "use it wisely",
        "admirably",
        "extensive planning",
      ],
    ],
    [
      "supporters",
      [
        "Jeremy Corbyn",
        "John McDonnell",
        "Tuesday night",
        "utterly contemptible",
        "every conceivable opportunity",
        "TUC",
        "CWU",
        "Ralf Little",
        "Sally Lindsay",
        "Frankie Boyle",
        "Craig David",
      ],
    ],
    [
      "public",
      ["largely positive", "badges", "horns", "pizza", "chocolate biscuits", "Cornwall", "pasties", "hospital beds"],
    ],
    ["health-secretary", ["keep him awake", "never popular", "history judges", "last big job", "#timetotalkjeremy"]],
    ["difference", ["remains to be seen", "David Cameron", "wrong", "ban any future strikes"]],
  ])("keeps the facts of %s", (id, facts) => {
    const text = explainer.sections
      .find((section) => section.id === id)!
      .passages.map((passage) => passage.text)
      .join(" ");
    for (const fact of facts) expect(text.toLowerCase()).toContain(fact.toLowerCase());
  });

  it("says that the 15% is a claim and whose", () => {
    const passage = explainer.sections.flatMap((section) => section.passages).find((each) => each.text.includes("15%"));
    expect(passage?.text).toMatch(/^Hunt claims/);
  });

  it("invents no date and no publisher", () => {
    expect(explainer.source).toEqual({
      title: "Has the junior doctors strike been effective?",
      publisher: undefined,
      url: undefined,
    });
    expect(
      explainer.sections.flatMap((section) => section.passages.map((passage) => passage.text)).join(" "),
    ).not.toMatch(/\b(?:19|20)\d\d\b/);
  });
});

describe("the example utterances", () => {
  it.each(IDS)("are at least 80 for %s", (id) => {
    expect(own.answerable.filter((each) => each.section === id).length).toBeGreaterThanOrEqual(80);
  });

  it("point at every passage of every section", () => {
    for (const section of explainer.sections) {
      const pointed = new Set(own.answerable.filter((each) => each.section === section.id).map((each) => each.passage));
      for (const index of section.passages.keys()) expect(pointed).toContain(index);
    }
  });

  it("hold at least 400 that the article does not answer, in named kinds", () => {
    expect(own.unanswerable.length).toBeGreaterThanOrEqual(400);
    const kinds = new Set([...own.unanswerable, ...common.unanswerable].map((each) => each.kind));
    for (const kind of [
      "pay",
      "next-strike",
      "ballot",
      "other-unions",
      "other-countries",
      "law",
      "medical-advice",
      "opinion",
      "the-bot",
    ])
      expect(kinds).toContain(kind);
  });

  it("come in many voices", () => {
    expect(new Set(own.answerable.map((each) => each.voice)).size).toBeGreaterThanOrEqual(8);
  });

  it("stand under one intent each, and none is a labelled question", () => {
    expect(labelled).toHaveLength(180);
    expect(
      repeatedUtterances(
        "x.yaml",
        own,
        common,
        labelled.map((each) => each.q),
      ),
    ).toEqual([]);
  });

  it("give small talk an editor's reply", () => {
    expect(common.smallTalk.map((talk) => talk.kind).sort()).toEqual([
      "goodbye",
      "greeting",
      "help",
      "thanks",
      "who-are-you",
    ]);
    for (const talk of common.smallTalk) expect(talk.utterances.length).toBeGreaterThanOrEqual(20);
  });
});

describe("faults in intents", () => {
  it("are found where an utterance stands twice or is a labelled question", () => {
    const utterance = { section: "today", passage: undefined, voice: "v", suggested: false };
    const found = repeatedUtterances(
      "x",
      {
        answerable: [{ text: "What now?", ...utterance }],
        unanswerable: [{ text: "what NOW", kind: "pay", voice: "v" }],
        smallTalk: [],
      },
      { answerable: [], unanswerable: [], smallTalk: [] },
      ["what now"],
    );
    expect(found.map((problem) => problem.message)).toEqual([
      '"What now?" is one of the labelled questions',
      '"what NOW" stands under section "today" and under unanswerable "pay"',
      '"what NOW" is one of the labelled questions',
    ]);
  });
});

it("keeps every setting in .env.example", async () => {
  const { SETTING_NAMES } = await import("../../src/config.js");
  const example = await readFile(".env.example", "utf8");
  for (const name of SETTING_NAMES) expect(example).toMatch(new RegExp(`^#? ?${name}=`, "m"));
});
