import type { NachaFacts, ReadRemark } from "../contracts.ts";

/** One record with the line it stands on. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

export interface NachaEntry {
  readonly line: Line;
  readonly code: string;
  readonly routing: string;
  readonly account: string;
  readonly amount: bigint;
  readonly id: string;
  readonly name: string;
  readonly trace: string;
  readonly addenda: readonly Line[];
  readonly debit: boolean;
}

export interface NachaBatch {
  readonly header: Line;
  readonly control: Line | undefined;
  readonly entryClass: string;
  readonly entries: readonly NachaEntry[];
  /** Addenda that stand before any entry. */
  readonly strays: readonly Line[];
}

export interface NachaFile {
  readonly lines: readonly Line[];
  readonly header: Line | undefined;
  readonly control: Line | undefined;
  readonly batches: readonly NachaBatch[];
  readonly facts: NachaFacts;
  readonly remarks: readonly ReadRemark[];
  /** What makes it unfit to be acted on. */
  readonly faults: readonly ReadRemark[];
}
