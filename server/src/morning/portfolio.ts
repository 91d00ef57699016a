import type { Portfolio, PortfolioQuery, PortfolioRow } from "@tributary/contract";
import { type Actor, personOf, userNames } from "../access/index.ts";
import { publishedRates } from "../commissions/index.ts";
import type { Context } from "../database/index.ts";
import { decimal, multiply } from "../kernel/decimal.ts";
import { currency, toDecimal, toMinor } from "../kernel/money.ts";
import { addMonths, dayOf, monthOf } from "../kernel/period.ts";
import { reachOf } from "../partners/index.ts";
import { regionNames } from "../programs/index.ts";
import { figuresByPartner } from "../reporting/index.ts";
import { forecastCount, forecastMoney, type RunRate, runRate, sameDayBefore } from "./core/run-rate.ts";
import type { MorningNeeds } from "./refresh.ts";
import * as store from "./store/plans.ts";
import { operatorTuning } from "./weights.ts";

/** What a row is added up from. */
interface Sums {
  ftds: number;
  finished: number;
  revenue: bigint;
  revenueFinished: bigint;
  commission: bigint;
  commissionFinished: bigint;
  lastMonth: number;
  lastSameDays: number;
  plan: { ftds: number | null; revenue: bigint | null; commission: bigint | null };
}
interface Group {
  readonly id: string | null;
  readonly name: string;
  readonly ownerUserId: string | null;
  readonly regionId: string | null;
  readonly sums: Sums;
}

/** Plan against actual of a month, with what the month comes to when it goes on as it does. Amounts are in the operator's own currency. */
export async function getPortfolio(
  ctx: Context,
  actor: Actor,
  query: PortfolioQuery,
  needs: MorningNeeds,
): Promise<Portfolio> {
  const now = ctx.clock.now();
  const today = dayOf(now, "UTC");
  const month = query.month === undefined ? monthOf(today) : `${query.month}-01`;
  const within = await reachOf(ctx, actor, "reports.read");
  const owners = query.whose === "all" ? null : [personOf(actor), ...(actor.deputyFor ?? []).map(({ id }) => id)];
  const seats = await store.seatsOf(ctx.db, within, owners);
  const { currency: settled } = await operatorTuning(ctx.db);
  const sums = await sumsOf(ctx, seats, month, today, settled, needs);
  const groups = await grouped(ctx, seats, sums, query.by, month);
  const total = groups.reduce((all, { sums: one }) => add(all, one), nothing());
  const rate = runRate(month, today, { sameDays: total.lastSameDays, whole: total.lastMonth });
  const rows = groups
    .map((group) => rowOf(group, rate))
    .sort((a, b) => (a.variance ?? 0) - (b.variance ?? 0) || (b.actual.ftds ?? 0) - (a.actual.ftds ?? 0));
  const shown = rows.filter((row) => query.by !== "partner" || worthShowing(row));
  return {
    month: month.slice(0, 7),
    currency: settled,
    by: query.by,
    method: rate,
    rows: shown.slice(0, query.limit),
    total: rowOf({ id: null, name: "", ownerUserId: null, regionId: null, sums: total }, rate),
    more: Math.max(0, shown.length - query.limit),
    asOf: now.toISOString(),
  };
}

function worthShowing(row: PortfolioRow): boolean {
  return (
    row.plan.ftds !== null || (row.actual.ftds ?? 0) > 0 || row.lastMonthFtds > 0 || row.actual.commissionMinor !== "0"
  );
}

function nothing(): Sums {
  return {
    ftds: 0,
    finished: 0,
    revenue: 0n,
    revenueFinished: 0n,
    commission: 0n,
    commissionFinished: 0n,
    lastMonth: 0,
    lastSameDays: 0,
    plan: { ftds: null, revenue: null, commission: null },
  };
}

function add(a: Sums, b: Sums): Sums {
  const plus = <T extends number | bigint>(x: T | null, y: T | null): T | null =>
    x === null ? y : y === null ? x : (((x as bigint) + (y as bigint)) as T);
  return {
    ftds: a.ftds + b.ftds,
    finished: a.finished + b.finished,
    revenue: a.revenue + b.revenue,
    revenueFinished: a.revenueFinished + b.revenueFinished,
    commission: a.commission + b.commission,
    commissionFinished: a.commissionFinished + b.commissionFinished,
    lastMonth: a.lastMonth + b.lastMonth,
    lastSameDays: a.lastSameDays + b.lastSameDays,
    plan: {
      ftds: plus(a.plan.ftds, b.plan.ftds),
      revenue: plus(a.plan.revenue, b.plan.revenue),
      commission: plus(a.plan.commission, b.plan.commission),
    },
  };
}

async function sumsOf(
  ctx: Context,
  seats: readonly store.Seat[],
  month: string,
  today: string,
  settled: string,
  needs: MorningNeeds,
): Promise<ReadonlyMap<string, Sums>> {
  const next = addMonths(month, 1);
  const last = addMonths(month, -1);
  const end = today < next ? today : next;
  const reach = { everything: false, partnerIds: seats.map(({ partnerId }) => partnerId), programIds: [] } as const;
  const [figures, earned, plans, rates] = await Promise.all([
    figuresByPartner(needs, seats.length > 20_000 ? { everything: true } : reach, [
      { name: "finished", from: month, to: end < month ? month : end },
      { name: "sofar", from: month, to: next },
      { name: "last", from: last, to: month },
      { name: "same", from: last, to: sameDayBefore(month, end < month ? month : end) },
    ]),
    store.earnedBy(ctx.db, month, end),
    store.plansOf(ctx.db, month),
    publishedRates(ctx, today),
  ]);
  const convert = converter(rates, settled);
  const sums = new Map(seats.map(({ partnerId }) => [partnerId, nothing()]));
  for (const [partnerId, by] of figures) {
    const one = sums.get(partnerId);
    if (one === undefined) continue;
    one.ftds = by.sofar?.ftds ?? 0;
    one.finished = by.finished?.ftds ?? 0;
    one.lastMonth = by.last?.ftds ?? 0;
    one.lastSameDays = by.same?.ftds ?? 0;
    one.revenue = convert(by.sofar?.revenue ?? {});
    one.revenueFinished = convert(by.finished?.revenue ?? {});
  }
  for (const row of earned) {
    const one = sums.get(row.partnerId);
    if (one === undefined) continue;
    one.commission += convert({ [row.currency]: row.soFar });
    one.commissionFinished += convert({ [row.currency]: row.finished });
  }
  for (const row of plans) {
    const one = row.subject_kind === "partner" ? sums.get(row.subject_id) : undefined;
    if (one !== undefined) one.plan = { ftds: row.ftds, revenue: row.revenue_minor, commission: row.commission_minor };
  }
  return sums;
}

/** Sums of several currencies in one, by the newest published rates; what has no rate is left out. */
function converter(rates: Awaited<ReturnType<typeof publishedRates>>, settled: string) {
  return (amounts: Readonly<Record<string, bigint>>): bigint =>
    Object.entries(amounts).reduce((sum, [code, minor]) => {
      if (minor === 0n || code === "") return sum;
      if (code === settled) return sum + minor;
      const rate = rates(code, settled);
      if (rate === undefined) return sum;
      const whole = toDecimal({ minor, currency: currency(code) });
      return sum + toMinor(multiply(whole, decimal(rate.rate)), currency(settled));
    }, 0n);
}

async function grouped(
  ctx: Context,
  seats: readonly store.Seat[],
  sums: ReadonlyMap<string, Sums>,
  by: PortfolioQuery["by"],
  month: string,
): Promise<readonly Group[]> {
  const of = (seat: store.Seat) => sums.get(seat.partnerId) ?? nothing();
  if (by === "partner") return seats.map((seat) => ({ ...seat, id: seat.partnerId, sums: of(seat) }));
  const parts = Map.groupBy(seats, (seat) => (by === "owner" ? seat.ownerUserId : seat.regionId));
  const ids = [...parts.keys()].filter((id): id is string => id !== null);
  const names = by === "owner" ? await userNames(ctx, ids) : await regionNames(ctx.db, ids);
  const plans = by === "owner" ? await store.plansOf(ctx.db, month) : [];
  return [...parts].map(([id, members]) => {
    const all = members.reduce((sum, seat) => add(sum, of(seat)), nothing());
    // An owner's own plan goes before the sum of its partners'.
    const own = plans.find((row) => row.subject_kind === "owner" && row.subject_id === id);
    const plan =
      own === undefined ? all.plan : { ftds: own.ftds, revenue: own.revenue_minor, commission: own.commission_minor };
    return {
      id,
      name: names.get(id ?? "") ?? "",
      ownerUserId: by === "owner" ? id : null,
      regionId: by === "region" ? id : null,
      sums: { ...all, plan },
    };
  });
}

function rowOf({ sums, ...group }: Group, rate: RunRate): PortfolioRow {
  const { plan } = sums;
  const ftds = forecastCount(sums.finished, sums.ftds, rate);
  const text = (minor: bigint | null) => (minor === null ? null : String(minor));
  return {
    id: group.id,
    name: group.name,
    ownerUserId: group.ownerUserId,
    regionId: group.regionId,
    plan: { ftds: plan.ftds, revenueMinor: text(plan.revenue), commissionMinor: text(plan.commission) },
    actual: { ftds: sums.ftds, revenueMinor: String(sums.revenue), commissionMinor: String(sums.commission) },
    forecast: {
      ftds,
      revenueMinor: text(forecastMoney(sums.revenueFinished, sums.revenue, rate)),
      commissionMinor: text(forecastMoney(sums.commissionFinished, sums.commission, rate)),
    },
    variance: plan.ftds === null || plan.ftds === 0 || ftds === null ? null : ftds / plan.ftds - 1,
    lastMonthFtds: sums.lastMonth,
  };
}
