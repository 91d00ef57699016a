import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import type { BookMonth, Books } from "../contracts.ts";

export async function readClosings(
  db: Db,
  books: readonly Books[],
): Promise<readonly (Books & { readonly closedThrough: Month })[]> {
  const { rows } = await sql<{ partner_id: string; currency: string; closed_through: string }>`
    select c.partner_id, c.currency, c.closed_through
    from ledger.closing c
    join unnest(${books.map((one) => one.partnerId)}::text[], ${books.map((one) => one.currency)}::text[])
      as b (partner_id, currency) using (partner_id, currency)`.execute(db);
  return rows.map((row) => ({ partnerId: row.partner_id, currency: row.currency, closedThrough: row.closed_through }));
}

export async function writeClosings(db: Db, months: readonly BookMonth[]): Promise<void> {
  await sql`
    insert into ledger.closing (partner_id, currency, closed_through)
    select * from unnest(${months.map((one) => one.partnerId)}::text[], ${months.map((one) => one.currency)}::text[],
                         ${months.map((one) => one.month)}::date[])
    on conflict (partner_id, currency) do update
    set closed_through = greatest(ledger.closing.closed_through, excluded.closed_through)`.execute(db);
}
