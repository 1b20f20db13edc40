// Explainers written for a test, in a folder of their own.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { emptyFolder } from "./program.js";

/** A folder for `DATA_DIR` with one explainer. */
export async function writeExplainer(id: string, text: string, figures?: string): Promise<string> {
  const folder = emptyFolder();
  await mkdir(join(folder, id));
  await writeFile(join(folder, id, "explainer.md"), text);
  if (figures !== undefined) await writeFile(join(folder, id, "figures.yaml"), figures);
  return folder;
}

/** A folder for `DATA_DIR` with two explainers of unlike stories. */
export async function writeTwo(): Promise<string> {
  const folder = await writeExplainer("harbour", SMALL);
  await mkdir(join(folder, "library"));
  await writeFile(join(folder, "library", "explainer.md"), LIBRARY);
  return folder;
}

export const LONG_SENTENCES = Array.from(
  { length: 160 },
  (_, index) =>
    `Sentence number ${index + 1} of the long section says that the harbour stays closed until repairs end.`,
);

/** Sections that are longer than a message, with markup, long headings and mentions in their words. */
export const HOSTILE = `---
title: Why is the harbour closed, and what has *that* got to do with <@everyone>?
language: en-GB
source:
  title: ${"A very long title of the source that goes on and on, ".repeat(12).trim()}
  publisher: The [Harbour] Gazette & Sons <b>
  url: https://example.org/a_(b)?c=*d*
as_of: 2026-11-02
---

## Why is the harbour closed? {#closed}

${LONG_SENTENCES.join("\n")}

## ${"How does a heading that is far longer than any button could ever hold go on, ".repeat(3).trim()} and on? {#heading}

@everyone @here <!channel> <@U123> *bold* _italic_ ~struck~ \`code\` # not a heading & so on.

- an item with <https://example.org|a link>
- another item at https://example.org/some_path_with_underscores

## What is one word of great length? {#word}

${"Donaudampfschiff".repeat(400)} is a word.

## What does it cost? {#cost}

| what | price |
| ---- | ----- |
| quay | 10 |
| mast | 20 |
`;

/** A small explainer with everything in it. */
export const SMALL = `---
title: Why is the harbour closed?
language: en-GB
time_zone: Europe/London
source:
  title: The harbour, explained
as_of: 2026-11-02
summary:
  headline: The harbour is closed for repairs
  lines:
    - The quay wall broke in a storm.
    - Repairs take two months.
    - Ferries leave from the next town.
---

## Why is the harbour closed? {#closed}

The quay wall broke in the storm of 1 November.

## How long do repairs take? {#repairs}

Repairs take 8 weeks and cost more than 300,000 pounds.

## Where do ferries leave from? {#ferries}

Ferries leave from the next town.
`;

/** Another story, about something else entirely. */
const LIBRARY = `---
title: Why are the libraries closing?
language: en-GB
time_zone: Europe/London
source:
  title: The libraries, explained
as_of: 2026-11-02
---

## Why are the libraries closing? {#closing}

The council cut the budget for books by half.

## Which libraries stay open? {#open}

The library on Mill Street stays open.

## Who decided the cuts? {#decided}

The council voted for the cuts in October.
`;
