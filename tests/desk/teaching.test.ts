// Taught in a second, in force on every process, tried out before, taken back, and exported: on both stores, with two processes.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportLessons } from "../../src/desk/export.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";
import { SMALL, writeExplainer } from "../support/written.js";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const HERE = { platform: "slack", place: "T1", channel: "C1" };
const ODD = "can my granny still sail to the islands";

async function until(ready: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await ready()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not happen");
}

describe.each(["sqlite", "postgres"] as const)("teaching on %s", (kind) => {
  let one: RunningDesk;
  let other: RunningDesk;
  beforeAll(async () => {
    const dataDir = await writeExplainer("harbour", SMALL);
    const database = kind === "sqlite" ? `file:${join(emptyFolder(), "store.db")}` : await postgres.database();
    one = await startDesk({ dataDir, database });
    other = await startDesk({ dataDir, database });
  });
  afterAll(async () => {
    await one.stop();
    await other.stop();
  });

  const answer = async (of: RunningDesk, text: string): Promise<string | undefined> => {
    const reply = await of.opened.assistant.ask(text, { quiet: true });
    return reply.kind === "answer" ? reply.lead : undefined;
  };
  async function waiting(text: string): Promise<string> {
    await one.opened.assistant.ask(text, { from: HERE });
    await one.desk.flush();
    const row = (await one.desk.list("open", 100)).find(({ words }) => words === text);
    return row!.id;
  }
  const explainer = () => one.desk.explainer("harbour")!;

  it("answers what was taught at once, by the passage that was picked, on every process", async () => {
    const id = await waiting(ODD);
    expect(await answer(one, ODD)).toBeUndefined();
    const outcome = await one.desk.decide(
      id,
      { kind: "answer", section: "ferries", passage: "Ferries leave from the next town." },
      "Ann (page)",
      explainer(),
    );
    expect(outcome.kind).toBe("done");
    expect(await answer(one, ODD)).toBe("Ferries leave from the next town.");
    expect(await answer(one, `${ODD.toUpperCase()}?`)).toBe("Ferries leave from the next town.");
    await until(async () => (await answer(other, ODD)) !== undefined);
  });

  it("is decided once: who comes second sees what the first decided", async () => {
    const id = await waiting("does the pier cafe sell soup");
    const both = await Promise.all([
      one.desk.decide(id, { kind: "refuse", reason: "not in the article" }, "Ann (page)", explainer()),
      other.desk.decide(id, { kind: "answer", section: "closed", passage: undefined }, "Ben (page)", explainer()),
    ]);
    expect(both.map(({ kind: came }) => came).sort()).toEqual(["before", "done"]);
    const row = await one.desk.question(id);
    expect(["answered", "refused"]).toContain(row!.state);
    const lessons = await one.db.selectFrom("taught").selectAll().where("words", "=", row!.words).execute();
    expect(lessons).toHaveLength(1);
    expect(row!.taught).toBe(lessons[0]!.id);
  });

  it("refuses the same words for two sections, and says which", async () => {
    const first = await waiting("where do the zibbles wend now");
    await one.desk.decide(first, { kind: "answer", section: "ferries", passage: undefined }, "Ann (page)", explainer());
    const row = await one.desk.pick(explainer(), "Where do the zibbles wend NOW?");
    // It is the same question, decided on before.
    expect(row).toMatchObject({ id: first, state: "answered" });
    const second = await waiting("which zibble wends today");
    const outcome = await one.desk.decide(
      second,
      { kind: "answer", section: "closed", passage: undefined },
      "Ann (page)",
      explainer(),
      "where do the zibbles wend now?",
    );
    expect(outcome).toMatchObject({ kind: "known", lesson: { section: "ferries" } });
    expect((await one.desk.question(second))?.state).toBe("open");
  });

  it("takes back what was taught, on every process", async () => {
    const [lesson] = await one.db.selectFrom("taught").selectAll().where("words", "=", ODD).execute();
    await until(async () => (await answer(other, ODD)) !== undefined);
    expect(await one.desk.undoLesson(lesson!.id, "Ann (page)")).toMatchObject({ words: ODD });
    expect(await answer(one, ODD)).toBeUndefined();
    await until(async () => (await answer(other, ODD)) === undefined);
    expect(await one.desk.undoLesson(lesson!.id, "Ann (page)")).toBeUndefined();
    expect((await one.desk.audit(50)).map(({ what }) => what)).toContain("undone");
  });

  it("says before what would change for the worse", async () => {
    const row = (await one.desk.pick(explainer(), "how long, how long must we wait"))!;
    const trial = await one.desk.tryOut(row, { section: "repairs", passage: undefined, kind: undefined });
    expect(trial?.worse).toEqual([]);
    expect(trial!.utterances).toBeGreaterThan(0);
  });

  it("tells who asked to be told, once, and forgets them", async () => {
    const words = "is the fish market moving too";
    await waiting(words);
    const asked = one.desk.ticket(HERE)!;
    await one.opened.assistant.ask(words, { from: HERE, ticket: asked });
    expect(await one.desk.wish(HERE, "U9", asked)).toBe(true);
    expect(await one.desk.wish(HERE, "U9", asked)).toBe(true);
    expect((await other.desk.keptOf(HERE, "U9")).wishes).toEqual([words]);
    expect(await one.desk.wish(HERE, "U9", "nosuchtick")).toBe(false);
    const row = (await one.desk.list("open", 100)).find((each) => each.words === words);
    await one.desk.decide(
      row!.id,
      { kind: "answer", section: "ferries", passage: undefined },
      "Ann (page)",
      explainer(),
    );
    const told = () => one.db.selectFrom("errands").selectAll().where("kind", "=", "tell").execute();
    await until(async () => (await told()).length === 1);
    // What is about to be told can still be seen, and taken back.
    expect((await one.desk.keptOf(HERE, "U9")).wishes).toEqual([words]);
    expect(await one.desk.forget(HERE, "U9")).toBe(1);
    expect(await told()).toEqual([]);
    expect(await one.desk.forget(HERE, "U9")).toBe(0);
  });
});

describe("what was taught", () => {
  it("is exported as a change to review: comments and the rest stay, twice is once", async () => {
    const running = await startDesk({
      dataDir: await writeExplainer("harbour", SMALL),
      database: `file:${join(emptyFolder(), "s.db")}`,
    });
    const explainer = running.desk.explainer("harbour")!;
    const text =
      "# ours\nvoices:\n  - voice: plain # as people ask\n    sections:\n      closed:\n        whole: [why shut]\n";
    const lesson = (words: string, section?: string, passage?: string, kind?: string) => ({
      id: words,
      explainer: "harbour",
      words,
      section,
      passage,
      kind,
    });
    const lessons = [
      lesson("can: granny #sail", "ferries", "Ferries leave from the next town."),
      lesson("who pays the mayor", undefined, undefined, "not in the article"),
      lesson("gone", "no-such-section"),
    ];
    const first = exportLessons(text, explainer, lessons);
    expect(first.text.startsWith(text.replace("[why shut]", "[ why shut ]").slice(0, 60))).toBe(true);
    expect(first.text).toContain("# as people ask");
    expect(first.added).toEqual(["ferries: can: granny #sail", "not in the article: who pays the mayor"]);
    expect(first.left.map(({ words }) => words)).toEqual(["gone"]);
    expect(exportLessons(first.text, explainer, lessons)).toEqual({ text: first.text, added: [], left: first.left });
    expect(() => exportLessons("- not\n- utterances\n", explainer, lessons)).toThrow(TypeError);
    await running.stop();
  });
});
