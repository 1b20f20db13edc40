// What somebody may be typing behind a command.
import { explainerNamed, figureAddress } from "../assistant/articles.js";
import type { Assistant } from "../assistant/assistant.js";
import { label } from "../cards/label.js";
import { suggestZones } from "../daily/when.js";
import { valueText } from "../figures/format.js";
import { wordingOf } from "../languages/languages.js";
import type { Address } from "../memory/address.js";

/** What somebody is typing. */
export interface Typing {
  readonly at: Address;
  readonly command: string;
  readonly option: string;
  readonly typed: string;
  /** The article that was named beside it. */
  readonly article: string | undefined;
}

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

export interface Most {
  readonly choices: number;
  readonly characters: number;
}

/** Articles that suggestions come from where none is named. */
const SUGGESTED_FROM = 8;

/** The choices of a suggestion, of several articles as many from each. */
export async function suggest(
  assistant: Assistant,
  { option, typed, article }: Typing,
  most: Most,
): Promise<readonly Suggestion[]> {
  const named = article === undefined ? undefined : explainerNamed(assistant, article);
  const all = assistant.explainers();
  const among = named === undefined ? all.map(({ id }) => id).slice(0, SUGGESTED_FROM) : [named];
  const each = Math.max(3, Math.ceil(most.choices / among.length));
  const found = await (async (): Promise<Suggestion[]> => {
    switch (option) {
      case "question": {
        const texts = await Promise.all(among.map((explainer) => assistant.suggest(typed, each, { explainer })));
        return [...new Set(texts.flat())].map((text) => ({ name: text, value: text }));
      }
      case "zone":
        return suggestZones(typed, most.choices).map((zone) => ({ name: zone, value: zone }));
      case "article": {
        const like = typed.toLowerCase();
        return all
          .filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(like))
          .map(({ id, title }) => ({ name: label(title, most.characters), value: id }));
      }
      default: {
        const figures = await Promise.all(
          among.map(async (explainer) => {
            const { explainer: of, desk: figureDesk } = await assistant.figures({ explainer });
            const { valued } = wordingOf(of.language);
            return figureDesk.suggest(typed, each).map((figure) => ({
              name: label(valued(figure.label, valueText(figure, of.language)), most.characters),
              value: all.length > 1 ? figureAddress(explainer, figure.id) : figure.id,
            }));
          }),
        );
        return figures.flat();
      }
    }
  })();
  return found
    .filter(({ name, value }) => Math.max(name.length, value.length) <= most.characters)
    .slice(0, most.choices);
}
