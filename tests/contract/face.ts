// What every chat face does, whatever its platform: one suite, a driver for each.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { splitSentences } from "../../src/explainer/sentences.js";
import { openShipped } from "../support/shipped.js";
import { HOSTILE, LONG_SENTENCES, writeExplainer } from "../support/written.js";

export interface Shown {
  /** The words of the message, without the platform's markup. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** Alternative text of the chart; undefined where none is shown. */
  readonly chart: string | undefined;
}

export interface Room {
  /** Delivers the same event again. */
  redeliver(id: string): void;
  /** The bot's own message, and one of another bot, that mention the bot. */
  own(text: string): string;
  otherBot(text: string): string;
  /** A reader says something to nobody. */
  talk(text: string): string;
}

export interface FaceDriver {
  start(opened: OpenedAssistant): Promise<void>;
  stop(): Promise<void>;
  /** A reader mentions the bot; the id of the message. */
  mention(text: string): string;
  /** What happens where others talk too; absent on faces where nobody else does. */
  readonly room?: Room;
  /** Answers to a message so far. */
  answers(id: string): readonly Shown[];
  /** Resolves when the message has an answer. */
  answered(id: string): Promise<Shown>;
  /** The asker presses a button of an answer; what it shows then. */
  press(id: string, button: string): Promise<Shown>;
  /** Refusals of the platform so far. */
  refused(): readonly unknown[];
}

/** Markup, spacing and typography that platforms render differently. */
const flat = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The words of all pages of an answer; of a page that is turned, the one after it follows without a break. */
async function whole(driver: FaceDriver, id: string, first: Shown): Promise<string> {
  let shown = first;
  let all = shown.text;
  for (let page = 0; page < 200 && shown.buttons.includes("More"); page++) {
    shown = await driver.press(id, "More");
    all += ` ${shown.text}`;
  }
  return flat(all);
}

export function faceContract(name: string, createDriver: () => FaceDriver): void {
  const { room } = createDriver();
  describe(`${name} as a face`, () => {
    let driver: FaceDriver;
    let opened: OpenedAssistant;
    beforeAll(async () => {
      opened = await openShipped({ ENCODER: "off" });
      driver = createDriver();
      await driver.start(opened);
    });
    afterAll(() => driver.stop());

    it.each(["how many operations were cancelled?", "what do junior doctors say", "how have hospitals coped?"])(
      "says what the assistant says: %s",
      async (question) => {
        const reply = await opened.assistant.ask(question);
        if (reply.kind !== "answer") throw new Error("this question is meant to be answered");
        const id = driver.mention(question);
        const shown = await driver.answered(id);
        const text = flat(shown.text);
        expect(text.startsWith(flat(reply.lead))).toBe(true);
        const all = await whole(driver, id, shown);
        for (const line of reply.rest.flatMap((block) => block.lines))
          for (const sentence of splitSentences(line, "en")) expect(all).toContain(flat(sentence));
        expect(all).toContain(reply.source.title);
        expect(all).toContain(flat(reply.source.asOf));
        for (const related of reply.related) expect(shown.buttons).toContain(related.heading);
        expect(shown.chart).toBe(reply.chart?.alt);
        for (const figure of reply.chart?.figures ?? []) expect(all).toContain(figure.label);
      },
    );

    it("offers a choice where a question could mean several things", async () => {
      const question = "what did they say?";
      const reply = await opened.assistant.ask(question);
      if (reply.kind !== "clarify") throw new Error("this question is meant to be unclear");
      const shown = await driver.answered(driver.mention(question));
      expect(shown.text).toContain("Which of these do you mean?");
      expect(shown.buttons).toEqual(reply.choices.map((choice) => choice.heading));
      const chosen = await driver.press(driver.mention(question), reply.choices[0]!.heading);
      const section = await opened.assistant.section(reply.choices[0]!.section);
      expect(flat(chosen.text)).toContain(flat(section!.lead));
    });

    it("says which half of a question it cannot answer, on every page, and after a page was turned", async () => {
      const id = driver.mention("why is there a strike, and when is the next one?");
      const first = await driver.answered(id);
      expect(first.text).toContain("The article does not say:");
      expect(first.text).toContain("when is the next one?");
      if (!first.buttons.includes("More")) return;
      const second = await driver.press(id, "More");
      expect(second.text).toContain("when is the next one?");
      const again = await driver.press(id, "Back");
      expect([again.text, again.buttons]).toEqual([first.text, first.buttons]);
    });

    it("renders an abstention without a source", async () => {
      const shown = await driver.answered(driver.mention("who won the football last night?"));
      expect(shown.text).toContain("The article does not say.");
      expect(shown.text).not.toContain("Source:");
      expect(shown.chart).toBeUndefined();
    });

    it.runIf(room)("ignores its own messages, other bots and talk among readers", async () => {
      const silent = [
        driver.room!.own("how many went on strike?"),
        driver.room!.otherBot("how many went on strike?"),
        driver.room!.talk("how many went on strike?"),
      ];
      await driver.answered(driver.mention("what happened today?"));
      for (const id of silent) expect(driver.answers(id)).toEqual([]);
    });

    it.runIf(room)("answers a redelivered event once", async () => {
      const id = driver.mention("how many went on strike?");
      await driver.answered(id);
      driver.room!.redeliver(id);
      await driver.answered(driver.mention("what happened today?"));
      expect(driver.answers(id)).toHaveLength(1);
    });

    it("apologises where an answer fails, and goes on", async () => {
      const breaking = createDriver();
      const assistant: OpenedAssistant["assistant"] = {
        ...opened.assistant,
        ask: (question, options) =>
          question.includes("breaks") ? Promise.reject(new Error("broken")) : opened.assistant.ask(question, options),
      };
      await breaking.start({ ...opened, assistant });
      const shown = await breaking.answered(breaking.mention("a question that breaks it?"));
      expect(shown.text).toContain("Something went wrong on our side");
      expect((await breaking.answered(breaking.mention("how many went on strike?"))).text).toContain("78%");
      await breaking.stop();
    });

    it("was refused nothing", () => {
      expect(driver.refused()).toEqual([]);
    });
  });

  describe(`${name} and an article that fits nowhere`, () => {
    let driver: FaceDriver;
    let opened: OpenedAssistant;
    beforeAll(async () => {
      const data = await writeExplainer("harbour", HOSTILE);
      opened = await openShipped({ ENCODER: "off", DATA_DIR: data });
      driver = createDriver();
      await driver.start(opened);
    });
    afterAll(() => driver.stop());

    it("shows a long section on pages that break between sentences and lose none", async () => {
      const id = driver.mention("why is the harbour closed?");
      const all = await whole(driver, id, await driver.answered(id));
      expect(LONG_SENTENCES.filter((sentence) => !all.includes(sentence))).toEqual([]);
      expect(driver.refused()).toEqual([]);
    });

    it.each([
      "how does a heading that is far longer than a button go on",
      "what is one word of great length",
      "what does it cost",
    ])("shows what has markup, mentions and words of any length: %s", async (question) => {
      const shown = await driver.answered(driver.mention(question));
      expect(shown.text.length).toBeGreaterThan(10);
      expect(driver.refused()).toEqual([]);
    });
  });
}
