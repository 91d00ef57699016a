import {
  add,
  type Decimal,
  decimal,
  formatDecimal,
  multiply,
  negate,
  roundTo,
  subtract,
  ZERO,
} from "../../../../kernel/decimal.ts";
import { lastDay } from "../../../../kernel/period.ts";
import { amountOf, type Below } from "./brought.ts";
import { linePlaces, type Share, type Shared, splitDecimal, sumOf } from "./shares.ts";

/** What becomes of sub-partners whose month comes to less than zero. */
export function withNegatives(shared: Shared, rule: "floor" | "reduce"): Shared {
  const sums = bySubPartner(shared);
  const negative = sums.filter((one) => one.sum.units < 0n);
  if (negative.length === 0) return shared;
  if (rule === "floor") {
    const corrections = negative.map((one) => correction(one, negate(one.sum), "level_floor"));
    return { ...shared, shares: [...shared.shares, ...corrections] };
  }
  const brought = sums.filter((one) => one.sum.units > 0n).reduce((sum, one) => add(sum, one.sum), ZERO);
  const taken = negative.reduce((sum, one) => subtract(sum, one.sum), ZERO);
  const over = subtract(taken, brought);
  if (over.units <= 0n) return shared;
  const parts = splitDecimal(
    over,
    over.scale,
    negative.map((one) => negate(one.sum)),
  );
  const corrections = negative.map((one, index) => correction(one, parts[index] ?? ZERO, "level_not_below_zero"));
  return { ...shared, shares: [...shared.shares, ...corrections] };
}

/**
 * Cuts what is earned on sub-partners to the share of the broker's revenue from their customers that is left after what the sub-partners earn. The cut
 * falls on all in proportion, at the line's decimals, so that the lines come to the limit exactly.
 */
export function withinRevenue(below: Below, shared: Shared): Shared {
  const { atMostOf } = below.run.component;
  if (atMostOf === undefined) return shared;
  const revenue = revenueBelow(below, atMostOf.measure);
  const earned = earnedBelow(below);
  const left = roundTo(subtract(multiply(revenue, decimal(atMostOf.share)), earned), linePlaces(below.run), "floor");
  const limit = left.units < 0n ? ZERO : left;
  const sums = bySubPartner(shared);
  // What counts is what the lines come to.
  const lines = sums.map((one) => roundTo(one.sum, linePlaces(below.run), below.run.plan.rounding.mode));
  if (subtract(lines.reduce(add, ZERO), limit).units <= 0n) return shared;
  const positive = sums.filter((one) => one.sum.units > 0n);
  const taken = lines.filter((line) => line.units < 0n).reduce(subtract, ZERO);
  const room = add(limit, taken);
  const parts = splitDecimal(
    room,
    linePlaces(below.run),
    positive.map((one) => one.sum),
  );
  const step = {
    code: "level_guard",
    values: {
      measure: atMostOf.measure,
      arithmetic: `${formatDecimal(revenue)} × ${atMostOf.share} − ${formatDecimal(earned)}`,
      value: formatDecimal(limit),
      currency: below.run.plan.currency,
    },
  };
  const corrections = positive.map((one, index) => ({
    ...correction(one, subtract(parts[index] ?? ZERO, one.sum), "level_guard_cut"),
    steps: [step],
  }));
  return { ...shared, shares: [...shared.shares, ...corrections] };
}

interface Sum {
  readonly partnerId: string;
  readonly first: Share;
  readonly sum: Decimal;
}

/** In the order of names; own customers are left out. */
function bySubPartner(shared: Shared): Sum[] {
  const groups = Map.groupBy(shared.shares, (share) => share.partnerId ?? "");
  groups.delete("");
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([partnerId, shares]) => ({ partnerId, first: shares[0] as Share, sum: sumOf(shares) }));
}

function correction({ first }: Sum, amount: Decimal, code: string): Share {
  const { steps: _, ...rest } = first;
  return { ...rest, base: ZERO, amount, code };
}

/** Of everybody below on the day, whatever the component looks at: the sub-partners earn on all of it. */
function revenueBelow(below: Below, measure: string): Decimal {
  const { run, tree } = below;
  let sum = ZERO;
  for (const customer of run.facts.customers) {
    for (const entry of customer.entries) {
      if (!below.covers(entry.day) || tree.chainOn(customer.partnerId, entry.day) === null) continue;
      sum = add(sum, amountOf(run, entry, measure, below.logOf(customer.partnerId)) ?? ZERO);
    }
  }
  return sum;
}

/** What those below earned in the month, each no less than nothing. */
function earnedBelow(below: Below): Decimal {
  const rows = below
    .earned()
    .filter((row) => below.tree.chainOn(row.partnerId, row.day ?? lastDay(row.month)) !== null);
  return [...Map.groupBy(rows, (row) => row.partnerId).values()]
    .map((same) => same.reduce((sum, row) => add(sum, row.value), ZERO))
    .filter((sum) => sum.units > 0n)
    .reduce(add, ZERO);
}
