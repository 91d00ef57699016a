import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** Active people of the operator who hold one of these roles, within whatever scope; in the order of their ids. */
export async function roleHolders(db: Db, roles: readonly string[]): Promise<string[]> {
  if (roles.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct u.id from access.role_grant g join access."user" u on u.id = g.user_id
     where g.role = any(${[...roles]}::text[]) and u.partner_id is null and u.status = 'active' order by u.id`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
