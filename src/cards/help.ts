// How to ask and what there is to ask about.
import type { Explainer } from "../explainer/types.js";
import { figureEntry } from "../figures/format.js";
import type { Figure } from "../figures/types.js";
import type { ChartOffer } from "../assistant/figure-desk.js";
import { attributionOf } from "../assistant/present.js";
import { sourceName } from "../assistant/source-name.js";
import { wordingOf } from "../languages/languages.js";
import { BARE, list, named, noticeCard, paragraph, sectionChoices, strong, type Card } from "./card.js";

const TRIED = 3;
/** Titles told in one sentence. */
const TITLES = 10;

export function topicsCard(explainer: Explainer): Card {
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [
      strong(wordingOf(explainer.language).topics(explainer.title)),
      list(explainer.sections.map(({ heading }) => heading)),
    ],
    source: attributionOf(explainer),
    choices: sectionChoices(explainer),
    subject: { kind: "topics", explainer: explainer.id },
  };
}

/** Where the article comes from, and what moment it speaks of. */
export function sourceCard(explainer: Explainer): Card {
  const source = attributionOf(explainer);
  const name = sourceName(source);
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [paragraph(wordingOf(explainer.language).comesFrom(name, source.asOf))],
    source,
    shareable: false,
  };
}

/** What it can do: `ways` are the platform's own, a line each; `kept`: what is kept of questions. */
export function helpCard(explainer: Explainer, ways: readonly string[], kept?: string): Card {
  const wording = wordingOf(explainer.language);
  return {
    ...BARE,
    explainer: named(explainer),
    blocks: [
      strong(wording.helpAbout(explainer.title)),
      list(ways),
      paragraph(wording.helpSource()),
      ...(kept === undefined ? [] : [paragraph(kept)]),
    ],
    choices: sectionChoices(explainer).slice(0, TRIED),
    choicesTitle: wording.helpTry(),
    subject: { kind: "help", explainer: explainer.id },
    shareable: false,
  };
}

/** A page of its own: how to ask, what there is to ask, and the figures. */
export function homeCard(
  explainer: Explainer,
  figures: readonly Figure[],
  chart: ChartOffer | undefined,
  help: Card,
): Card {
  const { language } = explainer;
  const wording = wordingOf(language);
  return {
    ...topicsCard(explainer),
    blocks: [
      ...help.blocks,
      ...(figures.length > 0
        ? [strong(wording.figures()), list(figures.map((figure) => figureEntry(figure, language)))]
        : []),
    ],
    chart,
    choicesTitle: wording.topics(explainer.title),
    subject: undefined,
  };
}

interface Titled {
  readonly id: string;
  readonly title: string;
}

/** Which article? A choice of all, each showing what was asked for. */
export function articlesCard(
  explainer: Explainer,
  all: readonly Titled[],
  kind: "figures" | "topics" | "summary",
): Card {
  return noticeCard(
    explainer,
    wordingOf(explainer.language).whichArticle([]),
    all.map(({ id, title }) => ({ label: title, subject: { kind, explainer: id } })),
  );
}

/** There is no article of that name. */
export function noArticleCard(explainer: Explainer, all: readonly Titled[]): Card {
  const titles = all.slice(0, TITLES).map(({ title }) => title);
  return noticeCard(explainer, wordingOf(explainer.language).noArticle(titles));
}
