// Corrections travel: an edition that says something else finds what was said, old beside new; a quiet one does not.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { differences } from "../../src/cards/corrected.js";
import type { Poster } from "../../src/daily/poster.js";
import { entryOf } from "../../src/memory/said.js";
import { createShow } from "../../src/cards/show.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { emptyFolder } from "../support/program.js";
import { SMALL, writeExplainer } from "../support/written.js";

interface Edit {
  readonly kind: "edit" | "post";
  readonly message: string;
  readonly text: string;
  readonly above: string;
}

/** A platform that does as it is told, or refuses edits. */
function platform(
  edits: Edit[],
  closed: (message: string) => "gone" | "forbidden" | undefined = () => undefined,
): Poster {
  const textOf = (card: Parameters<Poster["post"]>[1]): string => card.blocks.flatMap(({ lines }) => lines).join(" ");
  const aboveOf = (place: Parameters<Poster["edit"]>[3] | undefined): string =>
    place?.above?.kind === "corrected" ? place.above.wording : "";
  return {
    platform: "slack",
    pace: { perSecond: 12, per: "place" },
    prepare: () => Promise.resolve(),
    post(at, card, _, place) {
      edits.push({ kind: "post", message: at.thread ?? "", text: textOf(card), above: aboveOf(place) });
      return Promise.resolve({ kind: "posted", message: `p${edits.length}` });
    },
    edit(_, message, card, place) {
      const code = closed(message);
      if (code) return Promise.resolve({ kind: "closed", reason: { code, detail: "" } });
      edits.push({ kind: "edit", message, text: textOf(card), above: aboveOf(place) });
      return Promise.resolve({ kind: "posted", message });
    },
    settle: () => Promise.resolve(undefined),
    fields: (error) => ({ err: error }),
    directly: (of, person) => Promise.resolve({ ...of, channel: person }),
    tell: () => Promise.resolve(),
  };
}

let running: RunningDesk | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const HERE = { platform: "slack", place: "T1", channel: "C1" };
let now = Date.parse("2026-11-02T10:00:00Z");

/** A desk on an article that said the same answer in some messages. */
async function said(messages: readonly string[], closed?: Parameters<typeof platform>[1]) {
  const dataDir = await writeExplainer("harbour", SMALL);
  running = await startDesk({ dataDir, database: `file:${join(emptyFolder(), "s.db")}`, now: () => now });
  const show = createShow({ assistant: running.opened.assistant });
  const card = await show.question("How long do repairs take?");
  for (const message of messages) {
    now += 1_000;
    running.said.note(entryOf(card, 0, { ...HERE, thread: message }, message, `q${message}`));
    await running.said.flush();
  }
  const edits: Edit[] = [];
  running.desk.add(platform(edits, closed));
  const edition = async (text: string): Promise<void> => {
    await writeFile(join(dataDir, "harbour", "explainer.md"), text);
    now += 60_000;
    await running!.reread();
  };
  const settled = async (): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      const open = await running!.db
        .selectFrom("errands")
        .select("id")
        .where("state", "in", ["due", "sending"])
        .execute();
      if (open.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("errands are left");
  };
  return { edits, edition, settled };
}

const LONGER = SMALL.replace("Repairs take 8 weeks and cost", "Repairs take 12 weeks and cost");
const withMatter = (text: string, line: string): string =>
  text.replace("as_of: 2026-11-02", `as_of: 2026-11-02\n${line}`);

describe("an edited article", () => {
  it("puts right what it said, newest first, old beside new, and what was not changed stays", async () => {
    const { edits, edition, settled } = await said(["1.1", "1.2", "1.3"]);
    await edition(SMALL.replace("The quay wall broke in the storm of 1 November.", "The quay wall broke in a storm."));
    await settled();
    expect(edits).toEqual([]);
    await edition(LONGER);
    await settled();
    expect(edits.map(({ message }) => message)).toEqual(["1.3", "1.2", "1.1"]);
    expect(edits[0]?.text).toContain("Repairs take 12 weeks");
    expect(edits[0]?.above).toBe(
      "“Repairs take 8 weeks and cost more than 300,000 pounds.” → “Repairs take 12 weeks and cost more than 300,000 pounds.”",
    );
    expect(await running!.desk.corrections(5)).toMatchObject([{ explainer: "harbour", states: { done: 3 } }]);
  });

  it("is compared with what the messages say by now", async () => {
    const { edits, edition, settled } = await said(["1.1"]);
    await edition(LONGER);
    await settled();
    await edition(LONGER.replace("12 weeks", "20 weeks"));
    await settled();
    expect(edits.at(-1)?.above).toContain("12 weeks and cost more than 300,000 pounds.” → “Repairs take 20 weeks");
    await running!.reread();
    await settled();
    expect(edits).toHaveLength(2);
  });

  it("says it in the editor's words, once; of a later edition that leaves them they are not", async () => {
    const { edits, edition, settled } = await said(["1.1"]);
    const worded = withMatter(LONGER, "correction: We gave the wrong number of weeks.");
    await edition(worded);
    await settled();
    expect(edits[0]?.above).toMatch(/^We gave the wrong number of weeks\. “Repairs take 8 weeks/);
    await edition(worded.replace("12 weeks", "14 weeks"));
    await settled();
    expect(edits[1]?.above).toMatch(/^“Repairs take 12 weeks/);
  });

  it("is quiet where the edit is minor, and later corrections start from it", async () => {
    const { edits, edition, settled } = await said(["1.1"]);
    await edition(withMatter(SMALL.replace("cost more than", "cost, in all, more than"), "minor: true"));
    await settled();
    expect(edits).toEqual([]);
    await edition(SMALL.replace("8 weeks and cost more than", "9 weeks and cost, in all, more than"));
    await settled();
    expect(edits[0]?.above).toContain("“Repairs take 8 weeks and cost, in all, more than");
  });

  it("says what it no longer has, and beside a message that may not be edited", async () => {
    const { edits, edition, settled } = await said(["1.1", "1.2", "1.3"], (message) =>
      message === "1.2" ? "forbidden" : message === "1.1" ? "gone" : undefined,
    );
    await edition(SMALL.replace(/## How long[\s\S]*?(?=## Where)/, ""));
    await settled();
    expect(edits).toMatchObject([
      { kind: "edit", message: "1.3", text: "The article no longer has what stood here." },
      { kind: "post", message: "1.2" },
    ]);
    expect(edits[0]?.above).toBe("No longer said: “Repairs take 8 weeks and cost more than 300,000 pounds.”");
    expect((await running!.desk.corrections(1))[0]?.states).toEqual({ done: 2, gone: 1, refused: 1 });
  });

  it("leaves what is older than it corrects", async () => {
    const { edits, edition, settled } = await said(["1.1"]);
    now += 15 * 86_400_000;
    await edition(LONGER);
    await settled();
    expect(edits).toEqual([]);
  });

  it("is found by one of two processes", async () => {
    const { edits, edition, settled } = await said(["1.1", "1.2"]);
    const errands = await running!.db.selectFrom("errands").selectAll().execute();
    expect(errands).toEqual([]);
    await edition(LONGER);
    await Promise.all([running!.desk.contentChanged(), running!.desk.contentChanged()]);
    await settled();
    expect(edits).toHaveLength(2);
  });
});

describe("old beside new", () => {
  const block = (...lines: string[]) => ({ kind: "paragraph" as const, lines });
  it("pairs what is worded alike, and tells what is gone", () => {
    expect(
      differences(
        [block("The sea rose by two metres. The wall broke. Nobody was hurt.")],
        [block("The sea rose by three metres. Nobody was hurt. Help came by boat.")],
        "en",
      ),
    ).toEqual([
      { before: "The sea rose by two metres.", now: "The sea rose by three metres." },
      { before: "The wall broke.", now: undefined },
    ]);
    expect(differences([block("One. Two.")], [block("Two. One. Three.")], "en")).toEqual([]);
  });
});
