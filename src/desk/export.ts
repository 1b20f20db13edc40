// What was taught, written into an explainer's utterances as a change to review.
import { parseDocument, isMap, isSeq, type Document, type YAMLMap, type YAMLSeq } from "yaml";
import { DESK_VOICE, type Lesson } from "../content/taught.js";
import type { Explainer } from "../explainer/types.js";

/** Under a section, the key for utterances that mean the section as a whole. */
const WHOLE = "whole";

export interface Exported {
  readonly text: string;
  /** What was added, a line each. */
  readonly added: readonly string[];
  /** Lessons of sections that the article no longer has. */
  readonly left: readonly Lesson[];
}

/** The map under a key, made where there is none. */
function mapIn(document: Document, parent: YAMLMap, key: string): YAMLMap {
  const there = parent.get(key, true);
  if (isMap(there)) return there;
  const made = document.createNode({}) as YAMLMap;
  parent.set(document.createNode(key), made);
  return made;
}

function listIn(document: Document, parent: YAMLMap, key: string): YAMLSeq {
  const there = parent.get(key, true);
  if (isSeq(there)) return there;
  const made = document.createNode([]) as YAMLSeq;
  parent.set(document.createNode(key), made);
  return made;
}

/** The voice of the desk, made where there is none. Throws where the file is not one of utterances. */
function deskVoice(document: Document): YAMLMap {
  if (document.contents === null) document.contents = document.createNode({ voices: [] });
  const voices = document.get("voices", true);
  if (!isSeq(voices)) throw new TypeError("it has no list of voices");
  const own = voices.items.find((item) => isMap(item) && item.get("voice") === DESK_VOICE);
  if (isMap(own)) return own;
  const made = document.createNode({ voice: DESK_VOICE }) as YAMLMap;
  voices.add(made);
  return made;
}

/** The file's text with what was taught; comments and everything else in it stay. Throws `TypeError` for a file of another shape. */
export function exportLessons(text: string, explainer: Explainer, lessons: readonly Lesson[]): Exported {
  const document = parseDocument(text);
  if (document.errors[0]) throw new TypeError(document.errors[0].message);
  const added: string[] = [];
  const left: Lesson[] = [];
  for (const lesson of lessons.filter((each) => each.explainer === explainer.id)) {
    const { words, section: id, passage, kind } = lesson;
    const section = explainer.sections.find((each) => each.id === id);
    if (id !== undefined && !section) {
      left.push(lesson);
      continue;
    }
    const voice = deskVoice(document);
    const quoted =
      passage !== undefined && section?.passages.filter((each) => each.text.includes(passage)).length === 1
        ? passage
        : WHOLE;
    const list = section
      ? listIn(document, mapIn(document, mapIn(document, voice, "sections"), section.id), quoted)
      : listIn(document, mapIn(document, voice, "unanswerable"), kind ?? "elsewhere");
    if (list.items.some((item) => String((item as { value?: unknown }).value) === words)) continue;
    list.add(document.createNode(words));
    added.push(`${section ? section.id : (kind ?? "elsewhere")}: ${words}`);
  }
  return { text: added.length === 0 ? text : document.toString({ lineWidth: 0 }), added, left };
}
