// What every chat face does, whatever its platform: from an event to silence, an answer, a whisper, an update or a share.
import { explainerNamed } from "../assistant/articles.js";
import { createInFlight } from "../assistant/in-flight.js";
import { leanedAbove, type Card, type CardPlace } from "../cards/card.js";
import { label } from "../cards/label.js";
import { means, type Subject } from "../cards/subject.js";
import { createShow, type Show } from "../cards/show.js";
import { spoken, wordingOf } from "../languages/languages.js";
import { keyOf, type Address } from "../memory/address.js";
import { request, requestAge, step } from "../telemetry/request.js";
import { entryOf } from "../memory/said.js";
import { createSeen } from "../memory/seen.js";
import { commandTable, helpWays, type CommandSpec } from "./commands.js";
import { createContexts } from "./context.js";
import { createCooldown } from "./cooldown.js";
import { createFair } from "./fair.js";
import { createFeedback } from "./feedback.js";
import { suggest, type Most, type Suggestion, type Typing } from "./suggest.js";
import { createHere, rateOf, shareOf, silentAbove, tooFastNotice } from "./here.js";
import { createPlaceTalk } from "./place.js";
import { createDailyTalk, type DailyAsked } from "./daily.js";
import { createDeskTalk } from "./desk.js";
import { sendAsFits } from "./deliver.js";
import type { Command, Message, Pick, Pressed, Shown } from "./event.js";
import type { FaceDeps, Outgoing } from "./face.js";
import { createMessages } from "./messages.js";
import type { Press } from "./press.js";

export interface Conversation {
  /** The cards of every explainer that there is. */
  readonly show: Show;
  /** The cards of those that are asked at an address. */
  showAt(at: Address): Show;
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
  suggest(typing: Typing, most: Most): Promise<readonly Suggestion[]>;
  /** The one place where a listener's fault ends. */
  handle(what: string, work: () => Promise<void>): Promise<void>;
  /** Takes nothing new; whether all that was under way ended within `patience` milliseconds. */
  stop(patience: number): Promise<boolean>;
}

export interface ConversationOptions extends Omit<FaceDeps, "studio"> {
  readonly out: Outgoing;
}

/** Characters of what was typed that are said again. */
const RESTATED = 300;

export function createConversation(options: ConversationOptions): Conversation {
  const { out, assistant, log, said, daily, desk, places, meter } = options;
  const here = createHere(assistant, places, (scoped) =>
    createShow({
      assistant: scoped,
      ways: helpWays(out.picks, out.typesLines),
      post: options.post,
      kept: (from) => (desk?.keeps(from) ? wordingOf("en").desk.helpKept(desk.settings.keepDays) : undefined),
    }),
  );
  const { show } = here.whole;
  const fair = options.fair ?? createFair();
  const cooldown = createCooldown(options.cooldown);
  const seen = options.seen ?? createSeen();
  const inFlight = createInFlight();
  const talk = createDailyTalk(daily, out, show, (at) => ({
    assistant: here.at(at).assistant,
    zone: at.place === "" ? undefined : places?.at(at).zone.value,
  }));
  const deskTalk = createDeskTalk(desk, assistant, show);
  const placeTalk = createPlaceTalk({ places, assistant, show, daily, desk, nameOf: (at) => out.nameOf(at) });
  let stopping = false;

  const made = (what: string, work: () => Promise<Card>): Promise<Card> =>
    step("make a card", {}, work).catch((error: unknown) => {
      log.error(out.fields(error), what);
      return show.notice((wording) => wording.fault());
    });
  const contexts = createContexts(assistant, said);
  const feedback = createFeedback(desk, seen, show);
  /** What readers may say of an answer to what they asked. */
  const feedbackOn = (ticket: string | undefined): CardPlace["feedback"] => (desk ? { ticket } : undefined);
  const messages = createMessages({ out, here: here.at, fair, meter, cooldown, seen, said, desk, contexts, made, log });

  async function handle(what: string, work: () => Promise<void>): Promise<void> {
    if (stopping) return;
    await inFlight.track(
      request(what, { face: out.platform }, work).catch((error: unknown) => {
        const fault = out.faultOf(error);
        log[fault === "bug" ? "error" : "warn"]({ fault, ...out.fields(error) }, `${what} was not answered`);
      }),
    );
  }

  /** A notice where somebody asks faster than the allowance; undefined where they may. Private answers cost a channel nothing. */
  async function tooFast(at: Address, reader: string, asks = true): Promise<Card | undefined> {
    // What its managers set limits what is asked there, and not those who set it.
    const turn = cooldown.turn(`${at.platform} ${reader}`, undefined, asks ? rateOf(at, here.at(at)) : undefined);
    return turn.kind === "go" ? undefined : tooFastNotice(show, turn);
  }

  /** Works when it is the place's turn; a notice where too much waits there. */
  async function inTurn(at: Address, work: () => Promise<Card>): Promise<Card> {
    const done = await fair.run(shareOf(at), work);
    return done.kind === "done" ? done.value : show.notice(({ place }) => place.busy());
  }

  type Where = "private" | "public" | "update" | "beside";
  /** Where a second message could be posted: what may have arrived is not sent again. */
  const once = { ...out, lighterAfter: out.lighterAfter.filter((fault) => fault !== "unavailable") };
  async function put(turn: Command["turn"], shown: Shown, where: Where): Promise<void> {
    await sendAsFits(shown, where === "beside" ? once : out, log, (fitting) => turn.put(fitting, where));
    meter?.answered(out.platform, requestAge() ?? 0);
  }

  async function commandCard(
    command: Command,
    spec: CommandSpec | undefined,
    ticket: string | undefined,
  ): Promise<Card> {
    const { assistant: asked, show } = here.at(command.at);
    if (!spec) return show.help(command.at);
    const { options: given, part = command.part } = command.options
      ? { options: command.options }
      : spec.read(command.line ?? "");
    if (spec.name === "privacy") return deskTalk.privacy(command.at, command.reader);
    if (spec.name === "settings") return placeTalk.settings(part, given, command);
    if (spec.name === "explainer") return placeTalk.explainer(part, given, command);
    if (spec.name === "desk") return deskTalk.command(part, { ...command, name: command.readerName });
    if (spec.setsUp) {
      const { reader, rights, channelName } = command;
      const channel = given["channel"];
      const at = channel === undefined ? command.at : { ...command.at, channel, thread: undefined, parent: undefined };
      return (await talk.answer({ part, options: given, at, channelName, reader, rights })).card;
    }
    const { article } = given;
    const explainer = article === undefined ? undefined : explainerNamed(asked, article);
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

  /** What a press asks for; the notice that it is gone where the article, or the place, has it no more. */
  async function pressedCard(event: Pressed): Promise<Card> {
    const { at, reader, name, press, rights } = event;
    const { show, assistant: asked } = here.at(at);
    const gone = () => show.notice((wording) => wording.gone());
    if (!press) return gone();
    if (isRemark(press)) return (await feedback(event)) ?? gone();
    const { subject } = press;
    switch (subject.kind) {
      case "settings":
        return placeTalk.press(subject, event);
      case "daily":
        return talk.list(at, reader, rights);
      case "desk":
        return deskTalk.press(subject, { at, reader, name, rights });
      case "privacy":
        return deskTalk.privacy(at, reader);
      case "forget":
        return deskTalk.forget(at, reader);
      case "preview": {
        const named = asked.explainers().find(({ id }) => means(subject.explainer, id))?.id;
        const options = named === undefined ? {} : { article: named };
        const whose = { ...at, channel: subject.channel, thread: undefined, parent: undefined };
        return (await talk.answer({ part: "preview", options, at: whose, channelName: undefined, reader, rights }))
          .card;
      }
      default:
        return inTurn(at, async () => (await show.subject(subject, at)) ?? gone());
    }
  }

  async function pressed(event: Pressed): Promise<void> {
    const { at, reader, turn, press, own, apart } = event;
    const inPlace = press !== undefined && !isRemark(press) && (own || press.who === reader);
    const { silent } = here.at(at);
    turn.begin(inPlace ? "update" : "private");
    const asks = press !== undefined && !isRemark(press) && !OWN.has(press.subject.kind);
    const card = (await tooFast(at, reader, asks)) ?? (await made("a press failed", () => pressedCard(event)));
    const page = press?.page ?? 0;
    const shown = card.subject !== undefined;
    contexts.note(at, reader, card.subject, inPlace && !own);
    if (apart) return put(turn, { card, place: { page, asker: reader } }, "update");
    if (!shown || !press) return put(turn, { card, place: {} }, "beside");
    if (press.action === "share" && silent)
      return put(turn, { card, place: { page, asker: reader, above: silentAbove(silent) } }, "update");
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
      share: (own || !inPlace) && !silent ? { target } : undefined,
      feedback: feedbackOn(press.ticket),
    };
    await put(turn, { card, place }, inPlace ? "update" : "beside");
    // What everybody sees there by now is what may have to be put right.
    if (inPlace && !own && event.message !== undefined) said?.note(entryOf(card, page, at, event.message, undefined));
  }

  return {
    show,
    showAt: (at) => here.at(at).show,
    created: (message) => void handle("a message", () => messages.created(message)),
    edited: (message) => void handle("an edit", () => messages.edited(message)),
    deleted: (at, ids) => void handle("a deletion", () => messages.deleted(at, ids)),
    commanded: (command) =>
      handle("an interaction", async () => {
        const { id, at, reader, turn, alone, name, line, restate } = command;
        if (!(await seen.first(`command ${keyOf(at, id)}`))) return;
        const { assistant: asked, silent, answers } = here.at(at);
        const spec = commandTable(asked.explainers().length > 1).find((each) => each.name === name);
        const own = spec === undefined || spec.setsUp || spec.name === "privacy" || spec.group === undefined;
        // In a conversation with the bot alone nobody else sees it.
        const apart = alone && (own || silent !== undefined || answers !== "public");
        const where = apart ? "private" : "public";
        turn.begin(where);
        const ticket = desk?.ticket(at);
        const card =
          (await tooFast(at, reader, !own)) ??
          (await made("a command failed", () => {
            const card = () => commandCard(command, spec, ticket);
            return own ? card() : inTurn(at, card);
          }));
        if (spec?.name === "ask") contexts.note(at, reader, card.subject, !apart);
        const typed = [`/${name}`, label(line ?? "", RESTATED)].join(" ").trim();
        await put(
          turn,
          {
            card,
            place: {
              asker: reader,
              share: apart && !own && !silent ? { target: undefined } : undefined,
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
        const { show: shown, silent } = here.at(at);
        const where = alone || teaches ? "private" : "public";
        turn.begin(where);
        const ticket = teaches ? undefined : desk?.ticket(at);
        const card =
          (await tooFast(at, reader)) ??
          (await made("a picked message failed", () => {
            if (text === "") return show.notice((wording) => wording.noWords());
            return teaches
              ? deskTalk.teach(text, { at, reader, name, rights })
              : inTurn(at, () => shown.question(text, { from: at, ticket }));
          }));
        const share = alone && !teaches && !silent ? { target } : undefined;
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
    // Who chooses explainers chooses from all.
    suggest: (typing, most) =>
      suggest((typing.command === "explainer" ? here.whole : here.at(typing.at)).assistant, typing, most),
    handle,
    async stop(patience) {
      stopping = true;
      return inFlight.settled(patience);
    },
  };
}

/** What is no question of the article. */
const OWN: ReadonlySet<Subject["kind"]> = new Set([
  "settings",
  "daily",
  "desk",
  "privacy",
  "forget",
  "preview",
  "help",
]);

const isRemark = ({ action }: Press): boolean => action === "not" || action === "tell";

const isHelp = (text: string): boolean => spoken.help.test(text);
