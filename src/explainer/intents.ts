// Example utterances and small talk, as editors keep them under intents/.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import type { Explainer, Problem } from "./types.js";
import { checkYaml } from "./yaml.js";

/** Under a section, the key for utterances that mean the section as a whole. */
const WHOLE = "whole";
const COMMON_FILE = "common.yaml";

export interface SectionUtterance {
  readonly text: string;
  readonly section: string;
  /** Index of the passage that answers it, absent where the whole section is meant. */
  readonly passage: number | undefined;
  readonly voice: string;
  /** Whether it reads well enough to be suggested to readers. */
  readonly suggested: boolean;
}

export interface UnanswerableUtterance {
  readonly text: string;
  readonly kind: string;
  readonly voice: string;
}

export interface SmallTalk {
  readonly kind: string;
  readonly reply: string;
  readonly utterances: readonly string[];
}

export interface Intents {
  readonly answerable: readonly SectionUtterance[];
  readonly unanswerable: readonly UnanswerableUtterance[];
  readonly smallTalk: readonly SmallTalk[];
}

const NO_INTENTS: Intents = { answerable: [], unanswerable: [], smallTalk: [] };

const utterance = z
  .string({ error: "is not text; put it between quotation marks" })
  .trim()
  .min(1, "is empty")
  .max(500, "is longer than 500 characters");
const utterances = z.array(utterance);
const byKind = z.record(z.string(), utterances);

const explainerIntentsSchema = z.strictObject({
  voices: z.array(
    z.strictObject({
      voice: z.string().min(1),
      /** Whether readers may be shown this voice's questions as suggestions. */
      suggest: z.boolean().default(false),
      sections: z.record(z.string(), z.record(z.string(), utterances)).default({}),
      unanswerable: byKind.default({}),
    }),
  ),
});

const commonIntentsSchema = z.strictObject({
  small_talk: z.record(z.string(), z.strictObject({ reply: z.string().trim().min(1), utterances })),
  voices: z.array(z.strictObject({ voice: z.string().min(1), unanswerable: byKind })),
});

/** Example utterances a section, on average. */
export const utterancesASection = (
  explainer: Pick<Explainer, "sections">,
  { answerable }: Pick<Intents, "answerable">,
): number => answerable.length / Math.max(1, explainer.sections.length);

export interface LoadedIntents {
  /** Where they stand, or would. */
  readonly file: string;
  readonly intents: Intents;
  readonly problems: readonly Problem[];
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new Error(`${shown(path)} cannot be read (${code}); mend its permissions`, { cause: error });
  });
}

const shown = (path: string): string => relative(process.cwd(), path) || path;

/** Reads `common.yaml` of the folder; none there is no fault. */
export async function loadCommonIntents(intentsDir: string): Promise<LoadedIntents> {
  const path = join(intentsDir, COMMON_FILE);
  const text = await readIfThere(path);
  if (text === undefined) return { file: shown(path), intents: NO_INTENTS, problems: [] };
  const checked = checkYaml(text, commonIntentsSchema, shown(path));
  if (!checked.value) return { file: shown(path), intents: NO_INTENTS, problems: checked.problems };
  const { small_talk: smallTalk, voices } = checked.value;
  return {
    file: shown(path),
    intents: {
      answerable: [],
      unanswerable: voices.flatMap(({ voice, unanswerable }) =>
        Object.entries(unanswerable).flatMap(([kind, texts]) => texts.map((each) => ({ text: each, kind, voice }))),
      ),
      smallTalk: Object.entries(smallTalk).map(([kind, { reply, utterances: texts }]) => ({
        kind,
        reply,
        utterances: texts,
      })),
    },
    problems: [],
  };
}

/**
 * Intents that were read before, by the hash of what they were read from. Reading thousands of utterances as YAML takes
 * forty megabytes for a moment, and a process keeps what it once took.
 */
export interface KeptIntents {
  read(key: string): Promise<Intents | undefined>;
  write(key: string, intents: Intents): Promise<void>;
}

/** Change it when reading changes. */
const READING_VERSION = 1;

/** The name of an explainer's utterances in its own folder, where they do not stand with the others. */
const OWN_FILE = "intents.yaml";

/**
 * Reads the utterances of one explainer: `<id>.yaml` of the folder for all, else `intents.yaml` beside its article; none is no
 * fault. Sections and passages that they name must exist.
 */
export async function loadIntents(
  intentsDir: string,
  explainer: Explainer,
  kept?: KeptIntents,
): Promise<LoadedIntents> {
  const common = join(intentsDir, `${explainer.id}.yaml`);
  const own = explainer.folder === undefined ? common : join(explainer.folder, OWN_FILE);
  const found = await readIfThere(common);
  const path = found === undefined ? own : common;
  const text = found ?? (await readIfThere(own));
  const file = shown(path);
  if (text === undefined) return { file: shown(common), intents: NO_INTENTS, problems: [] };
  const key = createHash("sha256")
    .update(JSON.stringify([READING_VERSION, text, explainer.sections]))
    .digest("hex");
  const before = await kept?.read(key);
  if (before) return { file, intents: before, problems: [] };
  const checked = checkYaml(text, explainerIntentsSchema, file);
  if (!checked.value) return { file, intents: NO_INTENTS, problems: checked.problems };
  const problems: Problem[] = [];
  const answerable: SectionUtterance[] = [];
  const unanswerable: UnanswerableUtterance[] = [];
  for (const [index, { voice, suggest, sections, unanswerable: none }] of checked.value.voices.entries()) {
    for (const [id, passages] of Object.entries(sections)) {
      const section = explainer.sections.find((each) => each.id === id);
      if (!section) {
        const line = checked.lineOf(["voices", index, "sections", id]);
        problems.push({
          file,
          line,
          message: `there is no section "${id}" in ${explainer.id}`,
          remedy: `use one of ${explainer.sections.map((each) => each.id).join(", ")}`,
        });
        continue;
      }
      for (const [words, texts] of Object.entries(passages)) {
        const holding = section.passages.flatMap((passage, at) => (passage.text.includes(words) ? [at] : []));
        if (words !== WHOLE && holding.length !== 1) {
          problems.push({
            file,
            line: checked.lineOf(["voices", index, "sections", id, words]),
            message: `the words "${words}" stand in ${holding.length === 0 ? "no passage" : `${holding.length} passages`} of "${id}"`,
            remedy: `quote words that stand in just one passage, or write "${WHOLE}"`,
          });
          continue;
        }
        const passage = words === WHOLE ? undefined : holding[0];
        answerable.push(...texts.map((each) => ({ text: each, section: id, passage, voice, suggested: suggest })));
      }
    }
    for (const [kind, texts] of Object.entries(none))
      unanswerable.push(...texts.map((each) => ({ text: each, kind, voice })));
  }
  const intents: Intents = { answerable, unanswerable, smallTalk: [] };
  if (problems.length === 0) await kept?.write(key, intents);
  return { file, intents, problems };
}
