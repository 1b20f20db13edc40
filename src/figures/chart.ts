// Comparable figures as a bar chart, drawn by ECharts without a browser. Knows no platform and no file.
import { createRequire } from "node:module";
import type * as Echarts from "echarts";
import type { BarSeriesOption } from "echarts/charts";
import type { GridComponentOption, TitleComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { wordingOf } from "../languages/languages.js";
import { shortValueText } from "./format.js";
import type { Figure } from "./types.js";

export type Theme = "light" | "dark";

export interface ChartSpec {
  readonly title: string;
  /** Numbers of one unit. */
  readonly figures: readonly Figure[];
  /** Where the numbers come from, in one line. */
  readonly source: string;
  readonly language: string;
  readonly theme: Theme;
}

type Option = ComposeOption<BarSeriesOption | GridComponentOption | TitleComponentOption>;

interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly track: string;
  /** A stated figure. */
  readonly bar: string;
  /** A figure worked out from others; hatched too, so that colour is not alone in saying so. */
  readonly derived: string;
}

/** Blue and orange of Okabe and Ito (2008), which hold for the common kinds of colour blindness; lighter on dark ground. */
const PALETTES: Record<Theme, Palette> = {
  light: { ground: "#ffffff", ink: "#1b1c1d", soft: "#55585c", track: "#eceae4", bar: "#0072b2", derived: "#b35c00" },
  dark: { ground: "#1f2427", ink: "#eceeed", soft: "#b4babd", track: "#333a3e", bar: "#56b4e9", derived: "#e69f00" },
};

export const FONT = "Inter";
/** CSS pixels. */
export const CHART_WIDTH = 640;
const EDGE = 24;
const TITLE_SIZE = 18;
const TITLE_LINE = 25;
const LABEL_SIZE = 14;
const LABEL_LINE = 19;
const BAR = 26;
const GAP = 18;
const SOURCE_LINE = 17;
const SOURCE_SIZE = 12;
/** Mean width of a character of Inter, as a share of its size; wide enough that no line overruns. */
const CHARACTER = 0.5;

/** ECharts as one minified file: it loads in a third of the time that its modules take. Loaded at the first chart. */
function loadEcharts(): Pick<typeof Echarts, "init"> {
  return createRequire(import.meta.url)("echarts/dist/echarts.min.js") as typeof Echarts;
}

/** Breaks text into lines that fit `width`, by the font's mean character; a longer word has its own line, cut with an ellipsis. */
function fit(text: string, width: number, size: number): string[] {
  const longest = Math.max(8, Math.floor(width / (size * CHARACTER)));
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const short = word.length > longest ? `${word.slice(0, longest - 1)}…` : word;
    if (last !== undefined && last.length + 1 + short.length <= longest) lines[lines.length - 1] = `${last} ${short}`;
    else lines.push(short);
  }
  return lines;
}

/** The whole picture as SVG, with real text in {@link FONT}. All figures must be numbers of one unit. */
export function drawChart({ title, figures, source, language, theme }: ChartSpec): string {
  const { init } = loadEcharts();
  const palette = PALETTES[theme];
  const inner = CHART_WIDTH - 2 * EDGE;
  const titleLines = fit(title, inner, TITLE_SIZE);
  const sourceLines = fit(source, inner, SOURCE_SIZE);
  const labels = figures.map((figure) =>
    fit(figure.from.length > 0 ? wordingOf(language).workedOutLabel(figure.label) : figure.label, inner, LABEL_SIZE),
  );
  const values = figures.map((figure) => (typeof figure.value === "number" ? figure.value : 0));
  const shown = figures.map((figure) => shortValueText(figure, language));
  const share = figures.every((figure) => figure.unit === "%") && values.every((value) => value >= 0 && value <= 100);
  const labelHeight = Math.max(...labels.map((lines) => lines.length)) * LABEL_LINE + 5;
  const row = labelHeight + BAR + GAP;
  const gridTop = EDGE + titleLines.length * TITLE_LINE + GAP;
  const sourceTop = gridTop + figures.length * row;
  const height = sourceTop + sourceLines.length * SOURCE_LINE + EDGE - 4;
  const valueWidth = Math.max(...shown.map((text) => text.length)) * LABEL_SIZE * 0.64 + 14;
  const font = { fontFamily: FONT, color: palette.ink };

  const option: Option = {
    animation: false,
    backgroundColor: palette.ground,
    textStyle: { fontFamily: FONT },
    title: [
      {
        text: titleLines.join("\n"),
        left: EDGE,
        top: EDGE,
        padding: 0,
        textStyle: { ...font, fontSize: TITLE_SIZE, lineHeight: TITLE_LINE, fontWeight: 700 },
      },
      {
        text: sourceLines.join("\n"),
        left: EDGE,
        top: sourceTop,
        padding: 0,
        textStyle: { ...font, color: palette.soft, fontSize: SOURCE_SIZE, lineHeight: SOURCE_LINE, fontWeight: 400 },
      },
    ],
    grid: {
      left: EDGE,
      right: EDGE + (share ? 0 : valueWidth),
      top: gridTop,
      height: figures.length * row,
      containLabel: false,
    },
    xAxis: {
      type: "value",
      min: Math.min(0, ...values),
      max: share ? 100 : Math.max(...values, Number.MIN_VALUE),
      show: false,
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: labels.map((lines) => lines.join("\n")),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        inside: true,
        margin: 0,
        align: "left",
        verticalAlign: "bottom",
        padding: [0, 0, BAR / 2 + 5, 0],
        fontFamily: FONT,
        fontSize: LABEL_SIZE,
        lineHeight: LABEL_LINE,
        color: palette.ink,
      },
      z: 3,
    },
    series: [
      {
        type: "bar",
        barWidth: BAR,
        showBackground: share,
        backgroundStyle: { color: palette.track, borderRadius: 3 },
        label: {
          show: true,
          position: "right",
          distance: 8,
          fontFamily: FONT,
          fontSize: LABEL_SIZE,
          fontWeight: 700,
          color: palette.ink,
          formatter: ({ dataIndex }) => shown[dataIndex] ?? "",
        },
        data: values.map((value, index) => {
          const derived = (figures[index]?.from.length ?? 0) > 0;
          return {
            value,
            itemStyle: {
              color: derived ? palette.derived : palette.bar,
              borderRadius: 3,
              ...(derived
                ? {
                    decal: {
                      symbol: "rect",
                      rotation: Math.PI / 4,
                      color: palette.ground,
                      dashArrayX: [1, 0],
                      dashArrayY: [3, 6],
                    },
                  }
                : {}),
            },
          };
        }),
      },
    ],
  };
  const chart = init(null, null, { renderer: "svg", ssr: true, width: CHART_WIDTH, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
