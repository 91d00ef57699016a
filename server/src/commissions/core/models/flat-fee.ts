import type { FlatFeeComponent, WorkingStep } from "@tributary/contract";
import { type Decimal, decimal, formatDecimal, multiply, ZERO } from "../../../kernel/decimal.ts";
import { type Day, monthOf } from "../../../kernel/period.ts";
import { wasPaidBefore } from "../commission-basis.ts";
import type { ComponentResult, ComponentRun, ModelOf } from "../component-run.ts";
import {
  type Coverage,
  calendarPeriod,
  coverageOf,
  coveredPart,
  daysIn,
  paysWhole,
  type Span,
} from "../fixed-periods.ts";
import { monthName } from "../terms.ts";
import { quotient, settled } from "../trades.ts";

type FeeRun = ComponentRun<FlatFeeComponent>;

const NOTHING: ComponentResult = { drafts: [], state: null };

/** A fixed amount, once or for every period that the terms cover; partly covered periods whole or by their days. */
export const calculateFlatFee: ModelOf<"flat_fee"> = (run) => {
  const { per, due, proration, booked } = run.component;
  const coverage = coverageOf(run);
  if (per === "once" && booked === undefined) return onceOnly(run, coverage);
  const period = per === "once" ? bookedDays(booked) : calendarPeriod(per, run.month);
  const span = coveredPart(period, coverage);
  if (span === null) return NOTHING;
  const day = due === "period_start" ? span.first : span.last;
  if (monthOf(day) !== run.month) return NOTHING;
  if (proration === "none") return paysWhole(run, period) ? feeOf(run, day, span, null) : NOTHING;
  return feeOf(run, day, span, period);
};

function bookedDays(booked: FlatFeeComponent["booked"]): Span {
  if (booked === undefined) throw new Error("nothing is booked");
  return { first: booked.from, last: booked.until };
}

/** On the day `from`; without one in the first month of the terms, once for all versions of the agreement. */
function onceOnly(run: FeeRun, coverage: Coverage): ComponentResult {
  const { from } = run.component;
  const [, start = run.first] = [coverage.first, run.first].sort();
  const day = from ?? start;
  const isIn = monthOf(day) === run.month && day >= coverage.first && (coverage.last === null || day <= coverage.last);
  if (!isIn || (from === undefined && wasPaidBefore(run))) return NOTHING;
  return { ...feeOf(run, day, null, null), state: { paid: run.month } };
}

/** @param period whose days the fee is paid by; null: it is paid whole */
function feeOf(run: FeeRun, day: Day, span: Span | null, period: Span | null): ComponentResult {
  const about = { partner: run.partner };
  const name = run.component.placement ?? run.component.code;
  const price = run.price(run.component.amount, [{ quantity: decimal(1), about, day, at: null, name }]);
  const { currency } = run.plan;
  const fee: WorkingStep = { code: "fee_of_terms", values: { value: formatDecimal(price.total), currency } };
  const { value, steps } = prorated(price.total, span, period, currency);
  if (value.units === 0n) return NOTHING;
  const working = {
    inputs: [],
    steps: [...price.steps, fee, ...steps],
    conversions: [],
    rate: price.rate === null ? null : formatDecimal(price.rate),
    tier: price.tier,
  };
  return {
    drafts: [{ subjectKind: "period", subjectId: monthName(run.month), earnedOn: day, value, working }],
    state: null,
  };
}

function prorated(
  fee: Decimal,
  span: Span | null,
  period: Span | null,
  currency: string,
): { readonly value: Decimal; readonly steps: readonly WorkingStep[] } {
  if (span === null) return { value: fee, steps: [] };
  const range = { from: span.first, until: span.last };
  const [days, of] = [daysIn(span), period === null ? 0 : daysIn(period)];
  if (period === null || days === of) return { value: fee, steps: [{ code: "fee_covered", values: range }] };
  const value = days === 0 ? ZERO : settled(quotient(multiply(fee, decimal(days)), decimal(of)));
  const numbers = { days: String(days), of: String(of), arithmetic: `${formatDecimal(fee)} × ${days} ÷ ${of}` };
  return {
    value,
    steps: [{ code: "fee_by_days", values: { ...range, ...numbers, value: formatDecimal(value), currency } }],
  };
}
