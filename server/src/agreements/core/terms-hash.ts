import { createHash } from "node:crypto";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Day } from "../../kernel/period.ts";

/** Everything that a partner agrees to. */
export interface AgreedTerms {
  readonly partnerId: string;
  readonly programId: string;
  readonly planHash: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly customers: string;
  readonly termsText: string;
}

/** sha256, hex, of the canonical JSON of what is agreed: what stands beside the name and time of an acceptance. */
export function hashTerms(terms: AgreedTerms): string {
  const { partnerId, programId, planHash, validFrom, validTo, customers, termsText } = terms;
  return createHash("sha256")
    .update(canonicalJson({ partnerId, programId, planHash, validFrom, validTo, customers, termsText }))
    .digest("hex");
}
