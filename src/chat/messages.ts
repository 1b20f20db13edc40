// Messages that ask: a mention, a direct message, a question in reply to the bot. Each has one answer, which follows when the
// question is edited and goes when it is deleted, also after a restart.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { createKept } from "../assistant/kept.js";
import type { Card } from "../cards/card.js";
import { spoken } from "../languages/languages.js";
import { keyOf, type Address } from "../memory/address.js";
import { entryOf, type Said } from "../memory/said.js";
import type { Seen } from "../memory/seen.js";
import type { Desk } from "../desk/port.js";
import { leanedAbove } from "../cards/card.js";
import type { Contexts } from "./context.js";
import type { Cooldown, Turn as Allowed } from "./cooldown.js";
import { sendAsFits } from "./deliver.js";
import type { Fair } from "./fair.js";
import { rateOf, shareOf, silentAbove, tooFastNotice, type Here } from "./here.js";
import type { Message } from "./event.js";
import { requestAge } from "../telemetry/request.js";
import type { Meter, Outgoing } from "./face.js";

export interface MessagesOptions {
  readonly out: Outgoing;
  /** What holds where it is asked. */
  readonly here: (at: Address) => Here;
  readonly fair: Fair;
  readonly meter: Meter | undefined;
  readonly cooldown: Cooldown;
  readonly seen: Seen;
  readonly said: Said | undefined;
  readonly desk: Desk | undefined;
  readonly contexts: Contexts;
  /** The card, or an apology where making it failed. */
  readonly made: (what: string, work: () => Promise<Card>) => Promise<Card>;
  readonly log: Logger;
}

export interface Messages {
  created(message: Message): Promise<void>;
  edited(message: Message): Promise<void>;
  deleted(at: Address, ids: readonly string[]): Promise<void>;
}

/** What is known of a question: what comes after waits for what came before. */
interface Asked {
  /** Our answer's id, once it is sent. */
  answer: string | undefined;
  edited: string | undefined;
  /** How often it was edited: only the newest words are answered. */
  edits: number;
  withdrawn: boolean;
  /** Whether this process is the one that answers it. */
  claimed: boolean;
  /** It may have been answered: the platform did not say. */
  uncertain: boolean;
  last: Promise<void>;
}

/** Questions that are remembered without asking the store. */
const FOLLOWED = 5_000;
/** A message that is edited into a question is answered while it is this young. */
const LATE_MS = 15 * 60_000;
/** Milliseconds until an answer of another process is noted. */
const NOTED_MS = 1_000;
/** A reader is told once in so many milliseconds that a channel is closed to the bot. */
const TOLD_AGAIN_MS = 3_600_000;

/** Whether a message asks the bot. Silent for its own, other programs', news of the channel, and what is said to nobody. */
function asks(message: Message): boolean {
  const { automatic, spoken: said, author, direct, mentioned, replied } = message;
  return !automatic && said && author !== undefined && (direct || mentioned || replied);
}

/** Where one reader alone is answered: what only they see does not begin a thread, in which it would not be seen. */
const besideOf = ({ at, id }: Message): Address => (at.thread === id ? { ...at, thread: undefined } : at);

/** Whether it asks by its form: readers who reply to the bot also talk to each other there. */
const asksOutright = ({ direct, mentioned }: Message): boolean => direct || mentioned;

export function createMessages({
  out,
  here,
  fair,
  meter,
  cooldown,
  seen,
  said,
  desk,
  contexts,
  made,
  log,
}: MessagesOptions): Messages {
  const asked = createKept<Asked>(FOLLOWED);
  const toldOf = createKept<number>(FOLLOWED);
  const idOf = (at: Address, id: string): string => keyOf(at, id);

  /** What hinders it is logged by name; the asker hears of it directly. */
  async function tellForbidden(at: Address, reader: string, error: unknown): Promise<void> {
    const obstacle = out.obstacle(at, error);
    log.warn(
      { channel: at.channel, name: obstacle.channel, missing: obstacle.missing, ...out.fields(error) },
      "may not answer in a channel",
    );
    const before = toldOf.get(keyOf(at, reader));
    if (before !== undefined && performance.now() - before < TOLD_AGAIN_MS) return;
    toldOf.set(keyOf(at, reader), performance.now());
    const card = await here(at).show.notice((wording) => wording.mayNotAnswer(obstacle));
    await out.tell(at, reader, { card, place: { above: { kind: "channel", channel: at.channel } } });
  }

  /** How whoever asked is answered alone, where everybody should not read it; undefined where everybody may. */
  function privately({ silent, answers }: Here, { direct }: Message): Outgoing["whisper"] {
    if (direct || (silent === undefined && answers !== "private")) return undefined;
    if (out.whisper) return out.whisper;
    // Who asks at a quiet hour expects an answer; where the bot never speaks nobody does.
    return typeof silent === "object" ? (at, reader, shown) => out.tell(at, reader, shown) : undefined;
  }

  /** When it is the place's turn; where too much waits there it is left, and counted. */
  async function answer(message: Message, entry: Asked): Promise<void> {
    const done = await fair.run(shareOf(message.at), () => answerNow(message, entry));
    if (done.kind === "full")
      log.warn({ channel: message.at.channel }, "a question was left: too many wait in its place");
  }

  async function answerNow(message: Message, entry: Asked): Promise<void> {
    const { at, id, author: reader = "", text } = message;
    const first = entry.answer === undefined;
    if (!asksOutright(message) && first && !spoken.looksLikeQuestion.test(text)) return;
    // An edit costs nothing: platforms limit them, and only the newest is answered.
    const where = here(at);
    const { show } = where;
    // To the bot alone there is nobody else to be silent for.
    const silent = message.direct ? undefined : where.silent;
    const apart = privately(where, message);
    if (silent && !apart) return;
    const turn: Allowed = first
      ? cooldown.turn(`${at.platform} ${reader}`, apart ? undefined : keyOf(at), rateOf(at, where))
      : { kind: "go" };
    if (turn.kind === "wait" && !turn.first) return;
    const ticket = desk?.ticket(at);
    const card =
      turn.kind === "wait"
        ? await tooFastNotice(show, turn)
        : await made("a question could not be answered", async () => {
            const context = await contexts.of({ ...message, reader });
            return show.question(text, { from: at, ticket, context });
          });
    if (entry.withdrawn) return;
    contexts.note(at, reader, card.subject, apart === undefined);
    const above = leanedAbove(card) ?? (silent && silentAbove(silent));
    const shown = { card, place: { asker: reader, feedback: desk ? { ticket } : undefined, above } };
    const beside = besideOf(message);
    if (apart) return apart(beside, reader, shown);
    if ((turn.kind === "wait" || entry.uncertain) && out.whisper) return out.whisper(beside, reader, shown);
    const before = entry.answer;
    // An answer that was taken back and is given anew is another message.
    const nonce = entry.edits === 0 ? id : `${id}-${entry.edits}`;
    let sent: string;
    try {
      sent = await sendAsFits(shown, out, log, (fitting) =>
        before === undefined
          ? out.send(at, fitting, { answers: id, nonce })
          : out.edit(at, before, fitting).then(() => before),
      );
    } catch (error) {
      // It may have arrived: the asker gets a copy that nobody else sees, and the channel no second one.
      if (out.faultOf(error) !== "unavailable" || !out.whisper) throw error;
      entry.uncertain = true;
      log.warn(
        { channel: at.channel, ...out.fields(error) },
        "the platform did not say whether it took an answer; the asker was shown it",
      );
      return out.whisper(beside, reader, shown);
    }
    meter?.answered(out.platform, requestAge() ?? 0);
    entry.answer = sent;
    said?.note(entryOf(card, 0, at, sent, id));
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have changed while the answer was on its way
    if (entry.withdrawn) await out.remove(at, sent);
  }

  /** Runs after what is under way for the same question. A question that is gone by then needs no answer. */
  async function inTurn(
    at: Address,
    id: string,
    reader: string | undefined,
    entry: Asked,
    work: () => Promise<void>,
  ): Promise<void> {
    const settle = async (error: unknown): Promise<void> => {
      const fault = out.faultOf(error);
      if (fault === "gone")
        log.debug(
          { channel: at.channel, message: id, ...out.fields(error) },
          "a channel was gone, or a question was gone before its answer",
        );
      else if (fault === "forbidden" && reader !== undefined) await tellForbidden(at, reader, error);
      else throw error;
    };
    const run = entry.last.then(work).catch(settle);
    entry.last = run.catch(() => undefined);
    await run;
  }

  const fresh = (answered?: string): Asked => ({
    answer: answered,
    edited: undefined,
    edits: 0,
    withdrawn: false,
    claimed: answered !== undefined,
    uncertain: false,
    last: Promise.resolve(),
  });

  /** What is known of questions that this process did not hear, or forgot; undefined where nothing can be known. */
  async function recall(at: Address, ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const unheard = ids.filter((id) => !asked.get(idOf(at, id)));
    return unheard.length > 0 ? await said?.answersTo(at, unheard) : new Map();
  }

  /** Whether this process answers a question: another may be at it, or have answered it. */
  async function claim({ at, id }: Message, entry: Asked): Promise<boolean> {
    if (entry.claimed || (await seen.first(`message ${idOf(at, id)}`))) {
      entry.claimed = true;
      return true;
    }
    // It notes its answer in a moment; what comes after is an edit of that.
    if (entry.edits > 0) await sleep(NOTED_MS);
    const answered = (await said?.answersTo(at, [id]))?.get(id);
    if (answered === undefined) asked.delete(idOf(at, id));
    else Object.assign(entry, { answer: answered, claimed: true });
    return answered !== undefined && entry.edits > 0;
  }

  /** The question that an edited message is by now; undefined where it is none of ours. */
  async function entryFor(message: Message): Promise<Asked | undefined> {
    const key = idOf(message.at, message.id);
    const before = asked.get(key);
    if (before) return before;
    const known = await recall(message.at, [message.id]);
    const answered = known?.get(message.id);
    const young = Date.now() - message.writtenAt < LATE_MS;
    // Somebody named the bot by an edit: as good as asking, if it is certain that it was not answered before.
    if (answered === undefined && !(known && young && asks(message) && asksOutright(message))) return undefined;
    // Another edit may have come first.
    const entry = asked.get(key) ?? fresh(answered);
    asked.set(key, entry);
    return entry;
  }

  return {
    async created(message) {
      const key = idOf(message.at, message.id);
      if (!asks(message) || asked.get(key)) return;
      const entry = fresh();
      asked.set(key, entry);
      await inTurn(message.at, message.id, message.author, entry, async () => {
        // Newer words are answered next.
        if (entry.edits === 0 && (await claim(message, entry))) await answer(message, entry);
      });
    },
    async edited(message) {
      const { at, id, edited } = message;
      // Platforms also report previews and pins as updates: only an edit has a moment of its own.
      if (edited === undefined) return;
      const entry = await entryFor(message);
      if (!entry || edited === entry.edited) return;
      entry.edited = edited;
      entry.edits += 1;
      const { edits } = entry;
      await inTurn(at, id, message.author, entry, async () => {
        if (edits !== entry.edits) return;
        if (asks(message)) {
          if (await claim(message, entry)) await answer(message, entry);
        } else if (entry.answer !== undefined) {
          // It no longer asks us.
          await out.remove(at, entry.answer);
          entry.answer = undefined;
        }
      });
    },
    async deleted(at, ids) {
      const known = await recall(at, ids);
      for (const id of ids) {
        const answered = known?.get(id);
        const entry = asked.get(idOf(at, id)) ?? (answered === undefined ? undefined : fresh(answered));
        if (!entry || entry.withdrawn) continue;
        entry.withdrawn = true;
        await inTurn(at, id, undefined, entry, async () => {
          if (entry.answer !== undefined) await out.remove(at, entry.answer);
        });
      }
    },
  };
}
