// `/desk`, its buttons, and what readers may see and delete of themselves: who may do what, and what is shown. The desk keeps it; a
// face tells who somebody is.
import { BARE, list, named, noticeCard, paragraph, strong, type Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import type { DeskSubject } from "../cards/desk-subject.js";
import { means } from "../cards/subject.js";
import type { Assistant } from "../assistant/assistant.js";
import { passagesCard, queueCard, questionCard, reasonsCard, sectionsCard, trialCard } from "../desk/cards.js";
import type { Decided, Verdict } from "../desk/decide.js";
import type { Desk, QuestionRow } from "../desk/port.js";
import type { Explainer } from "../explainer/types.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";
import type { Rights } from "./event.js";

/** Somebody at the desk, or who wants to be. */
export interface Editor {
  readonly at: Address;
  readonly reader: string;
  /** What they are called, where the platform tells. */
  readonly name?: string | undefined;
  readonly rights: Rights;
}

export interface DeskTalk {
  command(part: string | undefined, editor: Editor): Promise<Card>;
  press(subject: DeskSubject, editor: Editor): Promise<Card>;
  /** A message was picked to be taught. */
  teach(text: string, editor: Editor): Promise<Card>;
  privacy(at: Address, reader: string): Promise<Card>;
  forget(at: Address, reader: string): Promise<Card>;
}

const LISTED = 10;
const REPORT_DAYS = 7;
const WHO = / \([^()]*\)$/;
/** Who decided, as it is shown: without the platform's number. */
const shownWho = (who: string): string => who.replace(WHO, "");

type Say = Parameters<Show["notice"]>[0];

export function createDeskTalk(desk: Desk | undefined, assistant: Assistant, show: Show): DeskTalk {
  const say = (sentence: Say): Promise<Card> => show.notice(sentence);
  const frame = async (): Promise<Explainer> => (await assistant.topics()).explainer;
  const whoOf = ({ reader, name, at }: Editor): string => `${name ?? reader} (${at.platform} ${reader})`;

  /** A store that is away is nobody's fault, and is said as what it is. */
  async function unlessAway(kept: Desk, work: () => Promise<Card>): Promise<Card> {
    return work().catch((error: unknown) => {
      if (!kept.isAway(error)) throw error;
      return say(({ desk: words }) => words.away());
    });
  }

  /** Whoever can read the desk's channel decides there; elsewhere in its place those who may manage it. */
  const mayDecide = async (kept: Desk, { at, rights }: Editor): Promise<boolean> =>
    kept.isDesk(at) || (kept.settings.mayDesk(at) && rights.set && (await rights.change()));

  async function command(kept: Desk, part: string | undefined, editor: Editor): Promise<Card> {
    const { at, rights } = editor;
    if (!rights.set || !(await rights.change())) return say(({ desk: words }) => words.managers());
    const allowed = kept.settings.mayDesk(at);
    const setting = `DESK_PLACES=${at.platform}:${at.place}`;
    const only = async (work: () => Promise<Card>): Promise<Card> =>
      allowed ? work() : say(({ desk: words }) => words.notThisPlace(setting));
    switch (part) {
      case "here":
        return only(async () => {
          await kept.setDesk(at, true);
          return say(({ desk: words }) => words.here(kept.keeps(at)));
        });
      case "off":
        await kept.setDesk(at, false);
        return say(({ desk: words }) => words.off());
      case "keep":
        await kept.setKeep(at, true);
        return say(({ desk: words }) => words.keepOn(kept.settings.keepDays));
      case "forget":
        await kept.setKeep(at, false);
        return say(({ desk: words }) => words.keepOff());
      case "queue":
        return only(() => queue(kept));
      case "report":
        return only(async () => (await kept.reportCard(REPORT_DAYS)) ?? show.noArticle());
      default:
        return say(({ desk: words }) => words.how());
    }
  }

  async function queue(kept: Desk): Promise<Card> {
    const rows = await kept.list("open", LISTED);
    const { open = 0 } = await kept.counts();
    return queueCard(await frame(), rows, open);
  }

  function verdictOf(explainer: Explainer, { section: id, passage, reason }: DeskSubject): Verdict | undefined {
    if (reason !== undefined) return { kind: "refuse", reason };
    const section = explainer.sections.find((each) => id !== undefined && means(id, each.id));
    if (!section) return undefined;
    const words = passage === undefined ? undefined : section.passages[passage]?.text;
    return { kind: "answer", section: section.id, passage: words };
  }

  function outcomeCard(kept: Desk, explainer: Explainer, outcome: Decided, wanted: string | undefined): Promise<Card> {
    const headingOf = (id: string | undefined): string | undefined =>
      explainer.sections.find((section) => section.id === id)?.heading;
    switch (outcome.kind) {
      case "gone":
        return say(({ desk: words }) => words.gone());
      case "known":
        return say(({ desk: words }) =>
          words.known(outcome.lesson.words, headingOf(outcome.lesson.section), headingOf(wanted)),
        );
      case "before":
        return cardOf(kept, explainer, outcome.row);
      case "done": {
        const { lesson, row } = outcome;
        if (!lesson) return cardOf(kept, explainer, row);
        const { desk: words } = wordingOf(explainer.language);
        const notice = noticeCard(explainer, words.taught(lesson.words, headingOf(lesson.section)));
        return Promise.resolve({
          ...notice,
          choices: [
            { label: words.undo(), subject: { kind: "desk", explainer: explainer.id, step: "undo", question: row.id } },
          ],
          subject: { kind: "desk", explainer: explainer.id, step: "card", question: row.id },
        });
      }
    }
  }

  const cardOf = async (kept: Desk, explainer: Explainer, row: QuestionRow): Promise<Card> =>
    (await kept.card(row, shownWho)) ?? questionCard(explainer, row, undefined, shownWho);

  async function press(kept: Desk, subject: DeskSubject, editor: Editor): Promise<Card> {
    if (!(await mayDecide(kept, editor))) return say(({ desk: words }) => words.notThisChannel());
    if (subject.step === "queue") return queue(kept);
    const row = await kept.question(subject.question);
    const explainer = row && kept.explainer(row.explainer);
    if (!row || !explainer) return say(({ desk: words }) => words.gone());
    const who = whoOf(editor);
    // Whatever somebody is at: what another decided meanwhile is shown.
    const decided = row.state !== "open" && subject.step !== "undo";
    if (decided) return cardOf(kept, explainer, row);
    switch (subject.step) {
      case "card":
        return cardOf(kept, explainer, row);
      case "sections":
        return sectionsCard(explainer, row);
      case "passages": {
        const section = explainer.sections.find(
          ({ id }) => subject.section !== undefined && means(subject.section, id),
        );
        return section ? passagesCard(explainer, row, section) : sectionsCard(explainer, row);
      }
      case "reasons":
        return reasonsCard(explainer, row, await kept.reasons(explainer.id));
      case "try": {
        const wanted = await verdict(kept, explainer, subject);
        if (!wanted || wanted.kind === "ignore") return sectionsCard(explainer, row);
        const trial = await kept.tryOut(row, {
          section: wanted.kind === "answer" ? wanted.section : undefined,
          passage: wanted.kind === "answer" ? wanted.passage : undefined,
          kind: wanted.kind === "refuse" ? wanted.reason : undefined,
        });
        const { section, passage, reason } = subject;
        return trialCard(explainer, row, trial, { section, passage, reason });
      }
      case "teach": {
        const wanted = await verdict(kept, explainer, subject);
        if (!wanted) return sectionsCard(explainer, row);
        const outcome = await kept.decide(row.id, wanted, who, explainer);
        return outcomeCard(kept, explainer, outcome, wanted.kind === "answer" ? wanted.section : undefined);
      }
      case "ignore":
        return outcomeCard(kept, explainer, await kept.decide(row.id, { kind: "ignore" }, who, explainer), undefined);
      case "undo": {
        const again = await kept.undo(row.id, who);
        if (!again) return cardOf(kept, explainer, row);
        const card = await cardOf(kept, explainer, again);
        return {
          ...card,
          blocks: [paragraph(wordingOf(explainer.language).desk.undone()), ...card.blocks],
        };
      }
    }
  }

  /** A reason may stand in a button by its short form. */
  async function verdict(kept: Desk, explainer: Explainer, subject: DeskSubject): Promise<Verdict | undefined> {
    const { reason } = subject;
    if (reason === undefined) return verdictOf(explainer, subject);
    const known = (await kept.reasons(explainer.id)).find((each) => means(reason, each));
    return known === undefined ? undefined : { kind: "refuse", reason: known };
  }

  const away = (): Promise<Card> => say(({ desk: words }) => words.away());
  return {
    command: (part, editor) => (desk ? unlessAway(desk, () => command(desk, part, editor)) : away()),
    press: (subject, editor) => (desk ? unlessAway(desk, () => press(desk, subject, editor)) : away()),
    teach: (text, editor) => {
      if (!desk) return away();
      return unlessAway(desk, async () => {
        if (!(await mayDecide(desk, editor))) return say(({ desk: words }) => words.managers());
        const reply = await assistant.ask(text, { quiet: true });
        const explainer = desk.explainer(reply.explainer.id);
        const row = explainer && (await desk.pick(explainer, text));
        if (!explainer || !row) return say((wording) => wording.noWords());
        return row.state === "open" ? sectionsCard(explainer, row) : cardOf(desk, explainer, row);
      });
    },
    privacy: (at, reader) => {
      if (!desk) return away();
      return unlessAway(desk, async () => {
        const { wishes, daily, keepDays } = await desk.keptOf(at, reader);
        const explainer = await frame();
        const { desk: words } = wordingOf(explainer.language);
        const nothing = wishes.length === 0 && daily === 0;
        return {
          ...BARE,
          explainer: named(explainer),
          blocks: [
            strong(words.privacy()),
            ...(nothing ? [paragraph(words.privacyNothing())] : []),
            ...(wishes.length > 0 ? [paragraph(words.privacyWishes()), list(wishes)] : []),
            ...(daily > 0 ? [paragraph(words.privacyDaily(daily))] : []),
            paragraph(words.privacyKept(keepDays)),
          ],
          choices:
            wishes.length > 0 ? [{ label: words.forget(), subject: { kind: "forget", explainer: explainer.id } }] : [],
          subject: { kind: "privacy", explainer: explainer.id },
          shareable: false,
        };
      });
    },
    forget: (at, reader) => {
      if (!desk) return away();
      return unlessAway(desk, async () => {
        const count = await desk.forget(at, reader);
        return say(({ desk: words }) => words.forgotten(count));
      });
    },
  };
}
