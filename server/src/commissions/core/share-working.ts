import type { Base, WorkingInput, WorkingStep } from "@tributary/contract";
import { add, type Decimal, formatDecimal, negate, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Settled } from "./carryover.ts";
import type { Draft, Item, Price, Priced } from "./component-run.ts";
import type { ConversionLog } from "./exchange.ts";
import { groupName } from "./netting.ts";
import { unitOf } from "./paid-items.ts";
import type { Recouped } from "./recoupment.ts";
import type { GroupMonth, ShareRun } from "./share-group.ts";

/** A part of a base that has a rate of its own. */
export interface PricedPart {
  readonly thing: Priced;
  readonly amount: Decimal;
}

/** A group's month with what was carried and what it pays. */
export interface GroupOutcome {
  readonly parts: readonly PricedPart[];
  readonly month: GroupMonth;
  /** Carried into the month, in the unit of the balance. */
  readonly carried: Decimal;
  readonly settled: Settled;
  readonly own: Decimal;
  readonly after: Decimal;
  /** What fenced customers brought in again, in commission. */
  readonly deduction: Decimal;
  readonly amount: Decimal;
  /** Taken from other components; below zero. */
  readonly deficit: Decimal;
}

export interface ShareMonth {
  readonly outcomes: readonly GroupOutcome[];
  readonly price: Price;
  readonly share: Decimal;
  readonly recouped: Recouped | null;
  readonly log: ConversionLog;
  readonly base: Base;
}

/** Groups and customers that a working spells out; the rest are summed. */
const MOST_GROUPS = 5;
const MOST_STEPS = 14;

/** The line of a share's month, its arithmetic spelled out. */
export function shareDraft(run: ShareRun, month: ShareMonth): Draft {
  const { outcomes, price, share, recouped } = month;
  const several = outcomes.length > 1;
  const shown = [...outcomes].sort(bySize).slice(0, MOST_GROUPS);
  const rest = outcomes.filter((one) => !shown.includes(one));
  const steps = [
    ...outcomes.filter((one) => shown.includes(one)).flatMap((one) => groupSteps(run, one, price, several)),
    ...(rest.length === 0 ? [] : [moreGroups(run, rest)]),
    ...price.steps,
    ...(several ? [{ code: "share_sum", values: { arithmetic: sumOf(outcomes), ...money(share, run) } }] : []),
    ...(recouped === null ? [] : [...recouped.steps.slice(0, MOST_STEPS), ...payable(run, share, recouped)]),
  ];
  const carried = run.component.carryover.mode !== "none";
  const total = (pick: (one: GroupOutcome) => Decimal) => formatDecimal(outcomes.map(pick).reduce(add, ZERO));
  return {
    subjectKind: "period",
    subjectId: run.month.slice(0, 7),
    earnedOn: run.last,
    value: recouped === null ? share : subtract(share, recouped.deduction),
    ...(recouped === null ? { items: itemsOf(run, outcomes) } : {}),
    working: {
      inputs: inputsOf(run, outcomes),
      steps,
      conversions: month.log.rows(),
      rate: price.rate === null ? null : formatDecimal(price.rate),
      tier: price.tier,
      ...(carried
        ? {
            carry: {
              in: total((one) => one.carried),
              out: total((one) => one.settled.carried),
              currency: run.plan.currency,
            },
          }
        : {}),
    },
  };
}

/** Groups are things of their own for caps that hold for each brand or product. */
function itemsOf(run: ShareRun, outcomes: readonly GroupOutcome[]): Item[] {
  return outcomes
    .filter((one) => one.amount.units !== 0n)
    .map(({ month, amount }) => ({
      day: run.last,
      at: null,
      value: amount,
      about: month.things[0]?.about ?? { partner: run.partner },
      name: shownName(month),
    }));
}

function groupSteps(run: ShareRun, outcome: GroupOutcome, price: Price, several: boolean): WorkingStep[] {
  const { month, carried, after, settled } = outcome;
  const unit = run.component.carryover.mode === "none" ? "base" : run.component.carryover.unit;
  const steps: WorkingStep[] =
    several || month.group.name !== ""
      ? [{ code: "share_group", values: { name: shownName(month), ...money(outcome.amount, run) } }]
      : [];
  steps.push(...month.steps.slice(0, 2 * MOST_STEPS));
  if (month.steps.length > 2 * MOST_STEPS) {
    steps.push({ code: "share_more", values: { value: String(month.steps.length - 2 * MOST_STEPS), unit: "steps" } });
  }
  const inCommission = unit === "commission" && (carried.units !== 0n || after.units <= 0n);
  if (inCommission) steps.push(...partSteps(run, outcome, price), ownStep(run, outcome));
  if (carried.units !== 0n) {
    const arithmetic = `${formatDecimal(outcome.own)} − ${formatDecimal(negate(carried))}`;
    steps.push({ code: `carried_in_${unit}`, values: { arithmetic, ...money(after, run) } });
  }
  if (outcome.deduction.units !== 0n) steps.push({ code: "fence_deducted", values: money(outcome.deduction, run) });
  if (after.units <= 0n) steps.push({ code: "share_negative", values: money(after, run) });
  else steps.push(...(inCommission ? [] : partSteps(run, outcome, price)), shareStep(run, outcome, price));
  if (settled.most !== undefined) {
    const { value, arithmetic } = settled.most;
    steps.push({
      code: "carry_most",
      values: { ...(arithmetic === null ? {} : { arithmetic }), ...money(value, run) },
    });
  }
  if (settled.carried.units !== 0n) steps.push({ code: `carried_out_${unit}`, values: money(settled.carried, run) });
  if (settled.writtenOff.units !== 0n)
    steps.push({ code: "carry_written_off", values: money(settled.writtenOff, run) });
  if (outcome.deficit.units !== 0n) steps.push({ code: "share_deficit", values: money(outcome.deficit, run) });
  return steps;
}

/** What the month comes to by itself, where it is carried after the rate. */
function ownStep(run: ShareRun, { month, own, parts }: GroupOutcome): WorkingStep {
  const rate = parts.length > 1 ? null : unitOf(month.base, own);
  const arithmetic = rate === null ? {} : { arithmetic: `${formatDecimal(month.base)} × ${rate}` };
  return { code: "share_own", values: { ...arithmetic, ...money(own, run) } };
}

/** Parts with rates of their own, and what is left of them together after what was carried. */
function partSteps(run: ShareRun, { parts, month, after, carried }: GroupOutcome, price: Price): WorkingStep[] {
  const { carryover } = run.component;
  const isOne = price.rate !== null && month.base.units > 0n;
  if (isOne || parts.length < 2 || parts.length > MOST_STEPS) return [];
  const steps = parts.map(({ thing, amount }): WorkingStep => {
    const rate = unitOf(thing.quantity, amount);
    const arithmetic = rate === null ? {} : { arithmetic: `${formatDecimal(thing.quantity)} × ${rate}` };
    return { code: "share_of_part", values: { name: thing.name, ...arithmetic, ...money(amount, run) } };
  });
  if (carried.units === 0n || carryover.mode === "none" || carryover.unit === "commission") return steps;
  const whole = parts.reduce((sum, { amount }) => add(sum, amount), ZERO);
  const arithmetic = `${formatDecimal(whole)} × ${formatDecimal(after)} ÷ ${formatDecimal(month.base)}`;
  return [...steps, { code: "share_after_carry", values: { arithmetic } }];
}

function shareStep(run: ShareRun, outcome: GroupOutcome, price: Price): WorkingStep {
  const plain = price.rate !== null && outcome.deduction.units === 0n && (run.component.factors ?? []).length === 0;
  const inBase =
    run.component.carryover.mode === "none" || run.component.carryover.unit === "base" || outcome.carried.units === 0n;
  const of =
    run.component.carryover.mode !== "none" && run.component.carryover.unit === "commission"
      ? outcome.month.base
      : outcome.after;
  const arithmetic = plain && inBase ? { arithmetic: `${formatDecimal(of)} × ${formatDecimal(price.rate)}` } : {};
  return { code: "share_of_base", values: { ...arithmetic, ...money(outcome.amount, run) } };
}

function payable(run: ShareRun, share: Decimal, recouped: Recouped): WorkingStep[] {
  if (recouped.deduction.units === 0n) return [];
  const sign = recouped.deduction.units < 0n ? "+" : "−";
  const size = recouped.deduction.units < 0n ? negate(recouped.deduction) : recouped.deduction;
  const arithmetic = `${formatDecimal(share)} ${sign} ${formatDecimal(size)}`;
  return [
    { code: "share_after_recoupment", values: { arithmetic, ...money(subtract(share, recouped.deduction), run) } },
  ];
}

function moreGroups(run: ShareRun, rest: readonly GroupOutcome[]): WorkingStep {
  const sum = rest.reduce((total, one) => add(total, one.amount), ZERO);
  return { code: "share_more_groups", values: { count: String(rest.length), ...money(sum, run) } };
}

/** What went into the base, by term, over all groups. */
function inputsOf(run: ShareRun, outcomes: readonly GroupOutcome[]): WorkingInput[] {
  const sums = new Map<string, Decimal>();
  for (const { month } of outcomes) {
    for (const term of month.terms) sums.set(term.name, add(sums.get(term.name) ?? ZERO, term.value));
  }
  return [...sums].map(([name, value]) => ({ name, value: formatDecimal(value), currency: run.plan.currency }));
}

function shownName(month: GroupMonth): string {
  return groupName(month.group.key);
}

function sumOf(outcomes: readonly GroupOutcome[]): string {
  const paying = outcomes.filter((one) => one.amount.units !== 0n);
  return paying.length > 8 || paying.length === 0 ? "" : paying.map((one) => formatDecimal(one.amount)).join(" + ");
}

function bySize(a: GroupOutcome, b: GroupOutcome): number {
  const [x, y] = [a.month.base, b.month.base].map((value) => (value.units < 0n ? negate(value) : value));
  const difference = subtract(y ?? ZERO, x ?? ZERO).units;
  return difference < 0n ? -1 : difference > 0n ? 1 : a.month.group.key < b.month.group.key ? -1 : 1;
}

function money(value: Decimal, run: ShareRun): { readonly value: string; readonly currency: string } {
  return { value: formatDecimal(value), currency: run.plan.currency };
}
