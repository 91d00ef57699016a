import type { ClicksQuery, ClicksReport, ReportKey } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { invalid } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import { timesOf } from "./core/calendar.ts";
import { clicksOverTimeQuery, verdictsQuery } from "./core/clicks-over-time.ts";
import { filtersOf } from "./core/dimensions.ts";
import { daysBetween } from "./core/funnel.ts";
import { freshness } from "./freshness.ts";
import { requireRange } from "./funnel.ts";
import { labelKeys } from "./labels.ts";
import { ask } from "./store/ask.ts";
import { programFacts } from "./store/names.ts";

const MOST_DAYS_BY_HOUR = 31;

interface Row {
  readonly key: string;
  readonly is_rest: number;
  readonly moment: string;
  readonly clicks: string;
  readonly uncounted: string;
  readonly impressions: string;
}

/** Clicks over time, one series or one per value of a dimension, without gaps. @throws Refusal invalid_input, report_too_heavy */
export async function clicksReport(ctx: ReportContext, actor: Actor, query: ClicksQuery): Promise<ClicksReport> {
  requireRange(query.from, query.to);
  if (query.grain === "hour" && daysBetween(query.from, query.to) > MOST_DAYS_BY_HOUR) {
    throw invalid("grain", "hour", `goes for ${MOST_DAYS_BY_HOUR} days at most`, "ask for fewer days, or for days");
  }
  const reach = await reachOf(ctx, actor, "reports.read");
  const timeZone = await zoneOf(ctx, query.programId);
  const question = { ...query, filters: filtersOf(query), timeZone };
  const [rows, verdicts] = await Promise.all([
    ask<Row>(ctx.analytics, reach, clicksOverTimeQuery(question)),
    ask<{ what: string; requests: string }>(ctx.analytics, reach, verdictsQuery(question)),
  ]);
  const times = timesOf(query.grain, query.from, query.to);
  const series = seriesOf(rows, times);
  const keys =
    query.by === undefined
      ? []
      : await labelKeys(
          ctx.whole,
          [query.by],
          series.map(({ value }) => [value]),
        );
  return {
    grain: query.grain,
    timeZone,
    times,
    series: series.map(({ rest, clicks, uncounted, impressions }, index) => ({
      key: rest ? null : ((keys[index]?.[0] ?? null) as ReportKey | null),
      clicks,
      uncounted,
      impressions,
    })),
    verdicts: verdicts.map((row) => ({ verdict: row.what, requests: Number(row.requests) })),
    asOf: (await freshness(ctx)).toISOString(),
  };
}

interface Series {
  readonly value: string;
  readonly rest: boolean;
  readonly clicks: number[];
  readonly uncounted: number[];
  readonly impressions: number[];
}

function seriesOf(rows: readonly Row[], times: readonly string[]): Series[] {
  const places = new Map(times.map((time, index) => [time, index]));
  const found = new Map<string, Series>();
  for (const row of rows) {
    const rest = Number(row.is_rest) === 1;
    const id = rest ? "rest" : `is ${row.key}`;
    let series = found.get(id);
    if (!series) {
      const none = () => times.map(() => 0);
      series = { value: row.key, rest, clicks: none(), uncounted: none(), impressions: none() };
      found.set(id, series);
    }
    const at = places.get(row.moment);
    if (at === undefined) continue;
    series.clicks[at] = Number(row.clicks);
    series.uncounted[at] = Number(row.uncounted);
    series.impressions[at] = Number(row.impressions);
  }
  return [...found.values()];
}

/** The zone of the one program asked for, or of the first: hours of several zones cannot stand in one chart otherwise. */
async function zoneOf(ctx: ReportContext, programIds: readonly string[] | undefined): Promise<string> {
  const programs = await programFacts(ctx.whole);
  const asked = programs.find(({ programId }) => programIds === undefined || programIds.includes(programId));
  return asked?.timeZone ?? "UTC";
}
