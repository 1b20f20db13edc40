// The settings as they come: from the environment and `.env`, secrets from files too (`NAME_FILE`), and names that are nearly one.
import { readFileSync } from "node:fs";
import { parse } from "dotenv";

type Env = Readonly<Record<string, string | undefined>>;

export interface Environment {
  readonly env: Env;
  readonly problems: readonly string[];
}

const FILE = "_FILE";
/** Letters that may differ in a name that is meant for another. */
const NEARLY = 2;

/** How many letters have to be changed, added or left out to make one name of another; more than `most` count as `most + 1`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 0; at < a.length; at++) {
    const next = [at + 1];
    for (let index = 0; index < b.length; index++)
      next.push(
        Math.min(
          (row[index] ?? 0) + (a.charAt(at) === b.charAt(index) ? 0 : 1),
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Names that are no setting, and nearly one: a misspelt one would go unnoticed. */
function misspelt(given: readonly string[], known: readonly string[]): string[] {
  const all = new Set([...known, ...known.map((name) => name + FILE)]);
  return given.flatMap((name) => {
    if (all.has(name)) return [];
    const [nearest] = known
      .map((each) => ({ each, letters: distance(name, each, NEARLY) }))
      .filter(({ letters }) => letters <= NEARLY)
      .sort((a, b) => a.letters - b.letters);
    return nearest ? [`${name} in .env is no setting; write ${nearest.each}, or take the line out`] : [];
  });
}

/**
 * Settings with secrets read from the files that `NAME_FILE` names. `dotenv`: the text of `.env`, whose names are checked. Pure but for
 * reading those files; never throws.
 */
export function readEnvironment(env: Env, known: readonly string[], dotenv?: string): Environment {
  const problems = dotenv === undefined ? [] : misspelt(Object.keys(parse(dotenv)), known);
  const read: Record<string, string | undefined> = { ...env };
  for (const name of known) {
    const path = env[name + FILE]?.trim();
    if (path === undefined || path === "") continue;
    if ((env[name] ?? "").trim() !== "") {
      problems.push(`${name} and ${name}${FILE} are both set; leave one of them out`);
      continue;
    }
    try {
      read[name] = readFileSync(path, "utf8").trim();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      problems.push(`${name}${FILE} names ${path}, which cannot be read (${code}); mend the path or its permissions`);
    }
  }
  return { env: read, problems };
}
