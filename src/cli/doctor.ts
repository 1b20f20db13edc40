// `npm run doctor`: asks everything that a running bot stands on, and says what to mend. Changes nothing.
import { access, constants, mkdir } from "node:fs/promises";
import { pino } from "pino";
import type { Finding } from "../chat/finding.js";
import type { Config } from "../config.js";
import { createFileSource } from "../content/files.js";
import { problemLine } from "../explainer/problem-line.js";
import { examineStorage } from "../storage/examine.js";
import { EXIT, readArguments, UsageError, type Command } from "./command.js";
import { printable } from "./terminal.js";

const MARKS = { good: "ok  ", look: "look", bad: "bad " } as const;
/** Faults of the content that are told in full. */
const TOLD = 5;
const REACH_MS = 10_000;

async function content({ dataDir, intentsDir, cacheDir }: Config): Promise<Finding[]> {
  const { contents, problems } = await createFileSource({ dataDir, intentsDir, cacheDir }).read(undefined);
  const mend = "npm run validate says where, and how to mend it";
  return [
    contents.size > 0
      ? { level: "good", what: `${contents.size === 1 ? "1 explainer" : `${contents.size} explainers`} in ${dataDir}` }
      : { level: "bad", what: `no explainer in ${dataDir} can be answered from`, mend },
    ...problems.slice(0, TOLD).map((each): Finding => ({ level: "bad", what: problemLine(each), mend })),
  ];
}

async function folder(path: string): Promise<Finding> {
  return mkdir(path, { recursive: true })
    .then(() => access(path, constants.W_OK))
    .then(
      (): Finding => ({ level: "good", what: `${path} can be written` }),
      (): Finding => ({
        level: "look",
        what: `${path} cannot be written`,
        mend: "set CACHE_DIR to a folder that can; else each start learns anew",
      }),
    );
}

async function reach(publicUrl: string | undefined): Promise<Finding[]> {
  if (publicUrl === undefined) return [];
  const address = new URL("/livez", publicUrl).toString();
  const answer = await fetch(address, { signal: AbortSignal.timeout(REACH_MS) }).catch(() => undefined);
  if (answer?.ok === true) return [{ level: "good", what: `PUBLIC_URL leads here: ${address} answers` }];
  return [
    {
      level: "look",
      what: `${address} does not answer (${answer ? answer.status : "no connection"})`,
      mend: "start the bot; then see to the proxy that passes PUBLIC_URL on to PORT",
    },
  ];
}

export const doctor: Command = {
  about: "Asks the platforms, the database, the content and the network, and says what to mend. Changes nothing.",
  usage:
    "npm run doctor                     exit 1 where something is wrong; run it beside the bot or before the first start",
  async run(args, config, { out }) {
    if (readArguments(args, {}).positionals.length > 0) throw new UsageError("it takes no arguments");
    let bad = 0;
    const say = (title: string, findings: readonly Finding[]): void => {
      out.write(`${title}\n`);
      for (const { level, what, mend } of findings) {
        if (level === "bad") bad += 1;
        out.write(`  ${MARKS[level]}  ${printable(what)}\n`);
        if (mend !== undefined) out.write(`        → ${printable(mend)}\n`);
      }
    };
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    const node: Finding =
      major > 20 || (major === 20 && minor >= 19)
        ? { level: "good", what: `Node ${process.versions.node}` }
        : { level: "bad", what: `Node ${process.versions.node} is too old`, mend: "install 20.19 or newer" };
    say("This machine", [node, await folder(config.cacheDir)]);
    say("Content", await content(config));
    say("Database", await examineStorage(config.databaseUrl, config.installationKeys, pino({ level: "silent" })));
    for (const { title, examine } of config.faces) say(title, await examine());
    if (config.faces.length === 0)
      say("Chat platforms", [
        {
          level: "look",
          what: "no platform's token is set: only the chat page starts",
          mend: "see the README, “On Discord” and “On Slack”",
        },
      ]);
    const reached = await reach(config.publicUrl);
    if (reached.length > 0) say("From outside", reached);
    out.write(bad === 0 ? "\nNothing is wrong.\n" : `\n${bad === 1 ? "1 thing is" : `${bad} things are`} wrong.\n`);
    return bad === 0 ? EXIT.done : EXIT.found;
  },
};
