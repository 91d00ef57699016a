import type { PlanTemplate } from "@tributary/contract";

/** A plan of the field, in YAML as a person would write it; titles in English and Spanish. */
export interface Template {
  readonly code: string;
  readonly fields: PlanTemplate["fields"];
  readonly title: readonly [english: string, spanish: string];
  readonly text: readonly [english: string, spanish: string];
  readonly source: string;
}
