import type { FunnelFigures, FunnelMetric, FunnelReport, ReportKey } from "@tributary/contract";
import type { Series } from "../kit/chart/chart-options.ts";
import { daysOf } from "../kit/day-ranges.ts";

export interface Picture {
  readonly categories: readonly string[];
  readonly series: readonly Series[];
}

export interface PictureWords {
  readonly now: string;
  readonly before: string;
  readonly keyText: (key: ReportKey) => string;
}

type Row = FunnelReport["rows"][number];

const MOST_GROUPS = 12;
const MOST_LINES = 6;

/** The largest groups as bars; with a comparison the period before stands beside each. */
export function groupPicture(report: FunnelReport, metric: FunnelMetric, words: PictureWords): Picture {
  const rows = report.rows
    .toSorted((a, b) => (b.figures[metric] ?? 0) - (a.figures[metric] ?? 0))
    .slice(0, MOST_GROUPS);
  const now: Series = { name: words.now, kind: "bar", values: rows.map((row) => row.figures[metric]) };
  const before: Series = {
    name: words.before,
    kind: "bar",
    quiet: true,
    values: rows.map((row) => row.previous?.[metric] ?? null),
  };
  return {
    categories: rows.map((row) => row.keys.map(words.keyText).join(" · ")),
    series: report.previousFrom === null ? [now] : [now, before],
  };
}

/** A line over time, and the period before; with a second breakdown one line for each of its largest groups. */
export function timePicture(report: FunnelReport, metric: FunnelMetric, words: PictureWords): Picture {
  const times = new Map<string, ReportKey>();
  for (const row of report.rows) if (row.keys[0] !== undefined) times.set(row.keys[0].value, row.keys[0]);
  const some = [...times.values()][0];
  // a day without rows is a day on which nothing happened: it has its place on the axis
  const ordered = some?.by === "day" ? daysOf(report.from, report.to, report.asOf) : [...times.keys()].sort();
  const categories = ordered.map((time) => words.keyText(times.get(time) ?? { by: "day", value: time, label: time }));
  const groups = Map.groupBy(report.rows, (row) => row.keys[1]?.value ?? "");
  const isOne = report.rows.every((row) => row.keys.length < 2);
  if (!isOne)
    return { categories, series: largest(groups, metric).map((rows) => lineOf(rows, ordered, metric, words)) };
  const byTime = new Map(report.rows.map((row) => [row.keys[0]?.value ?? "", row]));
  const now = ordered.map((time) => figureOf(byTime.get(time)?.figures, metric));
  const before = ordered.map((time) => figureOf(byTime.get(time)?.previous, metric));
  const series: Series[] = [{ name: words.now, kind: "area", values: now }];
  if (report.previousFrom !== null) series.push({ name: words.before, quiet: true, values: before });
  return { categories, series };
}

function largest(groups: ReadonlyMap<string, readonly Row[]>, metric: FunnelMetric): (readonly Row[])[] {
  const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + (row.figures[metric] ?? 0), 0);
  return [...groups.values()].sort((a, b) => sum(b) - sum(a)).slice(0, MOST_LINES);
}

function lineOf(rows: readonly Row[], times: readonly string[], metric: FunnelMetric, words: PictureWords): Series {
  const key = rows[0]?.keys[1];
  const byTime = new Map(rows.map((row) => [row.keys[0]?.value ?? "", row]));
  return {
    name: key === undefined ? words.now : words.keyText(key),
    values: times.map((time) => figureOf(byTime.get(time)?.figures, metric)),
  };
}

/** Where there is no row, a count is nought and a share is not known. */
function figureOf(figures: FunnelFigures | null | undefined, metric: FunnelMetric): number | null {
  return figures?.[metric] ?? (/To[A-Z]/.test(metric) ? null : 0);
}
