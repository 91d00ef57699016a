import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import type { Db } from "../../database/index.ts";

const ROWS_AT_ONCE = 20_000;

/** What each line (its newest version) and each approved adjustment is worth, some at a time; those of zero are left out. */
export async function* booksOfLines(
  db: Db,
): AsyncGenerator<{ readonly sourceKey: string; readonly amountMinor: bigint }> {
  for (let after = ""; ; ) {
    const { rows } = await sql<{ line_key: string; amount_minor: bigint }>`
      select distinct on (line_key) line_key, amount_minor from commissions.line
      where line_key > ${after} order by line_key, version desc limit ${ROWS_AT_ONCE}`.execute(db);
    for (const row of rows) {
      after = row.line_key;
      if (row.amount_minor !== 0n) yield { sourceKey: row.line_key, amountMinor: row.amount_minor };
    }
    if (rows.length < ROWS_AT_ONCE) break;
  }
  const adjustments = await db
    .selectFrom("commissions.adjustment")
    .select(["adjustment_id", "amount_minor"])
    // A release moves what the line has booked already.
    .where("kind", "=", "correction")
    .where("status", "=", "approved")
    .execute();
  for (const row of adjustments) yield { sourceKey: row.adjustment_id, amountMinor: row.amount_minor };
}

export async function heldRows(db: Db): Promise<readonly { readonly lineKey: string; readonly heldMinor: bigint }[]> {
  const rows = await db.selectFrom("commissions.held").select(["line_key", "held_minor"]).execute();
  return rows.map((row) => ({ lineKey: row.line_key, heldMinor: row.held_minor }));
}

/** Pairs that wait for their calculation. */
export async function duePairs(db: Db): Promise<readonly Pair[]> {
  const rows = await db.selectFrom("commissions.dirty").select(["partner_id", "program_id"]).distinct().execute();
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id }));
}
