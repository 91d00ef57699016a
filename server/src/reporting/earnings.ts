import type { EarningsQuery, EarningsReport } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import { timesOf } from "./core/calendar.ts";
import { requireRange } from "./funnel.ts";
import { type EarnedRow, earned } from "./store/earnings.ts";
import { namesOf } from "./store/names.ts";

type Earned = EarningsReport["totals"][number];

/**
 * Commission by the day or month it was earned in, as booked up to now. Amounts of different currencies are never added up;
 * rows are ranked by their largest amount in any currency.
 */
export async function earningsReport(ctx: ReportContext, actor: Actor, query: EarningsQuery): Promise<EarningsReport> {
  requireRange(query.from, query.to);
  const reach = await reachOf(ctx, actor, "reports.read");
  const { programId: programIds, partnerId: partnerIds, ...range } = query;
  const rows = await earned(ctx.db, reach, { ...range, programIds, partnerIds });
  const times = timesOf(query.grain, query.from, query.to);
  const byKey = Map.groupBy(rows, (row) => row.key);
  const ranked = [...byKey]
    .map(([key, own]) => ({ key, own, earned: earnedOf(own, times) }))
    .sort((a, b) => compareBig(largest(b.earned), largest(a.earned)) || (a.key < b.key ? -1 : 1));
  const shown = query.by === "none" ? [] : ranked.slice(0, query.top);
  const rest = query.by === "none" ? [] : ranked.slice(query.top);
  const names =
    query.by === "partner" || query.by === "program"
      ? await namesOf(
          ctx.whole,
          query.by,
          shown.map(({ key }) => key),
        )
      : new Map<string, string>();
  return {
    grain: query.grain,
    times,
    rows: shown.map(({ key, earned: amounts }) => ({
      key: { by: query.by, value: key, label: names.get(key) ?? key },
      earned: amounts,
    })),
    rest:
      rest.length === 0
        ? null
        : {
            groups: rest.length,
            earned: earnedOf(
              rest.flatMap(({ own }) => own),
              times,
            ),
          },
    totals: earnedOf(rows, times),
  };
}

/** Amounts per currency and point of time. */
export function earnedOf(rows: readonly EarnedRow[], times: readonly string[]): Earned[] {
  const places = new Map(times.map((time, index) => [time, index]));
  const found = new Map<string, bigint[]>();
  for (const row of rows) {
    const amounts = found.get(row.currency) ?? times.map(() => 0n);
    found.set(row.currency, amounts);
    const at = places.get(row.time);
    if (at !== undefined) amounts[at] = (amounts[at] ?? 0n) + row.minor;
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amounts]) => ({
      currency,
      totalMinor: String(amounts.reduce((sum, amount) => sum + amount, 0n)),
      minor: amounts.map(String),
    }));
}

function largest(amounts: readonly Earned[]): bigint {
  const [most = 0n] = amounts.map((amount) => BigInt(amount.totalMinor)).sort((a, b) => compareBig(b, a));
  return most;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
