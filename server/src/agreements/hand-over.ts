import { sql } from "kysely";
import type { Context, Db } from "../database/index.ts";

/** Programs in which a partner has an agreement, whatever its state. */
export async function agreedPrograms(db: Db, partnerId: string): Promise<readonly string[]> {
  const query = db.selectFrom("agreements.agreement").select("program_id").where("partner_id", "=", partnerId);
  return (await query.orderBy("program_id").execute()).map((row) => row.program_id);
}

/**
 * Gives a partner's agreements to another one, in programs where that one has none. Only for a partner for whom nothing was ever booked: what was
 * booked stands on the agreement of its partner.
 * @returns the agreements' ids
 */
export async function handOverAgreements(tx: Context, from: string, to: string): Promise<readonly string[]> {
  const { rows } = await sql<{ agreement_id: string }>`
    update agreements.agreement a set partner_id = ${to}
    where a.partner_id = ${from}
      and not exists (select from agreements.agreement o where o.partner_id = ${to} and o.program_id = a.program_id)
    returning agreement_id`.execute(tx.db);
  return rows.map((row) => row.agreement_id).sort();
}

export async function returnAgreements(tx: Context, ids: readonly string[], from: string, to: string): Promise<void> {
  await sql`
    update agreements.agreement set partner_id = ${from}
    where partner_id = ${to} and agreement_id = any(${[...ids]}::text[])`.execute(tx.db);
}
