import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export async function customersWithLines(db: Db, customerIds: readonly bigint[]): Promise<number> {
  if (customerIds.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${customerIds.map(String)}::text[]) as c (subject_id)
    where exists (select from commissions.line l where l.subject_kind = 'customer' and l.subject_id = c.subject_id)`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

export async function partnersWithLines(db: Db, partnerIds: readonly string[]): Promise<number> {
  if (partnerIds.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from unnest(${[...partnerIds]}::text[]) as p (partner_id)
    where exists (select from commissions.line l where l.partner_id = p.partner_id)`.execute(db);
  return rows[0]?.count ?? 0;
}
