// `/settings` and `/explainer`, and their buttons: who may set a place up, and what is shown of what holds there.
import { explainerNamed } from "../assistant/articles.js";
import type { Assistant } from "../assistant/assistant.js";
import { BARE, list, named, paragraph, strong, type Card, type CardChoice } from "../cards/card.js";
import type { SettingsSubject } from "../cards/settings-subject.js";
import type { Show } from "../cards/show.js";
import { means } from "../cards/subject.js";
import type { DailyDesk } from "../daily/desk.js";
import type { Desk } from "../desk/port.js";
import { wordingOf } from "../languages/languages.js";
import type { PlaceWording, SettingOrigin } from "../languages/place-wording.js";
import type { Address } from "../memory/address.js";
import type { Held, PlaceSettings } from "../memory/place-settings.js";
import type { Places } from "../memory/places.js";
import type { Rights } from "./event.js";
import { KEYS, OF_CHANNELS, readValue } from "./settings-line.js";

/** Somebody who sets a place up, or wants to. */
export interface Manager {
  readonly at: Address;
  readonly rights: Rights;
}

export interface PlaceTalk {
  settings(part: string | undefined, options: Readonly<Record<string, string>>, by: Manager): Promise<Card>;
  explainer(part: string | undefined, options: Readonly<Record<string, string>>, by: Manager): Promise<Card>;
  press(subject: SettingsSubject, by: Manager): Promise<Card>;
}

export interface PlaceTalkOptions {
  readonly places: Places | undefined;
  /** With every explainer that there is. */
  readonly assistant: Assistant;
  readonly show: Show;
  readonly daily: DailyDesk | undefined;
  readonly desk: Desk | undefined;
  /** What a channel is called, where that is known. */
  readonly nameOf: (at: Address) => string | undefined;
}

/** Articles that are offered with a button; more fit no menu. */
const OFFERED = 20;

/** What a setting is kept as; `here`: for a channel alone. Undefined where there is none of that name. */
const keyNamed = (name: string, here: boolean) =>
  Object.hasOwn(KEYS, name) && (!here || OF_CHANNELS.has(name)) ? KEYS[name] : undefined;

export function createPlaceTalk({ places, assistant, show, daily, desk, nameOf }: PlaceTalkOptions): PlaceTalk {
  const say = (sentence: (words: PlaceWording) => string): Promise<Card> =>
    show.notice(({ place: words }) => sentence(words));
  const titleOf = (id: string): string => assistant.explainers().find((each) => each.id === id)?.title ?? id;

  /** What holds here, with what can be changed by a button; `first`: a sentence above it. */
  async function panel(kept: Places, at: Address, first?: (words: PlaceWording) => string): Promise<Card> {
    const { explainer } = await assistant.topics();
    const { place: words } = wordingOf(explainer.language);
    const held = kept.at(at);
    const settings = kept.of(at);
    const told = <T>({ value, from }: Held<T>): readonly [T, SettingOrigin] => [value, from];
    const rows = daily && (await daily.count(at).catch(() => undefined));
    const lines = words.lines({
      explainers: [held.explainers.value?.map(titleOf), held.explainers.from],
      speaks: told(held.speaks),
      answers: told(held.answers),
      quiet: told(held.quiet),
      perMinute: told(held.perMinute),
      zone: told(held.zone),
      keep: desk && [desk.keeps(at), settings.keep === undefined ? "bot" : "place"],
      desk: settings.desk === undefined ? undefined : (nameOf({ ...at, channel: settings.desk }) ?? settings.desk),
      daily: rows,
    });
    const change = (name: string, value: string, here: boolean): CardChoice => ({
      label: words.offer(name, value, here),
      subject: { kind: "settings", explainer: explainer.id, step: "set", here, name, value },
    });
    const pick = (here: boolean): CardChoice => ({
      label: words.offer("explainers", "", here),
      subject: { kind: "settings", explainer: explainer.id, step: "pick", here },
    });
    return {
      ...BARE,
      explainer: named(explainer),
      blocks: [...(first ? [paragraph(first(words))] : []), strong(words.title()), list(lines), paragraph(words.how())],
      choices: [
        change("answers", held.answers.value === "public" ? "private" : "public", false),
        change("speak", held.speaks.value ? "off" : "on", true),
        ...(desk ? [change("keep", desk.keeps(at) ? "off" : "on", false)] : []),
        ...(assistant.explainers().length > 1 ? [pick(false), pick(true)] : []),
      ],
      subject: { kind: "settings", explainer: explainer.id, step: "show", here: false },
      shareable: false,
    };
  }

  /** Which explainers there are, those chosen first; `here`: for the channel alone. */
  async function choosing(kept: Places, at: Address, here: boolean): Promise<Card> {
    const { explainer } = await assistant.topics();
    const { place: words } = wordingOf(explainer.language);
    const use = (label: string, value?: string): CardChoice => ({
      label,
      subject: {
        kind: "settings",
        explainer: explainer.id,
        step: "use",
        here,
        ...(value === undefined ? {} : { value }),
      },
    });
    const chosen = kept.at(at).explainers;
    return {
      ...BARE,
      explainer: named(explainer),
      blocks: [
        strong(words.pick(here)),
        list([chosen.value === undefined ? words.all() : chosen.value.map(titleOf).join(", ")]),
        paragraph(words.explainerHow()),
      ],
      choices: [
        use(here ? words.asPlace() : words.all()),
        ...assistant
          .explainers()
          .slice(0, OFFERED)
          .map(({ id, title }) => use(title, id)),
      ],
      subject: { kind: "settings", explainer: explainer.id, step: "pick", here },
      shareable: false,
    };
  }

  async function store(kept: Places, at: Address, here: boolean, settings: Partial<PlaceSettings>): Promise<void> {
    // What is undefined is taken back.
    if (here) await kept.setChannel(at, settings);
    else await kept.set(at, settings);
  }

  async function set(
    kept: Places,
    at: Address,
    { here: channel, ...options }: Readonly<Record<string, string>>,
  ): Promise<Card> {
    const here = channel === "true";
    const given = Object.entries(options);
    if (given.length === 0) return say((words) => words.nothing());
    const changed: Record<string, unknown> = {};
    for (const [name, typed] of given) {
      const key = keyNamed(name, here);
      if (key === undefined) return say((words) => words.unknown(name));
      const read = readValue(name, typed);
      if (!read) return say((words) => words.wrong(name, typed));
      changed[key] = read.value;
    }
    // Quiet hours are by some clock: where nobody named one, by that of the explainer.
    if (changed["quiet"] !== undefined && changed["zone"] === undefined && kept.of(at).zone === undefined)
      changed["zone"] = (await assistant.topics()).explainer.timeZone;
    await store(kept, at, here, changed);
    return panel(kept, at, (words) => words.saved());
  }

  async function choose(
    kept: Places,
    at: Address,
    here: boolean,
    change: (before: readonly string[] | undefined) => readonly string[] | undefined,
  ): Promise<Card> {
    const settings = kept.of(at);
    const before = here
      ? (settings.channels?.[at.channel]?.explainers ?? kept.at(at).explainers.value)
      : settings.explainers;
    const now = change(before);
    if (now?.length === 0) return say((words) => words.lastExplainer());
    await store(kept, at, here, { explainers: now } as Partial<PlaceSettings>);
    return panel(kept, at, (words) => words.saved());
  }

  async function allowed({ at, rights }: Manager, work: (kept: Places) => Promise<Card>): Promise<Card> {
    if (at.place === "") return say((words) => words.noPlace());
    if (!places) return say((words) => words.away());
    if (!rights.set || !(await rights.change())) return show.notice(({ desk: words }) => words.managers());
    return work(places).catch((error: unknown) => {
      if (!places.isAway(error)) throw error;
      return say((words) => words.away());
    });
  }

  return {
    settings: (part, options, by) =>
      allowed(by, async (kept) => {
        const { at } = by;
        switch (part) {
          case "set":
            return set(kept, at, options);
          case "reset": {
            const { setting: name = "", here: channel } = options;
            const here = channel === "true";
            const key = keyNamed(name, here);
            if (key === undefined) return say((words) => words.unknown(name));
            await store(kept, at, here, { [key]: undefined });
            return panel(kept, at, (words) => words.saved());
          }
          default:
            return panel(kept, at);
        }
      }),
    explainer: (part, { article, here: channel }, by) =>
      allowed(by, async (kept) => {
        const here = channel === "true";
        if (part === "all") return choose(kept, by.at, here, () => undefined);
        if (part === undefined || part === "show") return choosing(kept, by.at, here);
        const id = article === undefined ? undefined : explainerNamed(assistant, article);
        if (id === undefined) return show.noArticle();
        return choose(kept, by.at, here, (before) => {
          const all = before ?? assistant.explainers().map((each) => each.id);
          if (part === "use") return [id];
          // To all of them there is none to add.
          if (part === "add") return before && [...new Set([...before, id])];
          return all.filter((each) => each !== id);
        });
      }),
    press: ({ step, here, name, value }, by) =>
      allowed(by, async (kept) => {
        switch (step) {
          case "show":
            return panel(kept, by.at);
          case "pick":
            return choosing(kept, by.at, here);
          case "set":
            return set(kept, by.at, {
              ...(here ? { here: "true" } : {}),
              ...(name === undefined ? {} : { [name]: value ?? "" }),
            });
          case "use": {
            const id =
              value === undefined ? undefined : assistant.explainers().find((each) => means(value, each.id))?.id;
            if (value !== undefined && id === undefined) return show.noArticle();
            return choose(kept, by.at, here, () => (id === undefined ? undefined : [id]));
          }
        }
      }),
  };
}
