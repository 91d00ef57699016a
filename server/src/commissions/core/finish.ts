import type { Component, Hold, PlanDocument, Working } from "@tributary/contract";
import { type Decimal, formatDecimal, roundTo } from "../../kernel/decimal.ts";
import { currency, exponent, toMinor } from "../../kernel/money.ts";
import { addDays, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";
import type { ComponentRun, Draft } from "./component-run.ts";
import type { Customer } from "./entries.ts";
import { type Question, qualify } from "./qualify.ts";
import { lineKey, monthName } from "./terms.ts";
import { addBusinessDays } from "./windows.ts";

/** As the day from which an amount is payable: not before somebody or something releases it. */
export const UNTIL_RELEASED: Day = "9999-12-31";

export interface CalculatedLine {
  readonly key: string;
  readonly agreementVersionId: string;
  readonly component: string;
  readonly subjectKind: "customer" | "period" | "partner";
  readonly subjectId: string;
  readonly month: Month;
  readonly earnedOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly heldUntil: Day | null;
  readonly working: Working;
}

/** A draft as a line: rounded once, with its hold and its name for ever. */
export function finish(run: ComponentRun, draft: Draft): CalculatedLine {
  const { component, terms } = run;
  const rounded = roundLine(terms.plan, draft.value);
  const hold = holdOf(run, component, draft);
  const { inputs, steps, conversions, rate = null, tier = null, carry = null, alternatives = [] } = draft.working;
  const { clause } = component;
  return {
    key: lineKey(
      terms.agreementVersionId,
      component.code,
      draft.subjectKind,
      draft.subjectId,
      draft.period ?? monthName(run.month),
    ),
    agreementVersionId: terms.agreementVersionId,
    component: component.code,
    subjectKind: draft.subjectKind,
    subjectId: draft.subjectId,
    month: monthOf(draft.earnedOn),
    earnedOn: draft.earnedOn,
    currency: terms.plan.currency,
    amountMinor: rounded.minor,
    heldUntil: hold.until,
    working: {
      model: component.model,
      component: component.code,
      ...(clause === undefined ? {} : { clause }),
      terms: { agreementVersionId: terms.agreementVersionId, version: terms.version, planHash: terms.planHash },
      inputs: [...inputs],
      conversions: [...conversions],
      steps: [...steps],
      rate,
      tier,
      rounding: rounded.working,
      hold,
      carry,
      alternatives: [...alternatives],
    },
  };
}

interface Rounded {
  readonly minor: bigint;
  readonly working: Working["rounding"];
}

/** The one rounding of a line, by the plan's rule. A line that keeps more decimals than its currency has is rounded to them for the books. */
export function roundLine(plan: PlanDocument, value: Decimal): Rounded {
  const code = currency(plan.currency);
  const { mode } = plan.rounding;
  const places = plan.rounding.places ?? exponent(code);
  const rounded = roundTo(value, places, mode);
  return {
    minor: toMinor(rounded, code, mode),
    working: { mode, places, before: formatDecimal(value), after: formatDecimal(rounded) },
  };
}

function holdOf(run: ComponentRun, component: Component, draft: Draft): Working["hold"] {
  const { hold } = component;
  const words =
    hold.businessDays === undefined
      ? { days: hold.days, from: hold.from }
      : { days: hold.businessDays, business: true, from: hold.from };
  if (draft.pending !== undefined) return { ...words, until: UNTIL_RELEASED, reason: draft.pending.reason };
  const byDays = notOver(hold, heldUntil(hold, draft.heldFrom ?? draft.earnedOn), draft.earnedOn);
  if (hold.until === undefined && draft.releasedOn === undefined) return { ...words, until: byDays };
  const released = draft.releasedOn ?? (hold.until === undefined ? null : releaseDay(run, hold.until, draft));
  if (released === null) return { ...words, until: UNTIL_RELEASED, reason: "event" };
  const until = byDays === null || released > byDays ? released : byDays;
  return { ...words, until: until <= draft.earnedOn ? null : until };
}

/** What is taken back of an order after the order's own hold waits for nothing. */
function notOver(hold: Hold, until: Day | null, earnedOn: Day): Day | null {
  return hold.from === "event" && until !== null && until <= earnedOn ? null : until;
}

/** The first day on which an amount earned on a day is payable; null: at once. */
export function heldUntil(hold: Pick<Hold, "days" | "businessDays" | "holidays" | "from">, earnedOn: Day): Day | null {
  const start = hold.from === "month_end" ? lastDay(monthOf(earnedOn)) : earnedOn;
  if (hold.businessDays !== undefined) return addBusinessDays(start, hold.businessDays, hold.holidays ?? []);
  if (hold.from === "month_end") return addDays(start, hold.days);
  return hold.days === 0 ? null : addDays(earnedOn, hold.days);
}

/** The day of the event that releases an amount of a customer; of the partner's month it is stated by name. */
function releaseDay(run: ComponentRun, until: NonNullable<Hold["until"]>, draft: Draft): Day | null {
  const customer: Customer | undefined = draft.subjectKind === "customer" ? run.customer(draft.subjectId) : undefined;
  if (customer === undefined) {
    const name = "milestone" in until ? until.milestone : until.metric;
    const stated = run.facts.stated.find((one) => one.name === name && one.month === run.month && one.value.units > 0n);
    return stated === undefined ? null : (stated.day ?? draft.earnedOn);
  }
  const partner = run.partner;
  const question: Question = {
    plan: run.plan,
    exchange: run.exchange,
    window: "none",
    customer,
    partner,
    amount: draft.value,
  };
  return qualify(question, until).met?.day ?? null;
}
