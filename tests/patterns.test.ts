// Every pattern of the source, against texts of 100,000 characters that it nearly matches: what it costs grows with the length of
// what it reads, and not with its square.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";

const LONG = 100_000;
/** Below this many milliseconds a growth cannot be told from chance. */
const TELLING_MS = 20;
/** Four times the text costs four times as much; by the square it would be sixteen. */
const GROWTH = 9;

interface Pattern {
  readonly where: string;
  readonly pattern: RegExp;
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join("src", name));

function literalsOf(file: string): Pattern[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const [, body = "", flags = ""] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      found.push({ where: `${file}:${line + 1} ${node.text}`, pattern: new RegExp(body, flags.replace(/[gy]/g, "")) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Texts that the pattern takes, and the beginnings of them. */
function pieces({ source, flags }: RegExp): string[] {
  const bare = source.replace(/\(\?<?[!=](?:[^()]|\([^()]*\))*\)/g, "").replace(/\\b/g, "");
  let samples: string[] = [];
  try {
    samples = fc.sample(fc.stringMatching(new RegExp(bare, flags.replace(/[gimsy]/g, ""))), { numRuns: 6, seed: 1 });
  } catch {
    // A construction that cannot be drawn from: the common texts below stand for it.
  }
  return samples.flatMap((text) => [1, 2, 3, 5, 8, 13, 40].map((length) => text.trimStart().slice(0, length)));
}

const COMMON = [
  " ",
  "\n",
  "\t",
  "a",
  "a ",
  "1",
  "1.",
  "-",
  "<",
  "</a",
  "<http:",
  "<a ",
  "(",
  "[",
  "{#",
  "**",
  "`",
  "?",
  ".",
  "'",
  "&",
  "a-",
  "\u0301",
  ": ",
  "Q",
];
const ENDINGS = ["", "\u0001", " !", "\n"];

const repeated = (piece: string, length: number, ending: string): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length) + ending;

function cost(pattern: RegExp, text: string, runs = 2): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    text.replace(new RegExp(pattern.source, `${pattern.flags}g`), "");
    best = Math.min(best, performance.now() - began);
    if (best < TELLING_MS) break;
  }
  return best;
}

/** Once more, many times: a machine that does something else in between makes one measurement long, and not the shortest of many. */
function isSure(pattern: RegExp, piece: string, ending: string, length: number): boolean {
  const best = (size: number): number => Math.max(0.5, cost(pattern, repeated(piece, size, ending), 8));
  const now = best(length);
  return now > TELLING_MS && now > best(length / 4) * GROWTH;
}

/** Ever longer, so that what grows too fast is found while it is still over soon; the text's piece where it does. */
function grows({ pattern }: Pattern): string | undefined {
  for (const piece of new Set([...COMMON, ...pieces(pattern)].filter(Boolean)))
    for (const ending of ENDINGS) {
      let before = Infinity;
      for (let length = LONG / 256; length <= LONG; length *= 4) {
        const now = cost(pattern, repeated(piece, length, ending));
        if (now > TELLING_MS && now > before * GROWTH && isSure(pattern, piece, ending, length)) return piece;
        before = Math.max(now, 0.5);
      }
    }
  return undefined;
}

describe("the cost of a pattern", () => {
  const made: Pattern[] = [];
  beforeAll(async () => {
    // Those that are put together as a module is read.
    const Real = globalThis.RegExp;
    globalThis.RegExp = new Proxy(Real, {
      construct(target, given: ConstructorParameters<RegExpConstructor>) {
        const pattern = new target(...given);
        // What a package of others puts together is theirs.
        const ours = (new Error().stack ?? "").split("\n")[2]?.includes(join(process.cwd(), "src")) === true;
        if (ours && typeof given[0] === "string")
          made.push({ where: String(pattern), pattern: new Real(pattern.source, pattern.flags.replace(/[gy]/g, "")) });
        return pattern;
      },
    });
    for (const file of files.filter((name) => readFileSync(name, "utf8").includes("new RegExp(")))
      await import(join(process.cwd(), file)).catch(() => undefined);
    globalThis.RegExp = Real;
  });

  it.each(files.filter((file) => literalsOf(file).length > 0))("grows with the text in %s", (file) => {
    const slow = literalsOf(file).flatMap((each) => {
      const piece = grows(each);
      return piece === undefined ? [] : [`${each.where} on ${JSON.stringify(piece)}`];
    });
    expect(slow).toEqual([]);
  });

  it("grows with the text in patterns that are put together", () => {
    expect(made.length).toBeGreaterThan(3);
    expect(made.filter((each) => grows(each) !== undefined).map(({ where }) => where)).toEqual([]);
  });

  it("is told from one that grows by the square", () => {
    for (const pattern of [/\s+\{#/, /<[a-z]+:[^>|]*>/, /(?:a|b)+c+$/])
      expect(grows({ where: "", pattern }), String(pattern)).toBeDefined();
  });
});
