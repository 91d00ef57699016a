import type { Actor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import type { Context } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { BulkRow, Refusals } from "./bulk-file.ts";

/** What a file comes to: the rows that can be made, and what is wrong with the others. */
export interface BulkPlan<T> {
  readonly rows: number;
  readonly good: readonly T[];
  readonly refusals: Refusals;
  readonly unknownColumns: readonly string[];
}

/** A plan as it is answered, without what was or would be made. */
export function outcome(plan: BulkPlan<unknown>) {
  return {
    rows: plan.rows,
    good: plan.good.length,
    refused: plan.refusals.rows.size,
    refusals: plan.refusals.list,
    unknownColumns: [...plan.unknownColumns],
  };
}

/** @throws Refusal invalid_input when rows are refused and are not to be left out */
export function refuseUnlessSkipped({ rows, refusals }: BulkPlan<unknown>, skip: boolean): void {
  const [first] = refusals.list;
  if (first === undefined || skip) return;
  throw new Refusal(
    "invalid_input",
    `${refusals.rows.size} of ${rows} rows are refused, the first one in row ${first.row}. Nothing was made.`,
    refusals.list.slice(0, 100).map(({ row, field, value, message, hint }) => ({
      field: `rows.${row}.${field}`,
      value,
      message,
      ...(hint === undefined ? {} : { hint }),
    })),
  );
}

/** A statement holds so many. */
const PART = 2_000;

/** In parts that a statement can hold. */
export function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += PART) yield all.slice(at, at + PART);
}

/** The trail of a file. */
export async function recordAll(tx: Context, actor: Actor, notes: readonly audit.AuditNote[]): Promise<void> {
  for (const part of inParts(notes)) await audit.recordMany(tx, actor, part);
}

/** What stands in a column, each once. */
export function columnOf(rows: readonly BulkRow[], name: string): readonly string[] {
  return [...new Set(rows.flatMap(({ cells }) => cells.get(name) ?? []))];
}

/** Asks once for each key: a file of one partner asks once, not for every row. */
export function remembered<A extends readonly unknown[], T>(
  ask: (...about: A) => Promise<T>,
  keyOf: (...about: A) => string,
): typeof ask {
  const answers = new Map<string, Promise<T>>();
  return (...about) => {
    const key = keyOf(...about);
    const known = answers.get(key) ?? ask(...about);
    answers.set(key, known);
    return known;
  };
}
