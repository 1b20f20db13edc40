// Every command, once: platforms' definitions, the help, what can be typed in one line and what is suggested come from this
// table.
import { spoken, wordingOf } from "../languages/languages.js";
import { readDaily } from "./daily-line.js";
import { EXPLAINER_PARTS, readExplainer, readSettings, SETTINGS, type SettingOption } from "./settings-line.js";

export type OptionKind = "question" | "figure" | "article" | "zone" | "text" | "channel" | "flag" | "choice";

export interface Option {
  readonly name: string;
  readonly kind: OptionKind;
  readonly required: boolean;
  readonly about: string;
  /** Of a choice: what there is to choose from. */
  readonly choices?: readonly string[];
}

export interface CommandPart {
  readonly name: string;
  readonly about: string;
  readonly options: readonly Option[];
}

export interface CommandSpec {
  readonly name: string;
  readonly about: string;
  /** What is typed after it, where everything is typed in one line. */
  readonly hint: string | undefined;
  readonly options: readonly Option[];
  readonly parts: readonly CommandPart[];
  /** Commands of one group share a line of the help; undefined for the help itself. */
  readonly group: string | undefined;
  /** Whether it is there only where commands are listed in a menu; elsewhere the platform may have one of that name. */
  readonly menuOnly: boolean;
  /** Whether its answers are nobody else's business. */
  readonly setsUp: boolean;
  /** Options from what was typed in one line. */
  read(line: string): { readonly part?: string; readonly options: Readonly<Record<string, string>> };
}

/** What `/desk` does. */
const DESK_PARTS = ["here", "queue", "keep", "forget", "report", "off"] as const;

/** Which article; offered where there are several. */
const ARTICLE = "article";

/** `several`: whether there are several explainers, so that readers may name one. */
export function commandTable(several: boolean, language = "en"): readonly CommandSpec[] {
  const wording = wordingOf(language);
  const option = (command: string, name: string, kind: OptionKind, required = false): Option => ({
    name,
    kind,
    required,
    about: wording.option(command, name),
  });
  const about = (command: string): Option[] => (several ? [option(command, ARTICLE, "article")] : []);
  const rest =
    (name: string): CommandSpec["read"] =>
    (line) => ({ options: line === "" ? {} : { [name]: line } });
  const command = (
    name: string,
    group: string | undefined,
    options: readonly Option[],
    read: CommandSpec["read"],
  ): CommandSpec => ({
    name,
    ...wordsOf(wording.command(name)),
    options,
    parts: [],
    group,
    menuOnly: name === "help",
    setsUp: false,
    read,
  });
  const part = (name: string, options: readonly Option[], of = "daily"): CommandPart => ({
    name,
    about: wording.command(`${of} ${name}`).about,
    options,
  });
  const channel = option("daily", "channel", "channel");
  const setting = ({ name, choices, zone = false }: SettingOption): Option =>
    choices ? { ...option("settings", name, "choice"), choices } : option("settings", name, zone ? "zone" : "text");
  return [
    command("ask", "ask", [option("ask", "question", "question", true), ...about("ask")], rest("question")),
    command("topics", "overviews", about("topics"), rest(ARTICLE)),
    command("summary", "overviews", about("summary"), rest(ARTICLE)),
    command("figures", "figures", about("figures"), rest(ARTICLE)),
    command("figure", "figures", [option("figure", "name", "figure", true), ...about("figure")], rest("name")),
    command(
      "compare",
      "figures",
      [option("compare", "first", "figure", true), option("compare", "second", "figure", true), ...about("compare")],
      (line) => {
        const [first = "", second = ""] = line.split(spoken.apart).filter((each) => each !== "");
        return { options: { first, second } };
      },
    ),
    command("privacy", "privacy", [], () => ({ options: {} })),
    command("help", undefined, [], () => ({ options: {} })),
    {
      ...command("daily", "daily", [], readDaily),
      setsUp: true,
      parts: [
        part("start", [
          option("daily", "time", "text"),
          option("daily", "zone", "zone"),
          channel,
          option("daily", "changes", "flag"),
          ...about("daily"),
        ]),
        part("stop", [channel, ...about("daily")]),
        part("list", []),
        part("preview", [channel, ...about("daily")]),
      ],
    },
    {
      ...command("settings", undefined, [], readSettings),
      setsUp: true,
      parts: [
        part("show", [], "settings"),
        part("set", [...SETTINGS.map((each) => setting(each)), option("settings", "here", "flag")], "settings"),
        part(
          "reset",
          [
            { ...option("settings", "setting", "choice", true), choices: SETTINGS.map(({ name }) => name) },
            option("settings", "here", "flag"),
          ],
          "settings",
        ),
      ],
    },
    {
      ...command("explainer", undefined, [], readExplainer),
      setsUp: true,
      parts: EXPLAINER_PARTS.map((name) =>
        part(
          name,
          [
            ...(name === "show" || name === "all" ? [] : [option("explainer", ARTICLE, "article", true)]),
            ...(name === "show" ? [] : [option("explainer", "here", "flag")]),
          ],
          "explainer",
        ),
      ),
    },
    {
      ...command("desk", undefined, [], (line) => ({ part: line.trim().toLowerCase(), options: {} })),
      setsUp: true,
      parts: DESK_PARTS.map((name) => part(name, [], "desk")),
    },
  ];
}

const wordsOf = ({ about, hint }: { about: string; hint?: string }): { about: string; hint: string | undefined } => ({
  about,
  hint,
});

/** How to ask, a line each: `hints` tells what is typed after a command, where nothing else does. */
export function helpWays(picks: "menu" | "actions", hints: boolean, language = "en"): string[] {
  const wording = wordingOf(language);
  const groups = new Map<string, string[]>();
  for (const { name, group, options } of commandTable(false)) {
    if (group === undefined) continue;
    const named = options.map((each, index) => (options.length > 1 ? "ABC"[index] : each.name.toUpperCase()));
    const shown = hints && group === "figures" ? [`/${name}`, named.join(", ")].join(" ").trim() : `/${name}`;
    groups.set(group, [...(groups.get(group) ?? []), shown]);
  }
  return [
    wording.helpMention(),
    ...[...groups].map(([group, names]) => wording.helpCommands(group, names)),
    wording.helpPick(picks, wording.pickCommand()),
  ];
}
