import type { Me, RoleInScope, User, UserChange, UserQuery } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import { type Context, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { type NewAccount, scopeIdOf, writeAccount } from "./accounts.ts";
import type { Actor, Touch } from "./contracts.ts";
import { can, requirePermission } from "./core/decide.ts";
import { checkGrants } from "./core/grants.ts";
import type { TokenSource } from "./core/tokens.ts";
import { createResetToken, type OneTimeToken } from "./invitations.ts";
import { rolesOf } from "./roles.ts";
import * as store from "./store/users.ts";
import { grantWire, userWire } from "./wire.ts";

/** What an action on a partner's record touches; given in, because the partners room stands above this one. */
export type TouchOfPartner = (ctx: Context, partnerId: string) => Promise<Touch>;

/** Creates a person with a password at once, without a link: for the sample program and the command line. */
export async function createUser(ctx: Context, actor: Actor, account: Omit<NewAccount, "createdBy">): Promise<string> {
  requirePermission(actor, "users.write", account.partnerId === null ? {} : { partnerId: account.partnerId });
  return await transact(ctx, async (tx) => {
    const id = await writeAccount(tx, { ...account, createdBy: actor.id });
    const after = { email: account.email, grants: account.grants };
    await audit.record(tx, actor, {
      action: "access.user_created",
      subjectKind: "user",
      subjectId: id,
      partnerId: account.partnerId,
      after,
    });
    return id;
  });
}

/** The person behind the actor. */
export async function whoAmI(ctx: Context, actor: Actor, partner: { id: string; name: string } | null): Promise<Me> {
  const user = await store.userRow(ctx.db, actor.userId ?? actor.id);
  if (user === undefined || actor.kind === "system")
    throw new Refusal("unauthenticated", "Sign in, or send a valid API key.");
  return {
    kind: actor.kind,
    id: actor.id,
    userId: user.id,
    name: actor.name,
    email: user.email,
    language: user.language,
    twoFactor: user.two_factor_enabled ?? false,
    permissions: [...actor.permissions].sort(),
    grants: actor.grants.map((grant) => ({
      role: grant.role,
      scopeKind: grant.scope.kind,
      scopeId: "id" in grant.scope ? grant.scope.id : null,
    })),
    partner,
    deputyFor: (actor.deputyFor ?? []).map(({ id, name }) => ({ id, name })),
  };
}

/** A person changes the own name and language. */
export async function changeMe(
  ctx: Context,
  actor: Actor,
  change: { readonly name?: string | undefined; readonly language?: string | undefined },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await existing(tx, actor.userId ?? actor.id);
    const after = { name: change.name ?? row.name, language: change.language ?? row.language };
    await store.updateUser(tx.db, row.id, row.revision, { ...after, updated_at: tx.clock.now() });
    const subject = { subjectKind: "user", subjectId: row.id, partnerId: row.partner_id };
    const before = { name: row.name, language: row.language };
    await audit.record(tx, actor, { action: "access.profile_changed", ...subject, before, after });
  });
}

/** People; of one partner (its own people see them too), or of the whole house. */
export async function listUsers(
  ctx: Context,
  actor: Actor,
  query: UserQuery,
  touchOf: TouchOfPartner,
): Promise<Page<User>> {
  const partnerId = actor.partnerId ?? query.partnerId;
  await requireUsersOf(ctx, actor, partnerId ?? null, "read", touchOf);
  const { rows, nextCursor } = await store.userPage(ctx.db, { ...query, partnerId }, query);
  const grants = await store.grantsOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  return { rows: rows.map((row) => userWire(row, grants)), nextCursor };
}

export async function getUser(ctx: Context, actor: Actor, id: string, touchOf: TouchOfPartner): Promise<User> {
  const row = await readable(ctx, actor, id, touchOf);
  return userWire(row, await store.grantsOf(ctx.db, [id]));
}

export async function changeUser(
  ctx: Context,
  actor: Actor,
  id: string,
  change: UserChange,
  touchOf: TouchOfPartner,
): Promise<User> {
  return await transact(ctx, async (tx) => {
    const row = await writable(tx, actor, id, touchOf);
    if (change.status === "disabled") {
      await refuseLastAdministrator(tx, id);
      await refuseLastOwner(tx, row);
    }
    const after = {
      name: change.name ?? row.name,
      language: change.language ?? row.language,
      status: change.status ?? row.status,
    };
    const saved = await store.updateUser(tx.db, id, change.revision, { ...after, updated_at: tx.clock.now() });
    if (saved === undefined) throw changedMeanwhile("user", change.revision);
    if (saved.status === "disabled") await store.endSessions(tx.db, id);
    const before = { name: row.name, language: row.language, status: row.status };
    await audit.record(tx, actor, { action: "access.user_changed", ...subjectOf(row), before, after });
    return userWire(saved, await store.grantsOf(tx.db, [id]));
  });
}

/** Link for a new password, for somebody who forgot the old one. */
export async function resetLink(
  ctx: Context,
  actor: Actor,
  id: string,
  touchOf: TouchOfPartner,
  tokens: TokenSource,
): Promise<OneTimeToken & { readonly email: string; readonly forPartner: boolean }> {
  return await transact(ctx, async (tx) => {
    const row = await writable(tx, actor, id, touchOf);
    const token = await createResetToken(tx, actor, id, tokens);
    return { ...token, email: row.email, forPartner: row.partner_id !== null };
  });
}

/** Removes the second factor of somebody who lost the device. */
export async function resetSecondFactor(
  ctx: Context,
  actor: Actor,
  id: string,
  touchOf: TouchOfPartner,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await writable(tx, actor, id, touchOf);
    await store.removeSecondFactor(tx.db, id);
    await store.endSessions(tx.db, id);
    await audit.record(tx, actor, { action: "access.second_factor_removed", ...subjectOf(row) });
  });
}

export async function addGrant(
  ctx: Context,
  actor: Actor,
  userId: string,
  grant: RoleInScope,
  touchOf: TouchOfPartner,
) {
  return await transact(ctx, async (tx) => {
    const user = await readable(tx, actor, userId, touchOf);
    const partner =
      user.partner_id === null ? null : { ...(await touchOf(tx, user.partner_id)), partnerId: user.partner_id };
    checkGrants(actor, [grant], await rolesOf(tx, actor), partner);
    const row = {
      grant_id: tx.ids.next("grt"),
      user_id: userId,
      role: grant.role,
      scope_kind: grant.scopeKind,
      scope_id: scopeIdOf(grant, userId, user.partner_id),
      created_by: actor.id,
      created_at: tx.clock.now(),
    };
    await refuseDuplicate("role", grant.role, () => store.insertGrants(tx.db, [row]));
    await audit.record(tx, actor, { action: "access.role_granted", ...subjectOf(user), after: grant });
    return grantWire(row);
  });
}

export async function removeGrant(ctx: Context, actor: Actor, id: string, touchOf: TouchOfPartner): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.grantRow(tx.db, id);
    if (row === undefined) throw notFound("grant", id);
    const user = await writable(tx, actor, row.user_id, touchOf);
    if (row.role === "administrator" && row.scope_kind === "everything") await refuseLastAdministrator(tx, row.user_id);
    if (row.role === "partner_owner") await refuseLastOwner(tx, user);
    await store.deleteGrant(tx.db, id);
    const before = { role: row.role, scopeKind: row.scope_kind, scopeId: row.scope_id };
    await audit.record(tx, actor, { action: "access.role_removed", ...subjectOf(user), before });
  });
}

export async function listGrants(ctx: Context, actor: Actor, userId: string, touchOf: TouchOfPartner) {
  await readable(ctx, actor, userId, touchOf);
  return (await store.grantsOf(ctx.db, [userId])).map(grantWire);
}

/** Signs out everybody of a partner, in the transaction of whatever closes the partner. */
export async function endSessionsOfPartner(tx: Context, partnerId: string): Promise<void> {
  await store.endSessionsOfPartner(tx.db, partnerId);
}

/** E-mail addresses of people by id: for rooms that write to them, or have to know which contact somebody is. */
export async function userEmails(db: Context["db"], ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.userRows(db, [...new Set(ids)])).map((row) => [row.id, row.email]));
}

/** Names of people, for rooms that show who did or owns something. */
export async function userNames(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.userRows(ctx.db, ids)).map((row) => [row.id, row.name]));
}

async function existing(ctx: Context, id: string): Promise<store.UserRow> {
  const row = await store.userRow(ctx.db, id);
  if (row === undefined) throw notFound("user", id);
  return row;
}

async function readable(ctx: Context, actor: Actor, id: string, touchOf: TouchOfPartner): Promise<store.UserRow> {
  const row = await existing(ctx, id);
  if ((actor.userId ?? actor.id) === id) return row;
  if (!(await mayUsersOf(ctx, actor, row.partner_id, "read", touchOf))) throw notFound("user", id);
  return row;
}

async function writable(ctx: Context, actor: Actor, id: string, touchOf: TouchOfPartner): Promise<store.UserRow> {
  const row = await readable(ctx, actor, id, touchOf);
  await requireUsersOf(ctx, actor, row.partner_id, "write", touchOf);
  await refuseStronger(ctx, actor, row);
  return row;
}

/** Nobody changes a person of the operator who may do more than they themselves: a reset link would be a way up. */
async function refuseStronger(ctx: Context, actor: Actor, row: store.UserRow): Promise<void> {
  if (row.partner_id !== null && actor.partnerId === undefined) return;
  const grants = (await store.grantsOf(ctx.db, [row.id])).map(grantWire);
  const partner = row.partner_id === null ? null : { partnerId: row.partner_id };
  checkGrants(actor, grants, await rolesOf(ctx, actor), partner);
}

async function mayUsersOf(
  ctx: Context,
  actor: Actor,
  partnerId: string | null,
  verb: "read" | "write",
  touchOf: TouchOfPartner,
): Promise<boolean> {
  if (actor.partnerId !== undefined) return partnerId === actor.partnerId && can(actor, `users.${verb}`, { partnerId });
  if (partnerId === null) return can(actor, `users.${verb}`, {});
  const touch = { ...(await touchOf(ctx, partnerId)), partnerId };
  return can(actor, `users.${verb}`, touch) || can(actor, `partners.${verb}`, touch);
}

async function requireUsersOf(
  ctx: Context,
  actor: Actor,
  partnerId: string | null,
  verb: "read" | "write",
  touchOf: TouchOfPartner,
): Promise<void> {
  if (await mayUsersOf(ctx, actor, partnerId, verb, touchOf)) return;
  throw new Refusal("forbidden", `${actor.name} does not have the permission users.${verb} here.`);
}

async function refuseLastAdministrator(ctx: Context, userId: string): Promise<void> {
  const grants = await store.grantsOf(ctx.db, [userId]);
  const isOne = grants.some((grant) => grant.role === "administrator" && grant.scope_kind === "everything");
  if (isOne && (await store.otherAdministrators(ctx.db, userId)) === 0n) {
    throw new Refusal("wrong_state", "This is the last administrator: make somebody else one first.");
  }
}

/** Somebody of a partner's team must always be able to let the others in. */
async function refuseLastOwner(ctx: Context, row: store.UserRow): Promise<void> {
  if (row.partner_id === null || row.status !== "active") return;
  const { owners, others } = await store.ownersOf(ctx.db, row.partner_id, row.id);
  if (owners && others === 0n) {
    throw new Refusal(
      "wrong_state",
      `${row.name} is the last owner of this partner's team: make somebody else one first.`,
    );
  }
}

function subjectOf(row: store.UserRow) {
  return { subjectKind: "user", subjectId: row.id, partnerId: row.partner_id };
}
