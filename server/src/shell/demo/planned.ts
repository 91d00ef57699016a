import type { PartnerPlan, Vertical } from "./world.ts";

/** A click that will be made. `id` is filled in when it has been recorded. */
export interface PlannedClick {
  readonly at: number;
  readonly vertical: Vertical;
  readonly partner: PartnerPlan;
  /** index into the program's offers */
  readonly offer: number;
  readonly country: string;
  readonly agent: string;
  readonly language: string;
  readonly sub1: string;
  readonly sub2: string;
  readonly own: string;
  /** the same visitor's click before */
  readonly previous?: PlannedClick;
  id?: string;
}

/** An event that the operator's systems will send. */
export interface PlannedEvent {
  readonly vertical: Vertical;
  readonly type: string;
  readonly at: number;
  readonly externalId: string;
  readonly customerRef: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly click?: PlannedClick;
  readonly code?: string;
}
