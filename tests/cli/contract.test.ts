// The suite that every face passes, in a terminal.
import { replyCard } from "../../src/cards/answer.js";
import { noticeCard, type Card } from "../../src/cards/card.js";
import { createShow } from "../../src/cards/show.js";
import { renderCard } from "../../src/cli/terminal.js";
import { wordingOf } from "../../src/languages/languages.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { faceContract, type FaceDriver, type Shown } from "../contract/face.js";

/** What a terminal shows; a chart's values stand in place of the chart. */
function show(card: Card): Shown {
  const text = renderCard(card, { width: 1e6, color: false });
  return {
    text: text.replace(/^.*\n\n/, (heading) => (card.headings.includes(heading.trim()) ? "" : heading)),
    buttons: card.choices.map(({ label }) => label).filter((label) => text.includes(label)),
    chart: card.chart?.alt,
  };
}

function createDriver(): FaceDriver {
  let opened: OpenedAssistant;
  const asked = new Map<string, Promise<Card>>();
  let counter = 0;
  return {
    start(given) {
      opened = given;
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
    mention(text) {
      const id = String(++counter);
      const made = opened.assistant.ask(text).then((reply) => replyCard(reply));
      const explainer = { id: "", title: "", language: "en" };
      const apology = (): Card => noticeCard(explainer, wordingOf("en").fault());
      asked.set(id, made.catch(apology));
      return id;
    },
    answers: () => [],
    answered: async (id) => show(await asked.get(id)!),
    async press(id, button) {
      const { choices } = await asked.get(id)!;
      const { subject } = choices.find(({ label }) => label === button)!;
      return show((await createShow(opened).subject(subject))!);
    },
    refused: () => [],
  };
}

faceContract("The terminal", createDriver);
