// Which of several explainers somebody means, by its id, its title, or a figure of it.
import type { Assistant } from "./assistant.js";

/** Explainers that are looked through for a figure; more would make a name wait. */
const LOOKED_THROUGH = 50;

/** The explainer that is named by its id or words of its title; undefined for nothing or for none such. */
export function explainerNamed(assistant: Assistant, text: string): string | undefined {
  const like = text.trim().toLowerCase();
  if (like === "") return undefined;
  const all = assistant.explainers();
  return (
    all.find(({ id, title }) => id.toLowerCase() === like || title.toLowerCase() === like) ??
    all.find(({ title }) => title.toLowerCase().includes(like))
  )?.id;
}

/** A figure's name that says of which explainer it is, for suggestions among several. */
export function figureAddress(explainer: string, figure: string): string {
  return `${explainer}/${figure}`;
}

/** The explainer that has all these figures, and their names in it. Without one that has them all, the first explainer. */
export async function locateFigures(
  assistant: Assistant,
  names: readonly string[],
  explainer?: string,
): Promise<{ explainer: string | undefined; names: readonly string[] }> {
  const ids = assistant.explainers().map(({ id }) => id);
  const addressed = ids.find((id) => names.some((name) => name.startsWith(`${id}/`)));
  const bare = names.map((name) =>
    addressed !== undefined && name.startsWith(`${addressed}/`) ? name.slice(addressed.length + 1) : name,
  );
  if (explainer !== undefined || addressed !== undefined) return { explainer: explainer ?? addressed, names: bare };
  if (ids.length > 1) {
    for (const id of ids.slice(0, LOOKED_THROUGH)) {
      const { desk } = await assistant.figures({ explainer: id });
      if (names.every((name) => desk.figure(name).figure)) return { explainer: id, names };
    }
  }
  return { explainer: undefined, names };
}
