import { customersOfPartners } from "../../attribution/index.ts";
import type { Db } from "../../database/index.ts";
import { type Month, monthOf } from "../../kernel/period.ts";
import { FIRST_DAY, LAST_DAY, readTraffic } from "../store/facts.ts";
import type { HistoryMonth } from "./core/propose.ts";
import { activeByMonth, type OwnedDays, reachedByMonth, sumsByMonth } from "./store/history.ts";

const PAIRS_AT_ONCE = 200;

interface PairName {
  readonly partnerId: string;
  readonly programId: string;
}

/** What really happened to the customers of some partners, month by month. */
export async function historyOf(
  db: Db,
  pairs: readonly PairName[],
  zone: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<HistoryMonth[]> {
  const months = new Map<Month, HistoryMonth>();
  for (let start = 0; start < pairs.length; start += PAIRS_AT_ONCE)
    await addSome(db, pairs.slice(start, start + PAIRS_AT_ONCE), zone, range, months);
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

async function addSome(
  db: Db,
  pairs: readonly PairName[],
  zone: string,
  { from, to }: { readonly from: Month; readonly to: Month },
  months: Map<Month, HistoryMonth>,
): Promise<void> {
  const of = (month: Month): HistoryMonth => {
    const known = months.get(month) ?? emptyMonth(month);
    months.set(month, known);
    return known;
  };
  const owned = await ownedDays(db, pairs);
  for (const row of await readTraffic(db, pairs))
    if (monthOf(row.day) >= from && monthOf(row.day) <= to) of(monthOf(row.day)).clicks += Number(row.unique_clicks);
  for (const row of await reachedByMonth(db, owned, zone, from, to)) {
    const month = of(row.month);
    month.registrations += Number(row.registrations);
    month.firstDeposits += Number(row.first_deposits);
    if (row.currency !== null) addAmount(month.sums, "first_deposit", row.currency, row.first_deposit_minor, 0);
  }
  for (const row of await activeByMonth(db, owned, from, to)) {
    const month = of(row.month);
    month.active += Number(row.active);
    month.kept += Number(row.kept);
  }
  for (const row of await sumsByMonth(db, owned, from, to))
    addAmount(of(row.month).sums, row.measure, row.currency, row.amount, Number(row.events));
}

async function ownedDays(db: Db, pairs: readonly PairName[]): Promise<OwnedDays[]> {
  return (await customersOfPartners(db, pairs)).map((one) => ({
    customerId: one.customerId,
    from: one.ownedFrom ?? FIRST_DAY,
    until: one.ownedUntil ?? LAST_DAY,
  }));
}

function emptyMonth(month: Month): HistoryMonth {
  return { month, clicks: 0, registrations: 0, firstDeposits: 0, active: 0, kept: 0, sums: new Map() };
}

function addAmount(
  sums: HistoryMonth["sums"],
  measure: string,
  currency: string,
  amount: string,
  events: number,
): void {
  const name = `${measure} ${currency}`;
  const known = sums.get(name) ?? { minor: 0n, events: 0 };
  // Quantities have no currency and are not summed here.
  const minor = currency === "" ? 0n : BigInt(amount.split(".")[0] ?? "0");
  sums.set(name, { minor: known.minor + minor, events: known.events + events });
}
