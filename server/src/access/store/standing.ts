import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { StoredGrant } from "../core/grants.ts";

/** A stored grant with the permissions of its role, when the operator made that role. */
export type GrantOfPerson = StoredGrant & { readonly permissions: string[] | null };

/** Everything that makes an actor of a person, read at once: this is asked before every request. */
export interface Standing {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly partner_id: string | null;
  readonly grants: readonly GrantOfPerson[];
  readonly principals: readonly { readonly id: string; readonly name: string; readonly grants: GrantOfPerson[] }[];
  readonly closed_regions: string[];
  /** Read only where a region is closed. */
  readonly regions: string[];
}

const grantsOfPerson = (person: string) => sql`
  coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'scope_kind', g.scope_kind, 'scope_id', g.scope_id, 'permissions', c.permissions)
              order by g.grant_id)
     from access.role_grant g left join access.custom_role c on c.role = g.role where g.user_id = ${sql.ref(person)}), '[]'::jsonb)`;

export async function standingOf(db: Db, userId: string, now: Date): Promise<Standing | undefined> {
  return (await standings(db, now, sql`u.id = ${userId}`))[0];
}

/** Everybody of the operator who is active. */
export async function operatorStandings(db: Db, now: Date): Promise<Standing[]> {
  return await standings(db, now, sql`u.partner_id is null and u.status = 'active' order by u.id`);
}

async function standings(db: Db, now: Date, which: RawBuilder<unknown>): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select u.id, u.name, u.status, u.partner_id, ${grantsOfPerson("u.id")} as grants,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'grants', ${grantsOfPerson("p.id")}) order by p.id)
         from access."user" p where p.status = 'active' and p.id in (
           select d.principal_user_id from access.deputy d
            where d.deputy_user_id = u.id and d.ended_at is null and d.starts_at <= ${now} and d.ends_at > ${now})), '[]'::jsonb) as principals,
      array(select region_id from access.closed_region) as closed_regions,
      array(select region_id from access.region_of_house where exists (select from access.closed_region)) as regions
      from access."user" u where ${which}`.execute(db);
  return rows;
}

/** Roles that the operator made. */
export interface CustomRoleRow {
  readonly role: string;
  readonly name: string;
  readonly purpose: string;
  readonly permissions: string[];
  readonly created_by: string;
  readonly created_at: Date;
  readonly revision: number;
}

export async function customRoles(db: Db): Promise<CustomRoleRow[]> {
  return await db.selectFrom("access.custom_role").selectAll().orderBy("name").execute();
}

export async function customRole(db: Db, role: string): Promise<CustomRoleRow | undefined> {
  return await db.selectFrom("access.custom_role").selectAll().where("role", "=", role).executeTakeFirst();
}

export async function insertCustomRole(db: Db, row: CustomRoleRow): Promise<void> {
  await db.insertInto("access.custom_role").values(row).execute();
}

export async function updateCustomRole(
  db: Db,
  role: string,
  revision: number,
  change: { readonly name: string; readonly purpose: string; readonly permissions: string[] },
): Promise<CustomRoleRow | undefined> {
  return await db
    .updateTable("access.custom_role")
    .set({ ...change, revision: revision + 1 })
    .where("role", "=", role)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteCustomRole(db: Db, role: string): Promise<void> {
  await db.deleteFrom("access.custom_role").where("role", "=", role).execute();
}

/** How many people hold each role. */
export async function holdersOfRoles(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ role: string; holders: bigint }>`
    select g.role, count(distinct g.user_id) as holders from access.role_grant g
      join access."user" u on u.id = g.user_id and u.status = 'active' group by 1`.execute(db);
  return new Map(rows.map((row) => [row.role, Number(row.holders)]));
}
