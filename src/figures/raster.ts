// SVG to PNG, and SVG text to outlines, with one font that ships with the project: the picture is the same everywhere.
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import { CHART_WIDTH, FONT } from "./chart.js";

/** Device pixels a CSS pixel. */
const SCALE = 2;

const FACES = ["400Regular/Inter_400Regular.ttf", "700Bold/Inter_700Bold.ttf"];

function options(width: number) {
  const require = createRequire(import.meta.url);
  return {
    fitTo: { mode: "width" as const, value: width },
    font: {
      loadSystemFonts: false,
      defaultFontFamily: FONT,
      fontFiles: FACES.map((face) => require.resolve(`@expo-google-fonts/inter/${face}`)),
    },
  };
}

/**
 * Renders an SVG that `drawChart` made as PNG, at twice its size, outside the main thread. A native picture is only
 * given back when the event loop turns; without the turn at the end a run of charts would hold every one of them.
 */
export async function toPng(svg: string): Promise<Uint8Array> {
  const { renderAsync } = await import("@resvg/resvg-js");
  const picture = await renderAsync(svg, options(CHART_WIDTH * SCALE));
  const png = Uint8Array.from(picture.asPng());
  await setImmediate();
  return png;
}

/** The same SVG with its text as outlines, so that it needs no font where it is shown; `alt` becomes its title for screen readers. */
export async function toOutlines(svg: string, alt: string): Promise<string> {
  const { Resvg } = await import("@resvg/resvg-js");
  const outlined = new Resvg(svg, options(CHART_WIDTH)).toString();
  const escaped = alt.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  await setImmediate();
  return outlined.replace(
    /<svg\b([^<>]*)>/,
    (_, attributes: string) => `<svg${attributes} role="img"><title>${escaped}</title>`,
  );
}
