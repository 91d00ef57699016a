import type { Context } from "../database/index.ts";
import type { Actor } from "./contracts.ts";
import { actorGrants, allPermissions, narrowGrants } from "./core/grants.ts";
import { API_KEY_PREFIX, hashToken } from "./core/tokens.ts";
import { ROLES } from "./permissions.ts";
import { apiKeyByHash, touchApiKey } from "./store/tokens.ts";
import { grantsOf, type UserRow, userRow } from "./store/users.ts";

/** The actor behind a signed-in person; undefined when the person is disabled or gone. */
export async function actorOfUser(ctx: Context, userId: string): Promise<Actor | undefined> {
  const user = await userRow(ctx.db, userId);
  if (user === undefined || user.status !== "active") return undefined;
  return await personActor(ctx, user);
}

/**
 * The actor behind an API key: the person who made it, with the part of the person's present permissions that the key names. So a key never
 * outlives a role that was taken away, nor a person who was disabled.
 */
export async function actorOfApiKey(ctx: Context, token: string): Promise<Actor | undefined> {
  if (!token.startsWith(API_KEY_PREFIX)) return undefined;
  const key = await apiKeyByHash(ctx.db, hashToken(token));
  const now = ctx.clock.now();
  if (key === undefined || key.revoked_at !== null) return undefined;
  if (key.expires_at !== null && key.expires_at <= now) return undefined;
  const person = await actorOfUser(ctx, key.user_id);
  if (person === undefined || (person.partnerId ?? null) !== key.partner_id) return undefined;
  await touchApiKey(ctx.db, key.key_id, now);
  const grants = narrowGrants(person.grants, key.permissions);
  const name = `${key.name} (${person.name})`;
  return {
    ...person,
    kind: "api_key",
    id: key.key_id,
    name,
    grants,
    permissions: allPermissions(grants),
    userId: key.user_id,
  };
}

async function personActor(ctx: Context, user: UserRow): Promise<Actor> {
  const grants = actorGrants(await grantsOf(ctx.db, [user.id]), ROLES, user.partner_id);
  const base = { id: user.id, name: user.name, permissions: allPermissions(grants), grants, userId: user.id };
  return user.partner_id === null
    ? { ...base, kind: "user" }
    : { ...base, kind: "partner_user", partnerId: user.partner_id };
}
