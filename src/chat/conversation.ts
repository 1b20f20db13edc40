// What every chat face does, whatever its platform: from an event to silence, an answer, a whisper, an update or a share.
import { figureAddress, explainerNamed } from "../assistant/articles.js";
import { createInFlight } from "../assistant/in-flight.js";
import { leanedAbove, type Card, type CardPlace } from "../cards/card.js";
import { label } from "../cards/label.js";
import { encodeSubject, means } from "../cards/subject.js";
import { createShow, type Show } from "../cards/show.js";
import { suggestZones } from "../daily/when.js";
import { spoken, wordingOf } from "../languages/languages.js";
import { WISH_DAYS } from "../desk/wishes.js";
import { keyOf, type Address } from "../memory/address.js";
import { entryOf } from "../memory/said.js";
import { createSeen } from "../memory/seen.js";
import { commandTable, helpWays, type CommandSpec } from "./commands.js";
import { createContexts } from "./context.js";
import { createCooldown } from "./cooldown.js";
import { createDailyTalk, type DailyAsked } from "./daily.js";
import { createDeskTalk } from "./desk.js";
import { sendAsFits } from "./deliver.js";
import type { Command, Message, Pick, Pressed, Shown } from "./event.js";
import type { FaceDeps, Outgoing } from "./face.js";
import { createMessages } from "./messages.js";

export interface Conversation {
  readonly show: Show;
  created(message: Message): void;
  edited(message: Message): void;
  deleted(at: Address, ids: readonly string[]): void;
  commanded(command: Command): Promise<void>;
  picked(pick: Pick): Promise<void>;
  pressed(pressed: Pressed): Promise<void>;
  /** A form that sets a daily post up was filled in; what came of it, and where to say so. */
  submitted(asked: DailyAsked): Promise<{ readonly ok: boolean; readonly card: Card }>;
  /** What is set up, as a card; undefined where there are no daily posts here. */
  subscriptions(at: Address, reader: string): Promise<Card | undefined>;
  /** What somebody may be typing. */
  suggest(option: string, typed: string, article: string | undefined, most: Most): Promise<readonly Suggestion[]>;
  /** The one place where a listener's fault ends. */
  handle(what: string, work: () => Promise<void>): Promise<void>;
  /** Takes nothing new; whether all that was under way ended within `patience` milliseconds. */
  stop(patience: number): Promise<boolean>;
}

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

export interface Most {
  readonly choices: number;
  readonly characters: number;
}

export interface ConversationOptions extends Omit<FaceDeps, "studio"> {
  readonly out: Outgoing;
  /** Hears every fault that a listener ended in. */
  readonly onFault?: (error: unknown) => void;
}

/** Articles that suggestions come from where none is named. */
const SUGGESTED_FROM = 8;
/** Characters of what was typed that are said again. */
const RESTATED = 300;

export function createConversation(options: ConversationOptions): Conversation {
  const { out, assistant, log, said, daily, desk, onFault = () => undefined } = options;
  const show = createShow({
    assistant,
    ways: helpWays(out.picks, out.typesLines),
    post: options.post,
    kept: (from) => (desk?.keeps(from) ? wordingOf("en").desk.helpKept(desk.settings.keepDays) : undefined),
  });
  const cooldown = createCooldown(options.cooldown);
  const seen = options.seen ?? createSeen();
  const inFlight = createInFlight();
  const talk = createDailyTalk(daily, out, show);
  const deskTalk = createDeskTalk(desk, assistant, show);
  let stopping = false;

  const made = (what: string, work: () => Promise<Card>): Promise<Card> =>
    work().catch((error: unknown) => {
      log.error(out.fields(error), what);
      return show.notice((wording) => wording.fault());
    });
  const contexts = createContexts(assistant, said);
  /** What readers may say of an answer to what they asked. */
  const feedbackOn = (ticket: string | undefined): CardPlace["feedback"] => (desk ? { ticket } : undefined);
  const messages = createMessages({ out, show, cooldown, seen, said, desk, contexts, made, log });

  async function handle(what: string, work: () => Promise<void>): Promise<void> {
    if (stopping) return;
    await inFlight.track(
      Promise.resolve()
        .then(work)
        .catch((error: unknown) => {
          const fault = out.faultOf(error);
          log[fault === "bug" ? "error" : "warn"]({ fault, ...out.fields(error) }, `${what} was not answered`);
          onFault(error);
        }),
    );
  }

  /** A notice where somebody asks faster than the allowance; undefined where they may. Private answers cost a channel nothing. */
  async function tooFast(at: Address, reader: string): Promise<Card | undefined> {
    const turn = cooldown.turn(`${at.platform} ${reader}`);
    return turn.kind === "go" ? undefined : show.notice((wording) => wording.tooFast(turn.seconds));
  }

  type Where = "private" | "public" | "update" | "beside";
  /** Where a second message could be posted: what may have arrived is not sent again. */
  const once = { ...out, lighterAfter: out.lighterAfter.filter((fault) => fault !== "unavailable") };
  const put = (turn: Command["turn"], shown: Shown, where: Where): Promise<void> =>
    sendAsFits(shown, where === "beside" ? once : out, log, (fitting) => turn.put(fitting, where));

  async function commandCard(
    command: Command,
    spec: CommandSpec | undefined,
    ticket: string | undefined,
  ): Promise<Card> {
    if (!spec) return show.help(command.at);
    const { options: given, part = command.part } = command.options
      ? { options: command.options }
      : spec.read(command.line ?? "");
    if (spec.name === "privacy") return deskTalk.privacy(command.at, command.reader);
    if (spec.name === "desk") return deskTalk.command(part, { ...command, name: command.readerName });
    if (spec.setsUp) {
      const { reader, rights, channelName } = command;
      const channel = given["channel"];
      const at = channel === undefined ? command.at : { ...command.at, channel, thread: undefined };
      return (await talk.answer({ part, options: given, at, channelName, reader, rights })).card;
    }
    const { article } = given;
    const explainer = article === undefined ? undefined : explainerNamed(assistant, article);
    // Words typed behind a command need not name an article; an option does.
    if (article !== undefined && explainer === undefined && command.options) return show.noArticle();
    switch (spec.name) {
      case "ask": {
        const { question = "" } = given;
        if (question === "" || (command.options === undefined && isHelp(question))) return show.help(command.at);
        const context = await contexts.of({ at: command.at, reader: command.reader, text: question, alone: true });
        return show.question(question, { explainer, from: command.at, ticket, context });
      }
      case "figures":
      case "topics":
      case "summary":
        return show.overview(spec.name, explainer);
      case "figure":
        return given["name"] === undefined
          ? show.overview("figures", explainer)
          : show.figure(given["name"], explainer);
      case "compare": {
        const { first = "", second = "" } = given;
        return second === ""
          ? show.notice((wording) => wording.compareTwo())
          : show.comparison(first, second, explainer);
      }
      default:
        return show.help(command.at);
    }
  }

  /** The choices of a suggestion, of several articles as many from each. */
  async function suggest(option: string, typed: string, article: string | undefined, most: Most) {
    const named = article === undefined ? undefined : explainerNamed(assistant, article);
    const all = assistant.explainers();
    const among = named === undefined ? all.map(({ id }) => id).slice(0, SUGGESTED_FROM) : [named];
    const each = Math.max(3, Math.ceil(most.choices / among.length));
    const found = await (async (): Promise<Suggestion[]> => {
      switch (option) {
        case "question": {
          const texts = await Promise.all(among.map((explainer) => assistant.suggest(typed, each, { explainer })));
          return [...new Set(texts.flat())].map((text) => ({ name: text, value: text }));
        }
        case "zone":
          return suggestZones(typed, most.choices).map((zone) => ({ name: zone, value: zone }));
        case "article": {
          const like = typed.toLowerCase();
          return all
            .filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(like))
            .map(({ id, title }) => ({ name: label(title, most.characters), value: id }));
        }
        default: {
          const figures = await Promise.all(
            among.map(async (explainer) => {
              const { desk: figureDesk } = await assistant.figures({ explainer });
              return figureDesk.suggest(typed, each).map((figure) => ({
                name: label(figure.label, most.characters),
                value: all.length > 1 ? figureAddress(explainer, figure.id) : figure.id,
              }));
            }),
          );
          return figures.flat();
        }
      }
    })();
    return found
      .filter(({ name, value }) => Math.max(name.length, value.length) <= most.characters)
      .slice(0, most.choices);
  }

  /** What a reader says of an answer, or asks for in its place. */
  async function feedback({ at, reader, press }: Pressed): Promise<Card | undefined> {
    if (!press || !desk || (press.action !== "not" && press.action !== "tell")) return undefined;
    const { subject, ticket, action } = press;
    const told = (say: Parameters<Show["notice"]>[0]): Promise<Card> => show.notice(say);
    const away = (error: unknown): Promise<Card> => {
      if (!desk.isAway(error)) throw error;
      return told(({ desk: words }) => words.away());
    };
    if (action === "tell") {
      const kept = ticket === undefined ? false : await desk.wish(at, reader, ticket).catch(away);
      if (typeof kept === "object") return kept;
      return told(({ desk: words }) => (kept ? words.willTell(WISH_DAYS) : words.cannotTell()));
    }
    // Pressed again it says the same, and counts once.
    if (
      "sections" in subject &&
      (await seen.first(`not ${keyOf(at, reader, ticket ?? encodeSubject(subject, 100))}`))
    ) {
      const of = desk.explainer(subject.explainer);
      const section = of?.sections.find(({ id }) => means(subject.sections[0]?.id ?? "", id));
      if (of) await desk.disputed(of.id, section?.id ?? "", ticket).catch(() => undefined);
    }
    return told(({ desk: words }) => words.disputed());
  }

  async function pressed(event: Pressed): Promise<void> {
    const { at, reader, name, turn, press, own, apart, rights } = event;
    const gone = () => show.notice((wording) => wording.gone());
    const remark = press?.action === "not" || press?.action === "tell";
    const inPlace = press !== undefined && !remark && (own || press.who === reader);
    turn.begin(inPlace ? "update" : "private");
    const fast = await tooFast(at, reader);
    const card =
      fast ??
      (await made("a press failed", async () => {
        if (remark) return (await feedback(event)) ?? gone();
        if (press?.subject.kind === "daily") return talk.list(at, reader, rights);
        if (press?.subject.kind === "desk") return deskTalk.press(press.subject, { at, reader, name, rights });
        if (press?.subject.kind === "privacy") return deskTalk.privacy(at, reader);
        if (press?.subject.kind === "forget") return deskTalk.forget(at, reader);
        if (press?.subject.kind === "preview") {
          const { channel, explainer } = press.subject;
          const named = assistant.explainers().find(({ id }) => means(explainer, id))?.id;
          const options = named === undefined ? {} : { article: named };
          const whose = { ...at, channel, thread: undefined };
          return (await talk.answer({ part: "preview", options, at: whose, channelName: undefined, reader, rights }))
            .card;
        }
        return (press && (await show.subject(press.subject))) ?? gone();
      }));
    const page = press?.page ?? 0;
    const shown = card.subject !== undefined;
    contexts.note(at, reader, card.subject, inPlace && !own);
    if (apart) return put(turn, { card, place: { page, asker: reader } }, "update");
    if (!shown || !press) return put(turn, { card, place: {} }, "beside");
    if (press.action === "share") {
      // The button goes first, so that impatience does not publish twice.
      await put(turn, { card, place: { page, asker: reader } }, "update");
      const above = { kind: "shared", by: reader, answering: press.who } as const;
      const message = await sendAsFits({ card, place: { above } }, once, log, (fitting) =>
        turn.publish(fitting, press.who),
      );
      if (message !== undefined) said?.note(entryOf(card, 0, at, message, press.who));
      return;
    }
    // On a private card the id holds the message that it answers, for sharing later.
    const target = own && press.who !== reader ? press.who : undefined;
    const place: CardPlace = {
      page,
      asker: reader,
      share: own || !inPlace ? { target } : undefined,
      feedback: feedbackOn(press.ticket),
    };
    await put(turn, { card, place }, inPlace ? "update" : "beside");
    // What everybody sees there by now is what may have to be put right.
    if (inPlace && !own && event.message !== undefined) said?.note(entryOf(card, page, at, event.message, undefined));
  }

  return {
    show,
    created: (message) => void handle("a message", () => messages.created(message)),
    edited: (message) => void handle("an edit", () => messages.edited(message)),
    deleted: (at, ids) => void handle("a deletion", () => messages.deleted(at, ids)),
    commanded: (command) =>
      handle("an interaction", async () => {
        const { id, at, reader, turn, alone, name, line, restate } = command;
        if (!(await seen.first(`command ${keyOf(at, id)}`))) return;
        const where = alone ? "private" : "public";
        turn.begin(where);
        const spec = commandTable(assistant.explainers().length > 1).find((each) => each.name === name);
        const ticket = desk?.ticket(at);
        const card =
          (await tooFast(at, reader)) ?? (await made("a command failed", () => commandCard(command, spec, ticket)));
        if (spec?.name === "ask") contexts.note(at, reader, card.subject, !alone);
        const typed = [`/${name}`, label(line ?? "", RESTATED)].join(" ").trim();
        await put(
          turn,
          {
            card,
            place: {
              asker: reader,
              share: alone && spec?.setsUp !== true ? { target: undefined } : undefined,
              feedback: spec?.name === "ask" ? feedbackOn(ticket) : undefined,
              above: leanedAbove(card) ?? (restate ? { kind: "asked", typed } : undefined),
            },
          },
          where,
        );
      }),
    picked: (pick) =>
      handle("an interaction", async () => {
        const { id, at, reader, name, turn, alone, text, target, rights } = pick;
        if (!(await seen.first(`pick ${keyOf(at, id)}`))) return;
        const teaches = pick.for === "teach" && rights !== undefined;
        const where = alone || teaches ? "private" : "public";
        turn.begin(where);
        const ticket = teaches ? undefined : desk?.ticket(at);
        const card =
          (await tooFast(at, reader)) ??
          (await made("a picked message failed", () => {
            if (text === "") return show.notice((wording) => wording.noWords());
            return teaches
              ? deskTalk.teach(text, { at, reader, name, rights })
              : show.question(text, { from: at, ticket });
          }));
        const share = alone && !teaches ? { target } : undefined;
        await put(turn, { card, place: { asker: reader, share, feedback: feedbackOn(ticket) } }, where);
      }),
    pressed: (event) =>
      handle("an interaction", async () => {
        if (await seen.first(`press ${keyOf(event.at, event.id)}`)) await pressed(event);
      }),
    submitted: (asked) => talk.answer(asked),
    subscriptions: async (at, reader) => {
      if (!daily) return undefined;
      return talk.list(at, reader, { all: false }).catch((error: unknown) => {
        log.warn({ err: error }, "daily posts could not be listed");
        return show.notice((wording) => wording.dailyAway());
      });
    },
    suggest,
    handle,
    async stop(patience) {
      stopping = true;
      return inFlight.settled(patience);
    },
  };
}

const isHelp = (text: string): boolean => spoken.help.test(text);
