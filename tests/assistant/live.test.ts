// Content that changes under a running assistant: edits are taken over, a broken one keeps the last good one.
import { cpSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

  it.each(["moved away and back", "deleted and restored", "switched by a symbolic link"])(
    "is followed when its folder is %s",
    async (how) => {
      const folder = await writeExplainer("harbour", SMALL);
      const other = await writeExplainer("harbour", SMALL.replace("8 weeks", "9 weeks"));
      const link = join(other, "..", `link-${how.length}-${Date.now()}`);
      symlinkSync(folder, link);
      const { assistant, live } = await openShipped({ ENCODER: "off", DATA_DIR: how.includes("link") ? link : folder });
      const told: string[] = [];
      live.watch({
        prepare: () => Promise.resolve(),
        onReload: () => undefined,
        onFault: (error) => told.push(String(error)),
      });
      const lead = async (): Promise<string | undefined> => (await assistant.section("repairs"))?.lead;
      // The folder is known by then.
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (how.includes("link")) {
        rmSync(link);
        symlinkSync(other, link);
      } else if (how.includes("moved")) {
        renameSync(folder, `${folder}-away`);
        await expect.poll(() => told.join(), { timeout: 10_000 }).toContain("is gone");
        renameSync(`${folder}-away`, folder);
        writeFileSync(join(folder, "harbour", "explainer.md"), SMALL.replace("8 weeks", "9 weeks"));
      } else {
        rmSync(folder, { recursive: true });
        cpSync(other, folder, { recursive: true });
      }
      await expect.poll(lead, { timeout: 15_000 }).toContain("9 weeks");
      // And edited there, it is still followed.
      const place = how.includes("link") ? other : folder;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      writeFileSync(join(place, "harbour", "explainer.md"), SMALL.replace("8 weeks", "11 weeks"));
      await expect.poll(lead, { timeout: 15_000 }).toContain("11 weeks");
      live.close();
    },
  );
});
