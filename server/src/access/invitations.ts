import type { AcceptLink, LinkPurpose, NewInvitation, RoleInScope, Setup } from "@tributary/contract";
import { NewInvitation as NewInvitationSchema } from "@tributary/contract";
import { hashPassword } from "better-auth/crypto";
import type { z } from "zod";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { writeAccount } from "./accounts.ts";
import type { Actor, Touch } from "./contracts.ts";
import { can, requirePermission } from "./core/decide.ts";
import { checkGrants } from "./core/grants.ts";
import { hashToken, type TokenSource } from "./core/tokens.ts";
import { rolesOf } from "./roles.ts";
import * as store from "./store/tokens.ts";
import { anyUser, setPassword, userByEmail, userRow } from "./store/users.ts";
import { invitationWire } from "./wire.ts";

const HOUR = 3_600_000;
const INVITATION_LIFE = 7 * 24 * HOUR;
const RESET_LIFE = 24 * HOUR;
const SETUP_LIFE = 24 * HOUR;

/** A one-time token with its end; only its hash is kept. */
export interface OneTimeToken {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Token of the link under which the first administrator is set up; null when there is somebody already. A new one ends the old. */
export async function createSetupToken(ctx: Context, tokens: TokenSource): Promise<OneTimeToken | null> {
  return await transact(ctx, async (tx) => {
    if (await anyUser(tx.db)) return null;
    await store.revokeSetupLinks(tx.db, tx.clock.now());
    return await writeToken(tx, tokens, { kind: "setup", life: SETUP_LIFE, createdBy: "serve" });
  });
}

export async function setupNeeded(ctx: Context): Promise<boolean> {
  return !(await anyUser(ctx.db));
}

/** Sets up the first administrator. @throws Refusal `setup_done`, `setup_token_invalid` */
export async function setUp(ctx: Context, input: Setup): Promise<{ readonly userId: string }> {
  return await transact(ctx, async (tx) => {
    const link = await store.lockInvitation(tx.db, hashToken(input.token));
    if (await anyUser(tx.db))
      throw new Refusal("setup_done", "The first administrator exists: sign in, or ask for an invitation.");
    if (link?.kind !== "setup" || !usable(tx, link)) {
      throw new Refusal(
        "setup_token_invalid",
        "This set-up link is not valid any more: start the program again to get a new one.",
      );
    }
    const grants: RoleInScope[] = [{ role: "administrator", scopeKind: "everything", scopeId: null }];
    const account = { email: input.email, name: input.name, password: input.password, partnerId: null, grants };
    const userId = await writeAccount(tx, { ...account, createdBy: "setup" });
    await store.useInvitation(tx.db, link.invitation_id, userId, tx.clock.now());
    const actor = { kind: "user", id: userId, name: input.name };
    const after = { email: input.email, grants };
    await audit.record(tx, actor, { action: "access.set_up", subjectKind: "user", subjectId: userId, after });
    return { userId };
  });
}

/** Invites a person by a link. @param partner the partner's touch when a partner's person is invited */
export async function invite(
  ctx: Context,
  actor: Actor,
  given: NewInvitation,
  partner: Touch | null,
  tokens: TokenSource,
): Promise<OneTimeToken> {
  const input = NewInvitationSchema.parse(given);
  checkGrants(actor, input.grants, await rolesOf(ctx, actor), partner);
  return await transact(ctx, async (tx) => {
    if (await userByEmail(tx.db, input.email)) {
      throw new Refusal("already_exists", `${input.email} can sign in already.`, [
        { field: "email", value: input.email, message: "is in use", hint: "Change the person's roles instead." },
      ]);
    }
    const created = await writeToken(tx, tokens, {
      ...input,
      kind: "invite",
      life: INVITATION_LIFE,
      createdBy: actor.id,
    });
    const after = { email: input.email, grants: input.grants };
    await audit.record(tx, actor, {
      action: "access.invited",
      subjectKind: "invitation",
      subjectId: created.id,
      partnerId: input.partnerId,
      after,
    });
    return created;
  });
}

export async function listInvitations(ctx: Context, actor: Actor, partner: Touch | null, page: PageRequest) {
  requireInvitationsOf(actor, partner);
  const filter = { partnerId: partner?.partnerId ?? undefined, now: ctx.clock.now() };
  const { rows, nextCursor } = await store.openInvitations(ctx.db, filter, page);
  return { rows: rows.map(invitationWire), nextCursor } satisfies Page<unknown>;
}

export async function revokeInvitation(
  ctx: Context,
  actor: Actor,
  id: string,
  touchOf: (partnerId: string) => Promise<Touch | null>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.invitationRow(tx.db, id);
    if (row === undefined || row.kind !== "invite") throw notFound("invitation", id);
    requireInvitationsOf(actor, row.partner_id === null ? null : await touchOf(row.partner_id), "write");
    await store.revokeInvitation(tx.db, id, tx.clock.now());
    const subject = { subjectKind: "invitation", subjectId: id, partnerId: row.partner_id };
    await audit.record(tx, actor, { action: "access.invitation_revoked", ...subject });
  });
}

function requireInvitationsOf(actor: Actor, partner: Touch | null, verb: "read" | "write" = "read"): void {
  if (partner !== null && actor.partnerId === undefined && can(actor, `partners.${verb}`, partner)) return;
  requirePermission(actor, `users.${verb}`, partner ?? {});
}

/** A link by which a person sets a new password. */
export async function createResetToken(
  tx: Context,
  actor: Actor,
  userId: string,
  tokens: TokenSource,
): Promise<OneTimeToken> {
  const user = await userRow(tx.db, userId);
  if (user === undefined) throw notFound("user", userId);
  const of = { email: user.email, name: user.name, partnerId: user.partner_id, userId };
  const created = await writeToken(tx, tokens, { ...of, kind: "reset", life: RESET_LIFE, createdBy: actor.id });
  const subject = { subjectKind: "user", subjectId: userId, partnerId: user.partner_id };
  await audit.record(tx, actor, { action: "access.reset_link_created", ...subject });
  return created;
}

/** The same for the person with this e-mail: the command line knows no ids. @throws Refusal `not_found` */
export async function createResetTokenFor(
  ctx: Context,
  actor: Actor,
  email: string,
  tokens: TokenSource,
): Promise<OneTimeToken> {
  requirePermission(actor, "users.write", {});
  return await transact(ctx, async (tx) => {
    const user = await userByEmail(tx.db, email.toLowerCase());
    if (user === undefined) throw notFound("user", email);
    return await createResetToken(tx, actor, user.id, tokens);
  });
}

/** What a link is for. @throws Refusal `not_found` when it does not work (any more) */
export async function linkPurpose(ctx: Context, token: string): Promise<LinkPurpose> {
  const row = await store.invitationByHash(ctx.db, hashToken(token));
  if (row === undefined || row.kind === "setup" || !usable(ctx, row)) throw deadLink();
  return {
    kind: row.kind as LinkPurpose["kind"],
    email: row.email ?? "",
    name: row.name,
    forPartner: row.partner_id !== null,
  };
}

/** Uses a link: the person comes into being, or gets the new password and is signed out everywhere. */
export async function acceptLink(
  ctx: Context,
  input: z.infer<typeof AcceptLink>,
): Promise<{ readonly email: string; readonly forPartner: boolean }> {
  return await transact(ctx, async (tx) => {
    const row = await store.lockInvitation(tx.db, hashToken(input.token));
    if (row === undefined || row.kind === "setup" || !usable(tx, row)) throw deadLink();
    const email = row.email ?? "";
    const userId = row.kind === "reset" ? await resetPassword(tx, row, input.password) : await join(tx, row, input);
    await store.useInvitation(tx.db, row.invitation_id, userId, tx.clock.now());
    const actor = { kind: row.partner_id === null ? "user" : "partner_user", id: userId, name: input.name ?? row.name };
    const action = row.kind === "reset" ? "access.password_reset" : "access.joined";
    const after = row.kind === "reset" ? undefined : { email, grants: row.grants };
    await audit.record(tx, actor, { action, subjectKind: "user", subjectId: userId, partnerId: row.partner_id, after });
    return { email, forPartner: row.partner_id !== null };
  });
}

async function join(tx: Context, row: store.InvitationRow, input: z.infer<typeof AcceptLink>): Promise<string> {
  const name = input.name ?? row.name;
  const account = { email: row.email ?? "", name: name || (row.email ?? ""), password: input.password };
  const grants = row.grants as RoleInScope[];
  return await writeAccount(tx, { ...account, partnerId: row.partner_id, grants, createdBy: row.created_by });
}

async function resetPassword(tx: Context, row: store.InvitationRow, password: string): Promise<string> {
  if (row.user_id === null) throw deadLink();
  await setPassword(tx.db, row.user_id, await hashPassword(password), tx.clock.now());
  return row.user_id;
}

function usable(ctx: Context, row: store.InvitationRow): boolean {
  return row.used_at === null && row.revoked_at === null && row.expires_at > ctx.clock.now();
}

function deadLink(): Refusal {
  return new Refusal("not_found", "This link was used already, withdrawn, or is too old: ask for a new one.");
}

async function writeToken(
  tx: Context,
  tokens: TokenSource,
  link: {
    readonly kind: "invite" | "setup" | "reset";
    readonly life: number;
    readonly createdBy: string;
    readonly email?: string;
    readonly name?: string;
    readonly partnerId?: string | null;
    readonly grants?: readonly RoleInScope[];
    readonly userId?: string;
  },
): Promise<OneTimeToken> {
  const token = tokens.next();
  const now = tx.clock.now();
  const id = tx.ids.next("inv");
  const expiresAt = new Date(now.getTime() + link.life);
  await store.insertInvitation(tx.db, {
    invitation_id: id,
    kind: link.kind,
    token_hash: hashToken(token),
    email: link.email ?? null,
    name: link.name ?? "",
    partner_id: link.partnerId ?? null,
    grants: JSON.stringify(link.grants ?? []),
    user_id: link.userId ?? null,
    created_by: link.createdBy,
    created_at: now,
    expires_at: expiresAt,
  });
  return { id, token, expiresAt };
}

/** Whom invitations are for, as far as the actor may see people. */
export async function invitationNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { partnerId } = actor;
  if (!can(actor, "users.read", partnerId === undefined ? {} : { partnerId })) return [];
  const rows = await store.invitationRows(ctx.db, ids, partnerId);
  return rows.flatMap((row) =>
    row.email === null || row.kind !== "invite" ? [] : [{ id: row.invitation_id, name: row.name || row.email }],
  );
}
