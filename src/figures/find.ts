// Figures by name: by its words (Fuse.js puts single ones right), its value, what kind of number is asked for, and what the name means.
// What each is worth was fitted on names that readers would use (docs/figures.md).
import Fuse from "fuse.js";
import type { Measured } from "../languages/grammar.js";
import { spoken } from "../languages/languages.js";
import { numbersIn, timesIn } from "./stated.js";
import type { Figure, FigureBook } from "./types.js";

export type FoundFigure = (
  | { readonly figure: Figure; readonly nearest: readonly [] }
  | { readonly figure: undefined; readonly nearest: readonly Figure[] }
) & {
  /** Chance, 0–1, that the first of them is meant; 1 for a name in full. */
  readonly chance: number;
  /** Chance, 0–1, that any figure is. */
  readonly some: number;
  /** Those that are likely enough to be suggested, likeliest first. */
  readonly likely: readonly Figure[];
};

export interface FigureFinder {
  /** The figure that goes by exactly that: its id, else its label, else another name of it. */
  named(name: string): Figure | undefined;
  /** The figure that is named, or most likely meant by words, meaning or value; else the nearest three. */
  find(name: string): FoundFigure;
  /** Figures that somebody may be naming, best first; all of them for nothing typed. */
  suggest(typed: string, limit: number): Figure[];
}

const NEAREST = 3;
/** Chance from which a figure is the one that is meant, */
const ENOUGH = 0.58;
/** and by how much it must go before the next. */
const CLEARLY = 0.2;
/** Chance from which it is suggested. */
const LIKELY = 0.1;
/** Share of what was typed (rare words weigh more) from which all of it is in a name. */
const IN_FULL = 0.85;
/** Fuse scores run from 0 (the same) to 1: beyond this two words are strangers. */
const FARTHEST_WORD = 0.36;
const LONGEST_NAME = 64;
const SHORTEST_TYPO = 3;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}%]+/u)
    .filter((word) => word !== "");

interface Entry {
  readonly figure: Figure;
  /** Words that it goes by, and how much each counts: its name in full, who said it and where it stands less. */
  readonly words: ReadonlyMap<string, number>;
}

/** What a word counts that stands in another name than the figure's label, */
const NAMED = 0.9;
/** and one that stands in none. */
const BESIDE = 0.6;
/** Share of a word that an inflected one must have in common with it. */
const COMMON_STEM = 0.6;
const SHORTEST_STEM = 4;

function wordsFor(figure: Figure): Map<string, number> {
  const { label, names, id, counts, statement, section, statedBy = "", period = "" } = figure;
  const found = new Map<string, number>();
  for (const word of wordsOf([statement, section, statedBy, period].join(" "))) found.set(word, BESIDE);
  for (const word of wordsOf(names.join(" "))) found.set(word, NAMED);
  for (const word of wordsOf([label, id, counts].join(" "))) found.set(word, 1);
  return found;
}

/** A typed number that is a figure's but for rounding: "5 per cent" for 4.99. */
const ROUNDED = 0.015;

const ends = ({ value }: Figure): (number | string)[] => (typeof value === "number" ? [value] : [value.from, value.to]);

/** Hours of a range of times on a clock's face, such as "8 to 5" for 08:00 to 17:00; empty for what is none. */
const hours = ({ value }: Figure): number[] =>
  typeof value === "object" && typeof value.from === "string" && typeof value.to === "string"
    ? [value.from, value.to].map((time) => Number(time.slice(0, 2)) % 12)
    : [];
const isRangeOf = (figure: Figure, numbers: readonly number[]): boolean => {
  const own = hours(figure);
  const typed = numbers.filter((number) => number <= 12).map((number) => number % 12);
  return own.length > 0 && own[0] !== own[1] && typed.length === 2 && own.every((hour) => typed.includes(hour));
};

/** What imports called a currency once. */
const CURRENCIES: Readonly<Record<string, string>> = { "£": "pounds", "€": "euros", $: "dollars" };

/** Figures with a value that was typed, such as "11%", "125k", "seventy-eight per cent" or "a third"; none where no number was. */
function withValue(typed: string, figures: readonly Figure[]): Figure[] {
  const numbers = [...numbersIn(typed)];
  const times = timesIn(typed);
  const percent = spoken.percent.test(typed);
  const money = /\p{Sc}/u.exec(typed)?.[0];
  const fits = ({ unit }: Figure): boolean =>
    (!percent || unit === "%") && (money === undefined || unit === money || unit === CURRENCIES[money]);
  const exactly = figures.filter(
    (figure) =>
      ends(figure).some((end) => (typeof end === "number" ? numbers.includes(end) && fits(figure) : times.has(end))) ||
      isRangeOf(figure, numbers),
  );
  if (exactly.length > 0) return exactly;
  const shares = spoken.sharesInWords(typed);
  return figures.filter(
    (figure) =>
      fits(figure) &&
      ends(figure).some(
        (end) =>
          typeof end === "number" &&
          (numbers.some((number) => Math.abs(number - end) <= ROUNDED * Math.abs(end)) ||
            (figure.unit === "%" && shares.some((share) => Math.abs(share - end) <= 0.5))),
      ),
  );
}

/** What a name means. */
export interface NameMeaning {
  /** Chances, 0–1, that each figure is meant, by id; what is missing of 1 is that none is. */
  readonly chances: ReadonlyMap<string, number>;
  /** Share of the name, 0–1, that no figure has anything to do with. */
  readonly unmet: number;
}
export type MeaningOf = (name: string) => NameMeaning;

const NO_MEANING: MeaningOf = () => ({ chances: new Map(), unmet: 1 });

const MONEY = /^(?:\p{Sc}|pounds|euros|dollars|crowns)$/u;
const TIME = /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|time of day)$/;

function measuredBy({ unit }: Figure): Measured {
  if (unit === "%") return "share";
  if (TIME.test(unit)) return "time";
  return MONEY.test(unit) ? "money" : "count";
}

/** What each sign is worth, in log-odds: fitted on 434 names for the figures of eleven explainers (docs/figures.md). */
const WORTH = {
  meaning: 1.18,
  words: 2.24,
  value: 7.1,
  alike: 0.2,
  /** What is asked for, where the figure is of something else. */
  unlike: { share: -3.2, time: -0.81, money: -1.77, count: -2.57 },
  none: { base: -2.05, meaning: 0.25, unmet: 1.85, strangeNumber: -0.38, knownNumber: -2.21, named: 2.06 },
} as const;
/** With so many other names a figure, they count half. */
const HALF_NAMED = 5;
const LEAST_CHANCE = 0.01;
const MEASURED: readonly Measured[] = ["share", "time", "money", "count"];

/** Whether what is asked for is not what a figure is of: "how many" is of things, and of days, not of shares, money and times of day. */
const unlike = (asked: Measured, figure: Figure): boolean =>
  asked === "count"
    ? ["share", "money"].includes(measuredBy(figure)) || hours(figure).length > 0
    : asked !== measuredBy(figure);

export function createFigureFinder({ figures }: FigureBook, meaningOf: MeaningOf = NO_MEANING): FigureFinder {
  const entries: Entry[] = figures.map((figure) => ({
    figure,
    words: wordsFor(figure),
  }));
  /** By id, by label, by other names: what two go by alike is the name of neither. */
  const exact = [
    (figure: Figure) => [figure.id],
    (figure: Figure) => [figure.label],
    (figure: Figure) => figure.names,
  ].map((namesOf) => {
    const byName = new Map<string, Figure | undefined>();
    for (const figure of figures)
      for (const name of new Set(namesOf(figure).map((each) => wordsOf(each).join(" "))))
        byName.set(name, byName.has(name) ? undefined : figure);
    return byName;
  });
  function named(name: string): Figure | undefined {
    const typed = wordsOf(name).join(" ");
    const byName = exact.find((each) => each.has(typed));
    return typed === "" ? undefined : byName?.get(typed);
  }
  const having = new Map<string, Set<Entry>>();
  for (const entry of entries) {
    for (const word of entry.words.keys()) having.set(word, (having.get(word) ?? new Set()).add(entry));
  }
  // Typing errors are forgiven in names: among all the words of sentences something is always alike.
  const names = [...having].filter(([word, those]) => [...those].some((each) => (each.words.get(word) ?? 0) >= NAMED));
  const vocabulary = new Fuse(
    names.map(([word]) => word),
    { includeScore: true, threshold: FARTHEST_WORD, ignoreFieldNorm: true, distance: 20 },
  );
  const weight = (word: string): number => Math.log(1 + figures.length / (having.get(word)?.size ?? 1));

  /** The known words that a typed one stands for: itself, those it begins, else the nearest. */
  function meant(word: string): string[] {
    if (having.has(word)) return [word];
    const begun = [...having.keys()].filter((known) => known.startsWith(word));
    if (begun.length > 0) return begun;
    if (word.length < SHORTEST_TYPO) return [];
    // "strikers" where the name has "strike": the longest beginning in common.
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length * COMMON_STEM); length--) {
      const alike = [...having.keys()].filter((known) => known.startsWith(word.slice(0, length)));
      if (alike.length > 0) return alike;
    }
    const near = vocabulary
      .search(word, { limit: 5 })
      .filter((match) => Math.abs(match.item.length - word.length) <= 2);
    return near[0] ? [near[0].item] : [];
  }

  /** Figures with the share of the typed words' weight that each has, best first. */
  function ranked(typed: readonly string[]): { entry: Entry; share: number }[] {
    const shares = new Map<Entry, number>();
    let whole = 0;
    for (const word of typed) {
      const known = meant(word);
      const weights = known.map(weight);
      whole += Math.max(...weights, known.length === 0 ? Math.log(1 + figures.length) : 0);
      const gained = new Map<Entry, number>();
      for (const [index, each] of known.entries()) {
        for (const entry of having.get(each) ?? [])
          gained.set(entry, Math.max(gained.get(entry) ?? 0, (weights[index] ?? 0) * (entry.words.get(each) ?? 0)));
      }
      for (const [entry, gain] of gained) shares.set(entry, (shares.get(entry) ?? 0) + gain);
    }
    // Of two that have the same words, the one with fewer others is nearer.
    return [...shares]
      .map(([entry, sum]) => ({ entry, share: sum / whole - entry.words.size / 100_000 }))
      .sort((a, b) => b.share - a.share);
  }

  /** How many other names there are, 0–1: the more, the less is taken for a figure that is like none of them. */
  const others = figures.reduce((sum, { names: own }) => sum + own.length, 0) / Math.max(1, figures.length);
  const otherNames = others / (others + HALF_NAMED);

  /** Every figure with the chance that it is meant, best first. */
  function chances(name: string): { figure: Figure; chance: number; inFull: boolean }[] {
    const { chances: meant, unmet } = meaningOf(name);
    const shares = new Map(ranked(wordsOf(name)).map(({ entry, share }) => [entry.figure, share]));
    const valued = new Set(withValue(name, figures));
    const asked = MEASURED.filter((kind) => spoken.measured[kind].test(name));
    const scored = figures.map((figure) => {
      const of = measuredBy(figure);
      const apart = asked.filter((kind) => unlike(kind, figure)).reduce((sum, kind) => sum + WORTH.unlike[kind], 0);
      return {
        figure,
        score:
          WORTH.meaning * Math.log((meant.get(figure.id) ?? 0) + LEAST_CHANCE) +
          WORTH.words * (shares.get(figure) ?? 0) +
          (valued.has(figure) ? WORTH.value : 0) +
          (asked.includes(of) ? WORTH.alike : 0) +
          apart,
        inFull: (shares.get(figure) ?? 0) >= IN_FULL && (valued.size === 0 || valued.has(figure)),
      };
    });
    const some = [...meant.values()].reduce((sum, chance) => sum + chance, 0);
    const number = valued.size > 0 ? WORTH.none.knownNumber : /\d/.test(name) ? WORTH.none.strangeNumber : 0;
    const none =
      WORTH.none.base +
      WORTH.none.meaning * Math.log(Math.max(0, 1 - some) + LEAST_CHANCE) +
      WORTH.none.unmet * unmet +
      WORTH.none.named * otherNames +
      number;
    const total = scored.reduce((sum, { score }) => sum + Math.exp(score), Math.exp(none));
    return scored
      .map(({ figure, score, inFull }) => ({ figure, chance: Math.exp(score) / total, inFull }))
      .sort((a, b) => b.chance - a.chance);
  }

  return {
    named,
    find(name) {
      const same = named(name);
      if (same) return { figure: same, nearest: [], chance: 1, some: 1, likely: [same] };
      const ranking = chances(name.slice(0, LONGEST_NAME));
      const [first, second] = ranking;
      const chance = first?.chance ?? 0;
      const some = ranking.reduce((sum, each) => sum + each.chance, 0);
      const likely = ranking.flatMap((each) => (each.chance >= LIKELY ? [each.figure] : []));
      // "Cancelled" is in the names of four, and is the name of none.
      const shared = ranking.filter(({ inFull }) => inFull).length > 1;
      if (first && !shared && chance >= ENOUGH && chance - (second?.chance ?? 0) >= CLEARLY)
        return { figure: first.figure, nearest: [], chance, some, likely };
      return {
        figure: undefined,
        nearest: ranking.slice(0, NEAREST).map(({ figure }) => figure),
        chance,
        some,
        likely,
      };
    },
    suggest(typed, limit) {
      const name = typed.slice(0, LONGEST_NAME);
      const folded = wordsOf(name);
      if (folded.length === 0) return figures.slice(0, limit);
      const byName = ranked(folded).map(({ entry }) => entry.figure);
      // What is typed may be the start of a word, which means nothing yet; and what has its words need not mean the same.
      const byMeaning =
        byName.length >= NEAREST
          ? []
          : chances(name).flatMap(({ figure, chance }) => (chance >= LIKELY ? [figure] : []));
      return [...new Set([...withValue(name, figures), ...byName, ...byMeaning])].slice(0, limit);
    },
  };
}
