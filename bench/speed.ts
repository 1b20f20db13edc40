// Time a question, in one process and on one core, beside the encoder's own forward pass and beside the peers on the same utterances.
import { writeFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import Fuse from "fuse.js";
import MiniSearch from "minisearch";
import { createEncoder } from "../src/matching/encoder.js";
import { CACHE, loadShipped, type Shipped } from "./content.js";
import { measureBuilt, ms, quantile, share, table } from "./measure.js";

interface Peer {
  readonly name: string;
  /** The section it thinks likeliest, or undefined. */
  ask(question: string): Promise<string | undefined> | string | undefined;
}

interface NlpManager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ classifications: { intent: string }[] }>;
}

async function peers({ all }: Shipped): Promise<Peer[]> {
  const documents = all.answerable.map(({ text, section }, id) => ({ id, text, section }));
  const sections = new Set(documents.map((each) => each.section));
  const fuse = new Fuse(documents, { keys: ["text"], includeScore: true });
  const token = new Fuse(documents, { keys: ["text"], includeScore: true, useTokenSearch: true });
  const mini = new MiniSearch({
    fields: ["text"],
    storeFields: ["section"],
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  mini.addAll(documents);
  const { NlpManager } = createRequire(import.meta.url)("node-nlp") as {
    NlpManager: new (settings: object) => NlpManager;
  };
  const nlp = new NlpManager({ languages: ["en"], forceNER: false, nlu: { log: false }, autoSave: false });
  for (const { text, section } of documents) nlp.addDocument("en", text, section);
  for (const { text } of all.unanswerable) nlp.addDocument("en", text, "unanswerable");
  process.stderr.write("training nlp.js …\n");
  await nlp.train();
  return [
    { name: "Fuse.js, default", ask: (question) => fuse.search(question, { limit: 1 })[0]?.item.section },
    { name: "Fuse.js, token search", ask: (question) => token.search(question, { limit: 1 })[0]?.item.section },
    { name: "MiniSearch", ask: (question) => mini.search(question)[0]?.section as string | undefined },
    {
      name: "nlp.js",
      ask: async (question) =>
        (await nlp.process("en", question)).classifications.find((each) => sections.has(each.intent))?.intent,
    },
  ];
}

export async function speed(): Promise<string> {
  const shipped = await loadShipped();
  const questions = shipped.questions.map((each) => each.q);
  await mkdir(CACHE, { recursive: true });
  const file = join(CACHE, "questions.txt");
  await writeFile(file, `${questions.join("\n")}\n`);
  const encoder = await createEncoder();
  for (const question of questions.slice(0, 20)) await encoder.encode([question]);
  const passes: number[] = [];
  for (const question of questions) {
    const start = performance.now();
    await encoder.encode([question]);
    passes.push(performance.now() - start);
  }
  measureBuilt({}, file);
  const withEncoder = measureBuilt({}, file);
  measureBuilt({ encoder: "off" }, file);
  const without = measureBuilt({ encoder: "off" }, file);
  const rows: (string | number)[][] = [
    ["encoder's forward pass alone", ms(quantile(passes, 0.5)), ms(quantile(passes, 0.99)), "–", "–", "–", "–"],
    ...(
      [
        ["Standfirst, with the encoder", withEncoder],
        ["Standfirst, without it", without],
      ] as const
    ).map(([name, of]) => [
      name,
      ms(of.p50),
      ms(of.p99),
      ms(of.repeatedP50),
      ms(of.readyMs / 1000),
      Math.round(of.memoryMb),
      "",
    ]),
  ];
  const answerable = shipped.questions.filter((each) => each.accept.length > 0);
  for (const peer of await peers(shipped)) {
    const times: number[] = [];
    let first = 0;
    for (const question of shipped.questions) {
      const start = performance.now();
      const section = await peer.ask(question.q);
      times.push(performance.now() - start);
      if (section !== undefined && question.accept.includes(section)) first++;
    }
    rows.push([
      peer.name,
      ms(quantile(times, 0.5)),
      ms(quantile(times, 0.99)),
      "–",
      "–",
      "–",
      share(first / answerable.length),
    ]);
  }
  return table(["", "p50, ms", "p99, ms", "repeated p50, ms", "ready, s", "memory, MB", "right section first"], rows);
}
