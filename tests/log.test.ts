// Secrets never reach the log, and readers' words not at info: the real logger in a process of its own.
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { launch } from "./support/program.js";
import { once } from "node:events";

it("strikes out secrets wherever they stand", () => {
  const script = `
    const { createLog } = await import(${JSON.stringify(new URL("../dist/log.js", import.meta.url).href)});
    createLog("info", false).info({ token: "xoxb-one", discord: { token: "two" }, a: { b: { secret: "three" } }, headers: { authorization: "four" } }, "started");
  `;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(stderr).toContain("started");
  expect(stderr).not.toMatch(/xoxb-one|two|three|four/);
});

it("keeps a reader's words out of the log at info", async () => {
  const child = launch(["start"], { env: { PORT: "0", LOG_LEVEL: "info" } });
  let seen = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (seen += text));
  const url = await new Promise<string>((resolve) => {
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const found = /Chat page: (\S+)\nReady/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  await fetch(`${url}/?q=${encodeURIComponent("my secret illness xylophone")}`);
  child.kill("SIGTERM");
  await once(child, "close");
  expect(seen).toContain("stopping");
  expect(seen).not.toContain("xylophone");
});
