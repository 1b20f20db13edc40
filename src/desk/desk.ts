// The newsroom's desk as a whole: what waits, what is taught, who is to be told, what is put right. Opens with the store, and lends
// itself to whoever needs it: asking works without it.
import type { Card } from "../cards/card.js";
import { decodeSubject, means } from "../cards/subject.js";
import type { Poster } from "../daily/poster.js";
import { startTicker } from "../daily/ticker.js";
import type { Explainer } from "../explainer/types.js";
import type { Installation } from "../memory/address.js";
import { createRevisions } from "../memory/revisions.js";
import { isPassing, type Db } from "../storage/open.js";
import type { ErrandRow, QuestionRow } from "../storage/tables.js";
import { questionCard } from "./cards.js";
import { createCorrections, type Corrections } from "./corrections.js";
import { createDecide, type Decide } from "./decide.js";
import { createErrandStore, type ErrandStore } from "./errands.js";
import { createGatherer, RECENT_MS } from "./gather.js";
import { newId } from "./ids.js";
import { DeskAway, type Desk, type DeskOptions } from "./port.js";
import { createDeskPosts, type DeskPosts } from "./posts.js";
import { createQueue, type Queue } from "./queue.js";
import { readReport, reportCard, reportCsv } from "./report.js";
import { createRunner, type ErrandWork, type Runner } from "./runner.js";
import { mask } from "./mask.js";
import { createWishes, WISH_DAYS, type Wishes } from "./wishes.js";

interface Opened {
  readonly db: Db;
  readonly queue: Queue;
  readonly errands: ErrandStore;
  readonly wishes: Wishes;
  readonly corrections: Corrections;
  readonly decide: Decide;
  readonly posts: DeskPosts;
  readonly runner: Runner;
}

const DAY_MS = 86_400_000;
/** Milliseconds between looks at whether another process changed something. */
const LOOK_MS = 500;
/** What was done is kept for so many days at least: by it nothing is done twice. */
const ERRAND_DAYS = 14;
const AGAIN_EVERY = 60;
const SWEEP_EVERY = 7_200;
const WEEKLY_EVERY = 120;
/** What is counted is kept for so many days. */
const TALLY_DAYS = 400;
const WEEK_DAYS = 7;

export function createDesk(options: DeskOptions): Desk {
  const { storage, places, teaching, assistant, show, explainers, settings, log, now = Date.now } = options;
  const posters: Poster[] = [];
  let opened: Opened | undefined;
  let stopTicker: () => void = () => undefined;
  let stopping = false;
  let ticks = 0;
  /** Questions whose card has just arrived. */
  const late: string[] = [];

  const at = (): Opened => {
    if (!opened) throw new DeskAway("the desk is not open");
    return opened;
  };
  const explainer = (reference: string): Explainer | undefined => explainers().find(({ id }) => means(reference, id));

  const gatherer = createGatherer({
    db: () => opened?.db,
    queue: () => opened?.queue,
    languageOf: (id) => explainer(id)?.language ?? "en",
    onFresh: (id) => at().posts.announce(id),
    now,
  });
  const revisions = createRevisions(() => opened?.db, {
    taught: () => teaching.refresh(),
    questions: () => Promise.resolve(opened?.queue.forgetKnown()),
  });

  const keeps = (from: Installation | undefined): boolean =>
    from === undefined ? settings.keep : (places.of(from).keep ?? (settings.keep && settings.mayDesk(from)));

  async function card(row: QuestionRow, by?: (who: string) => string): Promise<Card | undefined> {
    const of = explainer(row.explainer);
    if (!of) return undefined;
    const lesson =
      row.taught === null
        ? undefined
        : await at().db.selectFrom("taught").selectAll().where("id", "=", row.taught).executeTakeFirst();
    return questionCard(of, row, lesson, by);
  }

  const questionWork = (idOf: (about: string, body: string) => string): ErrandWork => ({
    async make({ about, body }) {
      const row = await at().queue.get(idOf(about, body));
      const made = row && (await card(row));
      return made && { card: made, place: {} };
    },
  });

  /** Whether the explainer of a message to a reader is asked where they asked. */
  function askedThere({ platform, place, body }: ErrandRow): boolean {
    const { subject = "" } = JSON.parse(body) as { subject?: string };
    const of = decodeSubject(subject)?.explainer;
    const chosen = place === "" ? undefined : places.at({ platform, place, channel: "" }).explainers.value;
    return of === undefined || chosen?.includes(of) !== false;
  }

  function open(db: Db): Opened {
    const errands = createErrandStore(db);
    const shared = { db, errands, assistant, show, now };
    const wishes = createWishes({ ...shared, posters: () => posters });
    const ageMs = settings.correctDays * DAY_MS;
    const { flush } = options;
    const corrections = createCorrections({ ...shared, ageMs, ...(flush ? { flush } : {}) });
    const runner = createRunner({
      store: errands,
      posters: () => posters,
      work: {
        correct: corrections.correct,
        note: corrections.note,
        tell: {
          ...wishes.tell,
          // What the place has no more is shown to nobody in it.
          make: async (errand) => (askedThere(errand) ? wishes.tell.make(errand) : undefined),
        },
        card: {
          ...questionWork((about) => about),
          // It may have been decided while its card was on its way.
          ended({ about }, { state }) {
            if (state === "done") late.push(about);
            return Promise.resolve();
          },
        },
        update: questionWork((_, body) => (JSON.parse(body) as { question: string }).question),
        report: {
          async make() {
            const made = await reportOf(WEEK_DAYS);
            return made && { card: made, place: {} };
          },
        },
      },
      log,
      now,
      alone: storage.storage()?.pool === undefined,
      ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    });
    return {
      db,
      queue: createQueue(db, now),
      errands,
      wishes,
      corrections,
      decide: createDecide({ db, teaching, now }),
      posts: createDeskPosts({ db, errands, desks: () => places.desks().filter(settings.mayDesk), now }),
      runner,
    };
  }

  async function reportOf(days: number): Promise<Card | undefined> {
    const [frame] = explainers();
    return frame && reportCard(await readReport(at().db, now(), days), frame, explainers());
  }

  async function sweep(): Promise<void> {
    const { db, queue, wishes, errands } = at();
    await queue.sweep(now() - settings.keepDays * DAY_MS);
    await wishes.sweep(now() - WISH_DAYS * DAY_MS);
    await errands.sweep(now() - Math.max(settings.correctDays, settings.keepDays, ERRAND_DAYS) * DAY_MS);
    await db
      .deleteFrom("recent")
      .where("at", "<", now() - RECENT_MS)
      .execute();
    const oldest = new Date(now() - TALLY_DAYS * DAY_MS).toISOString().slice(0, 10);
    await db.deleteFrom("tally").where("day", "<", oldest).execute();
    await db
      .deleteFrom("audit")
      .where("at", "<", now() - TALLY_DAYS * DAY_MS)
      .execute();
  }

  async function tick(): Promise<void> {
    await revisions.look();
    for (let id = late.shift(); id !== undefined; id = late.shift()) {
      const row = await at().queue.get(id);
      if (row && row.state !== "open") await at().posts.updateCards(id);
    }
    if (ticks % WEEKLY_EVERY === 0) await at().posts.weekly();
    if (ticks % AGAIN_EVERY === 0 && settings.correctDays > 0)
      for (const each of explainers()) await at().corrections.lookAgain(each);
    if (ticks % SWEEP_EVERY === 0) await sweep();
    ticks += 1;
  }

  async function contentChanged(): Promise<void> {
    if (!opened || stopping) return;
    for (const each of explainers()) {
      const { desk } = await assistant.figures({ explainer: each.id });
      const messages = settings.correctDays === 0 ? 0 : await opened.corrections.look(each, desk.figures());
      if (messages > 0) log.info({ explainer: each.id, messages }, "messages are to be put right");
    }
    const told = await opened.wishes.check();
    if (told > 0) log.info({ told }, "readers are told what is answered now");
  }

  /** What may fail while the store is away, and is done again when it is back. */
  const attempt = (what: string, work: () => Promise<unknown>): Promise<void> =>
    work().then(
      () => undefined,
      (error: unknown) => log.warn({ err: error }, `${what} waits`),
    );

  async function begin(): Promise<void> {
    const store = await storage.ready;
    if (!store || stopping) return;
    opened = open(store.db);
    await attempt("the desk", () => revisions.look());
    opened.runner.start();
    stopTicker = startTicker(LOOK_MS, tick, (error) => log.warn({ err: error }, "the desk waits: the store is away"));
    await attempt("a look at the content", contentChanged);
  }
  const ready = begin();

  const desk: Desk = {
    outcomes: {
      wantsWords: keeps,
      report: (outcome) => gatherer.heard(outcome),
    },
    settings,
    keeps,
    ticket: (from) => (opened && keeps(from) ? newId() : undefined),
    disputed: (id, section, ticket) => gatherer.disputed(id, section, ticket),
    async wish(of, reader, ticket) {
      const asked = await gatherer.recall(ticket);
      if (asked) await at().wishes.add(of, reader, asked);
      return asked !== undefined;
    },
    async keptOf(of, reader) {
      const { db, wishes } = at();
      const { count } = await db
        .selectFrom("subscriptions")
        .select((builder) => builder.fn.countAll<number>().as("count"))
        .where("platform", "=", of.platform)
        .where("place", "=", of.place)
        .where("created_by", "=", reader)
        .executeTakeFirstOrThrow();
      const rows = await wishes.of(of, reader);
      return {
        wishes: rows,
        daily: count,
        keepDays: keeps(of) ? settings.keepDays : undefined,
      };
    },
    forget: (of, reader) => at().wishes.forget(of, reader),
    isDesk: (address) => settings.mayDesk(address) && places.of(address).desk === address.channel,
    setDesk: (address, on) => places.set(address, { desk: on ? address.channel : undefined }),
    setKeep: (of, on) => places.set(of, { keep: on }),
    question: (id) => at().queue.get(id),
    async pick(of, text) {
      const words = mask(text);
      if (words === "") return undefined;
      const { queue } = at();
      const reply = await assistant.ask(text, { explainer: of.id, quiet: true });
      const [top] = "section" in reply ? [reply] : reply.kind === "clarify" ? reply.choices : reply.nearest;
      const taken = await queue.take({
        explainer: of.id,
        language: of.language,
        words,
        outcome: "picked",
        section: top?.section,
        confidence: top?.confidence ?? 0,
        vector: reply.vector,
      });
      return taken && queue.get(taken.id);
    },
    list: (state, limit, from) => at().queue.list(state, limit, from),
    counts: () => at().queue.counts(),
    card,
    reasons: (id) => options.reasons(id),
    async tryOut(row, wanted, words = row.words) {
      const lesson = { id: "", explainer: row.explainer, words, ...wanted };
      return options.tryOut(teaching.all(), lesson).catch((error: unknown) => {
        log.warn({ err: error }, "a lesson could not be tried out");
        return undefined;
      });
    },
    async decide(id, ...rest) {
      const outcome = await at().decide.decide(id, ...rest);
      if (outcome.kind === "done") {
        await attempt("a card", () => at().posts.updateCards(id));
        void attempt("telling readers", () => at().wishes.check());
      }
      return outcome;
    },
    async undo(id, by) {
      const row = await at().decide.undo(id, by);
      if (row) await attempt("a card", () => at().posts.updateCards(id));
      return row;
    },
    undoLesson: (id, by) => at().decide.undoLesson(id, by),
    silent: () => at().posts.silent(),
    taught: (limit) => teaching.list(limit),
    corrections: (limit) => at().corrections.list(limit),
    audit: (limit) => at().db.selectFrom("audit").selectAll().orderBy("at", "desc").limit(limit).execute(),
    report: (days) => readReport(at().db, now(), days),
    reportCard: reportOf,
    csv: (days) => reportCsv(at().db, now(), days),
    explainer,
    add: (poster) => void posters.push(poster),
    contentChanged: () => attempt("a look at the content", contentChanged),
    flush: () => gatherer.flush(),
    isAway: (error) => error instanceof DeskAway || isPassing(error),
    status: () => ({ open: opened !== undefined, taught: teaching.all().length }),
    ready,
    async stop(patience) {
      stopping = true;
      stopTicker();
      if (storage.status() === "ready") await ready;
      await opened?.runner.stop(patience);
      await gatherer.flush().catch(() => undefined);
    },
  };
  return desk;
}
