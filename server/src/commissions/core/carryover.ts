import type { Carryover } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  ZERO,
} from "../../kernel/decimal.ts";
import type { Month } from "../../kernel/period.ts";
import type { StateValue } from "./component-run.ts";
import { PLACES } from "./rates.ts";

/** What is left of a negative month. */
interface Lot {
  readonly month: Month;
  /** Below zero. */
  readonly left: Decimal;
}

/** The balance of one group, in the unit of its carryover. */
export interface Balance {
  readonly lots: readonly Lot[];
  /** What earlier months came to before anything was carried, for limits that look at their average. */
  readonly history: readonly { readonly month: Month; readonly value: Decimal }[];
}

export const NO_BALANCE: Balance = { lots: [], history: [] };

interface Most {
  readonly value: Decimal;
  readonly arithmetic: string | null;
}

export interface Settled {
  /** What limited the balance, where it did. */
  readonly most?: Most;
  readonly balance: Balance;
  /** What goes into the next month; zero or below. */
  readonly carried: Decimal;
  /** What nobody has to bring in any more; zero or below. */
  readonly writtenOff: Decimal;
}

/** A month before anything was carried into it. */
export interface MonthResult {
  readonly month: Month;
  readonly own: Decimal;
  /** How much of a negative is fenced in elsewhere and must not be carried twice; zero or above. */
  readonly fenced: Decimal;
  /** What the measures of `by_reason` came to; zero or above. */
  readonly reason: Decimal;
}

/** A balance as a month finds it: what was to last for so many settlements and is older is gone. */
export function balanceIn(carryover: Carryover, balance: Balance, month: Month): Balance {
  if (carryover.mode === "none") return balance;
  const since = resetOf(carryover.resets, month);
  const most = carryover.mode === "limited" ? carryover.settlements : Number.POSITIVE_INFINITY;
  const lots = balance.lots.filter((lot) => lot.month >= since && monthsFrom(lot.month, month) <= most);
  return lots.length === balance.lots.length ? balance : { ...balance, lots };
}

/** The month with which balances of a month's period began. */
function resetOf(every: "quarter" | "half_year" | "year" | undefined, month: Month): Month {
  if (every === undefined) return "0001-01-01";
  const months = { quarter: 3, half_year: 6, year: 12 }[every];
  const first = Math.floor((Number(month.slice(5, 7)) - 1) / months) * months + 1;
  return `${month.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
}

/** What earlier months left to a month; zero or below. */
export function carriedInto(balance: Balance): Decimal {
  return balance.lots.reduce((sum, lot) => add(sum, lot.left), ZERO);
}

/** A balance after a month. A positive month uses up the oldest negative first; carrying never makes a balance positive. */
export function settle(carryover: Carryover, before: Balance, result: MonthResult): Settled {
  if (carryover.mode === "none") return { balance: NO_BALANCE, carried: ZERO, writtenOff: ZERO };
  const { own, month } = result;
  const used = own.units > 0n ? absorb(before.lots, own) : before.lots;
  const fresh = own.units < 0n ? atMostZero(add(own, result.fenced)) : ZERO;
  const kept = keptOf(carryover, before, fresh, used, result);
  const lots = kept.units < 0n ? [...used, { month, left: kept }] : used;
  const alive =
    carryover.mode === "limited" ? lots.filter((lot) => monthsFrom(lot.month, month) < carryover.settlements) : lots;
  const carried = carriedInto({ lots: alive, history: [] });
  const all = add(carriedInto({ lots: used, history: [] }), fresh);
  const writtenOff = atMostZero(add(all, negate(carried)));
  return {
    ...(carryover.mode === "capped" && writtenOff.units !== 0n ? { most: mostOf(carryover.most, before, month) } : {}),
    balance: {
      lots: carryover.mode === "limited" ? alive : merged(alive, month),
      history: historyOf(carryover, before, result),
    },
    carried,
    writtenOff,
  };
}

/** How much of a fresh negative the mode lets be carried. */
function keptOf(
  carryover: Carryover,
  before: Balance,
  fresh: Decimal,
  used: readonly Lot[],
  result: MonthResult,
): Decimal {
  if (fresh.units === 0n) return ZERO;
  if (carryover.mode === "by_reason") return larger(fresh, negate(result.reason));
  if (carryover.mode !== "capped") return fresh;
  const limit = mostOf(carryover.most, before, result.month).value;
  if (carryover.of === "month") return larger(fresh, negate(limit));
  // What was carried before has passed the limit of its own month; only what comes on top is cut.
  const room = atMostZero(negate(add(limit, carriedInto({ lots: used, history: [] }))));
  return larger(fresh, room);
}

/** The most that may be carried, and how it is worked out. */
function mostOf(most: Extract<Carryover, { mode: "capped" }>["most"], before: Balance, month: Month): Most {
  if (typeof most === "string") return { value: decimal(most), arithmetic: null };
  const values = before.history
    .filter((one) => one.month < month && monthsFrom(one.month, month) <= most.averageOfMonths)
    .map((one) => one.value);
  const sum = values.reduce(add, ZERO);
  const parts = values.length === 0 ? "0" : values.map(formatDecimal).join(" + ");
  return {
    value: divide(multiply(sum, decimal(most.times)), decimal(most.averageOfMonths), PLACES),
    arithmetic: `${most.times} × (${parts}) ÷ ${most.averageOfMonths}`,
  };
}

function historyOf(carryover: Carryover, before: Balance, result: MonthResult): Balance["history"] {
  if (carryover.mode !== "capped" || typeof carryover.most === "string") return [];
  const months = carryover.most.averageOfMonths;
  const value = result.own.units > 0n ? result.own : ZERO;
  const others = before.history.filter((one) => one.month !== result.month);
  return [...others, { month: result.month, value }].filter((one) => monthsFrom(one.month, result.month) < months);
}

function absorb(lots: readonly Lot[], by: Decimal): Lot[] {
  let left = by;
  return lots.flatMap((lot) => {
    const rest = add(lot.left, left);
    left = rest.units > 0n ? rest : ZERO;
    return rest.units < 0n ? [{ month: lot.month, left: rest }] : [];
  });
}

/** Where age does not matter one sum is all there is to remember. */
function merged(lots: readonly Lot[], month: Month): Lot[] {
  const left = carriedInto({ lots, history: [] });
  return left.units === 0n ? [] : [{ month, left }];
}

/** How many months one month is after another. */
export function monthsFrom(a: Month, b: Month): number {
  return (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b;
}

function atMostZero(value: Decimal): Decimal {
  return value.units > 0n ? ZERO : value;
}

/** As it is kept from month to month; null: nothing to remember. */
export function writeBalance(balance: Balance): StateValue {
  if (balance.lots.length === 0 && balance.history.length === 0) return null;
  const lots = balance.lots.map((lot) => [lot.month, formatDecimal(lot.left)]);
  const history = balance.history.map((one) => [one.month, formatDecimal(one.value)]);
  return history.length === 0 ? { lots } : { lots, history };
}

/** Reads what {@link writeBalance} wrote. */
export function readBalance(value: StateValue | undefined): Balance {
  if (value === null || value === undefined) return NO_BALANCE;
  const stored = value as { readonly lots: [Month, string][]; readonly history?: [Month, string][] };
  return {
    lots: stored.lots.map(([month, left]) => ({ month, left: decimal(left) })),
    history: (stored.history ?? []).map(([month, amount]) => ({ month, value: decimal(amount) })),
  };
}
