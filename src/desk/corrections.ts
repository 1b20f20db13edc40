// Corrections travel: an edition of an explainer that differs from the one before finds, in the ledger of what was said, what shows
// something else now, and has each message put right once.
import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import type { Assistant } from "../assistant/assistant.js";
import { createKept } from "../assistant/kept.js";
import { correctedAbove, differences } from "../cards/corrected.js";
import { noticeCard, named, type Card } from "../cards/card.js";
import type { Show } from "../cards/show.js";
import { decodeSubject, type Subject } from "../cards/subject.js";
import type { Explainer } from "../explainer/types.js";
import type { Figure } from "../figures/types.js";
import { wordingOf } from "../languages/languages.js";
import { contentOf, digestOf, readContent } from "../memory/said.js";
import type { Db } from "../storage/open.js";
import type { ErrandRow, Tables } from "../storage/tables.js";
import type { ErrandEnd, ErrandStore, NewErrand } from "./errands.js";
import type { ErrandWork, Made } from "./runner.js";

export interface CorrectionsOptions {
  readonly db: Db;
  readonly errands: ErrandStore;
  readonly show: Show;
  readonly assistant: Assistant;
  /** Milliseconds after which what was said is left as it is. */
  readonly ageMs: number;
  readonly now?: () => number;
}

export interface Corrections {
  /** Looks at an explainer as it is now; how many messages are to be put right. */
  look(explainer: Explainer, figures: readonly Figure[]): Promise<number>;
  readonly correct: ErrandWork;
  readonly note: ErrandWork;
  /** What was put right lately, by explainer and edition. */
  list(limit: number): Promise<readonly Corrected[]>;
}

export interface Corrected {
  readonly explainer: string;
  readonly edition: number;
  readonly at: number;
  readonly states: Readonly<Record<string, number>>;
}

/** What an errand of a correction holds. */
interface CorrectBody {
  readonly subject: string;
  readonly page: number;
  /** Digest of what the message shows, and of what it is to show. */
  readonly before: string;
  readonly explainer: string;
  readonly edition: number;
  readonly at: number;
  readonly wording: string | undefined;
}

const ROWS = 500;
const SHOWN = 500;

/** What of an explainer is shown. */
function editionDigest(explainer: Explainer, figures: readonly Figure[]): string {
  const { title, source, sections, summary, asOf } = explainer;
  const shown = sections.map(({ id, heading, passages }) => [
    id,
    heading,
    passages.map(({ text, marks }) => [text, marks]),
  ]);
  return createHash("sha256")
    .update(JSON.stringify([title, source, asOf, shown, summary ?? null, figures]))
    .digest("base64url");
}

/** The subject that is shown now in a message's place: of a day's post its article's summary. */
const nowOf = (subject: Subject): Subject =>
  subject.kind === "post" ? { kind: "summary", explainer: subject.explainer } : subject;

/** Without what a post says of the day before. */
const lastingOf = ({ kind }: Subject, blocks: Card["blocks"]): Card["blocks"] =>
  kind === "post"
    ? blocks.filter((block, index) => block.kind !== "subheading" && blocks[index - 1]?.kind !== "subheading")
    : blocks;

export function createCorrections(options: CorrectionsOptions): Corrections {
  const { db, errands, show, assistant, ageMs, now = Date.now } = options;

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
    const before = await db.selectFrom("editions").selectAll().where("explainer", "=", id).executeTakeFirst();
    const at = now();
    const given = correction?.wording ?? "";
    if (!before) {
      await db
        .insertInto("editions")
        .values({ explainer: id, digest, number: 1, at, wording: given })
        .onConflict((conflict) => conflict.column("explainer").doNothing())
        .execute();
      return 0;
    }
    if (before.digest === digest) return 0;
    // Worked out first: nothing else waits for a transaction meanwhile.
    const since = at - ageMs;
    const changed = await outdated(explainer, since);
    const edition = before.number + 1;
    // The wording of the edition before is not this one's.
    const wording = given === "" || given === before.wording ? undefined : given;
    return db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("editions")
        .set({ digest, number: edition, at, wording: given })
        .where("explainer", "=", id)
        .where("number", "=", before.number)
        .executeTakeFirst();
      // Another process found it first.
      if (numUpdatedRows === 0n) return 0;
      let count = 0;
      for (const kind of changed) {
        if (correction?.minor === true) await rebase(trx, id, kind);
        else count += await enlist(trx, id, since, { ...kind, edition, at, wording });
      }
      return count;
    });
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
    since: number,
    of: { subject: string; page: number; digest: string; edition: number; at: number; wording: string | undefined },
  ): Promise<number> {
    const { subject, page, digest, edition, at, wording } = of;
    const rows = await trx
      .selectFrom("said")
      .select(["platform", "place", "channel", "thread", "message", "at"])
      .where("explainer", "=", explainer)
      .where("subject", "=", subject)
      .where("page", "=", page)
      .where("digest", "=", digest)
      .where("at", ">=", since)
      .execute();
    const body: CorrectBody = { subject, page, before: digest, explainer, edition, at, wording };
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

  async function make(errand: ErrandRow): Promise<(Made & { readonly subject: Subject }) | undefined> {
    const { subject: code, page, before, at, wording } = bodyOf(errand);
    const subject = decodeSubject(code);
    if (!subject) return undefined;
    const [explainer] = [(await assistant.topics({ explainer: bodyOf(errand).explainer })).explainer];
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
    correct: {
      make,
      async ended(errand, end: ErrandEnd, trx) {
        const { before } = bodyOf(errand);
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
            .where("digest", "=", before)
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
    async list(limit) {
      const rows = await db
        .selectFrom("errands")
        .select((builder) => [
          "about",
          "state",
          builder.fn.countAll<number>().as("count"),
          builder.fn.max("updated_at").as("at"),
        ])
        .where("kind", "in", ["correct", "note"])
        .groupBy(["about", "state"])
        .execute();
      const byEdition = new Map<string, { at: number; states: Record<string, number> }>();
      for (const { about, state, count, at } of rows) {
        const entry = byEdition.get(about) ?? { at: 0, states: {} };
        entry.at = Math.max(entry.at, at);
        entry.states[state] = (entry.states[state] ?? 0) + count;
        byEdition.set(about, entry);
      }
      return [...byEdition]
        .map(([about, { at, states }]) => {
          const cut = about.lastIndexOf(" ");
          return { explainer: about.slice(0, cut), edition: Number(about.slice(cut + 1)), at, states };
        })
        .sort((a, b) => b.at - a.at)
        .slice(0, limit);
    },
  };
}

/** Kinds of subjects that say what the article says. */
const TOLD: ReadonlySet<Subject["kind"]> = new Set([
  "sections",
  "tentative",
  "figure",
  "comparison",
  "figures",
  "summary",
  "post",
]);
/** What is kept of a message whose section is no more. */
const WITHDRAWN = JSON.stringify({ blocks: [] });
