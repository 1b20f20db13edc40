// What a card shows, named exactly: so that a button needs no memory, works after a restart and on any replica, and shows the
// same card again.
import { createHash } from "node:crypto";
import { readDesk, writeDesk, type DeskSubject } from "./desk-subject.js";
import { readSettings, writeSettings, type SettingsSubject } from "./settings-subject.js";

export interface SectionRef {
  /** Id of the section, or its short form. */
  readonly id: string;
  /** Index of the passage that leads; absent for the opening one. */
  readonly lead?: number | undefined;
  /** How sure the answer was, 0–1 in hundredths; absent where the reader chose the section. */
  readonly confidence?: number | undefined;
}

/** Something that can be shown again from its name alone. Ids of content may stand in their short form. */
export type Subject =
  | {
      readonly kind: "sections";
      readonly explainer: string;
      readonly sections: readonly SectionRef[];
      /** Further reading, in its order; absent for the article's own order. */
      readonly related?: readonly string[] | undefined;
      /** What the message asked besides and the article does not say; `shown` where the words stand on the card alone. */
      readonly left?: readonly string[] | "shown" | undefined;
    }
  /** `tentative`: the closest section first, then what else it may be. */
  | {
      readonly kind: "tentative" | "clarify" | "abstain";
      readonly explainer: string;
      readonly sections: readonly SectionRef[];
    }
  | { readonly kind: "talk"; readonly explainer: string; readonly talk: string }
  /** A figure, or an editor's chart by its id. */
  | { readonly kind: "figure"; readonly explainer: string; readonly figure: string }
  | { readonly kind: "comparison"; readonly explainer: string; readonly figures: readonly [string, string] }
  | { readonly kind: "post"; readonly explainer: string; readonly subscription: string; readonly date: string }
  | { readonly kind: "preview"; readonly explainer: string; readonly channel: string }
  | DeskSubject
  | SettingsSubject
  | {
      readonly kind: "figures" | "topics" | "summary" | "help" | "daily" | "privacy" | "forget";
      readonly explainer: string;
    };

const CODES = {
  sections: "s",
  tentative: "v",
  clarify: "w",
  abstain: "n",
  talk: "k",
  figure: "f",
  comparison: "c",
  post: "p",
  preview: "r",
  figures: "l",
  topics: "t",
  summary: "m",
  help: "h",
  daily: "d",
  desk: "q",
  settings: "e",
  privacy: "y",
  forget: "z",
} as const;
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as Subject["kind"]] as const));
/** Ids are lower-case words with hyphens; whatever else a folder is called goes by its short form. */
const PLAIN = /^[a-z0-9-]+$/;
const SHORT_LENGTH = 9;
/** Where nine do not fit: 36 bits tell a thousand ids apart with a chance of one in 100,000 to err. */
const SHORTEST_LENGTH = 6;
/** In place of words that do not fit: they stand on the card. */
const SHOWN = "?";

const hashOf = (id: string): string => createHash("sha256").update(id).digest("base64url");

/** A short stand-in for an id that is too long for a button: `~` and the start of its SHA-256. */
export function shortId(id: string, length = SHORT_LENGTH): string {
  return `~${hashOf(id).slice(0, length)}`;
}

/** Whether a button means this id, by its whole or a short form. */
export function means(reference: string, id: string): boolean {
  if (reference === id) return true;
  return reference.startsWith("~") && reference.length > SHORTEST_LENGTH && hashOf(id).startsWith(reference.slice(1));
}

const writeRef =
  (idOf: (id: string) => string) =>
  ({ id, lead, confidence }: SectionRef): string => {
    if (confidence !== undefined) return `${idOf(id)}.${lead ?? ""}.${Math.round(confidence * 100)}`;
    return lead === undefined ? idOf(id) : `${idOf(id)}.${lead}`;
  };

/** Words without what separates the parts of a code. */
const writeWords = (words: readonly string[]): string =>
  words.map((each) => encodeURIComponent(each.toWellFormed()).replaceAll(".", "%2E")).join(",");

function write(subject: Subject, idOf: (id: string) => string): string {
  const head = `${CODES[subject.kind]}|${idOf(subject.explainer)}`;
  switch (subject.kind) {
    case "sections": {
      const { related, left } = subject;
      const parts = [
        subject.sections.map(writeRef(idOf)).join(","),
        related?.map(idOf).join(",") ?? "",
        left === undefined ? "" : left === "shown" ? SHOWN : writeWords(left),
      ];
      while (parts.length > 1 && parts.at(-1) === "") parts.pop();
      return `${head}|${parts.join("|")}`;
    }
    case "tentative":
    case "clarify":
    case "abstain":
      return `${head}|${subject.sections.map(writeRef(idOf)).join(",")}`;
    case "talk":
      return `${head}|${idOf(subject.talk)}`;
    case "figure":
      return `${head}|${idOf(subject.figure)}`;
    case "comparison":
      return `${head}|${subject.figures.map(idOf).join(",")}`;
    case "desk":
      return `${head}|${writeDesk(subject, idOf)}`;
    case "settings":
      return `${head}|${writeSettings(subject, idOf)}`;
    case "preview":
      return `${head}|${subject.channel}`;
    case "post":
      return `${head}|${subject.subscription},${subject.date}`;
    default:
      return head;
  }
}

/**
 * A subject in at most `limit` characters: ids whole where they fit, short where they do not; words that do not fit are
 * left to the card, then further reading is left out, then sections beyond the limit.
 */
export function encodeSubject(subject: Subject, limit: number): string {
  const lengths = [SHORT_LENGTH, SHORTEST_LENGTH];
  const forms: Subject[] = [subject];
  if (subject.kind === "sections") {
    const { related, left, ...bare } = subject;
    const kept = left === undefined ? {} : { left: "shown" as const };
    forms.push({ ...bare, related, ...kept }, { ...bare, ...kept });
    for (let count = subject.sections.length - 1; count > 0; count--)
      forms.push({ ...bare, sections: subject.sections.slice(0, count), ...kept });
  }
  let code = "";
  for (const form of forms) {
    const writers = [
      (id: string) => (PLAIN.test(id) ? id : shortId(id)),
      ...lengths.map((length) => (id: string) => shortId(id, length)),
    ];
    for (const idOf of writers) {
      code = write(form, idOf);
      if (code.length <= limit) return code;
    }
  }
  return code;
}

function readRef(text: string): SectionRef {
  const [id = "", lead = "", confidence = ""] = text.split(".");
  return {
    id,
    ...(/^\d{1,5}$/.test(lead) ? { lead: Number(lead) } : {}),
    ...(/^\d{1,3}$/.test(confidence) ? { confidence: Math.min(100, Number(confidence)) / 100 } : {}),
  };
}

function readWords(text: string): readonly string[] | "shown" | undefined {
  if (text === "") return undefined;
  if (text === SHOWN) return "shown";
  try {
    return text.split(",").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function readSections(explainer: string, ids: readonly string[], related: string, left: string): Subject | undefined {
  if (ids.length === 0) return undefined;
  const words = readWords(left);
  return {
    kind: "sections",
    explainer,
    sections: ids.map(readRef),
    ...(related === "" ? {} : { related: related.split(",") }),
    ...(words === undefined ? {} : { left: words }),
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What has one name. */
function readNamed(
  kind: "talk" | "figure" | "preview",
  explainer: string,
  [name, ...more]: readonly string[],
): Subject | undefined {
  if (name === undefined || more.length > 0) return undefined;
  if (kind === "talk") return { kind, explainer, talk: name };
  return kind === "figure" ? { kind, explainer, figure: name } : { kind, explainer, channel: name };
}

/** Reads what {@link encodeSubject} wrote; undefined for anything else. */
export function decodeSubject(code: string): Subject | undefined {
  const [letter = "", explainer = "", rest = "", related, left, ...more] = code.split("|");
  const kind = KINDS.get(letter as (typeof CODES)[Subject["kind"]]);
  if (kind === undefined || explainer === "" || more.length > 0) return undefined;
  // Only answers have more parts, and an empty one at the end is nonsense.
  const furnished = kind === "sections" && `${related ?? ""}${left ?? ""}` !== "";
  if (related !== undefined && !furnished) return undefined;
  const ids = rest === "" ? [] : rest.split(",");
  switch (kind) {
    case "sections":
      return readSections(explainer, ids, related ?? "", left ?? "");
    case "tentative":
    case "clarify":
    case "abstain":
      return { kind, explainer, sections: ids.map(readRef) };
    case "talk":
    case "figure":
    case "preview":
      return readNamed(kind, explainer, ids);
    case "comparison":
      return ids.length === 2 ? { kind, explainer, figures: [ids[0]!, ids[1]!] } : undefined;
    case "desk":
      return readDesk(explainer, ids);
    case "settings":
      return readSettings(explainer, ids);
    case "post":
      return ids.length === 2 && DATE.test(ids[1]!)
        ? { kind, explainer, subscription: ids[0]!, date: ids[1]! }
        : undefined;
    default:
      return { kind, explainer };
  }
}
