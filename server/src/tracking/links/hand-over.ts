import { sql } from "kysely";
import { type Context, type Db, notifyChange } from "../../database/index.ts";

/** How many links and codes a partner has, by program. */
export async function heldByProgram(
  db: Db,
  partnerId: string,
): Promise<readonly { readonly programId: string; readonly links: number; readonly codes: number }[]> {
  const { rows } = await sql<{ programId: string; links: number; codes: number }>`
    select program_id as "programId", sum(links)::int as links, sum(codes)::int as codes from (
      select program_id, 1 as links, 0 as codes from tracking.link where partner_id = ${partnerId}
      union all select program_id, 0, 1 from tracking.referral_code where partner_id = ${partnerId}) held
    group by program_id order by program_id`.execute(db);
  return rows;
}

/** Gives a partner's links in some programs to another one; clicks so far stay whose they were. @returns the links' ids */
export async function handOverLinks(
  tx: Context,
  from: string,
  to: string,
  programIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ link_id: string }>`
    update tracking.link set partner_id = ${to}, revision = revision + 1
    where partner_id = ${from} and program_id = any(${[...programIds]}::text[]) returning link_id`.execute(tx.db);
  return await told(tx, rows);
}

/** Gives those of the links back that still stand with whom they were given to. */
export async function returnLinks(tx: Context, ids: readonly string[], from: string, to: string): Promise<void> {
  const { rows } = await sql<{ link_id: string }>`
    update tracking.link set partner_id = ${from}, revision = revision + 1
    where partner_id = ${to} and link_id = any(${[...ids]}::text[]) returning link_id`.execute(tx.db);
  await told(tx, rows);
}

async function told(tx: Context, rows: readonly { readonly link_id: string }[]): Promise<readonly string[]> {
  const ids = rows.map((row) => row.link_id).sort();
  for (const id of ids) await notifyChange(tx, "links", id);
  return ids;
}

/** The same for coupon and referral codes. @returns `<program> <code>` of each */
export async function handOverCodes(
  tx: Context,
  from: string,
  to: string,
  programIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    update tracking.referral_code set partner_id = ${to}
    where partner_id = ${from} and program_id = any(${[...programIds]}::text[])
    returning program_id || ' ' || code as key`.execute(tx.db);
  return rows.map((row) => row.key).sort();
}

export async function returnCodes(tx: Context, keys: readonly string[], from: string, to: string): Promise<void> {
  await sql`
    update tracking.referral_code set partner_id = ${from}
    where partner_id = ${to} and program_id || ' ' || code = any(${[...keys]}::text[])`.execute(tx.db);
}
