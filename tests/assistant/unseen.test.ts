// An explainer with no example utterances: matched by its own words alone.
import { writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Assistant } from "../../src/assistant/assistant.js";
import { emptyFolder } from "../support/program.js";
import { openShipped } from "../support/shipped.js";

const ARTICLE = `Is the harbour wall safe?

  • What has happened at the harbour?

A storm broke 40 metres of the harbour wall on Monday night.

  • How many boats were damaged?

Around 60 boats were damaged, of which 22 sank.

The harbour on Tuesday. Credit: A photographer

  • Who will pay for the repairs?

The council will pay a third, and the insurers will pay the rest.

  • When does the ferry run again?

The ferry starts again on Friday at 7am.
`;

describe("an article file that nobody wrote utterances for", () => {
  let file: string;
  let assistant: Assistant;
  beforeAll(async () => {
    const folder = emptyFolder();
    file = join(folder, "harbour.txt");
    await writeFile(file, ARTICLE);
    assistant = (await openShipped({ CACHE_DIR: join(folder, "cache") }, file)).assistant;
  });

  it.each([
    ["how many boats sank", "22 sank"],
    ["who will pay to repair the wall", "council will pay"],
    ["when will the ferry start again", "Friday"],
    ["how many bots were damgaed", "60 boats"],
  ])("answers %j", async (question, fact) => {
    const reply = await assistant.ask(question);
    expect(reply.kind).toBe("answer");
    expect(reply.kind === "answer" && reply.lead).toContain(fact);
  });

  it.each(["what is the weather in Leeds", "how do I bake bread", "zzz"])("does not answer %j", async (question) => {
    expect((await assistant.ask(question)).kind).not.toBe("answer");
  });

  it("knows small talk", async () => {
    expect(await assistant.ask("thank you")).toMatchObject({ smallTalk: { kind: "thanks" } });
  });

  it("keeps captions out of the prose", async () => {
    const reply = await assistant.ask("how many boats were damaged?");
    expect(reply.kind === "answer" && reply.rest).toContainEqual({
      kind: "caption",
      lines: ["The harbour on Tuesday."],
    });
  });
});

describe("several explainers", () => {
  it("are told apart by the question, and one can be named", async () => {
    const folder = emptyFolder();
    for (const [id, topic] of [
      ["bridge", "bridge"],
      ["library", "library"],
    ]) {
      await mkdir(join(folder, "data", id!), { recursive: true });
      await writeFile(
        join(folder, "data", id!, "explainer.md"),
        `---\ntitle: The ${topic}\n---\n\n## When does the ${topic} open? {#open}\n\nThe ${topic} opens in May.\n\n## Who built the ${topic}? {#builder}\n\nA local firm built the ${topic}.\n`,
      );
    }
    const { assistant, explainers } = await openShipped({
      DATA_DIR: join(folder, "data"),
      CACHE_DIR: join(folder, "cache"),
    });
    expect(explainers).toEqual(["bridge", "library"]);
    expect((await assistant.ask("when does the library open")).explainer.id).toBe("library");
    expect((await assistant.ask("who built the bridge")).explainer.id).toBe("bridge");
    expect((await assistant.ask("who built it", { explainer: "library" })).explainer.id).toBe("library");
  });
});
