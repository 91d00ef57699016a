import type { EChartsCoreOption } from "echarts/core";

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly kind?: "line" | "bar" | "area";
  /** Bars and areas with the same stack stand on each other. */
  readonly stack?: string;
  /** A comparison: thin and dashed. */
  readonly quiet?: boolean;
}

export interface ChartDeclaration {
  /** What the picture answers; read out and used as the table's caption. */
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly categoryLabel: string;
  readonly format?: (value: number) => string;
  /** The categories are names, not times: none of them is left out below the picture. */
  readonly named?: boolean;
  /** Where the scale ends: 1 for shares, which are never more than all. */
  readonly max?: number;
}

export interface ChartColors {
  readonly text: string;
  readonly line: string;
  readonly ground: string;
  readonly series: readonly string[];
}

/** Distinguishable also for the colour-blind: they differ in lightness, not in hue alone. */
const LIGHT = ["#4f63df", "#0e9384", "#d97706", "#b3407f", "#6b7078", "#2f3b86"];
const DARK = ["#8b9af0", "#3cc4b2", "#e9a94a", "#e07fb3", "#9a9eaa", "#c9d0fb"];

export function chartColors(dark: boolean): ChartColors {
  return dark
    ? { text: "#9a9eaa", line: "#25272c", ground: "#1a1b1f", series: DARK }
    : { text: "#5f636c", line: "#e8e9ec", ground: "#ffffff", series: LIGHT };
}

function seriesOption(series: Series, colors: ChartColors, index: number): EChartsCoreOption {
  const color = series.quiet === true ? colors.text : (colors.series[index % colors.series.length] ?? colors.text);
  const shared = {
    name: series.name,
    data: [...series.values],
    color,
    ...(series.stack === undefined ? {} : { stack: series.stack }),
  };
  if (series.kind === "bar")
    return {
      ...shared,
      type: "bar",
      barMaxWidth: 22,
      itemStyle: {
        borderRadius: series.stack === undefined ? [2, 2, 0, 0] : 0,
        opacity: series.quiet === true ? 0.35 : 1,
      },
    };
  return {
    ...shared,
    type: "line",
    showSymbol: series.values.length === 1,
    symbolSize: 5,
    lineStyle: { width: series.quiet === true ? 1 : 1.8, type: series.quiet === true ? "dashed" : "solid" },
    ...(series.kind === "area" ? { areaStyle: { opacity: 0.09 } } : {}),
  };
}

function isWhole(chart: ChartDeclaration): boolean {
  return chart.series.every((one) => one.values.every((value) => value === null || Number.isInteger(value)));
}

const NAME_WIDTH = 58;
const SLANTED_WIDTH = 20;

/** Names below bars: side by side in lines of their own width, slanted where there is less room; times leave out what would overlap. */
function categoryLabels(chart: ChartDeclaration, width: number): EChartsCoreOption {
  const each = (width - 60) / Math.max(chart.categories.length, 1);
  if (chart.named !== true || each < SLANTED_WIDTH) return { hideOverlap: true };
  if (each < NAME_WIDTH) return { interval: 0, rotate: 40, width: 90, overflow: "truncate" };
  return { interval: 0, width: each - 8, overflow: "break", lineHeight: 14 };
}

/** The house's picture: few lines, no frame, figures at the start, a tooltip that names every series. @param width of the picture in pixels */
export function chartOption(chart: ChartDeclaration, colors: ChartColors, width: number): EChartsCoreOption {
  const format = chart.format ?? String;
  const axis = { axisLine: { lineStyle: { color: colors.line } }, axisTick: { show: false } };
  return {
    animationDuration: 200,
    textStyle: { fontFamily: "'Inter Variable', sans-serif", color: colors.text },
    grid: { left: 4, right: 10, top: chart.series.length > 1 ? 30 : 10, bottom: 6, containLabel: true },
    legend: {
      show: chart.series.length > 1,
      // what has no room beside the table's button is leafed through
      type: "scroll",
      top: 0,
      left: 0,
      right: 34,
      pageIconSize: 10,
      pageTextStyle: { color: colors.text, fontSize: 11 },
      pageIconColor: colors.text,
      itemWidth: 10,
      itemHeight: 3,
      itemGap: 16,
      icon: "roundRect",
      textStyle: { color: colors.text, fontSize: 12 },
    },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colors.ground,
      borderColor: colors.line,
      textStyle: { color: colors.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === "number" ? format(value) : "–"),
    },
    xAxis: {
      type: "category",
      data: [...chart.categories],
      boundaryGap: chart.series.some((one) => one.kind === "bar"),
      ...axis,
      axisLabel: { color: colors.text, fontSize: 11, ...categoryLabels(chart, width) },
    },
    yAxis: {
      type: "value",
      ...axis,
      splitLine: { lineStyle: { color: colors.line } },
      axisLabel: { color: colors.text, fontSize: 11, formatter: (value: number) => format(value) },
      splitNumber: 4,
      ...(chart.max === undefined ? {} : { max: chart.max }),
      // Nobody counts half a click.
      ...(isWhole(chart) ? { minInterval: 1 } : {}),
    },
    series: chart.series.map((series, index) => seriesOption(series, colors, index)),
  };
}
