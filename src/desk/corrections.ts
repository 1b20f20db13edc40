// Corrections travel: an edition of an explainer that differs from the one before finds, in the ledger of what was said, what shows
// something else now, and has each message put right once.
import type { Transaction } from "kysely";
import type { Assistant } from "../assistant/assistant.js";
import { createKept } from "../assistant/kept.js";
import { correctedAbove, differences } from "../cards/corrected.js";
import { noticeCard, named } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import { decodeSubject, type Subject } from "../cards/subject.js";
import type { Explainer } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";
import { wordingOf } from "../languages/languages.js";
import { contentOf, digestOf, readContent } from "../memory/said.js";
import type { Db } from "../storage/open.js";
import type { ErrandRow, Tables } from "../storage/tables.js";
import { listCorrected, type Corrected } from "./corrected.js";
import { editionDigest, lastingOf, nowOf, TOLD } from "./edition.js";
import type { ErrandEnd, ErrandStore, NewErrand } from "./errands.js";
import type { ErrandWork, Made } from "./runner.js";

export interface CorrectionsOptions {
  readonly db: Db;
  readonly errands: ErrandStore;
  readonly show: Show;
  readonly assistant: Assistant;
  /** Milliseconds after which what was said is left as it is. */
  readonly ageMs: number;
  /** Writes what was said and is not in the ledger yet. */
  readonly flush?: () => Promise<void>;
  readonly now?: () => number;
}

export interface Corrections {
  /** Looks at an explainer as it is now; how many messages are to be put right. */
  look(explainer: Explainer, figures: readonly Figure[]): Promise<number>;
  /** Looks again for what was said as an edition came in: an answer may have been on its way. */
  lookAgain(explainer: Explainer): Promise<number>;
  readonly correct: ErrandWork;
  readonly note: ErrandWork;
  /** What was put right lately, by explainer and edition. */
  list(limit: number): Promise<readonly Corrected[]>;
}

/** What an errand of a correction holds. */
interface CorrectBody {
  readonly subject: string;
  readonly page: number;
  /** Digest of what the message shows, and of what it is to show. */
  readonly before: string;
  readonly explainer: string;
  readonly edition: number;
  /** Of the edition. */
  readonly digest: string;
  readonly at: number;
  readonly wording: string | undefined;
}

/** This process has not read the edition yet that a message is to be put right by. */
class Behind extends Error {
  readonly code = "BEHIND";
}

/** Milliseconds before and after an edition in which answers may have been on their way. */
const ON_THE_WAY_MS = 5 * 60_000;
/** Editions that are remembered. */
const PAST = 20;
const ROWS = 500;
const SHOWN = 500;

export function createCorrections(options: CorrectionsOptions): Corrections {
  const { db, errands, show, assistant, ageMs, flush, now = Date.now } = options;
  /** Digests that this process saw last, by explainer. */
  const seen = new Map<string, string>();

  const isKept = async (digest: string): Promise<string | undefined> =>
    (await db.selectFrom("contents").select("body").where("digest", "=", digest).executeTakeFirst())?.body;

  /** What a card showed and shows; undefined where nothing of it is said otherwise. */
  async function changeOf(subject: Subject, digest: string, language: string) {
    const body = await isKept(digest);
    if (body === undefined) return undefined;
    const card = await show.subject(nowOf(subject));
    if (card && subject.kind !== "post" && digestOf(contentOf(card)) === digest) return undefined;
    const before = lastingOf(subject, readContent(body).blocks);
    const changed = differences(before, card?.blocks ?? [], language);
    return changed.length > 0 ? { card, changed } : undefined;
  }

  /** Kinds of what was said that show something else now, each once however many messages show it. */
  async function outdated(explainer: Explainer, since: number) {
    const kinds = await db
      .selectFrom("said")
      .select(["subject", "page", "digest"])
      .distinct()
      .where("explainer", "=", explainer.id)
      .where("at", ">=", since)
      .where("subject", "!=", "")
      .execute();
    const found: { subject: string; page: number; digest: string; fresh: string; content: string }[] = [];
    for (const { subject: code, page, digest } of kinds) {
      const subject = decodeSubject(code);
      // Choices and abstentions show headings, small talk nothing of the article.
      if (!subject || !TOLD.has(subject.kind)) continue;
      const change = await changeOf(subject, digest, explainer.language);
      if (!change) continue;
      const content = change.card ? contentOf(change.card) : WITHDRAWN;
      found.push({ subject: code, page, digest, fresh: digestOf(content), content });
    }
    return found;
  }

  async function look(explainer: Explainer, figures: readonly Figure[]): Promise<number> {
    const { id, correction } = explainer;
    const digest = editionDigest(explainer, figures);
    const sawBefore = seen.get(id);
    seen.set(id, digest);
    const before = await db.selectFrom("editions").selectAll().where("explainer", "=", id).executeTakeFirst();
    const at = now();
    const given = correction?.wording ?? "";
    if (!before) {
      await db
        .insertInto("editions")
        .values({ explainer: id, digest, number: 1, at, wording: given, past: "[]" })
        .onConflict((conflict) => conflict.column("explainer").doNothing())
        .execute();
      return 0;
    }
    if (before.digest === digest) return 0;
    // One that was there before is the editor's again only where this process saw the one in between.
    const past = JSON.parse(before.past) as string[];
    if (past.includes(digest) && sawBefore !== before.digest) return 0;
    await flush?.();
    // Worked out first: nothing else waits for a transaction meanwhile.
    const since = at - ageMs;
    const changed = await outdated(explainer, since);
    const edition = before.number + 1;
    // The wording of the edition before is not this one's.
    const wording = given === "" || given === before.wording ? undefined : given;
    return db.transaction().execute(async (trx) => {
      const kept = JSON.stringify([...past, before.digest].slice(-PAST));
      const { numUpdatedRows } = await trx
        .updateTable("editions")
        .set({ digest, number: edition, at, wording: given, past: kept })
        .where("explainer", "=", id)
        .where("number", "=", before.number)
        .executeTakeFirst();
      // Another process found it first.
      if (numUpdatedRows === 0n) return 0;
      // What waits of the edition before is done by this one.
      await trx
        .updateTable("errands")
        .set({ state: "gone", result: "a later edition" })
        .where("kind", "in", ["correct", "note"])
        .where("about", "=", `${id} ${before.number}`)
        .where("state", "=", "due")
        .execute();
      return each(trx, explainer, changed, { since, edition, digest, at, wording });
    });
  }

  interface Edition {
    readonly since: number;
    readonly edition: number;
    readonly digest: string;
    readonly at: number;
    readonly wording: string | undefined;
  }

  async function each(
    trx: Transaction<Tables>,
    { id, correction }: Explainer,
    changed: Awaited<ReturnType<typeof outdated>>,
    of: Edition,
  ): Promise<number> {
    let count = 0;
    for (const kind of changed) {
      if (correction?.minor === true) await rebase(trx, id, kind);
      else count += await enlist(trx, id, kind, of);
    }
    return count;
  }

  async function lookAgain(explainer: Explainer): Promise<number> {
    const row = await db.selectFrom("editions").selectAll().where("explainer", "=", explainer.id).executeTakeFirst();
    const fresh = row && row.number > 1 && row.digest === seen.get(explainer.id) && now() - row.at < 2 * ON_THE_WAY_MS;
    if (!fresh) return 0;
    const since = row.at - ON_THE_WAY_MS;
    const changed = await outdated(explainer, since);
    if (changed.length === 0) return 0;
    const { number: edition, digest, at, wording } = row;
    const of = { since, edition, digest, at, wording: wording === "" ? undefined : wording };
    return db.transaction().execute((trx) => each(trx, explainer, changed, of));
  }

  /** What is changed quietly is what was said, from now on. */
  async function rebase(
    trx: Transaction<Tables>,
    explainer: string,
    {
      subject,
      page,
      digest,
      fresh,
      content,
    }: { subject: string; page: number; digest: string; fresh: string; content: string },
  ): Promise<void> {
    await keep(trx, fresh, content);
    await trx
      .updateTable("said")
      .set({ digest: fresh })
      .where("explainer", "=", explainer)
      .where("subject", "=", subject)
      .where("page", "=", page)
      .where("digest", "=", digest)
      .execute();
  }

  async function keep(trx: Transaction<Tables>, digest: string, body: string): Promise<void> {
    await trx
      .insertInto("contents")
      .values({ digest, body, at: now() })
      .onConflict((conflict) => conflict.column("digest").doUpdateSet({ at: now() }))
      .execute();
  }

  async function enlist(
    trx: Transaction<Tables>,
    explainer: string,
    { subject, page, digest: before }: { subject: string; page: number; digest: string },
    { since, edition, digest, at, wording }: Edition,
  ): Promise<number> {
    const rows = await trx
      .selectFrom("said")
      .select(["platform", "place", "channel", "thread", "message", "at"])
      .where("explainer", "=", explainer)
      .where("subject", "=", subject)
      .where("page", "=", page)
      .where("digest", "=", before)
      .where("at", ">=", since)
      .execute();
    const body: CorrectBody = { subject, page, before, explainer, edition, digest, at, wording };
    let count = 0;
    for (let from = 0; from < rows.length; from += ROWS)
      count += await errands.enlist(
        trx,
        rows.slice(from, from + ROWS).map((row): NewErrand => ({
          kind: "correct",
          about: `${explainer} ${edition}`,
          platform: row.platform,
          place: row.place,
          channel: row.channel,
          thread: row.thread ?? undefined,
          message: row.message,
          body,
          // Newest first.
          rank: row.at,
        })),
        at,
      );
    return count;
  }

  /** What errands under way put in their messages' places, by id. */
  const shownBy = createKept<string>(SHOWN);
  const bodyOf = (errand: ErrandRow): CorrectBody => JSON.parse(errand.body) as CorrectBody;

  /** Whether a message shows still what is to be put right in it. */
  async function showsStill({ platform, place, channel, message }: ErrandRow, { subject, page, before }: CorrectBody) {
    const row = await db
      .selectFrom("said")
      .select(["subject", "page", "digest"])
      .where("platform", "=", platform)
      .where("place", "=", place)
      .where("channel", "=", channel)
      .where("message", "=", message)
      .executeTakeFirst();
    return row?.subject === subject && row.page === page && row.digest === before;
  }

  async function make(errand: ErrandRow): Promise<(Made & { readonly subject: Subject }) | undefined> {
    const body = bodyOf(errand);
    const { subject: code, page, before, at, wording } = body;
    const subject = decodeSubject(code);
    if (!subject || !(await showsStill(errand, body))) return undefined;
    if (seen.get(body.explainer) !== body.digest) {
      const current = await db
        .selectFrom("editions")
        .select("digest")
        .where("explainer", "=", body.explainer)
        .executeTakeFirst();
      // Another process does it, or this one a moment later; what a later edition says is that one's errand.
      if (current?.digest === body.digest) throw new Behind("the edition is not read yet");
      return undefined;
    }
    const { explainer } = await assistant.topics({ explainer: body.explainer });
    const { language, timeZone: zone } = explainer;
    const change = await changeOf(subject, before, language);
    // It was edited back meanwhile.
    if (!change) return undefined;
    const { card, changed } = change;
    const above = correctedAbove(changed, { at, zone, language, wording });
    shownBy.set(errand.id, card ? contentOf(card) : WITHDRAWN);
    const shown = card ?? noticeCard(named(explainer), wordingOf(language).withdrawn());
    return { card: shown, place: { page, above }, subject };
  }

  return {
    look,
    lookAgain,
    correct: {
      make,
      async ended(errand, end: ErrandEnd, trx) {
        const { subject, page } = bodyOf(errand);
        if (end.state === "done") {
          // After a crash it is worked out again.
          if (shownBy.get(errand.id) === undefined) await make(errand);
          const content = shownBy.get(errand.id) ?? WITHDRAWN;
          shownBy.delete(errand.id);
          await keep(trx, digestOf(content), content);
          await trx
            .updateTable("said")
            .set({ digest: digestOf(content) })
            .where("platform", "=", errand.platform)
            .where("place", "=", errand.place)
            .where("channel", "=", errand.channel)
            .where("message", "=", errand.message)
            .where("subject", "=", subject)
            .where("page", "=", page)
            .execute();
          return;
        }
        // A message that may not be edited: it is said beside it.
        if (end.state === "refused")
          await errands.enlist(
            trx,
            [
              {
                kind: "note",
                about: errand.about,
                platform: errand.platform,
                place: errand.place,
                channel: errand.channel,
                thread: errand.thread === "" ? errand.message : errand.thread,
                message: errand.message,
                body: bodyOf(errand),
                rank: errand.rank,
              },
            ],
            now(),
          );
      },
    },
    note: {
      async make(errand) {
        const made = await make(errand);
        if (!made) return undefined;
        const { card, place, subject } = made;
        const wording = wordingOf(card.explainer.language);
        const choices = [{ label: wording.correctedRead(), subject: nowOf(subject) }];
        return { card: { ...noticeCard(card.explainer, wording.correctedNote(), choices) }, place };
      },
    },
    list: (limit) => listCorrected(db, limit),
  };
}

/** What is kept of a message whose section is no more. */
const WITHDRAWN = JSON.stringify({ blocks: [] });
