// What an operator needs: secrets from files, misspelt settings, a backup while it runs and back, readiness and metrics.
import { existsSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SETTING_NAMES } from "../../src/config.js";
import { readEnvironment } from "../../src/environment.js";
import { emptyFolder, run, startPage } from "../support/program.js";
import { SMALL, writeExplainer } from "../support/written.js";

describe("settings", () => {
  it("take secrets from files, and say what is wrong with one", () => {
    const folder = emptyFolder();
    const file = join(folder, "token");
    writeFileSync(file, "abc\n");
    expect(readEnvironment({ DISCORD_TOKEN_FILE: file }, SETTING_NAMES).env["DISCORD_TOKEN"]).toBe("abc");
    expect(readEnvironment({ DISCORD_TOKEN_FILE: join(folder, "none") }, SETTING_NAMES).problems[0]).toMatch(
      /^DISCORD_TOKEN_FILE names .* which cannot be read \(ENOENT\)/,
    );
    expect(readEnvironment({ DISCORD_TOKEN_FILE: file, DISCORD_TOKEN: "x" }, SETTING_NAMES).problems).toEqual([
      "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set; leave one of them out",
    ]);
    expect(readEnvironment({ DISCORD_TOKEN_FILE: " " }, SETTING_NAMES).problems).toEqual([]);
  });

  it("that are nearly one are not passed over in silence; others are nobody's business", () => {
    const { problems } = readEnvironment(
      {},
      SETTING_NAMES,
      "DISCORD_TOKN=x\nPROT=1\nMY_OWN=2\nDESK_TOKEN_FILE=/x\n# PRT=3\n",
    );
    expect(problems).toEqual([
      "DISCORD_TOKN in .env is no setting; write DISCORD_TOKEN, or take the line out",
      "PROT in .env is no setting; write PORT, or take the line out",
    ]);
  });

  it("end the program with what to mend", async () => {
    const folder = emptyFolder();
    await writeFile(join(folder, ".env"), "DISCORD_TOKN=x\n");
    const { code, err } = await run(["ask", "what"], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toContain("write DISCORD_TOKEN, or take the line out");
  });
});

describe("a backup", () => {
  it("is taken while the bot runs, checked, and put back; what was there stays beside", async () => {
    const folder = emptyFolder();
    const database = join(folder, "s.db");
    const env = {
      DATA_DIR: await writeExplainer("harbour", SMALL),
      DATABASE_URL: `file:${database}`,
      ENCODER: "off",
      KEEP_QUESTIONS: "on",
      METRICS: "on",
    };
    const page = await startPage(env);
    const ask = { method: "POST", headers: { "content-type": "application/json" } };
    await fetch(`${page.url}/api/ask`, {
      ...ask,
      body: JSON.stringify({ question: "is the lighthouse keeper a ghost?" }),
    });
    expect(await (await fetch(`${page.url}/livez`)).json()).toEqual({ status: "ok" });
    const ready = await fetch(`${page.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", waits: [] }]);
    const metrics = await (await fetch(`${page.url}/metrics`)).text();
    expect(metrics).toMatch(/standfirst_questions_total\{outcome="abstained",face="page"\} 1/);
    expect(metrics).toContain("standfirst_explainers 1");
    expect(metrics).not.toContain("lighthouse");
    await new Promise((resolve) => setTimeout(resolve, 800));
    const copy = join(folder, "backups", "b.db");
    expect(await run(["backup", copy], { env })).toMatchObject({ code: 0, out: `${copy}\n` });
    expect((await run(["backup", copy], { env })).err).toContain("is there already");
    await page.stop();
    expect((await run(["restore", copy], { env })).err).toContain("is there already; --force keeps it beside");
    const broken = join(folder, "broken.db");
    await writeFile(broken, "this is no database, however long it is".repeat(200));
    expect((await run(["restore", broken, "--force"], { env })).code).toBe(1);
    expect(existsSync(`${database}.before`)).toBe(false);
    expect(await run(["restore", copy, "--force"], { env })).toMatchObject({ code: 0 });
    expect(existsSync(`${database}.before`)).toBe(true);
    expect((await run(["desk"], { env })).out).toContain("is the lighthouse keeper a ghost?");
  });

  it("of PostgreSQL is its own tools' work, which is said", async () => {
    const { code, err } = await run(["backup", "x"], { env: { DATABASE_URL: "postgres://u:p@127.0.0.1:1/x" } });
    expect(code).toBe(1);
    expect(err).toContain("pg_dump --format=custom");
    expect(err).not.toContain("u:p");
  });
});
