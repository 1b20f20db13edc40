// Numbers that are written in English words: "twelve thousand eight hundred", "ten point two", "fifteen sixty-five", "six quid", "a third".

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const LARGE = new Map([
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
]);
const MONEY = /^(?:pounds?|quid|euros?|dollars?|bucks?|crowns?|kroner|rupees?|francs?)$/;
const PENCE = 100;
const VAGUE = /^(?:several|few|many|some|couple|of)$/;

interface Reading {
  readonly value: number;
  /** Words that it takes up. */
  readonly length: number;
}

function below100(words: readonly string[], at: number): Reading | undefined {
  const word = words[at] ?? "";
  const one = ONES.indexOf(word);
  if (one >= 0) return { value: one, length: 1 };
  const ten = TENS.indexOf(word);
  if (ten < 0) return undefined;
  const behind = ONES.indexOf(words[at + 1] ?? "");
  return behind > 0 && behind < 10
    ? { value: (ten + 2) * 10 + behind, length: 2 }
    : { value: (ten + 2) * 10, length: 1 };
}

/** Up to 999, and "fifteen hundred". */
function below1000(words: readonly string[], at: number): Reading | undefined {
  const a =
    words[at] === "a" &&
    (words[at + 1] === "hundred" || LARGE.has(words[at + 1] ?? "")) &&
    !/^(?:half|quarter)$/.test(words[at - 1] ?? "");
  const first = a ? { value: 1, length: 1 } : below100(words, at);
  if (first && words[at + first.length] !== "hundred") return first;
  // "Several hundred" is no number.
  if (!first && (words[at] !== "hundred" || VAGUE.test(words[at - 1] ?? ""))) return undefined;
  let { value, length } = { value: (first?.value ?? 1) * 100, length: (first?.length ?? 0) + 1 };
  const and = words[at + length] === "and" ? 1 : 0;
  const rest = below100(words, at + length + and);
  if (rest) {
    value += rest.value;
    length += and + rest.length;
  }
  return { value, length };
}

function whole(words: readonly string[], at: number): Reading | undefined {
  let value = 0;
  let length = 0;
  let below = Infinity;
  for (;;) {
    const and = length > 0 && words[at + length] === "and" ? 1 : 0;
    const part = below1000(words, at + length + and);
    const large = part ? LARGE.get(words[at + length + and + part.length] ?? "") : undefined;
    // "Twelve thousand eight hundred" goes down; "fifteen sixty-five" are two numbers.
    if (!part || (length > 0 && below === 1) || (large ?? 1) >= below) break;
    value += part.value * (large ?? 1);
    length += and + part.length + (large === undefined ? 0 : 1);
    below = large ?? 1;
  }
  if (length === 0) return undefined;
  const decimals: number[] = [];
  // "At one point" is a moment.
  if (words[at + length] === "point" && words[at - 1] !== "at")
    for (let digit = ONES.indexOf(words[at + length + 1] ?? ""); digit >= 0 && digit < 10;) {
      decimals.push(digit);
      digit = ONES.indexOf(words[at + length + 1 + decimals.length] ?? "");
    }
  if (decimals.length > 0) {
    value = Number(`${value}.${decimals.join("")}`);
    length += 1 + decimals.length;
    const large = LARGE.get(words[at + length] ?? "");
    if (large !== undefined) return { value: value * large, length: length + 1 };
  }
  return { value, length };
}

/** The words between marks: no number goes on behind one. */
const segmentsOf = (text: string): string[][] =>
  text
    .toLowerCase()
    .replace(/\d[\d.,]*/g, " 0 ")
    .split(/[,;:!?()–—]|\.(?!\d)/)
    .map((part) => part.split(/[^a-z\d.,]+/).filter((word) => word !== ""));

/** "Half a million", "one and a half million". */
const HALVES = /\b(?:(\w+) and a )?half(?: a)? (thousand|million|billion)\b/g;

/** All numbers that are written in words; what may be said of a price or of a number ("fifteen sixty-five") gives both. */
export function numbersInWords(text: string): number[] {
  const halves: number[] = [];
  const rest = text.toLowerCase().replace(HALVES, (_, whole: string | undefined, large: string) => {
    const before = whole === undefined ? 0 : ONES.indexOf(whole);
    halves.push((Math.max(0, before) + 0.5) * (LARGE.get(large) ?? 1));
    return ";";
  });
  return [...halves, ...segmentsOf(rest).flatMap(numbersIn)];
}

function numbersIn(words: readonly string[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < words.length;) {
    const one = words[at] === "a" && MONEY.test(words[at + 1] ?? "") ? { value: 1, length: 1 } : whole(words, at);
    if (!one) {
      at++;
      continue;
    }
    found.push(one.value);
    at += one.length;
    const money = MONEY.test(words[at] ?? "");
    const behind = whole(words, at + (money ? 1 : 0));
    if (!behind || behind.value >= PENCE || behind.value < 10 || !Number.isInteger(one.value)) continue;
    if (money || (one.value >= 10 && one.value < PENCE)) found.push(one.value + behind.value / PENCE);
    if (!money && one.value >= 10 && one.value < PENCE) found.push(one.value * PENCE + behind.value);
  }
  return found;
}

const PARTS: readonly (readonly [RegExp, number])[] = [
  [/\bhal(?:f|ves)\b/i, 50],
  [/\btwo[ -]thirds\b/i, 67],
  [/(?<!two[ -])\bthird\b/i, 33],
  [/\bthree[ -]quarters\b/i, 75],
  [/(?<!three[ -])\bquarter\b/i, 25],
  [/\bfifth\b/i, 20],
  [/\btenth\b/i, 10],
];

/** Shares that are written in words, in per cent, rounded: "a third", "one in five". */
export function sharesInWords(text: string): number[] {
  const parts = PARTS.flatMap(([pattern, share]) => (pattern.test(text) ? [share] : []));
  const outOf = /\b(\w+) (?:in|out of) (?:every )?(\w+)\b/i.exec(text);
  const [some, all] = (outOf?.slice(1) ?? []).map((word) =>
    /^\d+$/.test(word) ? Number(word) : (numbersInWords(word)[0] ?? NaN),
  );
  if (some !== undefined && all !== undefined && some > 0 && some < all) parts.push(Math.round((100 * some) / all));
  return parts;
}
