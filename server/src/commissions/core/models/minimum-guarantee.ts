import type { MinimumGuaranteeComponent, WorkingStep } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  multiply,
  negate,
  subtract,
  ZERO,
} from "../../../kernel/decimal.ts";
import { type Day, monthOf } from "../../../kernel/period.ts";
import { codesOf, earnedNow } from "../commission-basis.ts";
import type { ComponentResult, ComponentRun, ModelOf, Price } from "../component-run.ts";
import {
  calendarPeriod,
  coverageOf,
  coveredPart,
  daysIn,
  monthsSince,
  paysWhole,
  type Span,
} from "../fixed-periods.ts";
import { monthName } from "../terms.ts";
import { quotient, settled } from "../trades.ts";

type GuaranteeRun = ComponentRun<MinimumGuaranteeComponent>;

/** What is never a part of what a guarantee is compared with. */
const NEVER = ["minimum_guarantee"];

/** How far back a term is looked at; longer ones have no beginning. */
const MOST_MONTHS = 600;

/** One period of a guarantee, seen from the month that is calculated. */
interface Position {
  readonly guaranteed: Decimal;
  /** Paid in earlier periods without having been earned. */
  readonly carried: Decimal;
  /** By the components that count: in the period's months before this one, and in this one. */
  readonly before: Decimal;
  readonly now: Decimal;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

interface Settled {
  /** Above zero: paid on top. Below: taken from what the components earn. */
  readonly value: Decimal;
  /** In the period up to now. */
  readonly recouped: Decimal;
  /** Of it, what months before this one have taken. */
  readonly earlier: Decimal;
}

/** At least so much per period: what components fall short of it, or an advance that they earn back. */
export const calculateMinimumGuarantee: ModelOf<"minimum_guarantee"> = (run) => {
  const period = periodOf(run);
  const span = period === null ? null : coveredPart(period, coverageOf(run));
  if (period === null || span === null || span.first > run.last || span.last < run.first)
    return { drafts: [], state: null };
  const [day = run.last] = [span.last, run.last].sort();
  const priced = run.price(run.component.amount, [
    { quantity: decimal(1), about: { partner: run.partner }, day, at: null, name: run.component.code },
  ]);
  const position = positionOf(run, period, span, priced.total);
  const settlement = run.component.kind === "top_up" ? topUp(position) : advance(position);
  const carried = carriedOn(run, position, settlement);
  const state = { carried: formatDecimal(carried) };
  if (settlement.value.units === 0n) return { drafts: [], state };
  const working = workingOf(run, { period, span, priced, position, settlement, carried });
  const subject = { subjectKind: "period", subjectId: monthName(run.month), earnedOn: day } as const;
  return { drafts: [{ ...subject, value: settlement.value, working }], state };
};

/** null: a term without an end, which is never settled. */
function periodOf(run: GuaranteeRun): Span | null {
  const { per, from, until } = run.component;
  if (per !== "term") return calendarPeriod(per, run.month);
  const last = until ?? coverageOf(run).last;
  return last === null ? null : { first: from ?? run.terms.validFrom, last };
}

function positionOf(run: GuaranteeRun, period: Span, span: Span, amount: Decimal): Position {
  const byDays = run.component.proration === "days";
  const isDue = byDays || paysWhole(run, period);
  const [days, of] = [daysIn(span), daysIn(period)];
  const share = byDays && days < of ? settled(quotient(multiply(amount, decimal(days)), decimal(of))) : amount;
  const start = byDays ? span.first : period.first;
  const months = Math.min(monthsSince(start, run.month) - 1, MOST_MONTHS);
  const codes = codesOf(run, run.component.of, NEVER);
  const earlier = { months, ending: "last_closed", take: "sum" } as const;
  const metric = { commission: codes, period: earlier, programs: "this", subPartners: "excluded" } as const;
  return {
    guaranteed: isDue ? share : ZERO,
    carried: decimal(typeof run.state.carried === "string" ? run.state.carried : "0"),
    before: months === 0 ? ZERO : run.metric({ ...metric, commission: [...codes] }).value,
    now: earnedNow(run, codes, byDays),
    isFirst: monthOf(span.first) === run.month,
    isLast: monthOf(span.last) === run.month,
  };
}

/** What the partner is owed in a period so far, with `earned` by the components: never less than the guarantee. */
function owed({ guaranteed, carried }: Position, earned: Decimal): Decimal {
  return higher(guaranteed, subtract(earned, carried));
}

/**
 * What is missing is paid at the end of the period. What earlier periods left is taken as soon as the components have earned more than the guarantee, in
 * the month in which they do, so that it is never more than that month's earnings.
 */
function topUp(position: Position): Settled {
  const earned = add(position.before, position.now);
  const kept = (sum: Decimal) => (compare(sum, position.guaranteed) <= 0 ? sum : owed(position, sum));
  const recouped = subtract(earned, kept(earned));
  const earlier = subtract(position.before, kept(position.before));
  const missing = position.isLast ? higher(subtract(position.guaranteed, earned), ZERO) : ZERO;
  return { value: add(subtract(missing, recouped), earlier), recouped, earlier };
}

/** Paid at the beginning of the period; month by month the components are paid only as far as they have earned more than that. */
function advance(position: Position): Settled {
  const before = position.isFirst ? ZERO : owed(position, position.before);
  const value = subtract(subtract(owed(position, add(position.before, position.now)), before), position.now);
  return { value, recouped: value.units < 0n ? negate(value) : ZERO, earlier: ZERO };
}

/** What is left to be recouped in later periods. */
function carriedOn(run: GuaranteeRun, position: Position, settlement: Settled): Decimal {
  if (run.component.shortfall === "forgiven" || isOver(run, position)) return ZERO;
  if (!position.isLast) return position.carried;
  const short = subtract(position.guaranteed, add(position.before, position.now));
  if (short.units >= 0n) return add(position.carried, short);
  if (run.component.kind === "top_up") return higher(subtract(position.carried, settlement.recouped), ZERO);
  return higher(add(position.carried, short), ZERO);
}

/** Whether no later period follows that anything could be recouped in. */
function isOver(run: GuaranteeRun, position: Position): boolean {
  return position.isLast && run.component.until !== undefined && run.component.until <= run.last;
}

function higher(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) < 0 ? b : a;
}

interface Found {
  readonly period: Span;
  readonly span: Span;
  readonly priced: Price;
  readonly position: Position;
  readonly settlement: Settled;
  readonly carried: Decimal;
}

function workingOf(run: GuaranteeRun, found: Found): ComponentResult["drafts"][number]["working"] {
  const { currency } = run.plan;
  const { position, settlement, carried } = found;
  const step = (code: string, value: Decimal, more: Record<string, string> = {}): WorkingStep => ({
    code,
    values: { ...more, value: formatDecimal(value), currency },
  });
  const earned = add(position.before, position.now);
  const open = run.component.shortfall === "forgiven" ? ZERO : subtract(position.carried, settlement.recouped);
  const left = higher(add(open, higher(subtract(position.guaranteed, earned), ZERO)), ZERO);
  const code = settlement.value.units > 0n ? "guarantee_topped_up" : "guarantee_recouped";
  const paid = position.isFirst || run.component.kind === "top_up" ? ZERO : owed(position, position.before);
  return {
    inputs: [],
    steps: [
      ...found.priced.steps,
      guaranteeStep(found, currency),
      step("guarantee_earned", earned, sumText(position)),
      ...(position.carried.units === 0n ? [] : [step("guarantee_carried", position.carried)]),
      step("guarantee_due", owed(position, earned)),
      ...(paid.units === 0n ? [] : [step("guarantee_paid", paid)]),
      step(code, settlement.value, { arithmetic: differenceText(run, found, paid) }),
      ...(position.isLast && carried.units > 0n ? [step("guarantee_shortfall", carried)] : []),
      ...(position.isLast && carried.units === 0n && left.units > 0n ? [step("guarantee_forgiven", left)] : []),
    ],
    conversions: [],
    tier: found.priced.tier,
  };
}

function guaranteeStep({ period, span, position, priced }: Found, currency: string): WorkingStep {
  const range: { readonly from: Day; readonly until: Day } = { from: span.first, until: span.last };
  const value = formatDecimal(position.guaranteed);
  if (compare(position.guaranteed, priced.total) === 0)
    return { code: "guarantee", values: { ...range, value, currency } };
  const [days, of] = [String(daysIn(span)), String(daysIn(period))];
  const arithmetic = `${formatDecimal(priced.total)} × ${days} ÷ ${of}`;
  return { code: "guarantee_by_days", values: { ...range, days, of, arithmetic, value, currency } };
}

function sumText({ before, now }: Position): Record<string, string> {
  return before.units === 0n ? {} : { arithmetic: `${formatDecimal(before)} + ${formatDecimal(now)}` };
}

function differenceText(run: GuaranteeRun, { position, settlement }: Found, paid: Decimal): string {
  const due = owed(position, add(position.before, position.now));
  const parts = run.component.kind === "advance" ? [paid, position.now] : [add(position.before, position.now)];
  const less = [due, ...parts.filter((one) => one.units !== 0n)].map(formatDecimal).join(" − ");
  return settlement.earlier.units === 0n ? less : `${less} + ${formatDecimal(settlement.earlier)}`;
}
