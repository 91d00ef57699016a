import type { BulkAction, BulkMapping, BulkSheet, BulkStatus, BulkSubject, MassEdit } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";

/** A bulk change as it is stored. */
export interface BulkRecord {
  readonly bulk_id: string;
  readonly subject: BulkSubject;
  readonly source: "file" | "selection";
  readonly name: string;
  readonly status: BulkStatus;
  readonly sheets: readonly BulkSheet[];
  readonly mapping: BulkMapping;
  readonly edit: MassEdit | null;
  readonly remembered: boolean;
  readonly counts: Readonly<Partial<Record<BulkAction, number>>>;
  readonly undone: { readonly undone?: number; readonly kept?: number };
  readonly total: number;
  readonly done: number;
  readonly failure: string | null;
  readonly actor_kind: string;
  readonly created_by: string;
  readonly actor_name: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly undo_until: Date | null;
  readonly beat_at: Date | null;
  readonly revision: number;
}

/** One bulk change at work, in whose name. */
export interface BulkWork {
  readonly ctx: Context;
  readonly row: BulkRecord;
  readonly actor: Actor;
  /** told after every step */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

export interface FieldDifference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What is wrong with a row; its words are the catalogue's (contract/src/bulk-problems.ts). */
export interface RowProblem {
  readonly field: string | null;
  readonly value: string;
  readonly code: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** What becomes of a row. */
export interface Decision {
  readonly line: number;
  readonly action: BulkAction;
  readonly targetId: string | null;
  readonly partnerId: string | null;
  readonly label: string;
  /** what the record was when the row was decided about */
  readonly stamp: string | null;
  readonly changes: readonly FieldDifference[];
  readonly problem: RowProblem | null;
  /** parent or status change: one record after the other */
  readonly steps: boolean;
}
