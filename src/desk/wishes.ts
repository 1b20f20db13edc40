// Readers who want to be told when their question is answered: kept until they were, for a month at most.
import type { Assistant } from "../assistant/assistant.js";
import { decodeSubject, encodeSubject } from "../cards/subject.js";
import { answerCard } from "../cards/answer.js";
import type { Show } from "../cards/show.js";
import { noticeCard } from "../cards/card.js";
import { wordingOf } from "../languages/languages.js";
import type { Installation } from "../memory/address.js";
import type { Db } from "../storage/open.js";
import type { ErrandStore } from "./errands.js";
import type { Asked } from "./gather.js";
import { newId } from "./ids.js";
import type { ErrandWork } from "./runner.js";
import type { Poster } from "../daily/poster.js";

export const WISH_DAYS = 30;
/** Of one reader in one place at most. */
const MOST = 20;
/** Long enough for every subject. */
const WHOLE = 100_000;

export interface Wishes {
  /** Keeps a wish, once however often it is made. */
  add(of: Installation, reader: string, asked: Asked): Promise<void>;
  /** The words of a reader's own. */
  of(of: Installation, reader: string): Promise<string[]>;
  /** Deletes a reader's own; how many they were. */
  forget(of: Installation, reader: string): Promise<number>;
  /** Asks again what somebody waits for, and has those told whose question is answered now; how many. */
  check(): Promise<number>;
  readonly tell: ErrandWork;
  sweep(before: number): Promise<void>;
}

interface TellBody {
  readonly words: string;
  readonly subject: string;
}

export interface WishesOptions {
  readonly db: Db;
  readonly errands: ErrandStore;
  readonly assistant: Assistant;
  readonly show: Show;
  readonly posters: () => readonly Poster[];
  readonly now?: () => number;
}

export function createWishes({ db, errands, assistant, show, posters, now = Date.now }: WishesOptions): Wishes {
  const own = ({ platform, place }: Installation, reader: string) =>
    db
      .selectFrom("wishes")
      .selectAll()
      .where("platform", "=", platform)
      .where("place", "=", place)
      .where("reader", "=", reader)
      .orderBy("at");

  /** What is about to be told to a reader. */
  const pending = ({ platform, place }: Installation, reader: string) =>
    db
      .selectFrom("errands")
      .where("kind", "=", "tell")
      .where("platform", "=", platform)
      .where("place", "=", place)
      .where("channel", "=", `@${reader}`);

  /** What answers a question now; undefined where nothing does. */
  async function answerTo(explainer: string, words: string): Promise<string | undefined> {
    const reply = await assistant.ask(words, { explainer, quiet: true });
    const { subject } = reply.kind === "answer" ? answerCard(reply) : {};
    return subject && encodeSubject(subject, WHOLE);
  }

  return {
    async add({ platform, place }, reader, { explainer, words }) {
      await db.transaction().execute(async (trx) => {
        const kept = await trx
          .selectFrom("wishes")
          .select(["id", "words", "explainer"])
          .where("platform", "=", platform)
          .where("place", "=", place)
          .where("reader", "=", reader)
          .orderBy("at")
          .execute();
        if (kept.some((each) => each.words === words && each.explainer === explainer)) return;
        // The oldest makes room.
        for (const { id } of kept.slice(0, Math.max(0, kept.length - MOST + 1)))
          await trx.deleteFrom("wishes").where("id", "=", id).execute();
        await trx
          .insertInto("wishes")
          .values({ id: newId(), platform, place, reader, explainer, words, at: now() })
          .execute();
      });
    },
    async of(of, reader) {
      const waiting = await own(of, reader).execute();
      const told = await pending(of, reader).selectAll().execute();
      return [...waiting.map(({ words }) => words), ...told.map(({ body }) => (JSON.parse(body) as TellBody).words)];
    },
    async forget({ platform, place }, reader) {
      const told = await db
        .deleteFrom("errands")
        .where("kind", "=", "tell")
        .where("platform", "=", platform)
        .where("place", "=", place)
        .where("channel", "=", `@${reader}`)
        .where("state", "=", "due")
        .executeTakeFirst();
      const { numDeletedRows } = await db
        .deleteFrom("wishes")
        .where("platform", "=", platform)
        .where("place", "=", place)
        .where("reader", "=", reader)
        .executeTakeFirst();
      return Number(numDeletedRows + told.numDeletedRows);
    },
    async check() {
      const waiting = await db.selectFrom("wishes").select(["explainer", "words"]).distinct().execute();
      const there = new Set(assistant.explainers().map(({ id }) => id));
      let told = 0;
      for (const { explainer, words } of waiting) {
        if (!there.has(explainer)) continue;
        const subject = await answerTo(explainer, words);
        if (subject === undefined) continue;
        told += await db.transaction().execute(async (trx) => {
          // Taken out and put in as one: a wish is fulfilled once, by one process.
          const rows = await trx
            .deleteFrom("wishes")
            .where("explainer", "=", explainer)
            .where("words", "=", words)
            .returningAll()
            .execute();
          return errands.enlist(
            trx,
            rows.map(({ id, platform, place, reader }) => ({
              kind: "tell" as const,
              about: id,
              platform,
              place,
              // Where to write to them is asked when it is done.
              channel: `@${reader}`,
              body: { words, subject } satisfies TellBody,
            })),
            now(),
          );
        });
      }
      return told;
    },
    tell: {
      async resolve(errand) {
        const poster = posters().find(({ platform }) => platform === errand.platform);
        return poster?.directly(errand, errand.channel.slice(1));
      },
      async make(errand) {
        const { words, subject: code } = JSON.parse(errand.body) as TellBody;
        const subject = decodeSubject(code);
        const card = subject && (await show.subject(subject));
        if (card) return { card, place: { above: { kind: "asked", typed: words } } };
        // It went again before they were told.
        const { explainer } = await assistant.topics();
        return { card: noticeCard(explainer, wordingOf(explainer.language).gone()), place: {} };
      },
      // Nothing of the reader is kept once they were told, nor where they could not be.
      async ended({ id }, _, trx) {
        await trx.updateTable("errands").set({ body: "{}", channel: "", thread: "" }).where("id", "=", id).execute();
      },
    },
    async sweep(before) {
      await db.deleteFrom("wishes").where("at", "<", before).execute();
      // Nor is what was never told kept for longer.
      await db.deleteFrom("errands").where("kind", "=", "tell").where("rank", "<", before).execute();
    },
  };
}
