import type { Insertable, Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type InvitationRow = Selectable<Schema["access.invitation"]>;
export type ApiKeyRow = Selectable<Schema["access.api_key"]>;

export async function insertInvitation(db: Db, row: Insertable<Schema["access.invitation"]>): Promise<void> {
  await db.insertInto("access.invitation").values(row).execute();
}

/** The invitation with this token's hash, locked: a link works once, also when it is opened twice at the same moment. */
export async function lockInvitation(db: Db, tokenHash: string): Promise<InvitationRow | undefined> {
  const query = db.selectFrom("access.invitation").selectAll().where("token_hash", "=", tokenHash);
  return await query.forUpdate().executeTakeFirst();
}

export async function invitationByHash(db: Db, tokenHash: string): Promise<InvitationRow | undefined> {
  return await db.selectFrom("access.invitation").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
}

export async function invitationRow(db: Db, id: string): Promise<InvitationRow | undefined> {
  return await db.selectFrom("access.invitation").selectAll().where("invitation_id", "=", id).executeTakeFirst();
}

/** @param partnerId only those of this partner; undefined: of everybody */
export async function invitationRows(
  db: Db,
  ids: readonly string[],
  partnerId: string | undefined,
): Promise<readonly InvitationRow[]> {
  if (ids.length === 0) return [];
  const query = db.selectFrom("access.invitation").selectAll().where("invitation_id", "in", ids);
  return await (partnerId === undefined ? query : query.where("partner_id", "=", partnerId)).execute();
}

export async function useInvitation(db: Db, id: string, userId: string, at: Date): Promise<void> {
  const update = db.updateTable("access.invitation").set({ used_at: at, user_id: userId });
  await update.where("invitation_id", "=", id).execute();
}

export async function revokeInvitation(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable("access.invitation").set({ revoked_at: at }).where("invitation_id", "=", id).execute();
}

/** Every set-up link that has not been used stops working. */
export async function revokeSetupLinks(db: Db, at: Date): Promise<void> {
  const update = db.updateTable("access.invitation").set({ revoked_at: at }).where("kind", "=", "setup");
  await update.where("used_at", "is", null).where("revoked_at", "is", null).execute();
}

/** Invitations that can still be accepted, newest first. */
export async function openInvitations(
  db: Db,
  filter: { readonly partnerId?: string | undefined; readonly now: Date },
  page: PageRequest,
): Promise<Page<InvitationRow>> {
  let query = db
    .selectFrom("access.invitation")
    .selectAll()
    .where("kind", "=", "invite")
    .where("used_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", filter.now);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  return await keysetPage(query, { name: "newest", columns: ["invitation_id"], direction: "desc" }, page);
}

export async function insertApiKey(db: Db, row: Insertable<Schema["access.api_key"]>): Promise<void> {
  await db.insertInto("access.api_key").values(row).execute();
}

export async function apiKeyByHash(db: Db, tokenHash: string): Promise<ApiKeyRow | undefined> {
  return await db.selectFrom("access.api_key").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
}

export async function apiKeyRow(db: Db, id: string): Promise<ApiKeyRow | undefined> {
  return await db.selectFrom("access.api_key").selectAll().where("key_id", "=", id).executeTakeFirst();
}

/** Keys, newest first; of one person, of one partner, or of everybody. */
export async function apiKeyPage(
  db: Db,
  filter: { readonly userId?: string | undefined; readonly partnerId?: string | undefined },
  page: PageRequest,
): Promise<Page<ApiKeyRow>> {
  let query = db.selectFrom("access.api_key").selectAll();
  if (filter.userId !== undefined) query = query.where("user_id", "=", filter.userId);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  return await keysetPage(query, { name: "newest", columns: ["key_id"], direction: "desc" }, page);
}

export async function revokeApiKey(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable("access.api_key").set({ revoked_at: at }).where("key_id", "=", id).execute();
}

/** Notes the use, at most once a minute: a busy key must not write with every call. */
export async function touchApiKey(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable("access.api_key")
    .set({ last_used_at: at })
    .where("key_id", "=", id)
    .where((eb) => eb.or([eb("last_used_at", "is", null), eb("last_used_at", "<", new Date(at.getTime() - 60_000))]))
    .execute();
}

/** Keys that act as these people, ended ones too. */
export async function keyIdsOf(db: Db, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const rows = await db
    .selectFrom("access.api_key")
    .select("key_id")
    .where("user_id", "in", [...userIds])
    .execute();
  return rows.map((row) => row.key_id);
}

/** The person behind each key. */
export async function keyPersons(db: Db, keyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("access.api_key")
    .select(["key_id", "user_id"])
    .where("key_id", "in", [...new Set(keyIds)])
    .execute();
  return new Map(rows.map((row) => [row.key_id, row.user_id]));
}

/** Ids of a partner's people. */
export async function teamOf(db: Db, partnerId: string): Promise<string[]> {
  const rows = await db.selectFrom("access.user").select("id").where("partner_id", "=", partnerId).execute();
  return rows.map((row) => row.id);
}
