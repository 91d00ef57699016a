import type { AgreementVersionStatus } from "@tributary/contract";
import type { LifeCycle } from "../../kernel/life-cycle.ts";

/**
 * Terms are drafted and handed in by the operator, approved by others, sent, countered by the partner or changed by the operator (a new round,
 * approved again), and signed by the partner. Signed terms never change: newer ones supersede them.
 */
export const TERMS_LIFE: LifeCycle<AgreementVersionStatus> = {
  draft: ["proposed", "withdrawn"],
  proposed: ["approved", "draft", "proposed", "withdrawn", "expired"],
  approved: ["sent", "draft", "proposed", "withdrawn", "expired"],
  sent: ["accepted", "countered", "declined", "draft", "proposed", "withdrawn", "expired"],
  countered: ["draft", "proposed", "withdrawn", "declined", "expired"],
  accepted: [],
  declined: [],
  withdrawn: [],
  expired: [],
};

/** States in which terms are still talked about. */
export const OPEN: readonly AgreementVersionStatus[] = ["draft", "proposed", "approved", "sent", "countered"];

export function isOpen(status: string): boolean {
  return (OPEN as readonly string[]).includes(status);
}
