import { createLocalAccountIssuer } from "@better-auth/core/db";
import type { RoleInScope } from "@tributary/contract";
import { hashPassword } from "better-auth/crypto";
import { type Context, refuseDuplicate } from "../database/index.ts";
import { insertAccount, insertGrants, insertUser } from "./store/users.ts";

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly partnerId: string | null;
  readonly grants: readonly RoleInScope[];
  readonly createdBy: string;
}

/**
 * Writes a person with password and roles, as the sign-in library expects them, in the caller's transaction.
 * @returns the user's id
 * @throws Refusal `already_exists` for an e-mail that is in use
 */
export async function writeAccount(tx: Context, account: NewAccount): Promise<string> {
  const now = tx.clock.now();
  const id = tx.ids.next("usr");
  const email = account.email.toLowerCase();
  const row = {
    id,
    name: account.name,
    email,
    email_verified: true,
    partner_id: account.partnerId,
    created_at: now,
    updated_at: now,
  };
  await refuseDuplicate("email", email, () => insertUser(tx.db, row));
  await insertAccount(tx.db, {
    id: `${id}.password`,
    issuer: createLocalAccountIssuer("credential"),
    account_id: id,
    provider_id: "credential",
    user_id: id,
    password: await hashPassword(account.password),
    created_at: now,
    updated_at: now,
  });
  await insertGrants(
    tx.db,
    account.grants.map((grant) => ({
      grant_id: tx.ids.next("grt"),
      user_id: id,
      role: grant.role,
      scope_kind: grant.scopeKind,
      scope_id: scopeIdOf(grant, id, account.partnerId),
      created_by: account.createdBy,
      created_at: now,
    })),
  );
  return id;
}

/** A partner role holds within the partner; a portfolio that names nobody is the person's own. */
export function scopeIdOf(grant: RoleInScope, userId: string, partnerId: string | null): string | null {
  if (partnerId !== null) return partnerId;
  return grant.scopeKind === "portfolio" && grant.scopeId === "self" ? userId : grant.scopeId;
}
