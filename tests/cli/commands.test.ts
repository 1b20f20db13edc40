// The commands as a user calls them: the built program in a process of its own.
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, launch, run } from "../support/program.js";

interface Json {
  question: string;
  outcome: string;
  section: string | null;
  lead: string;
  choices: unknown[];
}

const SOURCE = `Has it worked?

  • How many went on strike?

During the earlier strike about 14,600 were away, of which 12,800 were on strike.

  • What do patients say?

Patients say that they were treated well.
`;

describe("ask", () => {
  it("prints the reply for a person, within 80 columns and without colour codes", async () => {
    const { code, out } = await run(["ask", "how many ops were cancelled"]);
    expect(code).toBe(0);
    expect(out).toContain("More than 125,000 appointments");
    expect(out).toContain("Source: Has the junior doctors strike been effective?");
    expect(out).not.toContain("\u001b");
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("prints one JSON object on one line", async () => {
    const { code, out } = await run(["ask", "--json", "how many ops were cancelled"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      question: "how many ops were cancelled",
      outcome: "answer",
      explainer: "junior-doctors-strike",
      section: "patients",
      figures: expect.any(Array) as unknown,
      source: { title: expect.any(String) as unknown, asOf: expect.any(String) as unknown },
    });
  });

  it("answers a line for a line, in order, the blank and the hostile too", async () => {
    const lines = [
      "who brought pasties",
      "",
      "x".repeat(50_000),
      "\u0000\u202e",
      '{"question": "injected"}',
      "__proto__",
      "when is the next strike",
      "thanks",
    ];
    const { code, out } = await run(["ask", "--json"], { input: `${lines.join("\n")}\n` });
    expect(code).toBe(0);
    const replies = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Json);
    expect(replies.map((reply) => reply.question)).toEqual(lines);
    expect(replies[0]).toMatchObject({ outcome: "answer", section: "public" });
    expect(replies[6]?.outcome).not.toBe("answer");
    for (const { outcome, section, lead, choices } of replies) {
      const shown = outcome === "answer" || outcome === "tentative";
      expect(section === null).toBe(!shown);
      expect(lead === "").toBe(!shown);
      expect(choices.length).toBeLessThanOrEqual(3);
    }
  });

  it("reads a plain article file in place of the shipped explainer", async () => {
    const folder = emptyFolder();
    await writeFile(join(folder, "source.txt"), SOURCE);
    const { code, out } = await run(
      ["ask", "--json", "--explainer", join(folder, "source.txt"), "how many were really on strike last time?"],
      {
        env: { CACHE_DIR: join(folder, "cache") },
      },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      outcome: "answer",
      explainer: "source",
      lead: expect.stringContaining("12,800") as unknown,
    });
  });

  it.each([
    [["ask", "--explainer", "no-such-thing", "hi"], /there is no explainer at/],
    [["ask", "--frobnicate", "hi"], /Unknown option/],
    [["evaluate"], /name one file/],
    [["evaluate", "package.json"], /./],
    [["import", "x.txt"], /say where to/],
    [["frobnicate"], /There is no command/],
  ])("%j is a wrong call: exit 2, one clear sentence, no stack trace", async (args, message) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("tells every wrong setting at once", async () => {
    const { code, err } = await run(["ask", "hi"], { env: { PORT: "seventy", LOG_LEVEL: "loud", ENCODER: "maybe" } });
    expect(code).toBe(2);
    for (const name of ["PORT", "LOG_LEVEL", "ENCODER"]) expect(err).toContain(name);
  });
});

describe("validate", () => {
  it("finds no fault in the shipped content", async () => {
    const { code, out, err } = await run(["validate"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("junior-doctors-strike: 11 sections");
  });

  it("tells file, line, fault and remedy of broken content, all at once", async () => {
    const folder = emptyFolder();
    await mkdir(join(folder, "data", "bad"), { recursive: true });
    await mkdir(join(folder, "data", "good"), { recursive: true });
    await mkdir(join(folder, "intents"), { recursive: true });
    await writeFile(join(folder, "data", "bad", "explainer.md"), "---\ntime_zone: Mars\n---\n\n## A?\n\nB.\n");
    await writeFile(join(folder, "data", "good", "explainer.md"), "## A? {#a}\n\nFirst. Second.\n");
    await writeFile(
      join(folder, "intents", "good.yaml"),
      "voices:\n  - voice: v\n    sections:\n      a:\n        whole: [one, one]\n        Third: [x]\n      b:\n        whole: [two]\n",
    );
    const { code, err } = await run(["validate"], {
      env: { DATA_DIR: join(folder, "data"), INTENTS_DIR: join(folder, "intents") },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/bad\/explainer\.md:2: "time_zone": is not an IANA time zone/);
    expect(err).toMatch(/good\.yaml:6: the words "Third" stand in no passage of "a"; quote words/);
    expect(err).toMatch(/good\.yaml:8: there is no section "b" in good/);
    expect(err).toMatch(/"one" stands twice/);
  });
});

describe("validate in an editor's words", () => {
  const FRONT = "---\ntitle: Buses\nsource:\n  title: Buses\nas_of: 2024-05-01\n---\n";
  const check = async (
    files: Readonly<Record<string, string>>,
    ...options: string[]
  ): Promise<{ code: number | null; out: string; err: string }> => {
    const folder = join(emptyFolder(), "buses");
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return run(["validate", folder, ...options], { env: { INTENTS_DIR: join(folder, "none") } });
  };

  it.each<[string, string, RegExp]>([
    [
      "two sections with the same heading",
      `${FRONT}\n## Who pays?\n\nWe.\n\n## Who pays?\n\nThey.\n`,
      /explainer\.md:12: “Who pays\?” is the heading of 2 sections \(pays, pays-2\); give each/,
    ],
    [
      "an empty section",
      `${FRONT}\n## Who pays?\n\n## Why?\n\nSo.\n`,
      /"Who pays\?" has no answer under it; write its answer/,
    ],
    [
      "many questions in one section",
      `${FRONT}\n## About the buses\n\nWho pays?\n\nWe do.\n\nDo they run at night?\n\nNo.\n\nMay dogs come?\n\nYes.\n`,
      /“About the buses” holds 3 questions of its own, such as “Who pays\?”; none of them can be found; make each a heading/,
    ],
    [
      "headings that can hardly be told apart",
      `${FRONT}\n## How does the Loop ticket work?\n\nYou buy it.\n\n## How do the Loop tickets work?\n\nYou show it.\n\n## Who pays?\n\nWe.\n`,
      /readers can hardly tell “How do(?:es)? the Loop tickets? work\?” from “How do(?:es)? the Loop tickets? work\?”/,
    ],
    ["no source", "## Who pays?\n\nWe.\n", /it names no source; write "source:"/],
    [
      "a remark of an import's",
      `${FRONT}\n## Who pays?\n\nWe.\n\n<!-- look: the page now says this here.\n\nThey.\n\n-->\n`,
      /explainer\.md:12: a remark of an import stands here: the page now says this here\./,
    ],
  ])("%s is a fault", async (_, text, message) => {
    const { code, err } = await check({ "explainer.md": text });
    expect(err).toMatch(message);
    expect(code).toBe(1);
  });

  it("figures that their passage does not state, and utterances under two sections, are faults", async () => {
    const { code, err } = await check({
      "explainer.md": `${FRONT}\n## Who pays? {#pays}\n\nThe council pays 12 million.\n\n## Why? {#why}\n\nSo.\n`,
      "figures.yaml":
        "figures:\n  - {id: a, label: A, value: 13, unit: pounds, counts: a, kind: count, section: pays, passage: 12 million}\n",
      "intents.yaml":
        "voices:\n  - voice: v\n    sections:\n      pays: {whole: [money]}\n      why: {whole: [Money]}\n",
    });
    expect(code).toBe(1);
    expect(err).toMatch(/figures\.yaml:2: "a" is 13, and the words "12 million" do not hold that/);
    expect(err).toMatch(/intents\.yaml: "Money" stands under section "pays" and under section "why"/);
  });

  it("what is good to know is no fault, unless it is asked for strictly", async () => {
    const long = "The bus goes on. ".repeat(200);
    const files = { "explainer.md": `---\ntitle: Buses\nsource: {title: Buses}\n---\n\n## Who pays?\n\n${long}\n` };
    const { code, err, out } = await check(files);
    expect(code).toBe(0);
    expect(out).toContain("no faults");
    expect(err).toMatch(/takes 2 pages in a chat/);
    expect(err).toMatch(/it does not say what moment it speaks of/);
    expect(err).toMatch(/it has no summary: the daily post lists what can be asked/);
    expect((await check(files, "--strict")).code).toBe(1);
  });
});

describe("evaluate", () => {
  it("reports and fails a bar that is not reached", async () => {
    const folder = emptyFolder();
    const file = join(folder, "labelled.jsonl");
    await writeFile(
      file,
      '{"q": "who brought pasties", "accept": ["public"], "gold": "Cornwall"}\n{"q": "bitcoin price", "accept": []}\n{"q": "who brought pasties", "accept": ["today"]}\n',
    );
    const passed = await run(["evaluate", file, "--bars", "right=0.5,false-answers=0"]);
    expect(passed.code).toBe(0);
    expect(passed.out).toMatch(/right\s+50\.0%/);
    expect(passed.out).toMatch(/wrong\s+who brought pasties .*\n\s+.*it reads like “/);
    expect(passed.out).toMatch(/would gain most .*\n {2}today: who brought pasties/);
    const failed = await run(["evaluate", file, "--json", "--bars", "right=0.9"]);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("right is 50.0%, and the bar is at least 90.0%");
    expect(JSON.parse(failed.out)).toMatchObject({
      answerable: 2,
      unanswerable: 1,
      right: 0.5,
      falseAnswers: 0,
      leadHolds: 1,
      teach: [{ question: "who brought pasties", section: "today", near: 0 }],
    });
  });

  it("tells the line that is not a labelled question", async () => {
    const folder = emptyFolder();
    const file = join(folder, "labelled.jsonl");
    await writeFile(file, '{"q": "who brought pasties", "accept": ["public"]}\nnot json\n');
    const { code, err } = await run(["evaluate", file]);
    expect(code).toBe(1);
    expect(err).toMatch(/labelled\.jsonl:2: this line is not JSON/);
  });
});

describe("import", () => {
  const HTML = `<!doctype html><html><head><title>FAQ</title><script>alert(1)</script></head><body><nav>Menu</nav><article>
    <h1>Harbour FAQ</h1><h2>What broke?</h2><p>The wall broke.</p><h2>Who pays?</h2><ul><li>The council</li><li>Insurers</li></ul></article><footer>Imprint</footer></body></html>`;

  it.each([
    ["story.txt", SOURCE, 2],
    ["story.md", "# Harbour\n\n## What broke?\n\nThe wall. It fell.\n\n## Who pays?\n\n1. We\n2. They\n", 2],
    ["story.html", HTML, 2],
  ])("makes an explainer that validates from %s", async (name, text, sections) => {
    const folder = emptyFolder();
    await writeFile(join(folder, name), text);
    const made = await run(["import", join(folder, name), "--out", join(folder, "data", "harbour")]);
    expect(made).toMatchObject({ code: 0, err: "" });
    const checked = await run(["validate"], {
      env: { DATA_DIR: join(folder, "data"), INTENTS_DIR: join(folder, "none"), ENCODER: "off" },
    });
    expect(checked.code).toBe(0);
    expect(checked.err).toMatch(/Good to know:\n.*it does not say what moment it speaks of/s);
    expect(checked.out).toContain(`harbour: ${sections} sections`);
    const article = await readFile(join(folder, "data", "harbour", "explainer.md"), "utf8");
    expect(article).not.toMatch(/alert|Menu|Imprint/);
    const again = await run(["import", join(folder, name), "--out", join(folder, "data", "harbour")]);
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(again.out).toContain("says what it said at the last import");
  });

  it("fetches a page, and says what to do where it cannot", async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url?.startsWith("/story") ? 200 : 404;
      response.end(HTML);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = emptyFolder();
    const refused = await run(["import", `${url}/story`, "--out", join(folder, "a")]);
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toMatch(/127\.0\.0\.1 is not a public address; .* IMPORT_HOSTS/);
    const env = { IMPORT_HOSTS: "127.0.0.1" };
    const made = await run(["import", `${url}/story`, "--out", join(folder, "a")], { env });
    expect(made.code).toBe(0);
    expect(await readFile(join(folder, "a", "explainer.md"), "utf8")).toContain(`url: ${url}/story`);
    const secret = await run(
      [
        "import",
        `${url.replace("//", "//me:hunter2@")}/story?page=2&api_key=sesame&sig=x1#a`,
        "--out",
        join(folder, "c"),
      ],
      { env },
    );
    expect(secret.code).toBe(0);
    const keyed = await run(
      ["import", `${url}/story?page=2&api_key=sesame&X-Amz-Signature=x1`, "--out", join(folder, "d")],
      { env },
    );
    expect(keyed.code).toBe(0);
    expect(keyed.err).toContain("holds a password or a key");
    const kept = await readFile(join(folder, "d", "explainer.md"), "utf8");
    expect(kept).toContain(`url: ${url}/story?page=2`);
    for (const shown of [secret.err, keyed.err, keyed.out, kept]) expect(shown).not.toMatch(/hunter2|sesame|x1/);
    const missing = await run(["import", `${url}/gone`, "--out", join(folder, "b")], { env });
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toContain("answered 404");
    server.close();
  });
});

describe("import --watch", () => {
  it("goes on until it is told to stop, and brings in what was there", async () => {
    const server = createServer((_, response) => {
      response.end("<h1>Buses</h1><h2>Who pays?</h2><p>We.</p><h2>Why?</h2><p>So.</p>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const folder = join(emptyFolder(), "buses");
    const child = launch(["import", "--watch", url, "--out", folder, "--every", "5m"], {
      env: { IMPORT_HOSTS: "127.0.0.1" },
    });
    const ended = once(child, "close") as Promise<[number | null]>;
    let out = "";
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
        if (out.includes("made")) resolve();
      });
    });
    const going = await Promise.race([ended, new Promise((resolve) => setTimeout(() => resolve("going"), 1_500))]);
    expect(going).toBe("going");
    expect(await readFile(join(folder, "explainer.md"), "utf8")).toContain("## Who pays?");
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
    server.close();
  });
});

describe("figures", () => {
  it("lists them, shows one by a misspelt name, compares two, as text and as JSON", async () => {
    const list = await run(["figures"]);
    expect(list).toMatchObject({ code: 0, err: "" });
    expect(list.out).toContain("more than 125,000: appointments and operations");
    const one = await run(["figures", "--json", "basic", "pay", "ries", "offred"]);
    expect(JSON.parse(one.out)).toMatchObject({
      figures: [
        {
          id: "pay-offer",
          value: 11,
          unit: "%",
          qualifier: null,
          kind: "offer",
          statedBy: "Jeremy Hunt",
          statement: expect.stringContaining("11%"),
        },
      ],
    });
    const two = await run(["figures", "--compare", "cancelled-latest", "cancelled-earlier"]);
    expect(two.code).toBe(0);
    expect(two.out).toContain("more than 125,000");
    expect(two.out).toContain("almost 25,000");
    const range = JSON.parse((await run(["figures", "--json", "strike-hours"])).out) as unknown;
    expect(range).toMatchObject({ figures: [{ value: null, range: { from: "08:00", to: "17:00" } }] });
  });

  it("refuses what cannot be compared, with the reason, and an unknown name with the nearest", async () => {
    const refused = await run(["figures", "--compare", "pay-offer", "not-reporting"]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("not of the same");
    const unknown = await run(["figures", "--json", "zebra"]);
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.out)).toMatchObject({
      figures: [],
      refusal: expect.stringContaining("zebra"),
      nearest: [{}, {}, {}],
    });
  });

  it("writes a chart as SVG or PNG, and says what it shows", async () => {
    const folder = emptyFolder();
    const svg = await run(["figures", "cancelled-latest", "--chart", join(folder, "a.svg")]);
    expect(svg.code).toBe(0);
    expect(svg.err).toContain("Cancelled in the previous walkouts: almost 25,000");
    expect(await readFile(join(folder, "a.svg"), "utf8")).toMatch(/^<svg/);
    await run(["figures", "cancelled-latest", "--chart", join(folder, "a.png"), "--theme", "dark"]);
    expect((await readFile(join(folder, "a.png"))).subarray(1, 4).toString()).toBe("PNG");
  });

  it.each([
    [["--chart", "a.gif"], 2, /\.svg or \.png/],
    [["--chart", "/nowhere/at/all/a.svg"], 2, /cannot be written/],
    [["--chart", "a.svg", "--theme", "pink"], 2, /not a theme/],
    [["--compare", "absent"], 2, /name two figures/],
    [["strike-hours", "--chart", "a.svg"], 1, /nothing to draw/],
    [["--explainer", "nowhere"], 2, /there is no explainer/],
  ])("%j: exit %i and a clear sentence", async (args, code, message) => {
    const ran = await run(["figures", ...args]);
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/\n\s+at /);
  });
});

describe("when something about the content or the disk is wrong", () => {
  it("one broken explainer does not stop the others", async () => {
    const folder = emptyFolder();
    for (const [id, text] of [
      ["good", "## What is it? {#what}\n\nA harbour wall.\n"],
      ["nul", "\u0000"],
      ["alias", "---\ntitle: *foo\n---\n\n## A?\n\nB.\n"],
      ["deep", `${">".repeat(5_000)} x`],
      ["common", "## A?\n\nB.\n"],
    ] as const) {
      await mkdir(join(folder, "data", id), { recursive: true });
      await writeFile(join(folder, "data", id, "explainer.md"), text);
    }
    const env = { DATA_DIR: join(folder, "data"), CACHE_DIR: join(folder, "cache") };
    const { code, out, err } = await run(["ask", "--json", "what is it"], { env });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ explainer: "good" });
    for (const id of ["nul", "alias", "deep", "common"]) expect(err).toContain(id);
    expect((await run(["validate"], { env })).code).toBe(1);
  });

  it("a cache that cannot be written costs time, not answers", async () => {
    const folder = emptyFolder();
    await writeFile(join(folder, "file"), "");
    await writeFile(join(folder, "story.txt"), SOURCE);
    const { code, out, err } = await run(
      ["ask", "--json", "--explainer", join(folder, "story.txt"), "how many went on strike"],
      {
        env: { CACHE_DIR: join(folder, "file", "cache") },
      },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: "answer" });
    expect(err).toContain("Set CACHE_DIR");
  });

  it("utterances of an explainer that is not there are found", async () => {
    const folder = emptyFolder();
    await mkdir(join(folder, "data", "a"), { recursive: true });
    await writeFile(join(folder, "data", "a", "explainer.md"), "## A?\n\nB.\n");
    await mkdir(join(folder, "intents"));
    await writeFile(join(folder, "intents", "aa.yaml"), "voices: []\n");
    const { code, err } = await run(["validate"], {
      env: { DATA_DIR: join(folder, "data"), INTENTS_DIR: join(folder, "intents") },
    });
    expect(code).toBe(1);
    expect(err).toContain("aa.yaml: there is no explainer of that name");
  });
});

describe("npm run summary", () => {
  it("shows today's post, and the same for scripts", async () => {
    const shown = await run(["summary"]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain("neither side has moved");
    expect(shown.out).toContain("As of: The second day of the strike");
    const json = await run(["summary", "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({
      explainer: "junior-doctors-strike",
      lines: { length: 5 },
      chart: { alt: expect.stringContaining("125,000") as string },
    });
    expect(json.out.trim().split("\n")).toHaveLength(1);
  });

  it("says what is wrong with a call", async () => {
    expect((await run(["summary", "extra"])).code).toBe(2);
    expect((await run(["summary", "--explainer", "none"])).err).toContain("none");
  });
});
