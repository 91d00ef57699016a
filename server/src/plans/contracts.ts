import type { PlanDocument, PlanLanguage } from "@tributary/contract";

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

/** What a plan pays for a facts file: the calculation itself, which stands above this room and is given to it. */
export type RunPlan = (
  document: unknown,
  facts: string,
  options: { readonly language: PlanLanguage },
) => {
  readonly months: readonly {
    readonly month: string;
    readonly amount: string;
    readonly components: Readonly<Record<string, string>>;
  }[];
  readonly lines: readonly {
    readonly component: string;
    readonly subject: string;
    readonly month: string;
    readonly amount: string;
    readonly explanation: readonly string[];
  }[];
};
