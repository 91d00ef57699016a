import { sql } from "kysely";
import type { Context, Db } from "../database/index.ts";

/** How many people of a partner there are, and open invitations to its team. */
export async function countTeam(db: Db, partnerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from access."user" where partner_id = ${partnerId})
      + (select count(*) from access.invitation where partner_id = ${partnerId} and kind = 'invite'
         and used_at is null and revoked_at is null))::int as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Makes a partner's people, with their roles, keys and open invitations, another partner's. They sign in again. @returns their ids */
export async function handOverTeam(tx: Context, from: string, to: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from access."user" where partner_id = ${from}
    union all select invitation_id from access.invitation
      where partner_id = ${from} and kind = 'invite' and used_at is null and revoked_at is null
    order by 1`.execute(tx.db);
  const ids = rows.map((row) => row.id);
  await move(tx, ids, from, to);
  return ids;
}

/** Gives those back who are still with whom they were given to. */
export async function returnTeam(tx: Context, ids: readonly string[], from: string, to: string): Promise<void> {
  await move(tx, ids, to, from);
}

async function move(tx: Context, ids: readonly string[], from: string, to: string): Promise<void> {
  if (ids.length === 0) return;
  const some = sql`any(${[...ids]}::text[])`;
  const now = tx.clock.now();
  await sql`delete from access.session s using access."user" u where s.user_id = u.id and u.partner_id = ${from} and u.id = ${some}`.execute(
    tx.db,
  );
  await sql`
    update access.role_grant g set scope_id = ${to} from access."user" u
    where g.user_id = u.id and u.id = ${some} and u.partner_id = ${from} and g.scope_kind = 'partner' and g.scope_id = ${from}`.execute(
    tx.db,
  );
  await sql`
    update access.api_key k set partner_id = ${to} from access."user" u
    where k.user_id = u.id and u.id = ${some} and u.partner_id = ${from} and k.partner_id = ${from}`.execute(tx.db);
  await sql`
    update access."user" set partner_id = ${to}, updated_at = ${now}, revision = revision + 1
    where id = ${some} and partner_id = ${from}`.execute(tx.db);
  await sql`
    update access.invitation set partner_id = ${to},
      grants = replace(grants::text, to_json(${from}::text)::text, to_json(${to}::text)::text)::jsonb
    where invitation_id = ${some} and partner_id = ${from} and used_at is null and revoked_at is null`.execute(tx.db);
}
