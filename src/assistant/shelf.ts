// The explainers that are ready to answer: loaded from disk, each with its matcher, and a way to choose among many.
import type { Content, ContentSource } from "../content/source.js";
import { ContentError } from "../explainer/content-error.js";
import { problemLine } from "../explainer/problem-line.js";
import type { Problem } from "../explainer/types.js";
import { createMatcher, type MatcherOptions } from "../matching/matcher.js";
import { words } from "../matching/normalise.js";
import { learnedWeight } from "../matching/pooled.js";
import { createRouter } from "../matching/router.js";
import type { ReadyExplainer, Shelf } from "./assistant.js";
import { createFigureDesk, type FigureDesk } from "./figure-desk.js";
import { decide } from "./decide.js";
import { createKept } from "./kept.js";

export interface ShelfOptions extends MatcherOptions {
  readonly source: ContentSource;
  /** What was read before: of an explainer that is broken now, the last good one is kept. */
  readonly previous?: ReadonlyMap<string, Content> | undefined;
}

export interface OpenedShelf {
  readonly shelf: Shelf;
  /** Faults in content that was left out or used without its utterances. */
  readonly problems: readonly Problem[];
  /** What was read, by the path that it was read from; for {@link ShelfOptions.previous}. */
  readonly contents: ReadonlyMap<string, Content>;
}

/** Matchers of explainers with few utterances are cheap to make and large to keep: this many are kept. */
export const KEPT_MATCHERS = 64;
const KEPT_DESKS = 256;
/** Explainers that are matched in full when the reader named none. */
const ROUTED = 3;
/** What a confidence counts of an explainer that takes the question for foreign. */
const FOREIGN_SHARE = 0.1;
/** Articles that answer a question this nearly as surely as each other are for the reader to choose from. */
const TIED = 0.12;
/** So many explainers are asked for their words one by one. */
const WORDS_OF = 8;
const WARMING = 400;
const SAVE_MS = 2_000;
let opened = 0;

/**
 * Reads the content and builds what answers from it. Throws {@link ContentError} where nothing can be answered at all;
 * an explainer with faults is left out and its faults are given.
 */
export async function openShelf(options: ShelfOptions): Promise<OpenedShelf> {
  const { source, encoder } = options;
  const { contents: byPath, problems } = await source.read(options.previous);
  const contents = new Map([...byPath.values()].map((content) => [content.explainer.id, content]));
  const first = [...contents.values()][0];
  if (!first) {
    const told = problems.map(problemLine);
    throw new ContentError(told.length > 0 ? told.join("\n") : source.empty);
  }

  const pinned = new Map<string, ReadyExplainer>();
  const kept = createKept<ReadyExplainer>(KEPT_MATCHERS);
  const desks = createKept<FigureDesk>(KEPT_DESKS);
  const underway = new Map<string, Promise<ReadyExplainer>>();
  /** Asks a matcher its own first utterances, so that readers do not meet it while it is still being compiled. */
  const warm = ({ matcher, intents }: ReadyExplainer): void => {
    for (const { text } of intents.answerable.slice(0, WARMING)) matcher.rank(text, undefined);
  };
  function deskOf({ explainer, book }: Pick<Content, "explainer" | "book">): FigureDesk {
    const desk = desks.get(explainer.id) ?? createFigureDesk(explainer, book);
    desks.set(explainer.id, desk);
    return desk;
  }
  const build = async ({ explainer, intents, book }: Content): Promise<ReadyExplainer> => ({
    explainer,
    intents,
    matcher: await createMatcher(explainer, intents, options),
    desk: deskOf({ explainer, book }),
  });
  for (const [id, content] of contents) {
    // What has to learn does so before anybody asks; the rest is made in a moment when it is asked for.
    if (contents.size > 1 && learnedWeight(content.intents) === 0) continue;
    const ready = await build(content);
    warm(ready);
    pinned.set(id, ready);
  }
  const router = contents.size > 1 ? await createRouter([...contents.values()], options) : undefined;
  await options.vectors?.save();

  /** What was read for one is kept for the next start; a moment later, since a file is written whole. */
  let saving: NodeJS.Timeout | undefined;
  function saveSoon(): void {
    saving ??= setTimeout(() => {
      saving = undefined;
      void options.vectors?.save().catch(() => undefined);
    }, SAVE_MS).unref();
  }

  async function get(id: string): Promise<ReadyExplainer | undefined> {
    const before = pinned.get(id) ?? kept.get(id);
    const content = contents.get(id);
    if (before || !content) return before;
    const building = underway.get(id) ?? build(content).finally(() => underway.delete(id));
    underway.set(id, building);
    const ready = await building;
    kept.set(id, ready);
    saveSoon();
    return ready;
  }

  const look: Shelf["look"] = (id, among) => {
    const wanted = id ?? (among ? among.find((each) => contents.has(each)) : first.explainer.id);
    const content = wanted === undefined ? undefined : contents.get(wanted);
    return content && { explainer: content.explainer, intents: content.intents, desk: deskOf(content) };
  };

  const choose: Shelf["choose"] = async (question, vector, among) => {
    const [fallback = first.explainer.id] = among?.filter((id) => contents.has(id)) ?? [];
    const likely =
      question === "" || !router || among?.length === 1
        ? [fallback]
        : router.likeliest(question, vector, ROUTED, among);
    const found: { ready: ReadyExplainer; confidence: number; answers: boolean }[] = [];
    for (const id of likely) {
      const ready = await get(id);
      if (!ready) continue;
      if (likely.length === 1) return { ready, rivals: [] };
      const ranking = ready.matcher.rank(question, vector);
      const { kind } = decide(ranking);
      // An article that would say "not here" gives way to one that has something, however sure it is among its own sections.
      const here = ranking.exact === true || kind !== "abstain" ? 1 : FOREIGN_SHARE;
      const confidence = (ranking.candidates[0]?.confidence ?? 0) * here;
      found.push({ ready, confidence, answers: kind === "answer" });
    }
    const [best, ...others] = found.sort((a, b) => b.confidence - a.confidence);
    if (!best) return { ready: (await get(fallback))!, rivals: [] };
    const tied = best.answers ? others.filter((each) => each.answers && best.confidence - each.confidence < TIED) : [];
    return { ready: best.ready, rivals: tied.map(({ ready }) => ready) };
  };

  const wordsOf = createKept<ReadonlySet<string>>(KEPT_MATCHERS);
  const readWords = (id: string): ReadonlySet<string> => {
    const before = wordsOf.get(id);
    if (before) return before;
    const { explainer, intents } = contents.get(id)!;
    const told = explainer.sections.flatMap(({ heading, passages }) => [heading, ...passages.map(({ text }) => text)]);
    const read = new Set([explainer.title, ...told, ...intents.answerable.map(({ text }) => text)].flatMap(words));
    wordsOf.set(id, read);
    return read;
  };

  const reading: Shelf["reading"] = (id, among) => {
    const ids = (id !== undefined ? [id] : (among ?? [...contents.keys()])).filter((each) => contents.has(each));
    const languages = new Set(ids.map((each) => contents.get(each)!.explainer.language.slice(0, 2).toLowerCase()));
    const [language = ""] = languages;
    return {
      language: languages.size === 1 ? language : "",
      // Of very many the index that finds them knows their words.
      knows: (word) =>
        router && ids.length > WORDS_OF ? router.knows(word) : ids.some((each) => readWords(each).has(word)),
    };
  };

  const shelf: Shelf = {
    choose,
    get,
    look,
    ids: [...contents.keys()],
    reading,
    titles: () => [...contents.values()].map(({ explainer: { id, title } }) => ({ id, title })),
    version: `${encoder?.id ?? "words"}-${Date.now()}-${++opened}`,
  };
  return { shelf, problems, contents: byPath };
}
