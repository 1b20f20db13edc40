// `/settings` and `/explainer`: what can be set, how a value is written, and both typed in one line.
import type { ChannelSettings, PlaceSettings, Quiet } from "../memory/place-settings.js";
import { readTime, readZone } from "../daily/when.js";

export interface SettingOption {
  readonly name: string;
  readonly choices?: readonly string[];
  readonly zone?: boolean;
}

const SWITCH = ["on", "off"] as const;

/** What can be set, in the order in which it is listed. */
export const SETTINGS: readonly SettingOption[] = [
  { name: "answers", choices: ["private", "public"] },
  { name: "speak", choices: SWITCH },
  { name: "quiet" },
  { name: "rate" },
  { name: "zone", zone: true },
  { name: "keep", choices: SWITCH },
];

export const EXPLAINER_PARTS = ["show", "use", "add", "drop", "all"] as const;

/** Settings that a channel may have of its own. */
export const OF_CHANNELS: ReadonlySet<string> = new Set(["answers", "speak"]);

/** Keys in which a setting is kept. */
export const KEYS: Readonly<Record<string, Exclude<keyof PlaceSettings, "channels" | "desk" | "explainers">>> = {
  answers: "answers",
  speak: "speaks",
  quiet: "quiet",
  rate: "perMinute",
  zone: "zone",
  keep: "keep",
};

const MOST_PER_MINUTE = 600;
/** Between two times of day. */
const UNTIL = /(?:(?<!\s)\s+)?(?:-|–|—|\bto\b|\buntil\b)\s*/i;

function quietOf(text: string): Quiet | undefined {
  const [from, to, ...more] = text.split(UNTIL).map((each) => readTime(each));
  return from !== undefined && to !== undefined && more.length === 0 && from !== to ? { from, to } : undefined;
}

/** A setting's value from what was typed: what is kept, `undefined` where that takes it back; nothing where it is none. */
export function readValue(
  name: string,
  typed: string,
): { readonly value: (PlaceSettings & ChannelSettings)[keyof PlaceSettings] } | undefined {
  const text = typed.trim().toLowerCase();
  const off = /^(?:off|none|no)$/.test(text);
  switch (name) {
    case "answers":
      return text === "private" || text === "public" ? { value: text } : undefined;
    case "speak":
    case "keep":
      return /^(?:on|yes|true)$/.test(text) ? { value: true } : off ? { value: false } : undefined;
    case "quiet": {
      const quiet = off ? undefined : quietOf(text);
      return off || quiet ? { value: quiet } : undefined;
    }
    case "rate": {
      const rate = /^\d{1,3}$/.test(text) ? Number(text) : 0;
      if (off) return { value: undefined };
      return rate >= 1 && rate <= MOST_PER_MINUTE ? { value: rate } : undefined;
    }
    case "zone": {
      const { zone } = readZone(typed);
      return off ? { value: undefined } : zone === undefined ? undefined : { value: zone };
    }
    default:
      return undefined;
  }
}

/** Takes "here" from the front. */
function hereOf(line: string): { readonly here: Record<string, string>; readonly words: string[] } {
  const words = line.split(/\s+/).filter((word) => word !== "");
  const here = /^here$/i.test(words[0] ?? "");
  return { here: here ? { here: "true" } : {}, words: here ? words.slice(1) : words };
}

/** "here speak off", "quiet 22:00 to 07:00 zone London", "reset quiet". */
export function readSettings(line: string): { readonly part: string; readonly options: Record<string, string> } {
  const { here, words } = hereOf(line);
  const [first = ""] = words;
  if (first === "" || /^show$/i.test(first)) return { part: "show", options: {} };
  if (/^reset$/i.test(first)) return { part: "reset", options: { ...here, setting: (words[1] ?? "").toLowerCase() } };
  const options: Record<string, string> = { ...here };
  let name = "";
  for (const word of /^set$/i.test(first) ? words.slice(1) : words) {
    const key = word.toLowerCase();
    // What stands first names a setting, whether there is one of that name or not.
    if (Object.hasOwn(KEYS, key) || name === "") {
      name = key;
      options[name] = "";
    } else options[name] = `${options[name] ?? ""} ${word}`.trim();
  }
  return { part: "set", options };
}

/** "use The harbour", "here add The harbour", "all". */
export function readExplainer(line: string): { readonly part: string; readonly options: Record<string, string> } {
  const { here, words } = hereOf(line);
  const [first = "show", ...rest] = words;
  const part = first.toLowerCase();
  const known = (EXPLAINER_PARTS as readonly string[]).includes(part);
  // A title alone is the one to use.
  const title = (known ? rest : words).join(" ");
  return { part: known ? part : "use", options: { ...here, ...(title === "" ? {} : { article: title }) } };
}
