import type { PlanDocument } from "@tributary/contract";

/** A version as other rooms read it. A published one never changes. */
export interface PlanVersionFacts {
  readonly planVersionId: string;
  readonly planId: string;
  readonly programId: string;
  readonly planName: string;
  readonly version: number;
  readonly status: "draft" | "published";
  readonly plan: PlanDocument;
  readonly hash: string;
}
