// Charts on demand, drawn once for the same content.
import { chartAltText } from "./alt-text.js";
import { drawChart, type ChartSpec, type Theme } from "./chart.js";
import { toOutlines, toPng } from "./raster.js";

export interface Chart {
  readonly title: string;
  readonly alt: string;
  readonly format: "svg" | "png";
  readonly theme: Theme;
  readonly bytes: Uint8Array;
}

export interface Studio {
  /** Draws, or gives what was drawn of the same content. Rejects only where a drawing package is broken. */
  draw(spec: ChartSpec, format: Chart["format"]): Promise<Chart>;
  /** Whether it was drawn before, so that drawing it takes no time. */
  has(spec: ChartSpec, format: Chart["format"]): boolean;
}

/** Pictures of about 30 KB each that are kept. */
const KEPT = 128;

export function createStudio(): Studio {
  const drawn = new Map<string, Promise<Chart>>();
  const ready = new Set<string>();

  async function make(spec: ChartSpec, format: Chart["format"]): Promise<Chart> {
    const svg = drawChart(spec);
    const alt = chartAltText(spec.title, spec.figures, spec.language);
    const bytes = format === "png" ? await toPng(svg) : new TextEncoder().encode(await toOutlines(svg, alt));
    return { title: spec.title, alt, format, theme: spec.theme, bytes };
  }

  const keyOf = (spec: ChartSpec, format: Chart["format"]): string => JSON.stringify([format, spec]);
  return {
    has: (spec, format) => ready.has(keyOf(spec, format)),
    draw(spec, format) {
      const key = keyOf(spec, format);
      const before = drawn.get(key);
      if (before) return before;
      const made = make(spec, format);
      drawn.set(key, made);
      made.then(
        () => ready.add(key),
        () => drawn.delete(key),
      );
      if (drawn.size > KEPT) {
        const oldest = drawn.keys().next();
        if (!oldest.done) {
          drawn.delete(oldest.value);
          ready.delete(oldest.value);
        }
      }
      return made;
    },
  };
}
