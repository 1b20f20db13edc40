// SVG to PNG, and SVG text to outlines, with one font that ships with the project: the picture is the same everywhere.
import { createRequire } from "node:module";
import { CHART_WIDTH, FONT } from "./chart.js";

/** Device pixels a CSS pixel. */
export const SCALE = 2;

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

/** Renders an SVG that {@link drawChart} made as PNG, at {@link SCALE} times its size. */
export async function toPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  return new Resvg(svg, options(CHART_WIDTH * SCALE)).render().asPng();
}

/** The same SVG with its text as outlines, so that it needs no font where it is shown; `alt` becomes its title for screen readers. */
export async function toOutlines(svg: string, alt: string): Promise<string> {
  const { Resvg } = await import("@resvg/resvg-js");
  const outlined = new Resvg(svg, options(CHART_WIDTH)).toString();
  const escaped = alt.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return outlined.replace(
    /<svg\b([^>]*)>/,
    (_, attributes: string) => `<svg${attributes} role="img"><title>${escaped}</title>`,
  );
}
