import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

export interface AlikeRow {
  readonly partner_id: string;
  readonly name: string;
  readonly legal_name: string;
  readonly email: string;
  readonly website: string;
  readonly country: string | null;
  readonly contacts: readonly { readonly email: string; readonly phone: string; readonly name: string }[];
}

/**
 * Partners that hold all words of one of these texts (a name, an e-mail address, a host), themselves or by a contact: found by the same index as the search.
 * @param most candidates of each text
 */
export async function rowsAlike(db: Db, texts: readonly string[], most: number): Promise<AlikeRow[]> {
  const { rows } = await sql<AlikeRow>`
    with wanted as materialized (select partners.words_of(t) as words from unnest(${[...texts]}::text[]) t),
    found as (
      select p.partner_id from wanted w cross join lateral (
        select partner_id from partners.partner
         where partners.partner_words(name, legal_name, code, website, email) @> w.words limit ${most}) p where cardinality(w.words) > 0
      union
      select c.partner_id from wanted w cross join lateral (
        select partner_id from partners.contact
         where partners.contact_words(name, email) @> w.words limit ${most}) c where cardinality(w.words) > 0)
    select p.partner_id, p.name, p.legal_name, p.email, p.website, p.country,
      coalesce((select json_agg(json_build_object('email', c.email, 'phone', c.phone, 'name', c.name))
        from (select * from partners.contact where partner_id = p.partner_id limit 20) c), '[]') as contacts
      from partners.partner p join found using (partner_id) limit 100`.execute(db);
  return rows;
}
