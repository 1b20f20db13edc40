// Content that changes under a running assistant: edits are taken over, a broken one keeps the last good one.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openShipped } from "../support/shipped.js";
import { SMALL, writeExplainer } from "../support/written.js";

describe("edited content", () => {
  it("is answered from without a restart; a broken edit keeps the last good one and tells its fault", async () => {
    const folder = await writeExplainer("harbour", SMALL);
    const file = join(folder, "harbour", "explainer.md");
    const { assistant, live } = await openShipped({ ENCODER: "off", DATA_DIR: folder });
    const lead = async (): Promise<string | undefined> => (await assistant.section("repairs"))?.lead;
    expect(await lead()).toContain("8 weeks");
    const before = await assistant.ask("how long do repairs take?");

    const reloaded: number[] = [];
    live.watch({
      prepare: () => Promise.resolve(),
      onReload: (problems) => reloaded.push(problems.length),
      onFault: () => reloaded.push(-1),
    });
    const next = async (): Promise<number | undefined> => {
      const end = Date.now() + 10_000;
      while (reloaded.length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
      return reloaded.shift();
    };
    writeFileSync(file, SMALL.replace("8 weeks", "9 weeks"));
    expect(await next()).toBe(0);
    expect(await lead()).toContain("9 weeks");
    const after = await assistant.ask("how long do repairs take?");
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(before));

    writeFileSync(file, readFileSync(file, "utf8").replace("title: Why", "titel: Why"));
    expect(await next()).toBeGreaterThan(0);
    expect(await lead()).toContain("9 weeks");
    expect(live.problems().length).toBeGreaterThan(0);

    writeFileSync(file, SMALL.replace("8 weeks", "10 weeks"));
    expect(await next()).toBe(0);
    expect(await lead()).toContain("10 weeks");
    expect(live.problems()).toEqual([]);
    live.close();
  });
});
