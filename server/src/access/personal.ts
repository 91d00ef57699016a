import { sql } from "kysely";
import * as audit from "../audit/index.ts";
import type { Context } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { endSessions, otherAdministrators, userRow } from "./store/users.ts";

/** Somebody as this room and the privacy room speak of them. */
export interface AccountHolder {
  readonly userIds: readonly string[];
  /** Lower case. */
  readonly emails: readonly string[];
}

/** Accounts of people with these e-mail addresses. */
export async function usersByEmails(
  ctx: Context,
  emails: readonly string[],
): Promise<readonly { id: string; name: string; email: string; partnerId: string | null }[]> {
  if (emails.length === 0) return [];
  const rows = await ctx.db
    .selectFrom("access.user")
    .select(["id", "name", "email", "partner_id"])
    .where("email", "in", [...emails])
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, email: row.email, partnerId: row.partner_id }));
}

export async function userPerson(ctx: Context, id: string) {
  const row = await userRow(ctx.db, id);
  return (
    row && { id, name: row.name, emails: [row.email], partnerIds: row.partner_id === null ? [] : [row.partner_id] }
  );
}

/** Everything that this room keeps about people, without secrets: passwords and tokens are hashes and say nothing. */
export async function accountData(ctx: Context, holder: AccountHolder) {
  const ids = [...holder.userIds];
  const emails = [...holder.emails];
  const rows = async (query: ReturnType<typeof sql<Record<string, unknown>>>) => (await query.execute(ctx.db)).rows;
  const users = await rows(sql`
    select id, name, email, partner_id, status, language, two_factor_enabled, created_at from access."user" where id = any(${ids})`);
  const grants = await rows(sql`
    select grant_id, user_id, role, scope_kind, scope_id, created_at from access.role_grant where user_id = any(${ids})`);
  const sessions = await rows(sql`
    select ip_address, user_agent, created_at, expires_at from access.session where user_id = any(${ids})`);
  const keys = await rows(sql`
    select key_id, name, created_at, last_used_at, revoked_at from access.api_key where user_id = any(${ids})`);
  const invitations = await rows(sql`
    select invitation_id, kind, email, name, created_at, used_at from access.invitation where email = any(${emails}) or user_id = any(${ids})`);
  const views = await rows(sql`select list, name, created_at from access.saved_view where user_id = any(${ids})`);
  const counts = await Promise.all(ids.map((id) => audit.countActivities(ctx.db, id)));
  const sum = (of: "deeds" | "changes") => counts.reduce((all, one) => all + one[of], 0);
  return { users, grants, sessions, keys, invitations, views, deeds: sum("deeds"), changes: sum("changes") };
}

/** Ids under which the trail's keys of these people are kept: their own, and those of invitations to them. */
export async function trailPersons(ctx: Context, holder: AccountHolder): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select invitation_id as id from access.invitation where email = any(${[...holder.emails]}) or user_id = any(${[...holder.userIds]})`.execute(
    ctx.db,
  );
  return [...holder.userIds, ...rows.map((row) => row.id)];
}

/**
 * Takes people out of their accounts: signed out, ways of signing in gone, keys ended, the name a pseudonym. The account itself stays, disabled: what
 * it did is proof of who decided what.
 * @throws Refusal `wrong_state` for the last administrator
 */
export async function eraseAccounts(tx: Context, holder: AccountHolder, pseudonym: string): Promise<void> {
  const at = tx.clock.now();
  for (const id of holder.userIds) {
    const isAdministrator = sql<{ one: number }>`
      select 1 as one from access.role_grant where user_id = ${id} and role = 'administrator' and scope_kind = 'everything'`;
    if ((await isAdministrator.execute(tx.db)).rows.length > 0 && (await otherAdministrators(tx.db, id)) === 0n)
      throw new Refusal("wrong_state", "This is the last administrator: make somebody else one first.");
    await endSessions(tx.db, id);
    const email = `${id}@erased.invalid`;
    await sql`
      update access."user" set name = ${pseudonym}, email = ${email}, image = null, status = 'disabled', two_factor_enabled = false,
        revision = revision + 1, updated_at = ${at} where id = ${id}`.execute(tx.db);
    await sql`delete from access.account where user_id = ${id}`.execute(tx.db);
    await sql`delete from access.two_factor where user_id = ${id}`.execute(tx.db);
    await sql`delete from access.passkey where user_id = ${id}`.execute(tx.db);
    await sql`delete from access.saved_view where user_id = ${id}`.execute(tx.db);
    await sql`delete from access.role_grant where user_id = ${id}`.execute(tx.db);
    await sql`update access.api_key set revoked_at = coalesce(revoked_at, ${at}), name = 'erased' where user_id = ${id}`.execute(
      tx.db,
    );
    await sql`update access.deputy set ended_at = coalesce(ended_at, ${at}), ended_by = 'erasure' where principal_user_id = ${id} or deputy_user_id = ${id}`.execute(
      tx.db,
    );
    await audit.forgetAddresses(tx.db, id);
  }
  await sql`
    update access.invitation set email = null, name = '', revoked_at = coalesce(revoked_at, ${at})
     where email = any(${[...holder.emails]}) or user_id = any(${[...holder.userIds]})`.execute(tx.db);
}

/** Invitations and links that were used, withdrawn or ran out before an instant. */
export async function oldInvitations(ctx: Context, before: Date): Promise<number> {
  const { rows } = await sql<{ due: bigint }>`
    select count(*) as due from access.invitation where coalesce(used_at, revoked_at, expires_at) < ${before}`.execute(
    ctx.db,
  );
  return Number(rows[0]?.due ?? 0n);
}

export async function removeOldInvitations(tx: Context, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from access.invitation where invitation_id in (
      select invitation_id from access.invitation where coalesce(used_at, revoked_at, expires_at) < ${before} limit ${limit})`.execute(
    tx.db,
  );
  return Number(numAffectedRows ?? 0n);
}
