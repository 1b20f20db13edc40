// Packs the project, installs the package into an empty folder as a stranger would, imports an article there, asks it, and starts.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), "standfirst-package-"));
const ARTICLE = `# Why is the harbour closed?

## Why is the harbour closed?

The quay wall broke in a storm.

## Where do ferries leave from?

Ferries leave from the next town.
`;

function run(command, args, cwd = folder, env = {}) {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${done.status}:\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

function expect(what, holds) {
  if (!holds) throw new Error(`the package does not do what it should: ${what}`);
}

try {
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], root),
  );
  writeFileSync(join(folder, "package.json"), '{ "name": "somebody", "private": true }\n');
  run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)]);
  writeFileSync(join(folder, "article.md"), ARTICLE);
  const env = { ENCODER: "off", PORT: "0" };
  const shipped = run("npx", ["standfirst", "ask", "how many junior doctors went on strike?"], folder, env);
  expect("it answers from what comes with it", shipped.includes("doctors"));
  run("npx", ["standfirst", "import", "article.md", "--out", "data/harbour"], folder, env);
  const answer = run("npx", ["standfirst", "ask", "where do the ferries leave from?"], folder, env);
  expect("it answers from what was imported", answer.includes("Ferries leave from the next town."));
  const bot = spawn("npx", ["standfirst", "start"], { cwd: folder, env: { ...process.env, ...env }, detached: true });
  let said = "";
  bot.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  for (let tries = 0; !/Ready in/.test(said) && tries < 300; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const [, page = ""] = /Chat page: (\S+)/.exec(said) ?? [];
  const html = await fetch(page).then(
    (response) => response.text(),
    () => "",
  );
  const style = await fetch(new URL("/assets/chat.css", page)).then(
    ({ ok }) => ok,
    () => false,
  );
  process.kill(-bot.pid, "SIGTERM");
  expect(`its page is there (it said: ${said})`, html.includes("Why is the harbour closed?") && style);
  process.stdout.write("the package imports, asks and starts in an empty folder\n");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
