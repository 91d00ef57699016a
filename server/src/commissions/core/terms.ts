import type { PlanDocument } from "@tributary/contract";
import { type Decimal, formatDecimal } from "../../kernel/decimal.ts";
import { currency, exponent, toMinor } from "../../kernel/money.ts";
import { addDays, type Day, lastDay, type Month, monthOf } from "../../kernel/period.ts";

/** An accepted agreement version with its plan, as the calculation reads it. */
export interface Terms {
  readonly agreementVersionId: string;
  readonly version: number;
  readonly validFrom: Day;
  /** Exclusive; null: open. */
  readonly validTo: Day | null;
  readonly customers: "move" | "stay";
  readonly plan: PlanDocument;
  readonly planHash: string;
}

/** The terms that apply on a day to somebody who entered under `entered`, if any do. */
export type TermsChoice = (terms: readonly Terms[], entered: Terms | undefined, day: Day) => Terms | undefined;

/** The first day on which an amount earned on a day is payable; null: at once. */
export function heldUntil(
  hold: { readonly days: number; readonly from: "earned" | "month_end" },
  earnedOn: Day,
): Day | null {
  if (hold.from === "month_end") return addDays(lastDay(monthOf(earnedOn)), hold.days);
  return hold.days === 0 ? null : addDays(earnedOn, hold.days);
}

export interface Rounded {
  readonly minor: bigint;
  readonly working: { readonly mode: string; readonly places: number; readonly before: string; readonly after: string };
}

/** The one rounding of a line, by the plan's rule. */
export function roundLine(plan: PlanDocument, value: Decimal): Rounded {
  const code = currency(plan.currency);
  const places = exponent(code);
  const minor = toMinor(value, code, plan.rounding.mode);
  return {
    minor,
    working: {
      mode: plan.rounding.mode,
      places,
      before: formatDecimal(value),
      after: formatDecimal({ units: minor, scale: places }),
    },
  };
}

/**
 * Names a line for ever: agreement version × component × subject × period. Booking, explanation, dispute and replay all use it.
 * @param period `2026-03`, or `life` for what is earned once
 */
export function lineKey(
  agreementVersionId: string,
  component: string,
  subjectKind: "customer" | "period",
  subjectId: string,
  period: string,
): string {
  return `${agreementVersionId}:${component}:${subjectKind}:${subjectId}:${period}`;
}

export function monthName(month: Month): string {
  return month.slice(0, 7);
}
