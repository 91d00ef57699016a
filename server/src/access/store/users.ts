import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type UserRow = Selectable<Schema["access.user"]>;
export type GrantRow = Selectable<Schema["access.role_grant"]>;

export async function insertUser(db: Db, row: Insertable<Schema["access.user"]>): Promise<void> {
  await db.insertInto("access.user").values(row).execute();
}

export async function insertAccount(db: Db, row: Insertable<Schema["access.account"]>): Promise<void> {
  await db.insertInto("access.account").values(row).execute();
}

export async function userRow(db: Db, id: string): Promise<UserRow | undefined> {
  return await db.selectFrom("access.user").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function userRows(db: Db, ids: readonly string[]): Promise<UserRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("access.user").selectAll().where("id", "in", ids).execute();
}

export async function userByEmail(db: Db, email: string): Promise<UserRow | undefined> {
  return await db.selectFrom("access.user").selectAll().where("email", "=", email).executeTakeFirst();
}

export async function anyUser(db: Db): Promise<boolean> {
  return (await db.selectFrom("access.user").select("id").limit(1).executeTakeFirst()) !== undefined;
}

export interface UserFilter {
  readonly q?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly side?: "operator" | "partner" | undefined;
  readonly status?: string | undefined;
}

export async function userPage(db: Db, filter: UserFilter, page: PageRequest): Promise<Page<UserRow>> {
  let query = db.selectFrom("access.user").selectAll();
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.side === "operator") query = query.where("partner_id", "is", null);
  if (filter.side === "partner") query = query.where("partner_id", "is not", null);
  if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  if (filter.q) {
    const words = `%${likeText(filter.q.toLowerCase())}%`;
    query = query.where(sql<string>`lower(name || ' ' || email)`, "like", words);
  }
  return await keysetPage(query, { name: "name", columns: ["name", "id"], direction: "asc" }, page);
}

/** Changes the user if it still has this revision; undefined when somebody was faster. */
export async function updateUser(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["access.user"]>,
): Promise<UserRow | undefined> {
  return await db
    .updateTable("access.user")
    .set({ ...change, revision: revision + 1 })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** Sets the password hash of the user's own account and ends every session. */
export async function setPassword(db: Db, userId: string, hash: string, at: Date): Promise<void> {
  await db
    .updateTable("access.account")
    .set({ password: hash, updated_at: at })
    .where("user_id", "=", userId)
    .where("provider_id", "=", "credential")
    .execute();
  await endSessions(db, userId);
}

export async function endSessions(db: Db, userId: string): Promise<void> {
  await db.deleteFrom("access.session").where("user_id", "=", userId).execute();
}

export async function endSessionsOfPartner(db: Db, partnerId: string): Promise<void> {
  const people = db.selectFrom("access.user").select("id").where("partner_id", "=", partnerId);
  await db.deleteFrom("access.session").where("user_id", "in", people).execute();
}

export async function removeSecondFactor(db: Db, userId: string): Promise<void> {
  await db.deleteFrom("access.two_factor").where("user_id", "=", userId).execute();
  await db.updateTable("access.user").set({ two_factor_enabled: false }).where("id", "=", userId).execute();
}

export async function insertGrants(db: Db, rows: readonly Insertable<Schema["access.role_grant"]>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto("access.role_grant")
      .values([...rows])
      .execute();
}

export async function grantsOf(db: Db, userIds: readonly string[]): Promise<GrantRow[]> {
  if (userIds.length === 0) return [];
  return await db
    .selectFrom("access.role_grant")
    .selectAll()
    .where("user_id", "in", userIds)
    .orderBy("grant_id")
    .execute();
}

export async function grantRow(db: Db, id: string): Promise<GrantRow | undefined> {
  return await db.selectFrom("access.role_grant").selectAll().where("grant_id", "=", id).executeTakeFirst();
}

export async function deleteGrant(db: Db, id: string): Promise<void> {
  await db.deleteFrom("access.role_grant").where("grant_id", "=", id).execute();
}

/** How many active people are administrators of everything, the given one not counted. */
export async function otherAdministrators(db: Db, userId: string): Promise<bigint> {
  const { count } = await db
    .selectFrom("access.role_grant")
    .innerJoin("access.user", "access.user.id", "access.role_grant.user_id")
    .select(sql<bigint>`count(distinct access."user".id)`.as("count"))
    .where("role", "=", "administrator")
    .where("scope_kind", "=", "everything")
    .where("access.user.status", "=", "active")
    .where("access.user.id", "!=", userId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Is this person an owner of the partner's team, and how many other active ones are there? */
export async function ownersOf(
  db: Db,
  partnerId: string,
  userId: string,
): Promise<{ owners: boolean; others: bigint }> {
  const { rows } = await sql<{ owners: boolean; others: bigint }>`
    select coalesce(bool_or(u.id = ${userId}), false) as owners, count(distinct u.id) filter (where u.id <> ${userId}) as others
      from access.role_grant g join access."user" u on u.id = g.user_id
     where g.role = 'partner_owner' and u.partner_id = ${partnerId} and u.status = 'active'`.execute(db);
  return rows[0] ?? { owners: false, others: 0n };
}
