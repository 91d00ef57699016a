import type { FieldValueRow } from "./store/fields.ts";
import type { History } from "./store/merges.ts";

/** A merge can be taken back for so many days. */
export const UNDO_DAYS = 30;

/** What went over, by ids. */
export interface MergeMoved {
  contacts: readonly string[];
  restrictions: readonly string[];
  programs: readonly string[];
  children: readonly string[];
  /** Of other rooms, by what it is. */
  rooms: Record<string, readonly string[]>;
}

/** The record that stays, as it stood. */
export interface MergeState {
  readonly winner: Readonly<Record<string, unknown>>;
  readonly values: readonly FieldValueRow[];
  readonly history: History;
}

/** Everything as it was before, and the record that stays as the merge left it. */
export interface MergeBefore extends MergeState {
  readonly loser: Readonly<Record<string, unknown>>;
  readonly contacts: readonly { readonly contact_id: string; readonly primary_for: readonly string[] }[];
  readonly merged: MergeState;
}
