import type { AgreementVersionStatus } from "@tributary/contract";
import type { LifeCycle } from "../../kernel/life-cycle.ts";

/** Terms are proposed by one person, approved by another, accepted by the partner. Accepted terms never change: newer ones supersede them. */
export const TERMS_LIFE: LifeCycle<AgreementVersionStatus> = {
  proposed: ["approved", "withdrawn"],
  approved: ["accepted", "withdrawn"],
  accepted: [],
  withdrawn: [],
};
