import type { LiveReport, PartnerReport } from "@tributary/contract";
import { type Actor, isWithin, type RecordReach } from "../access/index.ts";
import { addDays, addMonths, type Day, dayOf, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import { daysOf } from "./core/calendar.ts";
import type { FunnelQuestion } from "./core/funnel.ts";
import { addSums, figuresOf } from "./core/metrics.ts";
import { lastOfPartner, liveClicks, liveEvents } from "./core/partner.ts";
import { freshness } from "./freshness.ts";
import { askFunnel, sumsOf } from "./funnel.ts";
import { ask } from "./store/ask.ts";
import { earned, held } from "./store/earnings.ts";
import { partnerZone } from "./store/names.ts";

const DAYS = 30;

/**
 * Thirty days of a partner beside the thirty before, day by day, with what it earned this month and last.
 * @throws Refusal not_found for a partner out of reach
 */
export async function partnerReport(ctx: ReportContext, actor: Actor, partnerId: string): Promise<PartnerReport> {
  const reach = await reachOf(ctx, actor, "reports.read");
  const zone = await partnerZone(ctx.whole, partnerId);
  // Somebody whose reach is a program sees the partner's work in that program: the queries are narrowed to it.
  const visible = isWithin(reach, { partnerId }) || (!reach.everything && reach.programIds.length > 0);
  if (zone === undefined || !visible) throw notFound("partner", partnerId);
  const to = addDays(dayOf(ctx.clock.now(), zone), 1);
  const from = addDays(to, -DAYS);
  const asked: Omit<FunnelQuestion, "currencies"> = {
    from,
    to,
    basis: "happened",
    by: ["day"],
    filters: new Map([["partner", [partnerId]]]),
    compare: true,
    sort: "clicks",
    descending: true,
    top: 1000,
  };
  const [{ rows, currencies }, [last], earnings, asOf] = await Promise.all([
    askFunnel(ctx, reach, asked),
    ask<{ click_at: string | null; deposit_at: string | null }>(ctx.analytics, reach, lastOfPartner(partnerId)),
    earningsOf(ctx, reach, partnerId, to),
    freshness(ctx),
  ]);
  const days = daysOf(from, to);
  const byDay = new Map(rows.map((row) => [String(row.key0), row]));
  const series = (name: string): number[] => days.map((day) => Number(byDay.get(day)?.[name] ?? 0));
  return {
    partnerId,
    from,
    to,
    days,
    clicks: series("clicks"),
    registrations: series("registrations"),
    ftds: series("ftds"),
    totals: figuresOf(addSums(rows.map((row) => sumsOf(row, currencies, "")))),
    previous: figuresOf(addSums(rows.map((row) => sumsOf(row, currencies, "_before")))),
    earnings,
    lastClickAt: instantOf(last?.click_at),
    lastFtdAt: instantOf(last?.deposit_at),
    asOf: asOf.toISOString(),
  };
}

/** The portal's home: the report of the caller's own partner. @throws Refusal forbidden for somebody who acts for none */
export async function homeReport(ctx: ReportContext, actor: Actor): Promise<PartnerReport> {
  if (actor.partnerId === undefined) throw new Refusal("forbidden", "This is the home of a partner; you act for none.");
  return await partnerReport(ctx, actor, actor.partnerId);
}

async function earningsOf(ctx: ReportContext, reach: RecordReach, partnerId: string, to: Day) {
  const month = monthOf(addDays(to, -1));
  const question = { by: "none", grain: "month", partnerIds: [partnerId] } as const;
  const [rows, heldBy] = await Promise.all([
    earned(ctx.db, reach, { ...question, from: addMonths(month, -1), to: addMonths(month, 1) }),
    held(ctx.db, reach, partnerId),
  ]);
  const currencies = [...new Set([...rows.map((row) => row.currency), ...heldBy.keys()])].sort();
  const sum = (currency: string, time: Day): string =>
    String(
      rows
        .filter((row) => row.currency === currency && row.time === time)
        .reduce((total, row) => total + row.minor, 0n),
    );
  return currencies.map((currency) => ({
    currency,
    thisMonthMinor: sum(currency, month),
    lastMonthMinor: sum(currency, addMonths(month, -1)),
    heldMinor: String(heldBy.get(currency) ?? 0n),
  }));
}

/** What is happening now. */
export async function liveReport(ctx: ReportContext, actor: Actor): Promise<LiveReport> {
  const reach = await reachOf(ctx, actor, "reports.read");
  const now = ctx.clock.now();
  const [clicks, [events], asOf] = await Promise.all([
    ask<{ age: number; clicks: string }>(ctx.analytics, reach, liveClicks(now)),
    ask<{ events: string }>(ctx.analytics, reach, liveEvents(now)),
    freshness(ctx),
  ]);
  const byAge = new Map(clicks.map((row) => [Number(row.age), Number(row.clicks)]));
  const perSecond = Array.from({ length: 60 }, (_, index) => byAge.get(59 - index) ?? 0);
  return {
    now: now.toISOString(),
    clicksLastMinute: perSecond.reduce((sum, count) => sum + count, 0),
    clicksLastHour: [...byAge.values()].reduce((sum, count) => sum + count, 0),
    eventsLastHour: Number(events?.events ?? 0),
    perSecond,
    asOf: asOf.toISOString(),
  };
}

function instantOf(text: string | null | undefined): string | null {
  return text ? `${text.replace(" ", "T")}Z` : null;
}
