// Which of several explainers somebody means, by its id, its title, or a figure of it.
import type { Assistant } from "./assistant.js";
import type { FigureDesk } from "./figure-desk.js";

/** Explainers that are looked through for a figure; more would make a name wait. */
const LOOKED_THROUGH = 50;
/** Of those, the ones that are asked what a name may mean. */
const LOOKED_INTO = 12;
/** By how much likelier a figure of one article must be meant than any of another. */
const CLEARLY = 0.2;

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

/** Where figures are looked for. */
export interface Located {
  /** Absent for the first explainer. */
  readonly explainer: string | undefined;
  readonly names: readonly string[];
  /** Whether several explainers may be meant, and none is surely. */
  readonly open: boolean;
}

/**
 * The explainer that has all these figures, and their names in it: by their names in full, or a chart's, else where they are meant far
 * likelier than elsewhere.
 */
export async function locateFigures(
  assistant: Assistant,
  names: readonly string[],
  explainer?: string,
): Promise<Located> {
  const ids = assistant.explainers().map(({ id }) => id);
  const addressed = ids.find((id) => names.some((name) => name.startsWith(`${id}/`)));
  const bare = names.map((name) =>
    addressed !== undefined && name.startsWith(`${addressed}/`) ? name.slice(addressed.length + 1) : name,
  );
  if (explainer !== undefined || addressed !== undefined)
    return { explainer: explainer ?? addressed, names: bare, open: false };
  if (ids.length <= 1) return { explainer: undefined, names, open: false };
  const desks: { id: string; desk: FigureDesk }[] = [];
  for (const id of ids.slice(0, LOOKED_THROUGH)) {
    const { desk } = await assistant.figures({ explainer: id });
    const has = (name: string): boolean => (desk.figureNamed(name) ?? desk.chartTitled(name)) !== undefined;
    if (names.every(has)) return { explainer: id, names, open: false };
    if (desk.figures().length > 0) desks.push({ id, desk });
  }
  if (desks.length <= 1) return { explainer: desks[0]?.id, names, open: false };
  const likely: { id: string; chance: number; some: number; found: boolean }[] = [];
  for (const { id, desk } of desks.slice(0, LOOKED_INTO)) {
    const found = names.map((name) => desk.figure(name));
    likely.push({
      id,
      chance: Math.min(...found.map(({ chance }) => chance)),
      some: Math.min(...found.map(({ some }) => some)),
      found: found.every(({ figure }) => figure !== undefined),
    });
    // What a name means takes a moment to find out; others are answered in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [best, ...others] = likely.sort((a, b) => b.chance - a.chance);
  const elsewhere = Math.max(0, ...others.map(({ some }) => some));
  const surely = best?.found === true && best.chance - elsewhere >= CLEARLY;
  return { explainer: best?.id, names, open: !surely };
}
