// The commands as a user calls them: the built program in a process of its own.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "../support/program.js";

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
      expect(section === null).toBe(outcome !== "answer");
      expect(lead === "").toBe(outcome !== "answer");
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
    expect(passed.out).toMatch(/wrong\s+who brought pasties/);
    const failed = await run(["evaluate", file, "--json", "--bars", "right=0.9"]);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("right is 50.0%, and the bar is at least 90.0%");
    expect(JSON.parse(failed.out)).toMatchObject({
      answerable: 2,
      unanswerable: 1,
      right: 0.5,
      falseAnswers: 0,
      leadHolds: 1,
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
      env: { DATA_DIR: join(folder, "data"), INTENTS_DIR: join(folder, "none") },
    });
    expect(checked).toMatchObject({ code: 0, err: "" });
    expect(checked.out).toContain(`harbour: ${sections} sections`);
    const article = await readFile(join(folder, "data", "harbour", "explainer.md"), "utf8");
    expect(article).not.toMatch(/alert|Menu|Imprint/);
    const again = await run(["import", join(folder, name), "--out", join(folder, "data", "harbour")]);
    expect(again.code).toBe(2);
    expect(again.err).toContain("is there already");
  });

  it("fetches a page, and says what to do where it cannot", async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === "/story" ? 200 : 404;
      response.end(HTML);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = emptyFolder();
    const made = await run(["import", `${url}/story`, "--out", join(folder, "a")]);
    expect(made.code).toBe(0);
    expect(await readFile(join(folder, "a", "explainer.md"), "utf8")).toContain(`url: ${url}/story`);
    const missing = await run(["import", `${url}/gone`, "--out", join(folder, "b")]);
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toContain("answered 404");
    server.close();
  });
});
