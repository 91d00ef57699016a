import type { Component, PlanDocument } from "@tributary/contract";
import type { Say } from "../findings.ts";
import type { Place } from "../walk.ts";

/** A plan that fits the schema, and everything that a rule may want to look at. */
export interface Linted {
  readonly plan: PlanDocument;
  readonly say: Say;
  /** Every object of the plan with its path. */
  readonly places: readonly Place[];
  readonly components: readonly { readonly component: Component; readonly path: string }[];
}
