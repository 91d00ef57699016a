import type { Day, Month } from "../../kernel/period.ts";

/** An amount of one day in minor units of its currency. */
export interface DayAmount {
  readonly day: Day;
  readonly currency: string;
  readonly minor: bigint;
}

/** What a customer-by-customer component reads of one customer: the whole life, in days of the program's time zone. */
export interface CustomerFacts {
  readonly customerId: string;
  /** Names the version that the customer entered under, see `Totals.cohort`. */
  readonly cohort: string;
  readonly registeredOn: Day | null;
  readonly kycOn: Day | null;
  readonly firstDeposit: DayAmount | null;
  /** Deposits summed per day and currency, in the order of days. */
  readonly deposits: readonly DayAmount[];
  readonly chargebacks: readonly DayAmount[];
  readonly refunds: readonly DayAmount[];
}

/**
 * What a period component reads: all the partner's customers of one cohort together, summed per day. A cohort is the set of customers who
 * entered under the same agreement version (its id, `""` when there was none): they can only ever be on the same terms.
 */
export interface Total extends DayAmount {
  readonly cohort: string;
  readonly product: string;
  readonly measure: string;
}

/** Base carried into a month; never above zero. Whole units of the currency. */
export interface Carry {
  readonly component: string;
  readonly currency: string;
  readonly month: Month;
  readonly base: string;
}

/** Sums what belongs together and puts it in order, so that it does not matter in which order or portions the facts came. */
export function foldTotals(totals: readonly Total[]): Total[] {
  const sums = new Map<string, Total>();
  for (const total of totals) {
    const key = `${total.day} ${total.cohort} ${total.product} ${total.measure} ${total.currency}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? total : { ...total, minor: before.minor + total.minor });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, total]) => total);
}

/** The same for amounts of one customer. */
export function foldDays(amounts: readonly DayAmount[]): DayAmount[] {
  return foldTotals(amounts.map((one) => ({ ...one, cohort: "", product: "", measure: "" }))).map(
    ({ day, currency, minor }) => ({ day, currency, minor }),
  );
}
