// What a button stands for, written into its id: so that it needs no memory, works after a restart and on any replica.
import { createHash } from "node:crypto";

export interface SectionRef {
  /** Id of the section, or its short form. */
  readonly id: string;
  /** Index of the passage that leads; absent for the opening one. */
  readonly lead?: number | undefined;
}

/** Something of an explainer that can be shown again from its name alone. Ids may stand in their short form. */
export type Subject =
  | { readonly kind: "sections"; readonly explainer: string; readonly sections: readonly SectionRef[] }
  | { readonly kind: "figure"; readonly explainer: string; readonly figure: string }
  | { readonly kind: "comparison"; readonly explainer: string; readonly figures: readonly [string, string] }
  | { readonly kind: "figures" | "topics" | "summary" | "daily"; readonly explainer: string };

const CODES = {
  sections: "s",
  figure: "f",
  comparison: "c",
  figures: "l",
  topics: "t",
  summary: "m",
  daily: "d",
} as const;
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as Subject["kind"]] as const));
/** Ids are lower-case words with hyphens; whatever else a folder is called goes by its short form. */
const PLAIN = /^[a-z0-9-]+$/;
const SHORT_LENGTH = 9;

/** A short stand-in for an id that is too long for a button: `~` and the start of its SHA-256. */
export function shortId(id: string): string {
  return `~${createHash("sha256").update(id).digest("base64url").slice(0, SHORT_LENGTH)}`;
}

/** Whether a button means this id, by its whole or short form. */
export function means(reference: string, id: string): boolean {
  return reference === id || (reference.startsWith("~") && reference === shortId(id));
}

function write(subject: Subject, idOf: (id: string) => string): string {
  const head = `${CODES[subject.kind]}|${idOf(subject.explainer)}`;
  switch (subject.kind) {
    case "sections":
      return `${head}|${subject.sections.map(({ id, lead }) => (lead === undefined ? idOf(id) : `${idOf(id)}.${lead}`)).join(",")}`;
    case "figure":
      return `${head}|${idOf(subject.figure)}`;
    case "comparison":
      return `${head}|${subject.figures.map(idOf).join(",")}`;
    default:
      return head;
  }
}

/** A subject in at most `limit` characters: ids whole where they fit, short where they do not; sections beyond that are dropped. */
export function encodeSubject(subject: Subject, limit: number): string {
  const whole = write(subject, (id) => (PLAIN.test(id) ? id : shortId(id)));
  if (whole.length <= limit) return whole;
  let reduced = subject;
  let short = write(reduced, shortId);
  while (short.length > limit && reduced.kind === "sections" && reduced.sections.length > 1) {
    reduced = { ...reduced, sections: reduced.sections.slice(0, -1) };
    short = write(reduced, shortId);
  }
  return short;
}

/** Reads what {@link encodeSubject} wrote; undefined for anything else. */
export function decodeSubject(code: string): Subject | undefined {
  const [letter = "", explainer = "", rest = "", ...more] = code.split("|");
  const kind = KINDS.get(letter as (typeof CODES)[Subject["kind"]]);
  if (kind === undefined || explainer === "" || more.length > 0) return undefined;
  const ids = rest === "" ? [] : rest.split(",");
  switch (kind) {
    case "sections": {
      const sections = ids.map((each): SectionRef => {
        const [id = "", lead] = each.split(".");
        return lead !== undefined && /^\d{1,5}$/.test(lead) ? { id, lead: Number(lead) } : { id };
      });
      return sections.length > 0 ? { kind, explainer, sections } : undefined;
    }
    case "figure":
      return ids.length === 1 ? { kind, explainer, figure: ids[0]! } : undefined;
    case "comparison":
      return ids.length === 2 ? { kind, explainer, figures: [ids[0]!, ids[1]!] } : undefined;
    default:
      return { kind, explainer };
  }
}
