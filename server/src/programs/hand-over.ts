import { sql } from "kysely";
import { type Context, notifyChange } from "../database/index.ts";

/** Gives what a partner was let into to another one, where that one has not asked itself. @returns the ids */
export async function handOverAccess(tx: Context, from: string, to: string): Promise<readonly string[]> {
  const { rows } = await sql<Moved>`
    update programs.offer_access a set partner_id = ${to}, revision = revision + 1
    where a.partner_id = ${from}
      and not exists (select from programs.offer_access o where o.partner_id = ${to} and o.offer_id = a.offer_id)
    returning access_id, offer_id`.execute(tx.db);
  return await told(tx, rows);
}

export async function returnAccess(tx: Context, ids: readonly string[], from: string, to: string): Promise<void> {
  const { rows } = await sql<Moved>`
    update programs.offer_access set partner_id = ${from}, revision = revision + 1
    where partner_id = ${to} and access_id = any(${[...ids]}::text[]) returning access_id, offer_id`.execute(tx.db);
  await told(tx, rows);
}

interface Moved {
  readonly access_id: string;
  readonly offer_id: string;
}

async function told(tx: Context, rows: readonly Moved[]): Promise<readonly string[]> {
  for (const offerId of new Set(rows.map((row) => row.offer_id))) await notifyChange(tx, "offers", offerId);
  return rows.map((row) => row.access_id).sort();
}
