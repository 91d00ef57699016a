import { sql } from "kysely";
import type { Db } from "../../server/src/database/index.ts";

const FIRST =
  "john maria ahmed olga pierre ana luis kwame yuki fatima peter sofia ivan chloe marco ingrid rahul mei diego hanna omar lucia tomasz elena david aisha jonas nadia carlos emma viktor priya stefan amara bjorn leila mateusz rosa anders zeynep";
const LAST =
  "smith müller garcía nowak rossi andersen silva yilmaz ivanov kowalski dubois schmidt okafor tanaka hernández popescu lindqvist moreau costa weber novák jansen haddad mensah petrov rahman klein østergaard łukasz fernández bauer marino takács duarte eriksson vlahović demir sørensen baptiste oduya";
const TRADE = "media trading traffic partners network digital leads clicks markets capital growth affiliates";

/**
 * Regions, owners, partners and contacts in one go each: by default 100,000 and 1,000,000. Names are made of 40 first names, 40 family names with a
 * part with one of 676 endings, so that the dictionary of words is as large as a real one, and full of words that are nearly alike.
 */
export async function seedPartners(db: Db, partners: number, contacts: number): Promise<void> {
  await sql`
    insert into programs.region (region_id, code, name, created_at) select 'rgn_' || n, 'r' || n, 'Region ' || n, now() from generate_series(1, 10) n`.execute(
    db,
  );
  await sql`
    with names as (select string_to_array(${FIRST}, ' ') f, string_to_array(${LAST}, ' ') l, string_to_array(${TRADE}, ' ') t)
    insert into partners.partner (partner_id, code, name, legal_name, kind, status, region_id, country, owner_user_id, email, website, tags, created_at)
    select 'prt_' || lpad(n::text, 8, '0'), 'p' || n || '-' || t[1 + n % 12], initcap(l[1 + h % 40] || ' ' || t[1 + (h / 40) % 12]) || ' ' || n,
           initcap(f[1 + (h / 480) % 40] || ' ' || l[1 + h % 40]) || ' Ltd', (array['affiliate','introducing_broker','network','influencer','reseller'])[1 + n % 5],
           (array['applied','onboarding','active','active','active','paused'])[1 + n % 6], 'rgn_' || (1 + n % 10), (array['DE','PL','ES','BR','IT','GB','SE','TR'])[1 + n % 8],
           'usr_owner' || (n % 200), 'hello' || n || '@' || 'site' || n || '.example', 'https://www.' || t[1 + n % 12] || n || '.example',
           case when n % 50 = 0 then array['vip'] else array['tag' || n % 300] end, now() - n * interval '1 minute'
      from names, generate_series(1, ${partners}::int) n, lateral (select abs(hashint4(n)) h) mixed`.execute(db);
  const part = 100_000;
  for (let from = 1; from <= contacts; from += part) {
    await sql`
      with names as (select string_to_array(${FIRST}, ' ') f, string_to_array(${LAST}, ' ') l)
      insert into partners.contact (contact_id, partner_id, name, email, created_at)
      select 'cnt_' || lpad(n::text, 8, '0'), 'prt_' || lpad((1 + n % ${partners}::int)::text, 8, '0'), initcap(first || ' ' || last),
             partners.fold(first) || '.' || partners.fold(last) || '@site' || (1 + n % ${partners}::int) || '.example', now()
        from (select n, f[1 + h % 40] || case when g % 3 = 0 then chr(97 + g / 131 % 26) || chr(97 + g / 7 % 26) else '' end as first,
                     l[1 + (h / 40) % 40] || case when g % 2 = 0 then chr(97 + g / 1300 % 26) || chr(97 + g / 3 % 26) else '' end as last
                from names, generate_series(${from}::int, ${Math.min(contacts, from + part - 1)}::int) n, lateral (select abs(hashint4(n)) h, abs(hashint4(n + 7)) g) mixed) made`.execute(
      db,
    );
  }
  while (((await sql<{ seen: bigint }>`select partners.learn_words() as seen`.execute(db)).rows[0]?.seen ?? 0n) > 0n);
  await sql.raw("vacuum analyze").execute(db);
}
