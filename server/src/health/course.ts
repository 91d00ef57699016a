import type { HealthCourse } from "@tributary/contract";
import type { RecordReach } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { freshness, trafficByHour } from "../reporting/index.ts";
import { postbackHours } from "../tracking/index.ts";
import { type Baseline, learn } from "./core/baseline.ts";
import { type Course, cellOf, DAY_HOURS, WEEK_HOURS } from "./core/course.ts";
import { varianceOf } from "./core/forecast.ts";
import { weekCounts } from "./core/profile.ts";
import { HOUR_MS } from "./hours.ts";
import type { HealthNeeds } from "./run.ts";
import type { AlertRow } from "./store/alerts.ts";

const SHOWN_DAYS = 14;
const LEARNT_HOURS = 8 * WEEK_HOURS;
/** A point of the picture covers some hours, so that fourteen days can be read. */
const STEP_HOURS = 6;
/** 90 of 100 lie within so many deviations. */
const WITHIN = 1.645;

interface Line {
  readonly first: number;
  readonly count: Float64Array;
  readonly marked: Float64Array;
  readonly logs: Float64Array;
}

/** The last fourteen days beside what was to be expected of them by what was usual before it began. */
export async function courseOf(
  ctx: Context,
  needs: HealthNeeds,
  row: AlertRow,
  timeZone: string,
): Promise<HealthCourse | null> {
  const asOf = await freshness({ ...ctx, ...needs });
  // what the alert itself has seen is in the analytics, however far behind they say they are
  const seen = Math.max(asOf.getTime(), row.updated_at.getTime());
  const last = row.closed_at === null ? seen : Math.min(seen, row.closed_at.getTime() + 2 * DAY_HOURS * HOUR_MS);
  const end = Math.ceil(last / HOUR_MS / STEP_HOURS) * STEP_HOURS;
  const since = Math.floor(row.since.getTime() / HOUR_MS);
  const shown = Math.min(end - SHOWN_DAYS * DAY_HOURS, since - 2 * DAY_HOURS);
  const from = shown - (shown % STEP_HOURS);
  const first = Math.max(since, from) - LEARNT_HOURS;
  const line = await lineOf(needs, row, first, end);
  const band = bandOf(row, line, first, since, timeZone);
  return drawn(row, line, band, from - first, end - first, timeZone);
}

/** Hours of the place that the alert is about. */
async function lineOf(needs: HealthNeeds, row: AlertRow, first: number, end: number): Promise<Line> {
  const hours = end - first;
  const line = {
    first,
    count: new Float64Array(hours),
    marked: new Float64Array(hours),
    logs: new Float64Array(hours),
  };
  const [from, to] = [new Date(first * HOUR_MS), new Date(end * HOUR_MS)];
  const put = (hour: number, count: number, marked: number, logs: number) => {
    const at = hour - first;
    if (at < 0 || at >= hours) return;
    line.count[at] = (line.count[at] as number) + count;
    line.marked[at] = (line.marked[at] as number) + marked;
    line.logs[at] = (line.logs[at] as number) + logs;
  };
  if (row.kind === "postback_errors") {
    const calls = await postbackHours(needs.whole, from, to);
    for (const one of calls)
      if (one.partnerId === row.partner_id && one.programId === row.program_id) put(one.hour, one.tried, one.failed, 0);
    return line;
  }
  for (const one of await trafficByHour(needs, { from, to, programIds: [row.program_id] }, reachOfAlert(row)))
    if (isOf(row, one)) put(one.hour, one.count, one.marked, one.logs);
  return line;
}

function reachOfAlert(row: AlertRow): RecordReach {
  if (row.partner_id === null) return { everything: false, partnerIds: [], programIds: [row.program_id] };
  return { everything: false, partnerIds: [row.partner_id], programIds: [] };
}

interface Hour {
  readonly what: string;
  readonly type: string;
  readonly offerId: string;
  readonly sourceId: string;
}

function isOf(row: AlertRow, hour: Hour): boolean {
  if (row.kind === "rejected_calls") return hour.what === "calls" && hour.sourceId === row.source_id;
  if (row.offer_id !== null && hour.offerId !== row.offer_id) return false;
  return row.kind === "clicks" ? hour.what === "clicks" : hour.what === "event" && hour.type === row.event_type;
}

interface Band {
  readonly baseline: Baseline;
  readonly level: number;
  readonly cells: Uint8Array;
}

function bandOf(row: AlertRow, line: Line, first: number, since: number, timeZone: string): Band | undefined {
  if (row.kind !== "clicks" && row.kind !== "conversions") return undefined;
  const zoned = Temporal.Instant.fromEpochMilliseconds(row.since.getTime()).toZonedDateTimeISO(timeZone);
  const offset = Math.round(zoned.offsetNanoseconds / 60_000_000_000);
  const hours = line.count.length;
  const cells = Uint8Array.from({ length: hours }, (_, hour) => cellOf(first + hour, offset));
  const course: Course = { counts: line.count, cells, skipped: new Uint8Array(hours), whole: 1 };
  const until = Math.min(hours, Math.max(0, since - first));
  const baseline = learn(course, 0, until, weekCounts(course, 0, until));
  return baseline && { baseline, level: row.level, cells };
}

function drawn(
  row: AlertRow,
  line: Line,
  band: Band | undefined,
  begin: number,
  end: number,
  timeZone: string,
): HealthCourse {
  const course: HealthCourse = {
    unit: unitOf(row),
    stepHours: STEP_HOURS,
    times: [],
    seen: [],
    expected: [],
    low: [],
    high: [],
    timeZone,
  };
  for (let hour = Math.max(0, begin); hour + STEP_HOURS <= end; hour += STEP_HOURS) {
    const sum = (values: Float64Array) =>
      values.subarray(hour, hour + STEP_HOURS).reduce((total, one) => total + one, 0);
    const [count, marked] = [sum(line.count), sum(line.marked)];
    course.times.push(new Date((line.first + hour) * HOUR_MS).toISOString());
    course.seen.push(
      row.kind === "delay"
        ? seconds(sum(line.logs), marked)
        : unitOf(row) === "share"
          ? marked / Math.max(1, count)
          : count,
    );
    const { expected, below, above } = usual(row, band, hour);
    course.expected.push(expected);
    course.low.push(below);
    course.high.push(above);
  }
  return course;
}

function seconds(logs: number, count: number): number {
  return count === 0 ? 0 : Math.exp(logs / count);
}

function unitOf(row: AlertRow): HealthCourse["unit"] {
  if (row.kind === "delay") return "seconds";
  return row.kind === "clicks" || row.kind === "conversions" ? "events" : "share";
}

function usual(
  row: AlertRow,
  band: Band | undefined,
  hour: number,
): { expected: number | null; below: number | null; above: number | null } {
  if (row.kind === "delay") return { expected: row.expected, below: null, above: null };
  if (row.kind === "postback_errors" || row.kind === "rejected_calls")
    return { expected: row.level, below: null, above: null };
  if (band === undefined) return { expected: null, below: null, above: null };
  const { below, above, shape } = band.baseline;
  let expected = 0;
  for (let of = hour; of < hour + STEP_HOURS; of++) expected += band.level * (shape[band.cells[of] as number] ?? 0);
  const stretch = { start: hour, end: hour + STEP_HOURS };
  const reach = (spread: Baseline["below"]) => WITHIN * Math.sqrt(varianceOf(spread, expected, stretch));
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    expected: round(expected),
    below: round(Math.max(0, expected - reach(below))),
    above: round(expected + reach(above)),
  };
}

/** Fourteen days of each alert of a list, one question for all. */
export async function sparksOf(
  ctx: Context,
  needs: HealthNeeds,
  rows: readonly AlertRow[],
): Promise<ReadonlyMap<string, number[]>> {
  const shown = rows.filter(({ kind }) => kind === "clicks" || kind === "conversions");
  const partnerIds = [...new Set(shown.flatMap((row) => (row.partner_id === null ? [] : [row.partner_id])))];
  if (partnerIds.length === 0) return new Map();
  const to = ctx.clock.now();
  const from = new Date(to.getTime() - SHOWN_DAYS * DAY_HOURS * HOUR_MS);
  const hours = await trafficByHour(needs, { from, to }, { everything: false, partnerIds, programIds: [] });
  const own = Map.groupBy(hours, (hour) => `${hour.programId} ${hour.partnerId}`);
  return new Map(
    shown.map((row) => {
      const days = new Array<number>(SHOWN_DAYS).fill(0);
      for (const hour of own.get(`${row.program_id} ${row.partner_id}`) ?? []) {
        const day = Math.floor((hour.hour - from.getTime() / HOUR_MS) / DAY_HOURS);
        if (isOf(row, hour) && day >= 0 && day < SHOWN_DAYS) days[day] = (days[day] ?? 0) + hour.count;
      }
      return [row.alert_id, days];
    }),
  );
}
