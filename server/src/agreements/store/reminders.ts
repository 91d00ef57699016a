import type { Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/** Notes that a reminder is given; false when it was given before. */
export async function noteReminder(
  db: Db,
  row: { readonly id: string; readonly validTo: Day; readonly daysBefore: number; readonly at: Date },
): Promise<boolean> {
  const done = await db
    .insertInto("agreements.reminder")
    .values({
      agreement_version_id: row.id,
      valid_to: row.validTo,
      days_before: row.daysBefore,
      reminded_at: row.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
