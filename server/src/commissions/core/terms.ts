import type { PlanDocument } from "@tributary/contract";
import type { Day, Month } from "../../kernel/period.ts";

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

/**
 * Names a line for ever: agreement version × component × subject × period. Booking, explanation, dispute and replay all use it.
 * @param period `2026-03`, or `life` for what is earned once
 */
export function lineKey(
  agreementVersionId: string,
  component: string,
  subjectKind: "customer" | "period" | "partner",
  subjectId: string,
  period: string,
): string {
  return `${agreementVersionId}:${component}:${subjectKind}:${subjectId}:${period}`;
}

export function monthName(month: Month): string {
  return month.slice(0, 7);
}
