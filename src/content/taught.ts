// What editors taught in the desk, beside the files: utterances that join an explainer's own when its content is read.
import type { Intents } from "../explainer/intents.js";
import type { Explainer } from "../explainer/types.js";
import type { Content, ContentSource } from "./source.js";

/** Words that a section answers, or that nothing does. */
export interface Lesson {
  readonly id: string;
  readonly explainer: string;
  readonly words: string;
  /** The section that answers; undefined where the article does not. */
  readonly section: string | undefined;
  /** Words of the passage that answers; undefined for the section as a whole. */
  readonly passage: string | undefined;
  /** Why it is not answered. */
  readonly kind: string | undefined;
}

/** What is taught now. */
export interface Lessons {
  all(): readonly Lesson[];
  /** Calls `changed` when it is no longer what it was; what it gives ends that. */
  follow(changed: () => void): () => void;
}

/** The voice that taught utterances are of. */
export const DESK_VOICE = "desk";

/** Intents with what was taught of an explainer. A lesson whose section is gone is left out; one whose passage is gone means the section. */
export function withLessons(explainer: Explainer, intents: Intents, lessons: readonly Lesson[]): Intents {
  const own = lessons.filter((lesson) => lesson.explainer === explainer.id);
  if (own.length === 0) return intents;
  const known = new Set(intents.answerable.map(({ text, section }) => `${section} ${text}`));
  return {
    ...intents,
    answerable: [
      ...intents.answerable,
      ...own.flatMap(({ words, section: id, passage: quoted }) => {
        const section = explainer.sections.find((each) => each.id === id);
        // Once it is exported it stands in the file as well.
        if (!section || known.has(`${section.id} ${words}`)) return [];
        const at = quoted === undefined ? -1 : section.passages.findIndex(({ text }) => text.includes(quoted));
        const passage = at < 0 ? undefined : at;
        return [{ text: words, section: section.id, passage, voice: DESK_VOICE, suggested: false }];
      }),
    ],
    unanswerable: [
      ...intents.unanswerable,
      ...own.flatMap(({ words, section, kind }) =>
        section === undefined ? [{ text: words, kind: kind ?? "elsewhere", voice: DESK_VOICE }] : [],
      ),
    ],
  };
}

/** A source whose explainers have learned what was taught. */
export function taughtSource(source: ContentSource, lessons: Lessons): ContentSource {
  return {
    empty: source.empty,
    async read(previous) {
      const { contents, problems } = await source.read(previous);
      const taught = [...contents].map(([path, content]): [string, Content] => [
        path,
        // What was read before has them already.
        content === previous?.get(path)
          ? content
          : { ...content, intents: withLessons(content.explainer, content.intents, lessons.all()) },
      ]);
      return { contents: new Map(taught), problems };
    },
    watch(changed, onFault) {
      const ends = [source.watch(changed, onFault), lessons.follow(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
