import type { PlanDocument } from "@tributary/contract";
import type { TermsRange } from "./core/precedence.ts";

/** A partner's work in a program: what an agreement is about. */
export interface Pair {
  readonly partnerId: string;
  readonly programId: string;
}

/** An accepted version with its plan: what the calculation reads. */
export interface AcceptedTerms extends Pair, TermsRange {
  readonly agreementVersionId: string;
  readonly agreementId: string;
  readonly plan: PlanDocument;
  readonly planHash: string;
}
