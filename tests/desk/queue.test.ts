// Questions that wait: alike ones are one, a flood is counted and not kept, and nothing tells who asked.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MOST_AN_HOUR } from "../../src/desk/queue.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { emptyFolder } from "../support/program.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { SMALL, writeExplainer } from "../support/written.js";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const HERE = { platform: "slack", place: "T1", channel: "C1" };

describe.each(["sqlite", "postgres"] as const)("the queue on %s", (kind) => {
  let running: RunningDesk;
  let now = Date.parse("2026-11-02T10:00:00Z");
  let database: string;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await writeExplainer("harbour", SMALL);
    database = kind === "sqlite" ? `file:${join(emptyFolder(), "store.db")}` : await postgres.database();
    running = await startDesk({ dataDir, database, now: () => now });
  });
  afterAll(() => running.stop());

  const ask = async (text: string): Promise<void> => {
    await running.opened.assistant.ask(text, { from: HERE, ticket: running.desk.ticket(HERE) });
    await running.desk.flush();
  };
  const open = () => running.desk.list("open", 500);

  it("gathers what was not answered, alike questions as one, with other wordings, and not what was", async () => {
    await ask("Why is the harbour closed?");
    await ask("Who is the harbour master's wife?");
    await ask("who's the wife of the harbour master");
    await ask("Is the lighthouse haunted?");
    const rows = await open();
    expect(rows.map(({ words, count }) => [words, count])).toEqual([
      ["Who is the harbour master's wife?", 2],
      ["Is the lighthouse haunted?", 1],
    ]);
    expect(JSON.parse(rows[0]!.forms)).toEqual(["who's the wife of the harbour master"]);
    expect(rows[0]!.explainer).toBe("harbour");
  });

  it("holds nobody: no place, no channel, no name, no number", async () => {
    await ask("does <@U777> at 07700 900123 know who owns the crane?");
    const all = JSON.stringify(await running.db.selectFrom("questions").selectAll().execute());
    expect(all).toContain("does [somebody] at [a number] know who owns the crane?");
    expect(all).not.toMatch(/U777|900123|\bT1\b|\bC1\b/);
    const recent = JSON.stringify(await running.db.selectFrom("recent").selectAll().execute());
    expect(recent).not.toMatch(/U777|900123|\bT1\b|\bC1\b/);
  });

  it("keeps nothing of a place that wants nothing kept", async () => {
    await running.desk.setKeep(HERE, false);
    const before = (await open()).length;
    expect(running.desk.ticket(HERE)).toBeUndefined();
    await ask("will there be a fair on the quay?");
    expect(await open()).toHaveLength(before);
    await running.desk.setKeep(HERE, true);
  });

  it("takes what a reader calls no answer, once they say so", async () => {
    const ticket = running.desk.ticket(HERE)!;
    const reply = await running.opened.assistant.ask("Why is the harbour closed?", { from: HERE, ticket });
    expect(reply.kind).toBe("answer");
    await running.desk.disputed("harbour", "closed", ticket);
    await running.desk.flush();
    expect((await open()).find(({ outcome }) => outcome === "disputed")).toMatchObject({
      words: "Why is the harbour closed?",
      section: "closed",
    });
    const report = await running.desk.report(7);
    expect(report.outcomes["disputed"]).toBe(1);
    expect(report.rightly).toBeLessThan(1);
  });

  it("counts a flood and keeps so many of it, whatever they say", async () => {
    const NOUNS =
      "crane anchor buoy mast rope sail tide gull crab eel net oar hull keel deck bell lamp flag chart dock".split(" ");
    const VERBS = "paint sell burn lift sing bury weigh swap trade carve".split(" ");
    for (const [a, noun] of NOUNS.entries())
      for (const [b, verb] of VERBS.entries())
        for (const size of ["tiny", "huge"])
          await running.opened.assistant.ask(`would mayor${a}x${b} ${verb} ${size} ${noun}s for prince${b}y${a}?`, {
            from: HERE,
          });
    await running.desk.flush();
    const fresh = await running.db
      .selectFrom("questions")
      .select("id")
      .where("first_at", ">", now - 3_600_000)
      .execute();
    expect(fresh.length).toBeLessThanOrEqual(MOST_AN_HOUR);
    const report = await running.desk.report(7);
    expect(report.outcomes["not kept"]).toBeGreaterThan(100);
    expect(report.asked).toBeGreaterThanOrEqual(400);
  });

  it("waits where the desk's channel goes away, and that is known", async () => {
    await running.desk.setDesk({ platform: "gone", place: "P", channel: "C9" }, true);
    running.desk.add({
      platform: "gone",
      pace: { perSecond: 50, per: "place" },
      prepare: () => Promise.resolve(),
      post: () => Promise.resolve({ kind: "closed", reason: { code: "gone", detail: "channel_not_found" } }),
      edit: () => Promise.resolve({ kind: "closed", reason: { code: "gone", detail: "" } }),
      settle: () => Promise.resolve(undefined),
      directly: (of, person) => Promise.resolve({ ...of, channel: person }),
      fields: () => ({}),
      tell: () => Promise.resolve(),
    });
    now += 3_600_001;
    await ask("does the old ferry bell still ring at noon?");
    for (let tries = 0; tries < 100 && (await running.desk.silent()).length === 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await running.desk.silent()).toEqual([
      { platform: "gone", place: "P", channel: "C9", why: "gone: channel_not_found" },
    ]);
    expect((await open()).map(({ words }) => words)).toContain("does the old ferry bell still ring at noon?");
    await running.desk.setDesk({ platform: "gone", place: "P", channel: "C9" }, false);
    expect(await running.desk.silent()).toEqual([]);
  });

  it("forgets what nobody asked for as long as it is kept", async () => {
    const { createQueue } = await import("../../src/desk/queue.js");
    now += 31 * 86_400_000;
    await createQueue(running.db, () => now).sweep(now - 30 * 86_400_000);
    expect(await open()).toHaveLength(0);
  });

  it("is one for two processes that take the same words at once", async () => {
    const other = await startDesk({ dataDir, database, now: () => now });
    const asked = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? running : other)).map(async (each) => {
      await each.opened.assistant.ask("Can a whale come into the harbour?", { from: HERE });
      await each.desk.flush();
    });
    await Promise.all(asked);
    await Promise.all([running.desk.flush(), other.desk.flush()]);
    expect(await open()).toMatchObject([{ words: "Can a whale come into the harbour?", count: 20 }]);
    await other.stop();
  });
});
