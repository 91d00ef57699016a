import type { Refusal } from "../../kernel/refusal.ts";

/** Where an entry will stand: known before it is written, so that a click id can carry it. */
export interface Place {
  readonly lane: number;
  readonly seq: number;
}

/** Called once, when the entry is committed (`undefined`) or was refused. */
export type Settled = (refusal: Refusal | undefined) => void;
