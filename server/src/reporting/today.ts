import type { Attention, TodayReport } from "@tributary/contract";
import type { Actor, RecordReach } from "../access/index.ts";
import { addDays } from "../kernel/period.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import {
  type ProgramDay,
  programDay,
  todaysClicks,
  todaysCustomers,
  todaysDepositors,
  todaysDeposits,
  todaysPartners,
  troubledCalls,
  unusualPartners,
} from "./core/today.ts";
import { freshness } from "./freshness.ts";
import { ask } from "./store/ask.ts";
import { earned } from "./store/earnings.ts";
import { namesOf, programFacts } from "./store/names.ts";
import { waitingWork } from "./store/waiting-work.ts";

const TOP_PARTNERS = 8;
const UNUSUAL_OF_A_KIND = 8;

/**
 * The day so far beside the same weekday a week ago (up to the same time), and what deserves a look. Every program is at its own
 * time of day.
 */
export async function todayReport(
  ctx: ReportContext,
  actor: Actor,
  query: { readonly programId?: readonly string[] | undefined },
): Promise<TodayReport> {
  const reach = await reachOf(ctx, actor, "reports.read");
  const now = ctx.clock.now();
  const days = await daysOfPrograms(ctx, query.programId, now);
  const [hours, customers, deposits, commission, topPartners, attention, asOf] = await Promise.all([
    hoursOf(ctx, reach, days, now),
    customersOf(ctx, reach, days, now),
    depositsOf(ctx, reach, days, now),
    commissionOf(ctx, reach, days),
    topPartnersOf(ctx, reach, days, now),
    attentionOf(ctx, reach, days, now, query.programId),
    freshness(ctx),
  ]);
  return {
    now: now.toISOString(),
    clicks: hours.total,
    ...customers,
    ...deposits,
    commission,
    hours: hours.hours,
    topPartners,
    attention,
    asOf: asOf.toISOString(),
  };
}

async function daysOfPrograms(
  ctx: ReportContext,
  programIds: readonly string[] | undefined,
  now: Date,
): Promise<ProgramDay[]> {
  const programs = await programFacts(ctx.whole);
  return programs
    .filter(({ programId }) => programIds === undefined || programIds.includes(programId))
    .map(({ programId, timeZone }) => programDay(programId, timeZone, now));
}

async function hoursOf(ctx: ReportContext, reach: RecordReach, days: readonly ProgramDay[], now: Date) {
  type Row = { hour: number; clicks: string; whole_before: string; clicks_before: string };
  const rows = await ask<Row>(ctx.analytics, reach, todaysClicks(days, now));
  const byHour = new Map(rows.map((row) => [Number(row.hour), row]));
  return {
    total: {
      now: rows.reduce((sum, row) => sum + Number(row.clicks), 0),
      before: rows.reduce((sum, row) => sum + Number(row.clicks_before), 0),
    },
    hours: Array.from({ length: 24 }, (_, hour) => ({
      hour,
      clicks: Number(byHour.get(hour)?.clicks ?? 0),
      before: Number(byHour.get(hour)?.whole_before ?? 0),
    })),
  };
}

async function customersOf(ctx: ReportContext, reach: RecordReach, days: readonly ProgramDay[], now: Date) {
  const [row] = await ask<Record<string, string>>(ctx.analytics, reach, todaysCustomers(days, now));
  return {
    registrations: { now: Number(row?.registrations ?? 0), before: Number(row?.registrations_before ?? 0) },
    ftds: { now: Number(row?.ftds ?? 0), before: Number(row?.ftds_before ?? 0) },
  };
}

async function depositsOf(ctx: ReportContext, reach: RecordReach, days: readonly ProgramDay[], now: Date) {
  type Row = { money: string; deposits: string; deposits_before: string; minor: string; minor_before: string };
  const rows = await ask<Row>(ctx.analytics, reach, todaysDeposits(days, now));
  return {
    deposits: {
      now: rows.reduce((sum, row) => sum + Number(row.deposits), 0),
      before: rows.reduce((sum, row) => sum + Number(row.deposits_before), 0),
    },
    depositAmounts: rows.map((row) => ({ currency: row.money, nowMinor: row.minor, beforeMinor: row.minor_before })),
  };
}

/** Commission knows the day it was earned, not the hour: the day so far stands beside the whole day a week ago. */
async function commissionOf(ctx: ReportContext, reach: RecordReach, days: readonly ProgramDay[]) {
  const byDay = Map.groupBy(days, ({ day }) => day);
  const sums = new Map<string, { now: bigint; before: bigint }>();
  for (const [day, programs] of byDay) {
    const programIds = programs.map(({ programId }) => programId);
    for (const [name, from] of [
      ["now", day],
      ["before", addDays(day, -7)],
    ] as const) {
      const rows = await earned(ctx.db, reach, { from, to: addDays(from, 1), by: "none", grain: "day", programIds });
      for (const row of rows) {
        const sum = sums.get(row.currency) ?? { now: 0n, before: 0n };
        sum[name] += row.minor;
        sums.set(row.currency, sum);
      }
    }
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, nowMinor: String(sum.now), beforeMinor: String(sum.before) }));
}

async function topPartnersOf(ctx: ReportContext, reach: RecordReach, days: readonly ProgramDay[], now: Date) {
  const [clicks, depositors] = await Promise.all([
    ask<{ partner: string; clicks: string }>(ctx.analytics, reach, todaysPartners(days, now, TOP_PARTNERS)),
    ask<{ partner: string; ftds: string }>(ctx.analytics, reach, todaysDepositors(days, now)),
  ]);
  const ftds = new Map(depositors.map((row) => [row.partner, Number(row.ftds)]));
  const names = await namesOf(
    ctx.whole,
    "partner",
    clicks.map((row) => row.partner),
  );
  return clicks.map((row) => ({
    id: row.partner,
    name: names.get(row.partner) ?? row.partner,
    clicks: Number(row.clicks),
    ftds: ftds.get(row.partner) ?? 0,
  }));
}

interface UnusualRow {
  readonly partner: string;
  readonly what: "fading_partner" | "traffic_spike" | "bot_share";
  readonly today: string;
  readonly week: string;
  readonly usual_week: number;
  readonly usual_day: number;
  readonly requests: string;
  readonly uncounted: string;
}

async function attentionOf(
  ctx: ReportContext,
  reach: RecordReach,
  days: readonly ProgramDay[],
  now: Date,
  programIds: readonly string[] | undefined,
): Promise<Attention[]> {
  type Troubled = { what: "unattributed" | "rejected"; calls: string; why: string; first_at: string };
  const [unusual, troubled, waiting] = await Promise.all([
    ask<UnusualRow>(ctx.analytics, reach, unusualPartners(days, now, UNUSUAL_OF_A_KIND)),
    ask<Troubled>(ctx.analytics, reach, troubledCalls(days, now)),
    waitingWork(ctx.db, reach, programIds, now),
  ]);
  const names = await namesOf(
    ctx.whole,
    "partner",
    unusual.map((row) => row.partner),
  );
  return [
    ...troubled.map((row) => ({
      kind: row.what === "rejected" ? ("rejected_calls" as const) : ("unattributed_events" as const),
      partner: null,
      count: Number(row.calls),
      before: null,
      detail: row.why,
      since: `${row.first_at.replace(" ", "T")}Z`,
    })),
    ...unusual.map((row) => ({
      ...unusualFigures(row),
      partner: { id: row.partner, name: names.get(row.partner) ?? row.partner },
    })),
    ...waiting.map((row) => ({
      kind: row.kind,
      partner: null,
      count: row.count,
      before: null,
      detail: "",
      since: row.since.toISOString(),
    })),
  ];
}

function unusualFigures(row: UnusualRow): Omit<Attention, "partner"> {
  const plain = { kind: row.what, detail: "", since: null };
  if (row.what === "traffic_spike") return { ...plain, count: Number(row.today), before: Math.round(row.usual_day) };
  if (row.what === "bot_share") return { ...plain, count: Number(row.uncounted), before: Number(row.requests) };
  return { ...plain, count: Number(row.week), before: Math.round(row.usual_week) };
}
