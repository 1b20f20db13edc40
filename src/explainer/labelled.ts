// Labelled questions, by which an explainer's accuracy is measured: one JSON object a line.
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { z } from "zod";
import type { Explainer, Problem } from "./types.js";

const labelledSchema = z.object({
  q: z.string(),
  /** Ids or headings of the sections that answer; empty where the article does not. */
  accept: z.array(z.string()),
  /** Words that the answering sentence holds, where one fact is asked. */
  gold: z.string().nullish(),
  kind: z.string().optional(),
});

export type LabelledQuestion = z.infer<typeof labelledSchema>;

export interface ReadLabelled {
  readonly questions: readonly LabelledQuestion[];
  readonly problems: readonly Problem[];
}

/** Reads a file of labelled questions; none there gives none. With an explainer, sections that it does not have are faults. */
export async function readLabelledQuestions(path: string, explainer?: Explainer): Promise<ReadLabelled> {
  const file = relative(process.cwd(), path) || path;
  const text = await readFile(path, "utf8").catch((error: unknown) =>
    error instanceof Error && "code" in error ? { code: String(error.code) } : { code: "unknown" },
  );
  if (typeof text !== "string") {
    if (text.code === "ENOENT") return { questions: [], problems: [] };
    return {
      questions: [],
      problems: [{ file, message: `cannot be read (${text.code})`, remedy: "name a file of labelled questions" }],
    };
  }
  const known = new Set(explainer?.sections.flatMap((section) => [section.id, section.heading]));
  const questions: LabelledQuestion[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const at = { file, line: index + 1 };
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      problems.push({ ...at, message: "this line is not JSON", remedy: 'write {"q": "…", "accept": ["section-id"]}' });
      continue;
    }
    const parsed = labelledSchema.safeParse(value);
    if (!parsed.success) {
      problems.push({
        ...at,
        message: `this is not a labelled question: ${z.prettifyError(parsed.error).split("\n")[0] ?? ""}`,
        remedy: 'write {"q": "…", "accept": ["section-id"]}',
      });
      continue;
    }
    const strange = explainer ? parsed.data.accept.find((each) => !known.has(each)) : undefined;
    if (strange !== undefined)
      problems.push({
        ...at,
        message: `there is no section "${strange}"`,
        remedy: "use a section's id or its heading",
      });
    questions.push(parsed.data);
  }
  return { questions, problems };
}
