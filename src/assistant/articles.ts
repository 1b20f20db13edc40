// Which of several explainers somebody means, by its id, its title, or a figure of it.
import type { Assistant } from "./assistant.js";
import type { FigureDesk } from "./figure-desk.js";

/** Explainers that are looked through for a figure; more would make a name wait. */
const LOOKED_THROUGH = 50;
/** Of those, the ones that are asked what a name may mean. */
const LOOKED_INTO = 12;

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

/**
 * The explainer that has all these figures, and their names in it: by their names in full, or a chart's, else where they are likeliest meant.
 * Without one that has them all, the first explainer.
 */
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
  if (ids.length <= 1) return { explainer: undefined, names };
  const desks: { id: string; desk: FigureDesk }[] = [];
  for (const id of ids.slice(0, LOOKED_THROUGH)) {
    const { desk } = await assistant.figures({ explainer: id });
    const has = (name: string): boolean => (desk.figureNamed(name) ?? desk.chartTitled(name)) !== undefined;
    if (names.every(has)) return { explainer: id, names };
    if (desk.figures().length > 0) desks.push({ id, desk });
  }
  let best: { id: string; chance: number } | undefined;
  for (const { id, desk } of desks.slice(0, LOOKED_INTO)) {
    const found = names.map((name) => desk.figure(name));
    const chance = Math.min(...found.map((each) => each.chance));
    if (found.every(({ likely }) => likely.length > 0) && chance > (best?.chance ?? 0)) best = { id, chance };
    // What a name means takes a moment to find out; others are answered in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { explainer: best?.id, names };
}
