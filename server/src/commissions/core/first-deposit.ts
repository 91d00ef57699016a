import type { PlanDocument } from "@tributary/contract";
import { add, compare, decimal, ZERO } from "../../kernel/decimal.ts";
import type { FirstDeposit } from "./component-run.ts";
import type { Customer, Entry } from "./entries.ts";
import type { ConversionLog, Exchange } from "./exchange.ts";

const HOUR_MS = 3_600_000;

/**
 * The customer's first deposit by the plan's rule: the first alone, or everything within so many hours of it (the last instant included); deposits that are
 * too small or of an excluded method are none. Its day is the one on which it was large enough to be one.
 */
export function firstDepositOf(
  plan: PlanDocument,
  customer: Customer,
  exchange: Exchange,
  log?: ConversionLog,
): FirstDeposit | null {
  const rule = plan.firstDeposit;
  if (rule === undefined) {
    const first = customer.firstDeposit;
    if (first === null) return null;
    return {
      day: first.day,
      at: first.at,
      value: exchange.convert(first.value, first.currency, first.day, "first_deposit", log),
    };
  }
  const excluded = rule.exclude ?? [];
  const deposits = customer.entries.filter(
    (entry) => entry.measures.deposit !== undefined && !excluded.includes(entry.dimensions.method ?? ""),
  );
  const least = decimal(rule.atLeast ?? "0");
  if (rule.sumHours === undefined) {
    for (const deposit of deposits) {
      const value = exchange.of(deposit, "deposit", log);
      if (compare(value, least) >= 0) return { day: deposit.day, at: deposit.at, value };
    }
    return null;
  }
  for (const first of deposits) {
    const counted = deposits.filter((deposit) => isWithin(first, deposit, rule.sumHours ?? 0));
    let value = ZERO;
    const grown = counted.map((deposit) => {
      value = add(value, exchange.of(deposit, "deposit", log));
      return { day: deposit.day, at: deposit.at, value };
    });
    if (compare(value, least) < 0) continue;
    const { day, at } = grown.find((one) => compare(one.value, least) >= 0) ?? first;
    return { day, at, value, grown };
  }
  return null;
}

/** Folded days have no instant: only those of the first one's day are surely within. */
function isWithin(first: Entry, deposit: Entry, hours: number): boolean {
  if (first.at === null || deposit.at === null) return deposit.day === first.day;
  return deposit.at >= first.at && deposit.at <= first.at + hours * HOUR_MS;
}
