import { createHash } from "node:crypto";
import type { PlanDocument } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";

/** sha256, hex, of the canonical JSON of a plan with its defaults written out: two plans that mean the same have the same hash. */
export function hashPlan(plan: PlanDocument): string {
  return createHash("sha256").update(canonicalJson(plan)).digest("hex");
}
