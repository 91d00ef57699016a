import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** One thing that two records have in common. */
export interface CommonRow {
  readonly first_id: string;
  readonly second_id: string;
  readonly code: string;
  readonly value: string;
}

/** Mail providers that say nothing about whose address it is. */
const FREE_MAIL = [
  "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com", "proton.me",
  "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "mail.ru", "yandex.ru", "qq.com", "163.com", "aol.com",
]; // biome-ignore format: a list
/** A value that more records than this have in common is no sign of one firm. */
const MOST_ALIKE = 12;

/**
 * Pairs of records with something in common that nobody has looked at.
 * @param partnerId null: all of them
 */
export async function commonRows(db: Db, partnerId: string | null, limit: number): Promise<CommonRow[]> {
  const keys = sql`
    select partner_id, 'name' as code, partners.name_key(name) as key, name as value from partners.partner where merged_into is null
    union all select partner_id, 'legal_name', partners.name_key(legal_name), legal_name from partners.partner where merged_into is null and legal_name <> ''
    union all select partner_id, 'website', partners.host_key(website), partners.host_key(website) from partners.partner where merged_into is null and website <> ''
    union all select partner_id, 'email', lower(email), email from partners.partner where merged_into is null and email <> ''
    union all select partner_id, 'email_domain', partners.mail_key(email), partners.mail_key(email) from partners.partner
      where merged_into is null and email <> '' and partners.mail_key(email) <> all(${FREE_MAIL}::text[])
    union all select partner_id, 'phone', partners.phone_key(phone), phone from partners.partner where merged_into is null and phone <> ''
    union all select partner_id, 'tax_number', partners.sign_key(tax_number), tax_number from partners.partner where merged_into is null and tax_number <> ''
    union all select c.partner_id, 'contact_email', lower(c.email), c.email from partners.contact c
      join partners.partner p on p.partner_id = c.partner_id where p.merged_into is null and c.email <> ''`;
  const shared = sql`
    select code, key from keys where key is not null group by code, key
    having count(distinct partner_id) between 2 and ${MOST_ALIKE}
      ${partnerId === null ? sql`` : sql`and bool_or(partner_id = ${partnerId})`}`;
  const { rows } = await sql<CommonRow>`
    with keys as materialized (${keys}), shared as (${shared}),
      pairs as (
        select distinct on (a.partner_id, b.partner_id, a.code) a.partner_id as first_id, b.partner_id as second_id, a.code, a.value
        from shared s join keys a on a.code = s.code and a.key = s.key
        join keys b on b.code = s.code and b.key = s.key and a.partner_id < b.partner_id
        order by a.partner_id, b.partner_id, a.code, a.value)
    select * from pairs p
    where ${partnerId === null ? sql`true` : sql`(p.first_id = ${partnerId} or p.second_id = ${partnerId})`}
      and not exists (select from partners.not_duplicate n where n.first_id = p.first_id and n.second_id = p.second_id)
    order by first_id, second_id, code limit ${limit}`.execute(db);
  return rows;
}

export async function sayNotDuplicate(
  db: Db,
  pair: readonly [string, string],
  by: string,
  at: Date,
  reason: string,
): Promise<void> {
  const [first, second] = pair;
  await db
    .insertInto("partners.not_duplicate")
    .values({ first_id: first, second_id: second, said_by: by, said_at: at, reason })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
