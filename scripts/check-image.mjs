// Does what the Dockerfile says, step by step, without Docker: the same files, commands and settings, in folders of their own; then
// runs the command as another user on a file system that it cannot write to, and asks the health check.
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const base = mkdtempSync(join(tmpdir(), "standfirst-image-"));
// Another user has to get in.
chmodSync(base, 0o755);
/** The user `node` of Node's own images. */
const NODE = 1000;
const isRoot = process.getuid?.() === 0;

function fail(message) {
  throw new Error(message);
}

/** Files that a build would be sent: what is tracked or new, without what `.dockerignore` leaves out. */
function context() {
  const { stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const rules = readFileSync(join(root, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const asPattern = (rule) =>
    new RegExp(`^${rule.replace(/^!/, "").replace(/[.]/g, "\\.").replace(/\*/g, "[^/]*")}(/|$)`);
  return stdout.split("\n").filter((file) => {
    if (file === "" || !existsSync(join(root, file))) return false;
    let left = false;
    for (const rule of rules) if (asPattern(rule).test(file)) left = !rule.startsWith("!");
    return !left;
  });
}

const lines = readFileSync(join(root, "Dockerfile"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));
const stages = new Map();
let stage;
const inside = (path, workdir) => join(stage.folder, path.startsWith("/") ? path : join(workdir, path));

for (const line of lines) {
  const [word, ...rest] = line.split(" ");
  const text = rest.join(" ");
  process.stdout.write(`${line.slice(0, 110)}\n`);
  switch (word) {
    case "FROM": {
      const [image = "", , name = "last"] = rest;
      const [, major = "0"] = /^node:(\d+)/.exec(image) ?? fail(`not an image of Node: ${image}`);
      if (Number(process.versions.node.split(".")[0]) < Number(major)) fail(`Node ${major} is needed here too`);
      stage = { folder: join(base, name), env: {}, workdir: "/", cmd: undefined, health: undefined, user: undefined };
      mkdirSync(stage.folder, { recursive: true });
      stages.set(name, stage);
      break;
    }
    case "WORKDIR":
      stage.workdir = text;
      mkdirSync(inside(text, "/"), { recursive: true });
      break;
    case "ENV": {
      const [, key, value] = /^(\w+)=(.*)$/.exec(text) ?? fail(`not a setting: ${text}`);
      stage.env[key] = value;
      break;
    }
    case "COPY": {
      const from = /^--from=(\w+) /.exec(text)?.[1];
      const parts = text.replace(/^--from=\w+ /, "").split(" ");
      const target = parts.pop();
      const to = inside(target, stage.workdir);
      for (const part of parts) {
        if (from !== undefined) {
          const source = join(stages.get(from).folder, part);
          if (!existsSync(source)) fail(`${part} is not in ${from}`);
          const into = target.endsWith("/") && !statSync(source).isDirectory() ? join(to, basename(part)) : to;
          mkdirSync(dirname(into), { recursive: true });
          cpSync(source, into, { recursive: true, verbatimSymlinks: true });
        } else
          for (const file of context().filter((each) => part === "." || each === part)) {
            mkdirSync(dirname(join(to, file)), { recursive: true });
            cpSync(join(root, file), join(to, file));
          }
      }
      break;
    }
    case "RUN": {
      // What makes a folder of the system makes it in the stage's.
      const command = text
        .replaceAll(" /var/", ` ${stage.folder}/var/`)
        .replace(/chown node:node/, isRoot ? `chown ${NODE}:${NODE}` : "true");
      const done = spawnSync("sh", ["-c", command], {
        cwd: inside(".", stage.workdir),
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, ...stage.env },
      });
      if (done.status !== 0) fail(`it ended with ${done.status}: ${command}`);
      break;
    }
    case "USER":
      stage.user = text;
      break;
    case "VOLUME":
    case "EXPOSE":
      break;
    case "HEALTHCHECK":
      stage.health = JSON.parse(text.slice(text.indexOf("[")));
      break;
    case "CMD":
      stage.cmd = JSON.parse(text);
      break;
    default:
      fail(`this check does not know ${word}`);
  }
}

const last = stages.get("last");
if (last.user !== "node") fail("the last stage runs as root");
if (existsSync(join(last.folder, "app/node_modules/typescript"))) fail("a development package is in the last stage");
const within = (value) => value.replace(/(^|:)\/var\//, `$1${last.folder}/var/`);
const env = {
  PATH: process.env.PATH,
  ...Object.fromEntries(Object.entries(last.env).map(([key, value]) => [key, within(value)])),
  PORT: "38217",
  HOST: "127.0.0.1",
};
const who = isRoot ? { uid: NODE, gid: NODE } : {};
const app = join(last.folder, "app");
const before = spawnSync("find", [app, "-newer", join(app, "package.json"), "-type", "f"], { encoding: "utf8" }).stdout;
const [program, ...args] = last.cmd;
const bot = spawn(program, args, { cwd: app, env, ...who, stdio: ["ignore", "pipe", "pipe"] });
let said = "";
for (const stream of [bot.stdout, bot.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
try {
  for (let tries = 0; !/Ready in/.test(said) && tries < 1_200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  if (!/Ready in/.test(said)) fail(`it did not start:\n${said}`);
  const [probe, ...how] = last.health;
  const healthy = spawnSync(probe, how, { cwd: app, env, ...who });
  if (healthy.status !== 0) fail(`the health check says no:\n${said}`);
  const answer = await fetch("http://127.0.0.1:38217/api/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question: "how many operations were cancelled?" }),
  }).then((response) => response.json());
  if (answer.outcome !== "answer") fail(`it does not answer: ${JSON.stringify(answer)}`);
} finally {
  bot.kill("SIGTERM");
  await new Promise((resolve) => bot.once("exit", resolve));
}
const after = spawnSync("find", [app, "-newer", join(app, "package.json"), "-type", "f"], { encoding: "utf8" }).stdout;
if (after !== before) fail(`it wrote into its own folder:\n${after}`);
const sick = spawnSync(last.health[0], last.health.slice(1), { cwd: app, env });
if (sick.status === 0) fail("the health check says yes to a bot that is gone");
rmSync(base, { recursive: true, force: true });
process.stdout.write("the image's steps build, run as another user, write nothing but the volume, and answer\n");
