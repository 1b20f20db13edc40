// What a reader typed, made plain: one form for every spelling of the same characters. Knows no
// explainer and no language; what it drops (invisible and control characters) carries no words.

/** Characters of an utterance that are read. Longer messages are read from both ends. */
export const MAX_UTTERANCE_LENGTH = 600;

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\ufe00-\ufe0f\uffa0]/gu;
/** Marks that accent a letter. Those of one script alone are letters of it (Thai, Devanagari), and so are the voiced sounds of kana. */
const ACCENT = /(?=\p{M})(?![\u3099\u309a])\p{Script=Inherited}/gu;
const LONG_RUN = /(\P{N})\1{3,}/gu;
const PLATFORM_MARKUP = /<(?:@[!&]?|#|a?:\w{1,32}:|!)[^<>\s]{0,64}>/g;
/** An emoji by its name, as chats write it. */
const EMOJI_NAME = /(?<![\w:]):[a-z0-9_+-]{2,40}:(?![\w:])/gi;
const LINK = /\bhttps?:\/\/\S+/gi;

/**
 * One plain form of what a reader typed: NFKC, no control, zero-width or direction characters, no
 * platform mentions or links, runs of one character cut to three, white space folded.
 * At most {@link MAX_UTTERANCE_LENGTH} UTF-16 units; of a longer message its start and its end.
 */
export function cleanUtterance(typed: string): string {
  const bounded = typed.length > 20_000 ? `${typed.slice(0, 10_000)} ${typed.slice(-10_000)}` : typed;
  const clean = bounded
    .replace(/[\n\r\t\v\f\u0085\u2028\u2029]/g, " ")
    .normalize("NFKC")
    .replace(PLATFORM_MARKUP, " ")
    .replace(LINK, " ")
    .replace(EMOJI_NAME, " ")
    .replace(INVISIBLE, "")
    .replace(/[\u2018\u2019\u02bc`\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(LONG_RUN, "$1$1$1")
    .replace(/\s+/g, " ")
    .trim();
  if (clean.length <= MAX_UTTERANCE_LENGTH) return clean;
  const half = MAX_UTTERANCE_LENGTH / 2;
  return `${clean.slice(0, half)} ${clean.slice(-half + 1)}`.toWellFormed();
}

/** Lower case without accents, for comparing words: "Café" and "cafe" are one. */
export function fold(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(ACCENT, "").normalize("NFC");
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
let segmenter: Intl.Segmenter | undefined;

/** The words in a run of letters: itself, or what the runtime's dictionaries find in a script without spaces. */
function apart(run: string): readonly string[] {
  if (!UNSPACED.test(run)) return [run];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return [...segmenter.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

const WORD = /[#@]?[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[',.&\-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*%?/gu;

/** Texts whose words are what stands between their spaces. */
const PLAIN = /^[a-z0-9 ]*$/;

/**
 * The words of a text, folded, in order: `["78%", "of", "junior", "doctors"]`. Thousands separators
 * are dropped from numbers, possessives and hyphens taken apart. Text without word characters gives none.
 */
export function words(text: string): string[] {
  if (PLAIN.test(text)) return text.split(" ").filter((word) => word !== "");
  const found: string[] = [];
  for (const match of fold(text).matchAll(WORD)) {
    for (const part of match[0].split("-").flatMap(apart)) {
      const word = part
        .replace(/(?<=\d),(?=\d{3})/g, "")
        .replace(/'s?$/, "")
        .replace(/'|(?<!\d)[,.]|[,.](?!\d)/g, "")
        .replace(/^[#@]/, "");
      if (word !== "") found.push(word);
    }
  }
  return found;
}
