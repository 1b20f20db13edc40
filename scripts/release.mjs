// Makes a release: npm run release -- 1.0.1 [--dry-run]. Refuses where the tree is not clean, the changelog does not name the version, or a
// check fails; then sets the version, commits, tags, and says what is left to do by hand.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [version = "", ...flags] = process.argv.slice(2);
const dry = flags.includes("--dry-run");

function stop(message) {
  process.stderr.write(`release: ${message}\n`);
  process.exit(2);
}
function run(command, args, { quiet = false } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: quiet ? "pipe" : ["ignore", "inherit", "inherit"],
  });
  if (done.status !== 0) stop(`${command} ${args.join(" ")} ended with ${done.status}`);
  return done.stdout ?? "";
}

const numbers = (text) => /^(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
const now = JSON.parse(readFileSync(`${root}/package.json`, "utf8")).version;
const [next, last] = [numbers(version), numbers(now)];
if (!next) stop('name a version such as "1.0.1"');
const order = next.map((each, index) => each - last[index]).find((each) => each !== 0) ?? 0;
const tagged = run("git", ["tag", "--list", `v${version}`], { quiet: true }).trim() !== "";
if (order < 0 || tagged) stop(`${version} is no newer than ${now}, or has its tag already`);
if (!new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b`, "m").test(readFileSync(`${root}/CHANGELOG.md`, "utf8")))
  stop(`CHANGELOG.md has no heading "## ${version}"; say there what changed, for whom`);
if (run("git", ["status", "--porcelain"], { quiet: true }).trim() !== "")
  stop("commit or put away what is changed first");
if (dry) {
  process.stdout.write(`${version} can be released: npm run release -- ${version}\n`);
  process.exit(0);
}
run("npm", ["run", "check"]);
run("npm", ["run", "check:package"]);
if (order > 0) {
  run("npm", ["version", version, "--no-git-tag-version"]);
  run("git", ["commit", "-am", `Release ${version}`]);
}
run("git", ["tag", "-a", `v${version}`, "-m", version]);
process.stdout.write(`Tagged v${version}. Left to do: git push --follow-tags, then npm publish\n`);
