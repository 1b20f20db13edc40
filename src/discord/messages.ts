// Mentions and direct messages: a reply to the message that asks, which follows when the question is edited and goes when it
// is deleted.
import {
  SnowflakeUtil,
  type Client,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageUpdateDispatchData,
} from "discord.js";
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { noticeCard, replyCard, tooFastCard, type Card } from "../assistant/card.js";
import type { Cooldown, Turn } from "../assistant/cooldown.js";
import type { Given } from "../assistant/given.js";
import { createKept } from "../assistant/kept.js";
import { WORDING } from "../assistant/wording.js";
import type { DiscordApi } from "./api.js";
import { errorFields, faultOf, permissionOf } from "./faults.js";
import { missingInChannel } from "./permissions.js";
import { hear, looksLikeQuestion } from "./question.js";
import { renderCard } from "./render-card.js";

export interface MessagesOptions {
  readonly client: () => Client<true>;
  readonly api: DiscordApi;
  readonly assistant: Assistant;
  readonly cooldown: Cooldown;
  readonly given: Given | undefined;
  readonly help: () => Promise<Card>;
  readonly log: Logger;
}

export interface Messages {
  created(message: GatewayMessageCreateDispatchData): Promise<void>;
  updated(message: GatewayMessageUpdateDispatchData): Promise<void>;
  deleted(data: GatewayMessageDeleteDispatchData | GatewayMessageDeleteBulkDispatchData): Promise<void>;
}

/** What is known of a question: what comes after waits for what came before. */
interface Asked {
  /** Our answer's id, once it is sent. */
  answer: string | undefined;
  edited: string | null;
  /** How often it was edited: only the newest words are answered. */
  edits: number;
  withdrawn: boolean;
  last: Promise<void>;
}

/** Questions that are remembered without asking the store. */
const FOLLOWED = 5_000;
/** A message that is edited into a question is answered while it is this young. */
const LATE_MS = 15 * 60_000;
/** A reader is told of a missing permission once in so many milliseconds. */
const TOLD_AGAIN_MS = 3_600_000;

export function createMessages({ client, api, assistant, cooldown, given, help, log }: MessagesOptions): Messages {
  const asked = createKept<Asked>(FOLLOWED);
  const toldOf = createKept<number>(FOLLOWED);

  /** The permission that is missing is logged by name; the asker hears of it in a direct message. */
  async function tellForbidden(channel: string, reader: string, error: unknown): Promise<void> {
    const { name, missing } = missingInChannel(client(), channel);
    const wanted = missing.length > 0 ? missing : [permissionOf(error)];
    log.warn({ channel, name, missing: wanted, ...errorFields(error) }, "may not answer in a channel");
    const before = toldOf.get(`${reader} ${channel}`);
    if (before !== undefined && Date.now() - before < TOLD_AGAIN_MS) return;
    toldOf.set(`${reader} ${channel}`, Date.now());
    const { explainer } = await help();
    const notice = `${WORDING.mayNotAnswer} ${name ?? WORDING.thatChannel}. ${WORDING.askModerator} ${wanted.join(", ")}.`;
    await api.send(await api.direct(reader), renderCard(noticeCard(explainer, notice)));
  }

  async function answer(
    message: GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData,
    question: { text: string; outright: boolean },
    entry: Asked,
  ): Promise<void> {
    // Somebody who only replied to the bot may be talking to the others.
    if (!question.outright && entry.answer === undefined && !looksLikeQuestion(question.text)) return;
    // An edit costs nothing: Discord limits them, and only the newest is answered.
    const turn: Turn =
      entry.answer === undefined ? cooldown.turn(message.author.id, message.channel_id) : { kind: "go" };
    if (turn.kind === "wait" && !turn.first) return;
    const answered = async (): Promise<Card> => replyCard(await assistant.ask(question.text), await help());
    const card =
      turn.kind === "wait"
        ? tooFastCard((await help()).explainer, turn.seconds)
        : await answered().catch(async (error: unknown) => {
            log.error(errorFields(error), "a question could not be answered");
            return noticeCard((await help()).explainer, WORDING.fault);
          });
    if (entry.withdrawn) return;
    const { channel_id: channel, id } = message;
    const place = { asker: message.author.id };
    const put = (shown: Card): Promise<string> => {
      const rendered = renderCard(shown, place);
      const { answer: before } = entry;
      if (before !== undefined) return api.edit(channel, before, rendered).then(() => before);
      // An answer that was taken back and is given anew is another message.
      const nonce = entry.edits === 0 ? id : `${id}-${entry.edits}`;
      return api.send(channel, rendered, { replyTo: id, nonce });
    };
    const plain = { ...card, chart: undefined };
    const mayAttach = !missingInChannel(client(), channel).missing.includes("Attach Files");
    const first = entry.answer === undefined;
    entry.answer = await put(mayAttach ? card : plain).catch((error: unknown) => {
      // A channel may forbid files without our knowing; the values stand in the text.
      if (card.chart === undefined || faultOf(error) !== "forbidden") throw error;
      return put(plain);
    });
    if (first) given?.note(id, entry.answer);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have changed while the answer was on its way
    if (entry.withdrawn) await api.remove(channel, entry.answer);
  }

  /** Runs after what is under way for the same question. A question that is gone by then needs no answer. */
  async function inTurn(
    id: string,
    channel: string,
    reader: string | undefined,
    entry: Asked,
    work: () => Promise<void>,
  ): Promise<void> {
    const settle = async (error: unknown): Promise<void> => {
      const fault = faultOf(error);
      if (fault === "gone") log.debug({ channel, message: id }, "a question was gone before its answer");
      else if (fault === "forbidden" && reader !== undefined) await tellForbidden(channel, reader, error);
      else throw error;
    };
    const run = entry.last.then(work).catch(settle);
    entry.last = run.catch(() => undefined);
    await run;
  }

  const fresh = (answer?: string): Asked => ({
    answer,
    edited: null,
    edits: 0,
    withdrawn: false,
    last: Promise.resolve(),
  });

  /** What is known of questions that this process did not hear, or forgot; undefined where nothing can be known. */
  async function recall(ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const unheard = ids.filter((id) => !asked.get(id));
    return unheard.length > 0 ? await given?.find(unheard) : new Map();
  }

  /** The question that an edited message is by now; undefined where it is none of ours. */
  async function entryOf(message: GatewayMessageUpdateDispatchData, asks: boolean): Promise<Asked | undefined> {
    const before = asked.get(message.id);
    if (before) return before;
    const known = await recall([message.id]);
    const answer = known?.get(message.id);
    const young = Date.now() - SnowflakeUtil.timestampFrom(message.id) < LATE_MS;
    // Somebody mentioned the bot by an edit: as good as asking, if it is certain that it was not answered before.
    if (answer === undefined && !(known && young && asks)) return undefined;
    // Another edit may have come first.
    const entry = asked.get(message.id) ?? fresh(answer);
    asked.set(message.id, entry);
    return entry;
  }

  return {
    async created(message) {
      const heard = hear(message, client().user.id);
      if (heard.kind === "silent" || asked.get(message.id)) return;
      const entry = fresh();
      asked.set(message.id, entry);
      await inTurn(message.id, message.channel_id, message.author.id, entry, () => answer(message, heard, entry));
    },
    async updated(message) {
      const edited = message.edited_timestamp ?? null;
      // Discord also reports previews and pins as updates: only an edit has a moment of its own.
      if (edited === null) return;
      const heard = hear(message, client().user.id);
      const entry = await entryOf(message, heard.kind === "question" && heard.outright);
      if (!entry || edited === entry.edited) return;
      entry.edited = edited;
      entry.edits += 1;
      const { edits } = entry;
      await inTurn(message.id, message.channel_id, message.author.id, entry, async () => {
        if (edits !== entry.edits) return;
        if (heard.kind === "question") await answer(message, heard, entry);
        else if (entry.answer !== undefined) {
          // It no longer asks us.
          await api.remove(message.channel_id, entry.answer);
          entry.answer = undefined;
        }
      });
    },
    async deleted(data) {
      const ids = "ids" in data ? data.ids : [data.id];
      const known = await recall(ids);
      for (const id of ids) {
        const answer = known?.get(id);
        const entry = asked.get(id) ?? (answer === undefined ? undefined : fresh(answer));
        if (!entry || entry.withdrawn) continue;
        entry.withdrawn = true;
        await inTurn(id, data.channel_id, undefined, entry, async () => {
          if (entry.answer !== undefined) await api.remove(data.channel_id, entry.answer);
        });
      }
    },
  };
}
